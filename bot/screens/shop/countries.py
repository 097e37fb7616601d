"""The list of countries for a service, with lowest price and stock on each button."""

from collections.abc import Callable

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Country, Place, Sort
from bot.facts.shop import CountryPage, CountryRow
from bot.i18n import Html, Translator, clean, flag
from bot.i18n.direction import isolate
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToPrice
from bot.screens.callbacks_of_drafts import ToTicks
from bot.screens.labels import ROW, clipped, width
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Row, Screen, button, lines, rows
from bot.screens.shop.results import share, share_and_median

_SEVERAL = 2
_LEAST, _ROOMY = 6, 10
"""Letters of a name that are shown in any case, and beside what is not needed."""
_BY_PRICES = (Sort.CHEAPEST, Sort.STOCK)


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
        lines(_heading(facts, currency, t), *_below(facts, unknown, t)),
        rows(
            *([_country(row, facts, behind, currency, t)] for row in facts.rows),
            arrows(page, lambda number: to(facts.sort, number, facts.listing)),
            *_ways(facts, here, to, [back(t, leads_back), menu(t)], t),
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


def _below(facts: CountryPage, unknown: str, t: Translator) -> list[Html | None]:
    if unknown:
        return [unknown_country(unknown, t)]
    if facts.sort is Sort.SOLD_OUT or not facts.rows:
        return []
    told = [_still_coming(facts, t)]
    if any(row.result is not None for row in facts.rows):
        told.append(t("The percentage says how many of the last numbers got a code."))
    return told


def _still_coming(facts: CountryPage, t: Translator) -> Html | None:
    if facts.unread and facts.chosen in _BY_PRICES:
        # NOTE: {sort} is the button that sorts, such as “Cheapest”
        return t(
            "Not all prices are here yet. Tap “{sort}” again in a moment to sort anew.", sort=_labels(t)[facts.chosen]
        )
    if any(row.tag is None for row in facts.rows):
        return t("Prices marked “…” are still on their way. You can open them anyway.")
    return None


def unknown_country(text: str, t: Translator) -> Html:
    return t("I know no country called “{text}”. Pick one, or type it another way.", text=clean(text, 40))


def _any_of(facts: CountryPage, here: ToCountries, t: Translator) -> InlineKeyboardButton | None:
    """Several of them for one order, where there are several."""
    if facts.page.pages == 1 and len(facts.rows) < _SEVERAL:
        return None
    return button("☑️ " + t.plain("Any of these"), ToTicks(**here.model_dump()))


def _sold_out(facts: CountryPage, to: Callable[..., ToCountries], t: Translator) -> InlineKeyboardButton | None:
    """Folded away behind the last page."""
    last = facts.page.number + 1 >= facts.page.pages
    if not facts.sold_out or not last:
        return None
    # NOTE: {n} is how many countries have nothing in stock; the button lists them
    label = t.plain("Sold out · {n}", n=t.number(facts.sold_out))
    return button(label, to(Sort.SOLD_OUT, 0, facts.listing))


def _labels(t: Translator) -> dict[Sort, str]:
    return {
        Sort.CHEAPEST: t.plain("Cheapest"),
        Sort.STOCK: t.plain("Most in stock"),
        # NOTE: sort by how many of the last numbers got a code
        Sort.BEST: t.plain("Best results"),
        # NOTE: sort by name
        Sort.NAME: t.plain("A–Z"),
    }


def _ways(
    facts: CountryPage, here: ToCountries, to: Callable[..., ToCountries], navigation: Row, t: Translator
) -> list[Row]:
    """Three rows, results or none, so that eight countries and the heading fit on a small phone."""
    if facts.sort is Sort.SOLD_OUT:
        return [navigation]
    cheapest, stock, best, name = (
        button(("✓ " if one is facts.chosen else "") + label, to(one, 0), _style(chosen=one is facts.chosen))
        for one, label in _labels(t).items()
    )
    return [
        [_any_of(facts, here, t), best if facts.has_results else None, _sold_out(facts, to, t)],
        [cheapest, stock],
        [name, *navigation],
    ]


def _style(*, chosen: bool) -> ButtonStyle | None:
    return ButtonStyle.PRIMARY if chosen else None


def _country(row: CountryRow, facts: CountryPage, via: str, currency: str, t: Translator) -> InlineKeyboardButton:
    high = facts.high
    low = None if high is None else 0
    leads_to = ToPrice(service=facts.service.id, country=row.country.id, low=low, high=high, via=via)
    return button(row_label(row, facts, currency, t), leads_to)


def row_label(row: CountryRow, facts: CountryPage, currency: str, t: Translator, mark: str = "") -> str:
    """Flag and name of a country, and what is known of it; `mark` stands before them."""
    country, told = row.country, _told(row, facts, currency, t)
    left = max(_LEAST, ROW - 3 - width(mark) - width(told))
    name = clipped(t.country(country.code, country.name, country.label), left)
    return t.joined(f"{mark}{flag(country.code)} {isolate(name) if t.rtl else name}{told}")


def _told(row: CountryRow, facts: CountryPage, currency: str, t: Translator) -> str:
    """Price and stock, and how its numbers do where there is room; instead of the stock where that is the order."""
    tag, result = row.tag, row.result
    if tag is None:
        return _joined(["…", *share(result, t)])
    if tag.lowest is None:
        return _joined([t.plain("sold out")])
    price = t.price(tag.lowest, currency)
    if facts.chosen is Sort.BEST and result is not None:
        return _with_room(_joined([price, *share_and_median(result, t)]), _joined([price, *share(result, t)]))
    short = [price] if tag.stock is None else [price, t.number(tag.stock)]
    return _with_room(_joined([*short, *share(result, t)]), _joined(short))


def _with_room(long: str, short: str) -> str:
    return long if width(long) <= ROW - 3 - _ROOMY else short


def _joined(parts: list[str]) -> str:
    return "".join(f" · {part}" for part in parts)
