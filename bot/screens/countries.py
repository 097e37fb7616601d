"""The list of countries for a service, with lowest price and stock on each button."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import CountryPage, CountryRow, Sort
from bot.i18n import Translator, flag
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToPrice
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, lines, rows


def countries(facts: CountryPage, via: str, currency: str, t: Translator) -> Screen:
    service, page = facts.service, facts.page

    def to(sort: Sort, number: int) -> ToCountries:
        return ToCountries(service=service.id, sort=sort, number=number, via=via)

    behind = origin.countries(facts.sort, page.number, via)
    unread = any(row.tag is None for row in facts.rows)
    return Screen(
        lines(
            t("<b>{service}</b>: which country?", service=service.name),
            t("Page {number}/{pages}. Or type the service and a country.", number=page.number + 1, pages=page.pages),
            t("HidSim has not answered for some prices yet; “…” opens the country anyway.") if unread else None,
            t.n("{n} more country is being priced.", "{n} more countries are being priced.", facts.unread)
            if facts.unread and not unread
            else None,
        ),
        rows(
            *([_country(row, service.id, behind, currency, t)] for row in facts.rows),
            arrows(page, lambda number: to(facts.sort, number)),
            [_sort(sort, label, facts.sort, to(sort, 0)) for sort, label in _sorts(t)],
            [back(t, origin.back(via, service.id)), menu(t)],
        ),
    )


def _sorts(t: Translator) -> list[tuple[Sort, str]]:
    return [
        (Sort.CHEAPEST, t.plain("Cheapest")),
        (Sort.STOCK, t.plain("Most in stock")),
        # NOTE: sort by name
        (Sort.NAME, t.plain("A–Z")),
    ]


def _sort(sort: Sort, label: str, chosen: Sort, leads_to: ToCountries) -> InlineKeyboardButton:
    return button(("✓ " if sort is chosen else "") + label, leads_to, ButtonStyle.PRIMARY if sort is chosen else None)


def _country(row: CountryRow, service: int, via: str, currency: str, t: Translator) -> InlineKeyboardButton:
    country = row.country
    name = f"{flag(country.code)} {t.country(country.code, country.name, country.label)}"
    leads_to = ToPrice(service=service, country=country.id, low=None, high=None, via=via)
    return button(" · ".join([name, *_tag(row, currency, t)]), leads_to)


def _tag(row: CountryRow, currency: str, t: Translator) -> list[str]:
    if row.tag is None:
        return ["…"]
    if row.tag.lowest is None:
        return [t.plain("none now")]
    stock = [t.number(row.tag.stock)] if row.tag.stock is not None else []
    return [t.money(row.tag.lowest, currency), *stock]
