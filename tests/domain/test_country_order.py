"""The order of the country list."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Country, PriceTag, Sort
from bot.domain.country_order import CountryOrder, Known, in_order, most_asked
from bot.domain.results import Result

COUNTRIES = [
    Country(1, "a", "Brazil", "BR"),
    Country(2, "b", "India", "IN"),
    Country(3, "c", "Chad", "TD"),
    Country(4, "d", "Nowhere", None),
    Country(5, "e", "United States", "US"),
]
TAGS = {1: PriceTag(300, 5), 2: PriceTag(100, None), 3: PriceTag(200, 50), 4: PriceTag(None, 0)}


ALL = TAGS | {5: PriceTag(250, 9)}
"""No price is missing."""


def order(sort: Sort, tags: dict[int, PriceTag] | None = None, **given: Any) -> CountryOrder:
    return in_order(COUNTRIES, sort, Known(TAGS if tags is None else tags, **given))


@pytest.mark.parametrize(
    ("sort", "listed"),
    [
        (Sort.USUAL, (2, 3, 1, 5)),
        (Sort.CHEAPEST, (2, 3, 1, 5)),
        (Sort.STOCK, (3, 1, 2, 5)),
        (Sort.NAME, (1, 3, 2, 5)),
    ],
)
def test_each_sort_keeps_unread_prices_behind_and_sold_out_aside(sort: Sort, listed: tuple[int, ...]) -> None:
    assert order(sort) == CountryOrder(listed, (4,))


def test_usually_own_recent_countries_come_first_newest_first() -> None:
    assert order(Sort.USUAL, recent=(5, 1), asked=(2,)).listed[:2] == (5, 1)
    assert order(Sort.USUAL, ALL, recent=(5, 1), asked=(2,)).listed == (5, 1, 2, 3)


@pytest.mark.parametrize(
    ("sort", "listed"), [(Sort.CHEAPEST, (2, 3, 5, 1)), (Sort.STOCK, (3, 5, 1, 2)), (Sort.NAME, (1, 3, 2, 5))]
)
def test_a_sort_that_was_chosen_is_strict(sort: Sort, listed: tuple[int, ...]) -> None:
    assert order(sort, ALL, recent=(5, 1), asked=(1, 5)).listed == listed


@pytest.mark.parametrize("sort", Sort)
def test_a_recent_or_famous_country_that_is_sold_out_stands_aside_all_the_same(sort: Sort) -> None:
    assert order(sort, recent=(4,), asked=(4, 1)).sold_out == (4,)


def test_while_prices_are_missing_those_asked_for_come_before_the_rest_the_cheapest_first() -> None:
    assert order(Sort.USUAL, asked=(1, 3, 2, 5), page=2).listed == (3, 1, 2, 5)


def test_once_all_prices_are_there_the_usual_order_is_by_price() -> None:
    assert order(Sort.USUAL, ALL, asked=(5, 1)).listed == (2, 3, 5, 1)


def test_own_recent_countries_leave_less_room_for_those_asked_for() -> None:
    assert order(Sort.USUAL, recent=(1,), asked=(5, 3, 2), page=2).listed == (1, 5, 2, 3)


@pytest.mark.parametrize("sort", [Sort.USUAL, Sort.CHEAPEST, Sort.STOCK, Sort.BEST])
def test_before_any_price_is_read_the_most_asked_for_countries_come_first(sort: Sort) -> None:
    assert order(sort, {}, asked=(5, 1, 2)).listed == (5, 1, 2, 3, 4)


def test_the_best_results_are_what_is_surely_good_then_what_is_cheap() -> None:
    surely, maybe, poor = Result(28, 30), Result(8, 8), Result(3, 30)
    assert surely.lower_bound > maybe.lower_bound > poor.lower_bound
    assert order(Sort.BEST, ALL, results={1: surely, 5: maybe, 2: poor}).listed == (1, 5, 2, 3)
    assert order(Sort.BEST, ALL, results={1: maybe, 5: maybe}).listed == (5, 1, 2, 3)


@pytest.mark.parametrize("sort", [Sort.USUAL, Sort.CHEAPEST, Sort.STOCK, Sort.NAME, Sort.BEST])
def test_what_costs_more_than_the_maximum_goes_last(sort: Sort) -> None:
    listed = order(sort, ALL, high=220, results={1: Result(30, 30), 5: Result(29, 30)}, asked=(1, 5)).listed
    assert set(listed[:2]) == {2, 3}


def test_of_the_countries_of_one_code_the_plainest_is_asked_for() -> None:
    twins = [Country(7, "f", "USA (virtual)", "US", "USA (virtual)"), Country(8, "g", "USA", "US", "USA")]
    assert most_asked([*twins, *COUNTRIES[:2]]) == [8, 1, 2]


def test_names_are_sorted_as_the_person_reads_them() -> None:
    names = {1: "Бразилия", 2: "Индия", 3: "Чад", 4: "Ничто", 5: "Америка"}
    listed = order(Sort.NAME, {}, names=names).listed
    assert [names[one] for one in listed] == sorted(names.values())


@given(
    st.dictionaries(
        st.integers(1, 5), st.builds(PriceTag, st.none() | st.integers(1, 9), st.none() | st.integers(0, 9))
    ),
    st.lists(st.integers(1, 7)),
    st.lists(st.integers(1, 7)),
    st.integers(0, 8),
)
def test_every_country_stands_in_one_place(
    tags: dict[int, PriceTag], recent: list[int], asked: list[int], page: int
) -> None:
    for sort in Sort:
        found = order(sort, tags, recent=recent, asked=asked, page=page)
        assert sorted(found.listed + found.sold_out) == [1, 2, 3, 4, 5]
        assert set(found.sold_out) == {one for one, tag in tags.items() if tag.lowest is None}
