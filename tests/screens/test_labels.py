"""Names on buttons of a phone of 360 points."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.access import Role, Standing
from bot.domain.catalog import Country, PriceTag, Service, Sort
from bot.domain.people import Person
from bot.domain.results import Result
from bot.domain.signboard import Signboard
from bot.facts.pages import Page
from bot.facts.shop import CountryPage, CountryRow, ServicePage
from bot.i18n import Languages
from bot.screens.gallery import gallery
from bot.screens.labels import HALF, ROW, clipped, fitted, priced, width
from bot.screens.people.listed import label
from bot.screens.screen import Screen
from bot.screens.shop import countries, services
from bot.screens.widths import fit
from tests.screens.phone import ENGLISH

NAME = "Tom & Jerry's <b>Bar</b>"
LONG = "Democratic Republic of the Congo (virtual)"


@pytest.mark.parametrize(
    "name", ["Telegram", "WhatsApp", "Google", "Instagram", "Microsoft", "AliExpress", "微信", "ВКонтакте"]
)
def test_the_names_of_well_known_services_fit_into_half_a_row(name: str) -> None:
    assert fitted(name, HALF) == name


def test_a_long_name_keeps_its_beginning_or_both_its_ends() -> None:
    assert fitted(LONG, HALF) == "Democratic Rep…"
    assert clipped(LONG, 24) == "Democratic Repu…go (virtual)"


@given(st.text(max_size=80), st.integers(3, 40))
def test_whatever_the_name_it_fits_and_stays_on_one_line(name: str, room: int) -> None:
    for shown in (fitted(name, room), clipped(name, room)):
        assert width(shown) <= room + 0.5
        assert "\n" not in shown


@pytest.mark.parametrize(("price", "stock"), [(120_000, 320), (999_990_000, 1_234_567), (None, 0), (4_000_000, None)])
def test_a_country_shows_its_price_and_stock_whole(price: int | None, stock: int | None) -> None:
    row = CountryRow(Country(1, "c", LONG, None), PriceTag(price, stock))
    page = CountryPage(Service(1, "s", "Telegram"), Sort.CHEAPEST, Page(0, 1), (row,), 1, Sort.CHEAPEST, 14)
    label = countries.countries(page, "h", "USD", ENGLISH).rows[0][0].text
    assert width(label.split(" ", 1)[1]) <= ROW
    told = [] if price is None else [ENGLISH.price(price, "USD")]
    told += [ENGLISH.number(stock)] if stock else []
    assert all(f" · {part}" in label for part in told or ["sold out"])


@pytest.mark.parametrize("price", [1_000, 120_000, 999_990_000])
@pytest.mark.parametrize("stock", [None, 7, 1_234_567])
@pytest.mark.parametrize("sort", [Sort.USUAL, Sort.BEST])
@pytest.mark.parametrize("name", ["Chad", "Brazil", "Dominican Republic", LONG])
def test_a_countrys_result_stands_beside_its_name_or_is_left_out(
    price: int, stock: int | None, sort: Sort, name: str
) -> None:
    row = CountryRow(Country(1, "c", name, None), PriceTag(price, stock), Result(22, 30, timedelta(seconds=3_599)))
    page = CountryPage(Service(1, "s", "Telegram"), sort, Page(0, 1), (row,), 1, sort, has_results=True)
    label = countries.countries(page, "h", "USD", ENGLISH).rows[0][0].text
    assert width(label.split(" ", 1)[1]) <= ROW
    assert label.split(" ", 1)[1].startswith(name[:3])
    assert sort is Sort.USUAL or " · 73%" in label


def test_a_list_by_results_shows_them_in_place_of_the_stock() -> None:
    row = CountryRow(Country(1, "c", "Brazil", "BR"), PriceTag(120_000, 320), Result(22, 30, timedelta(seconds=41)))
    page = CountryPage(Service(1, "s", "Telegram"), Sort.USUAL, Page(0, 1), (row,), 1, has_results=True)
    best = replace(page, sort=Sort.BEST, chosen=Sort.BEST)
    shown = [countries.countries(one, "h", "USD", ENGLISH).rows[0][0].text for one in (page, best)]
    assert shown == ["🇧🇷 Brazil · $0.12 · 320 · 73%", "🇧🇷 Brazil · $0.12 · 73% · 41 sec"]


@pytest.mark.parametrize("sort", [Sort.STOCK, Sort.BEST, Sort.CHEAPEST])
def test_sorts_and_services_fit_into_half_a_row(sort: Sort) -> None:
    page = CountryPage(Service(1, "s", "T"), sort, Page(0, 1), (), 1, sort, 250, has_results=True)
    rows = countries.countries(page, "h", "USD", ENGLISH).rows
    found = ServicePage((Service(1, "s", LONG), Service(2, "s", "Tom & Jerry's <b>Bar</b>")), Page(0, 1))
    labels = [button.text for row in [*rows[:3], services.services(found, ENGLISH).rows[0]] for button in row]
    assert [label for label in labels if width(label) > HALF] == []


def test_best_results_are_no_order_where_none_are_known() -> None:
    page = CountryPage(Service(1, "s", "T"), Sort.USUAL, Page(0, 1), (), 1)
    labels = [one.text for row in countries.countries(page, "h", "USD", ENGLISH).rows for one in row]
    assert labels[:2] == ["Cheapest", "Most in stock"]
    assert "Best results" not in labels


@given(st.text(max_size=80), st.none() | st.text("abcdefmw_0123456789", min_size=1, max_size=32))
def test_a_person_fits_into_a_row_with_their_username(name: str, username: str | None) -> None:
    shown = label(Person(2**52 - 1, name, Standing.UNKNOWN, None, username=username))
    assert width(shown.split(" ", 1)[1]) <= ROW
    assert username is None or f"@{username[:5]}" in shown


def test_a_usernames_sign_stays_before_it_behind_a_name_from_right_to_left() -> None:
    person = Person(1, "محمد", Standing.UNKNOWN, None, Role.BUYER, username="mo")
    assert label(person) == "👤 محمد \u2068@mo\u2069"


@pytest.mark.parametrize(
    ("price", "shown"),
    [
        ("$0.10", "Max $0.10"),
        ("$0.130", "Max 0.130"),
        ("100,00\N{NO-BREAK SPACE}€", "Max 100,00"),
        ("$12.50", "Max 12.50"),
    ],
)
def test_a_price_of_many_digits_goes_without_its_currency_where_three_share_a_row(price: str, shown: str) -> None:
    assert priced("Max", price) == shown


def test_a_person_who_may_not_use_the_bot_has_another_sign_than_one_who_may() -> None:
    signs = {role: label(Person(1, "Ann", Standing.UNKNOWN, None, role))[0] for role in Role}
    assert signs == {Role.OWNER: "🛠", Role.ADMIN: "🛠", Role.BUYER: "👤", Role.STRANGER: "🔒"}


def short(screen: Screen) -> list[str]:
    """Labels that are cut on a phone, but for names from outside that stand alone."""
    return [one.text for row in screen.rows for one in row if not fit([one.text] * len(row)) and one.text != NAME]


@pytest.mark.parametrize("language", Languages.load().tags)
def test_no_label_of_any_screen_is_cut(language: str) -> None:
    languages = Languages.load()
    languages.speak_for(Signboard("Example Numbers", "@example_support"))
    cut = {name: short(screen) for name, screen in gallery(languages.translator(language))}
    assert {name: labels for name, labels in cut.items() if labels} == {}
