"""What was typed: on the steps of countries and of a price what these make of it, elsewhere a search."""

from dataclasses import dataclass

from aiogram import F, Router
from aiogram.types import Message

from bot.domain.access import Right
from bot.domain.catalog import Place, Sort
from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.facts.shop import ServicePage
from bot.i18n import Translator
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToPrice
from bot.screens.screen import Screen
from bot.screens.shop import countries, price, services
from bot.services.account import Account
from bot.services.shop.browsing import Browsing, CountryStep, Here, Pair, Typed
from bot.services.shop.pricing import Pricing
from bot.services.shop.whereabouts import Whereabouts
from bot.telegram.having import having


async def typed(
    message: Message,
    person: Person,
    t: Translator,
    browsing: Browsing,
    pricing: Pricing,
    account: Account,
    whereabouts: Whereabouts,
) -> Screen:
    last = _menu(await whereabouts.last(person.id))
    found = await browsing.typed(person.id, message.text or "", _here(last))
    return await _Answer(person.id, last, browsing, pricing, account, t).screen(found)


def _menu(data: str | None) -> ToCountries | ToPrice | None:
    """None also for what an older or a newer release has noted."""
    for kind in (ToCountries, ToPrice):
        try:
            return kind.unpack(data or "")
        except (TypeError, ValueError):
            continue
    return None


def _here(last: ToCountries | ToPrice | None) -> Here | None:
    return None if last is None else Here(last.service, last.country if isinstance(last, ToPrice) else None)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One typed text, answered to a person whose chat showed the menu `last`."""

    person_id: int
    last: ToCountries | ToPrice | None
    browsing: Browsing
    pricing: Pricing
    account: Account
    t: Translator

    async def screen(self, found: Typed) -> Screen:
        if isinstance(found, ServicePage):
            return services.results(found, self.t)
        if isinstance(found, Pair):
            return await self._price(found)
        if isinstance(found, CountryStep):
            return await self._countries(found)
        return self._no_price()

    async def _price(self, pair: Pair) -> Screen:
        maximum = pair.maximum
        if maximum is None and pair.here and isinstance(self.last, ToCountries):
            maximum = self.last.high
        window = None if maximum is None else Window(0, maximum)
        facts = await self.pricing.facts(self.person_id, pair.service, pair.country, window)
        plan = self.last.plan if pair.here and isinstance(self.last, ToPrice) else None
        return price.price(price.planned(facts, plan), self._via() if pair.here else price.TYPED, self.t)

    def _via(self) -> str:
        """Where Back leads from a price that was reached from the last menu."""
        last = self.last
        if isinstance(last, ToCountries):
            return origin.countries(last.sort, last.number, last.via, last.listing)
        return origin.HOME if last is None else last.via

    async def _countries(self, step: CountryStep) -> Screen:
        names, last = countries.names(self.t), self.last
        if not step.here or not isinstance(last, ToCountries):
            page = await self.browsing.countries(self.person_id, step.service, Sort.USUAL, 0, names, high=step.maximum)
            return countries.countries(page, origin.HOME, self.account.currency, self.t)
        listing, number, high = (last.listing, last.number, last.high) if step.unknown else (None, 0, step.maximum)
        sort = last.sort if step.unknown or last.sort is not Sort.SOLD_OUT else Sort.USUAL
        page = await self.browsing.countries(self.person_id, step.service, sort, number, names, listing, high)
        return countries.countries(page, last.via, self.account.currency, self.t, unknown=step.unknown)

    def _no_price(self) -> Screen:
        last, here = self.last, _here(self.last)
        if last is None or here is None:
            return services.search_hint(self.t)
        place = Place(here.service, here.country, last.pack())
        return countries.no_price(last, place, self.t)


def build() -> Router:
    """Stands last among the messages: whatever is no command."""
    router = Router(name="typed")
    router.message.register(typed, having(Right.BUY), F.text, ~F.text.startswith("/"))
    return router
