"""The list of services, and what a search found."""

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.catalog import Service, ServicePage, Sort
from bot.i18n import Translator, clean
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToHome, ToSearch, ToServices
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, grid, lines, rows

_NAME_LIMIT = 28
"""Characters of a service's name that two columns on a phone can show."""


def services(page: ServicePage, t: Translator) -> Screen:
    via = origin.services(page.page.number)
    return Screen(
        lines(
            t("<b>Which service is the number for?</b>"),
            t("Page {number}/{pages}. Type a name to search.", number=page.page.number + 1, pages=page.page.pages),
        ),
        rows(
            *grid([_service(s, via) for s in page.services], 2),
            arrows(page.page, lambda number: ToServices(number=number)),
            [button("🔎 " + t.plain("Search"), ToSearch()), back(t, ToHome())],
        ),
    )


def _service(service: Service, via: str) -> InlineKeyboardButton:
    leads_to = ToCountries(service=service.id, sort=Sort.CHEAPEST, number=0, via=via)
    return button(clean(service.name, _NAME_LIMIT), leads_to)


def results(page: ServicePage, t: Translator) -> Screen:
    """Also one hit is a button: the person says yes to it. Nothing found says what to do."""
    typed = clean(page.text or "", 64)
    navigation = [button("📱 " + t.plain("All services"), ToServices()), menu(t)]
    if not page.services:
        return Screen(lines(*_nothing(page, typed, t)), rows(navigation))
    via = origin.results(page.search or 0)
    return Screen(
        t("Found for “{typed}”:", typed=typed), rows(*grid([_service(s, via) for s in page.services], 2), navigation)
    )


def _nothing(page: ServicePage, typed: str, t: Translator) -> list[Markup]:
    if page.unanswered:
        found = t("Nothing found for “{typed}” here, and HidSim's own search does not answer now.", typed=typed)
    else:
        found = t("Nothing found for “{typed}”.", typed=typed)
    return [found, t("Try the service's English name, or fewer letters.")]


def search_hint(t: Translator) -> Screen:
    return Screen(
        lines(
            t("<b>Type what you are looking for</b>"),
            "",
            t("A name, an alias or a part of it, in any script; typos are forgiven."),
            t("Add a country and a maximum price to go straight to the price: <code>telegram brazil 0.3</code>"),
        ),
        rows([back(t, ToServices()), menu(t)]),
    )
