"""The list of countries for a service, with lowest price and stock on each button."""

from collections.abc import Callable

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Country, Place, Sort
from bot.facts.shop import CountryPage, CountryRow
from bot.i18n import Html, Translator, clean, flag
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToPrice
from bot.screens.callbacks_of_drafts import ToTicks
from bot.screens.labels import ROW, clipped, width
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, lines, rows

_SEVERAL = 2
_LEAST = 6
"""Letters of a name that are shown in any case."""


def names(t: Translator) -> Callable[[Country], str]:
    """How a person reads a country's name, to sort by."""
    return lambda country: t.country(country.code, country.name, country.label)


def no_price(leads_back: CallbackData, place: Place, t: Translator) -> Screen:
    """The person typed a number where a maximum is typed, and it can be none."""
    return Screen(
        t("That can't be a price. Type the most you want to pay, for example <code>0.3</code>."),
        rows([back(t, leads_back), menu(t)]),
        place=place,
    )


def countries(facts: CountryPage, via: str, currency: str, t: Translator, unknown: str = "") -> Screen:
    """`unknown`: words that were typed and name no country."""
    service, page = facts.service, facts.page

    def to(sort: Sort, number: int, listing: int | None = None) -> ToCountries:
        return ToCountries(service=service.id, sort=sort, number=number, via=via, listing=listing, high=facts.high)

    here = to(facts.sort, page.number, facts.listing)
    behind = origin.countries(facts.sort, page.number, via, facts.listing)
    leads_back = to(facts.chosen, 0, facts.listing) if facts.sort is Sort.SOLD_OUT else origin.back(via, service.id)
    return Screen(
        lines(_heading(facts, currency, t), _below(facts, unknown, t)),
        rows(
            *([_country(row, facts, behind, currency, t)] for row in facts.rows),
            arrows(page, lambda number: to(facts.sort, number, facts.listing)),
            [_any_of(facts, here, t), _sold_out(facts, to, t)],
            *_sorts(facts, to, [back(t, leads_back), menu(t)], t),
        ),
        place=Place(service.id, None, here.pack()),
    )


def _heading(facts: CountryPage, currency: str, t: Translator) -> Html:
    name = clean(facts.service.name, 60)
    if facts.sort is Sort.SOLD_OUT:
        return t("<b>{service}</b>: sold out in these countries.", service=name)
    if not facts.rows:
        return t("<b>{service}</b> is sold out everywhere right now.", service=name)
    if facts.high is not None:
        price = t.price(facts.high, currency)
        return t("<b>{service}</b> for {price} or less: which country?", service=name, price=price)
    return t("<b>{service}</b>: which country?", service=name)


def _below(facts: CountryPage, unknown: str, t: Translator) -> Html | None:
    if unknown:
        return unknown_country(unknown, t)
    if facts.sort is Sort.SOLD_OUT or not facts.rows:
        return None
    if any(row.tag is None for row in facts.rows):
        return t("Prices marked “…” are still on their way. You can open them anyway.")
    return t("Type a country to find it.")


def unknown_country(text: str, t: Translator) -> Html:
    return t("I know no country called “{text}”. Pick one, or type it another way.", text=clean(text, 40))


def _any_of(facts: CountryPage, here: ToCountries, t: Translator) -> InlineKeyboardButton | None:
    """Several of them for one order, where there are several."""
    if facts.sort is Sort.SOLD_OUT or (facts.page.pages == 1 and len(facts.rows) < _SEVERAL):
        return None
    return button("☑️ " + t.plain("Any of these"), ToTicks(**here.model_dump()))


def _sold_out(facts: CountryPage, to: Callable[..., ToCountries], t: Translator) -> InlineKeyboardButton | None:
    """Folded away behind the last page."""
    last = facts.page.number + 1 >= facts.page.pages
    if not facts.sold_out or not last or facts.sort is Sort.SOLD_OUT:
        return None
    # NOTE: {n} is how many countries have nothing in stock; the button lists them
    label = t.plain("Sold out · {n}", n=t.number(facts.sold_out))
    return button(label, to(Sort.SOLD_OUT, 0, facts.listing))


def _sorts(
    facts: CountryPage, to: Callable[..., ToCountries], navigation: list[InlineKeyboardButton], t: Translator
) -> list[list[InlineKeyboardButton]]:
    """Shares a row with the navigation, so that the heading and eight countries fit on a small phone."""
    if facts.sort is Sort.SOLD_OUT:
        return [navigation]
    labels = {
        Sort.CHEAPEST: t.plain("Cheapest"),
        Sort.STOCK: t.plain("Most in stock"),
        # NOTE: sort by name
        Sort.NAME: t.plain("A–Z"),
    }
    cheapest, stock, name = (
        button(("✓ " if one is facts.chosen else "") + label, to(one, 0), _style(chosen=one is facts.chosen))
        for one, label in labels.items()
    )
    return [[cheapest, stock], [name, *navigation]]


def _style(*, chosen: bool) -> ButtonStyle | None:
    return ButtonStyle.PRIMARY if chosen else None


def _country(row: CountryRow, facts: CountryPage, via: str, currency: str, t: Translator) -> InlineKeyboardButton:
    high = facts.high
    low = None if high is None else 0
    leads_to = ToPrice(service=facts.service.id, country=row.country.id, low=low, high=high, via=via)
    return button(row_label(row, currency, t), leads_to)


def row_label(row: CountryRow, currency: str, t: Translator, mark: str = "") -> str:
    """Flag, name and price of a country; `mark` stands before them."""
    country = row.country
    told = "".join(f" · {part}" for part in _tag(row, currency, t))
    name = clipped(
        t.country(country.code, country.name, country.label), max(_LEAST, ROW - 3 - width(mark) - width(told))
    )
    return f"{mark}{flag(country.code)} {name}{told}"


def _tag(row: CountryRow, currency: str, t: Translator) -> list[str]:
    if row.tag is None:
        return ["…"]
    if row.tag.lowest is None:
        return [t.plain("sold out")]
    stock = [t.number(row.tag.stock)] if row.tag.stock is not None else []
    return [t.price(row.tag.lowest, currency), *stock]
