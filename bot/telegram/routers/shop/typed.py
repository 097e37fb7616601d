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
from bot.screens.callbacks_of_drafts import ToPriceOfAny, ToTicks
from bot.screens.screen import Screen
from bot.screens.shop import countries, price, services
from bot.screens.shop import drafts as ticking
from bot.services.account import Account
from bot.services.shop.browsing import Browsing, CountryStep, Here, Pair, Typed
from bot.services.shop.drafts import Drafts
from bot.services.shop.pricing import Pricing
from bot.services.shop.whereabouts import Whereabouts
from bot.telegram.having import having

Menu = ToCountries | ToPrice | ToTicks | ToPriceOfAny


async def typed(
    message: Message,
    person: Person,
    t: Translator,
    browsing: Browsing,
    pricing: Pricing,
    account: Account,
    whereabouts: Whereabouts,
    drafts: Drafts,
) -> Screen:
    last = _menu(await whereabouts.last(person.id))
    found = await browsing.typed(person.id, message.text or "", _here(last))
    answer = _Answer(person.id, last, browsing, pricing, account, t)
    if isinstance(last, ToTicks | ToPriceOfAny):
        return await _AnswerAmongTicks(answer, last, drafts).screen(found)
    return await answer.screen(found)


def _menu(data: str | None) -> Menu | None:
    """None also for what an older or a newer release has noted."""
    for kind in (ToCountries, ToPrice, ToTicks, ToPriceOfAny):
        try:
            return kind.unpack(data or "")
        except (TypeError, ValueError):
            continue
    return None


def _here(last: Menu | None) -> Here | None:
    return None if last is None else Here(last.service, last.country if isinstance(last, ToPrice) else None)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One typed text, answered to a person whose chat showed the menu `last`."""

    person_id: int
    last: Menu | None
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


@dataclass(frozen=True, slots=True)
class _AnswerAmongTicks:
    """The same where countries are ticked for one order, or where the price of those stands."""

    plain: _Answer
    last: ToTicks | ToPriceOfAny
    drafts: Drafts

    async def screen(self, found: Typed) -> Screen:
        """A country is ticked, a number is the maximum; everything else as elsewhere."""
        if isinstance(self.last, ToTicks):
            if isinstance(found, Pair) and found.here:
                await self.drafts.tick(self.plain.person_id, found.service, found.country)
                return await self._ticks(self.last, found.maximum)
            if isinstance(found, CountryStep) and found.here:
                return await self._ticks(self.last, found.maximum, found.unknown)
        elif isinstance(found, CountryStep) and found.here:
            return await self._at_the_price(self.last, found)
        return await self.plain.screen(found)

    async def _ticks(self, last: ToTicks, maximum: int | None, unknown: str = "") -> Screen:
        plain, names = self.plain, countries.names(self.plain.t)
        listing, high = (None, maximum) if maximum is not None else (last.listing, last.high)
        page = await plain.browsing.countries(
            plain.person_id, last.service, last.sort, last.number, names, listing, high
        )
        return ticking.ticks(await self.drafts.page(plain.person_id, page), last.via, plain.t, unknown)

    async def _at_the_price(self, last: ToPriceOfAny, step: CountryStep) -> Screen:
        if step.unknown:
            behind = origin.back(last.via, last.service)
            start = ToTicks(service=last.service, sort=Sort.USUAL, number=0, via=origin.HOME)
            return await self._ticks(behind if isinstance(behind, ToTicks) else start, None, step.unknown)
        plain, window = self.plain, Window(0, step.maximum or 0)
        ticked = [one.id for one in await self.drafts.wanted(plain.person_id, last.service)]
        facts = await plain.pricing.of_any(plain.person_id, last.service, ticked, window)
        return price.price(facts, last.via, plain.t)


def build() -> Router:
    """Stands last among the messages: whatever is no command."""
    router = Router(name="typed")
    router.message.register(typed, having(Right.BUY), F.text, ~F.text.startswith("/"))
    return router
