"""Several countries for one order: the list with ticks, and how they are named."""

from collections.abc import Sequence

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Country, Place, Service
from bot.domain.drafts import MOST
from bot.facts.shop import CountryRow, TickPage
from bot.i18n import Html, Translator, clean, flag
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToPrice
from bot.screens.callbacks_of_drafts import Tick, ToPriceOfAny, ToTicks
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.shop.countries import row_label, unknown_country

_NAMED = 3
"""Countries that a heading names; of the others it says how many there are."""


def ticks(facts: TickPage, via: str, t: Translator, unknown: str = "") -> Screen:
    """`via`: what is behind the list of countries, to which Back leads. `unknown`: typed, and no country."""
    listed, ticked = facts.page, facts.ticked

    def to(number: int) -> ToTicks:
        at = {"sort": listed.sort, "number": number, "listing": listed.listing}
        return ToTicks(service=listed.service.id, via=via, high=listed.high, **at)

    here, chosen = to(listed.page.number), {one.id for one in ticked}
    return Screen(
        lines(_heading(listed.service, ticked, t), unknown_country(unknown, t) if unknown else _below(ticked, t)),
        rows(
            *([_country(row, here, facts, t, on=row.country.id in chosen)] for row in listed.rows),
            arrows(listed.page, to),
            [_go_on(ticked, here, t)],
            [back(t, ToCountries(**here.model_dump())), menu(t)],
        ),
        place=Place(listed.service.id, None, here.pack()),
    )


def _heading(service: Service, ticked: Sequence[Country], t: Translator) -> Html:
    name = clean(service.name, 60)
    if not ticked:
        return t("<b>{service}</b>: tick countries, and get a number of any of them.", service=name)
    # NOTE: {countries} are flags with names: those that are ticked so far
    return t("<b>{service}</b>: any of {countries}", service=name, countries=named(ticked, t, MOST))


def _below(ticked: Sequence[Country], t: Translator) -> Html:
    if len(ticked) >= MOST:
        return t.n("{n} country is the most.", "{n} countries are the most.", MOST)
    return t("Type a country to tick it.")


def _country(row: CountryRow, here: ToTicks, facts: TickPage, t: Translator, *, on: bool) -> InlineKeyboardButton:
    leads_to = Tick(country=row.country.id, on=not on, **here.model_dump())
    label = row_label(row, facts.page, facts.currency, t, mark="✓ " if on else "")
    return button(label, leads_to, ButtonStyle.PRIMARY if on else None)


def _go_on(ticked: Sequence[Country], here: ToTicks, t: Translator) -> InlineKeyboardButton | None:
    if not ticked:
        return None
    # NOTE: on a button: the next step, with the {n} countries that are ticked
    label = t.n("Continue · {n} country", "Continue · {n} countries", len(ticked)).striptags()
    return button("➡️ " + label, _price(ticked, here), ButtonStyle.SUCCESS)


def _price(ticked: Sequence[Country], here: ToTicks) -> ToPrice | ToPriceOfAny:
    """One country alone is bought as ever."""
    service, via = here.service, origin.ticks(here.sort, here.number, here.via, here.listing)
    low, high = None if here.high is None else 0, here.high
    if len(ticked) == 1:
        return ToPrice(service=service, country=ticked[0].id, low=low, high=high, via=via)
    return ToPriceOfAny(service=service, low=low, high=high, via=via)


def named(countries: Sequence[Country], t: Translator, most: int = _NAMED) -> str:
    """Flags with names, and how many there are beyond `most`."""
    shown = [f"{flag(one.code)} {clean(t.country(one.code, one.name, one.label), 30)}" for one in countries[:most]]
    more = [f"+{t.number(len(countries) - most)}"] if len(countries) > most else []
    return " · ".join([*shown, *more])
