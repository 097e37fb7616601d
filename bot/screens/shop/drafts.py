"""Several countries for one order: the list with ticks, and how they are named and bought."""

from collections.abc import Sequence

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Country, Place, Service
from bot.domain.drafts import MOST, mark_of
from bot.domain.price_window import Window
from bot.facts.shop import CountryPage, CountryRow, PriceFacts
from bot.i18n import Html, Translator, clean, flag
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToPrice
from bot.screens.callbacks_of_drafts import BuyAny, Tick, ToPriceOfAny, ToTicks
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.shop.countries import row_label, unknown_country

_NAMED = 3
"""Countries that a heading names; of the others it says how many there are."""


def ticks(
    facts: CountryPage, ticked: Sequence[Country], via: str, currency: str, t: Translator, unknown: str = ""
) -> Screen:
    """`via`: what is behind the list of countries, to which Back leads. `unknown`: typed, and no country."""

    def to(number: int) -> ToTicks:
        return ToTicks(
            service=facts.service.id, sort=facts.sort, number=number, via=via, listing=facts.listing, high=facts.high
        )

    here = to(facts.page.number)
    behind = ToCountries(**here.model_dump())
    chosen = {one.id for one in ticked}
    return Screen(
        lines(_heading(facts, ticked, t), unknown_country(unknown, t) if unknown else _below(ticked, t)),
        rows(
            *([_country(row, here, currency, t, on=row.country.id in chosen)] for row in facts.rows),
            arrows(facts.page, to),
            [_go_on(ticked, here, t)],
            [back(t, behind), menu(t)],
        ),
        place=Place(facts.service.id, None, here.pack()),
    )


def _heading(facts: CountryPage, ticked: Sequence[Country], t: Translator) -> Html:
    service = clean(facts.service.name, 60)
    if not ticked:
        return t("<b>{service}</b>: tick countries, and get a number of any of them.", service=service)
    # NOTE: {countries} are flags with names: those that are ticked so far
    return t("<b>{service}</b>: any of {countries}", service=service, countries=named(ticked, t, MOST))


def _below(ticked: Sequence[Country], t: Translator) -> Html:
    if len(ticked) >= MOST:
        return t.n("{n} country is the most.", "{n} countries are the most.", MOST)
    return t("Type a country to tick it.")


def _country(row: CountryRow, here: ToTicks, currency: str, t: Translator, *, on: bool) -> InlineKeyboardButton:
    leads_to = Tick(country=row.country.id, on=not on, **here.model_dump())
    label = row_label(row, currency, t, mark="✓ " if on else "")
    return button(label, leads_to, ButtonStyle.PRIMARY if on else None)


def _go_on(ticked: Sequence[Country], here: ToTicks, t: Translator) -> InlineKeyboardButton | None:
    """One country alone is bought as ever."""
    if not ticked:
        return None
    # NOTE: on a button: the next step, with the {n} countries that are ticked
    label = t.n("Continue · {n} country", "Continue · {n} countries", len(ticked)).striptags()
    window = None if here.high is None else Window(0, here.high)
    return button("➡️ " + label, _price(ticked, here, window), ButtonStyle.SUCCESS)


def _price(ticked: Sequence[Country], here: ToTicks, window: Window | None) -> CallbackData:
    via = origin.ticks(here.sort, here.number, here.via, here.listing)
    low, high = (None, None) if window is None else (window.low, window.high)
    if len(ticked) == 1:
        return ToPrice(service=here.service, country=ticked[0].id, low=low, high=high, via=via)
    return ToPriceOfAny(service=here.service, low=low, high=high, via=via)


def to_price_of_any(service: Service, window: Window | None, via: str) -> ToPriceOfAny:
    low, high = (None, None) if window is None else (window.low, window.high)
    return ToPriceOfAny(service=service.id, low=low, high=high, via=via)


def buys_any(facts: PriceFacts, window: Window, via: str) -> BuyAny:
    """Of these countries and no others, whatever is ticked by the time of the tap."""
    mark = mark_of([one.id for one in facts.countries])
    return BuyAny(service=facts.service.id, mark=mark, low=window.low, high=window.high, nonce=facts.nonce, via=via)


def named(countries: Sequence[Country], t: Translator, most: int = _NAMED) -> str:
    """Flags with names, and how many there are beyond `most`."""
    shown = [f"{flag(one.code)} {clean(t.country(one.code, one.name, one.label), 30)}" for one in countries[:most]]
    more = [f"+{t.number(len(countries) - most)}"] if len(countries) > most else []
    return " · ".join([*shown, *more])
