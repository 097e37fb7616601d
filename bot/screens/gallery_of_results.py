"""The gallery's countries of which it is known how well their numbers do."""

from collections.abc import Iterator
from dataclasses import replace

from bot.domain.catalog import Country, PriceTag, Sort
from bot.facts.pages import Page
from bot.facts.shop import CountryPage, CountryRow
from bot.i18n import Translator
from bot.screens.gallery_facts import BRAZIL, HARDLY, LATELY, TELEGRAM
from bot.screens.screen import Screen
from bot.screens.shop import countries


def results(t: Translator) -> Iterator[tuple[str, Screen]]:
    rows = (
        CountryRow(BRAZIL, PriceTag(120_000, 320), LATELY),
        CountryRow(Country(3, "e" * 24, "India", "IN"), PriceTag(1_234_000, 1_234_567), HARDLY),
        CountryRow(Country(4, "f" * 24, "Togo", "TG"), None, HARDLY),
        CountryRow(Country(5, "9" * 24, "Chad", "TD"), PriceTag(90_000, 12)),
    )
    usual = CountryPage(TELEGRAM, Sort.USUAL, Page(0, 20), rows, 7, has_results=True)
    yield "countries, with results", countries.countries(usual, "s1", "USD", t)
    best = replace(usual, sort=Sort.BEST, chosen=Sort.BEST)
    yield "countries, best results", countries.countries(best, "s1", "USD", t)
