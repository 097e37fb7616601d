"""The list of services, and what a search found."""

from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Service, Sort
from bot.facts.shop import ServicePage
from bot.i18n import Html, Translator, clean, flag
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToHome, ToPrice, ToSearch, ToServices
from bot.screens.labels import HALF, fitted
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, grid, lines, rows


def services(page: ServicePage, t: Translator) -> Screen:
    via = origin.services(page.page.number)
    return Screen(
        lines(t("<b>Which service is the number for?</b>"), t("Type a name to search.")),
        rows(
            *grid([_service(s, via) for s in page.services], 2),
            arrows(page.page, lambda number: ToServices(number=number)),
            [button("🔎 " + t.plain("Search"), ToSearch()), back(t, ToHome()), menu(t)],
        ),
    )


def _service(service: Service, via: str, found: ServicePage | None = None) -> InlineKeyboardButton:
    """Leads to the price where the country is known."""
    high = None if found is None else found.high
    label = fitted(service.name, HALF)
    if found is not None and found.country is not None:
        low = None if high is None else 0
        return button(label, ToPrice(service=service.id, country=found.country.id, low=low, high=high, via=via))
    return button(label, ToCountries(service=service.id, sort=Sort.USUAL, number=0, via=via, high=high))


def results(page: ServicePage, t: Translator) -> Screen:
    """Also one hit is a button: the person says yes to it. Nothing found says what to do."""
    typed = clean(page.text or "", 64)
    navigation = [button("📱 " + t.plain("All services"), ToServices()), menu(t)]
    if not page.services:
        return Screen(lines(*_nothing(page, typed, t)), rows(navigation))
    via = origin.services(0) if page.search is None else origin.results(page.search)
    return Screen(
        lines(_heading(page, typed, t), _unknown(page, t)),
        rows(*grid([_service(s, via, page) for s in page.services], 2), navigation),
    )


def _heading(page: ServicePage, typed: str, t: Translator) -> Html:
    if page.named or (page.country is None and page.high is None):
        return t("Found for “{typed}”:", typed=typed)
    if (country := page.country) is None:
        return t("<b>Which service is the number for?</b>")
    return t(
        "{flag} <b>{country}</b>. For which service?",
        flag=flag(country.code),
        country=t.country(country.code, country.name, country.label),
    )


def _unknown(page: ServicePage, t: Translator) -> Html | None:
    if not page.unknown:
        return None
    unknown = clean(page.unknown, 40)
    if page.country is not None:
        return t("I don't know “{unknown}”.", unknown=unknown)
    return t("I don't know “{unknown}”: pick a country after the service.", unknown=unknown)


def _nothing(page: ServicePage, typed: str, t: Translator) -> list[Html]:
    if page.unanswered:
        found = t("Nothing found for “{typed}”, and the wider search isn't answering right now.", typed=typed)
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
