"""The order of the country list."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Country, CountryOrder, PriceTag, Sort, in_order, labels, most_asked

COUNTRIES = [
    Country(1, "a", "Brazil", "BR"),
    Country(2, "b", "India", "IN"),
    Country(3, "c", "Chad", "TD"),
    Country(4, "d", "Nowhere", None),
    Country(5, "e", "United States", "US"),
]
TAGS = {1: PriceTag(300, 5), 2: PriceTag(100, None), 3: PriceTag(200, 50), 4: PriceTag(None, 0)}


def order(sort: Sort, tags: dict[int, PriceTag] | None = None, **given: Any) -> CountryOrder:
    facts: dict[str, Any] = {"recent": (), "asked": (), "names": {}} | given
    return in_order(COUNTRIES, TAGS if tags is None else tags, sort, **facts)


@pytest.mark.parametrize(
    ("sort", "listed"),
    [(Sort.CHEAPEST, (2, 3, 1, 5)), (Sort.STOCK, (3, 1, 2, 5)), (Sort.NAME, (1, 3, 2, 5))],
)
def test_each_sort_keeps_unread_prices_behind_and_sold_out_aside(sort: Sort, listed: tuple[int, ...]) -> None:
    assert order(sort) == CountryOrder(listed, (4,))


@pytest.mark.parametrize("sort", [Sort.CHEAPEST, Sort.STOCK, Sort.NAME])
def test_own_recent_countries_come_first_newest_first(sort: Sort) -> None:
    assert order(sort, recent=(5, 1), asked=(2,)).listed[:2] == (5, 1)


@pytest.mark.parametrize("sort", Sort)
def test_a_recent_or_famous_country_that_is_sold_out_stands_aside_all_the_same(sort: Sort) -> None:
    assert order(sort, recent=(4,), asked=(4, 1)).sold_out == (4,)


@pytest.mark.parametrize(("sort", "listed"), [(Sort.CHEAPEST, (3, 1, 2, 5)), (Sort.STOCK, (3, 1, 2, 5))])
def test_those_asked_for_come_before_the_rest_and_by_the_sort_among_themselves(
    sort: Sort, listed: tuple[int, ...]
) -> None:
    assert order(sort, asked=(1, 3, 2, 5), known=2).listed == listed


def test_by_name_those_asked_for_stand_where_their_name_does() -> None:
    assert order(Sort.NAME, asked=(5, 2)).listed == (1, 3, 2, 5)


def test_own_recent_countries_leave_less_room_for_those_asked_for() -> None:
    assert order(Sort.CHEAPEST, recent=(1,), asked=(5, 3, 2), known=2).listed == (1, 5, 2, 3)


def test_before_any_price_is_read_the_most_asked_for_countries_come_first() -> None:
    assert order(Sort.CHEAPEST, {}, asked=(5, 1, 2)).listed == (5, 1, 2, 3, 4)


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
    tags: dict[int, PriceTag], recent: list[int], asked: list[int], known: int
) -> None:
    for sort in Sort:
        found = order(sort, tags, recent=recent, asked=asked, known=known)
        assert sorted(found.listed + found.sold_out) == [1, 2, 3, 4, 5]
        assert set(found.sold_out) == {one for one, tag in tags.items() if tag.lowest is None}


@given(st.lists(st.tuples(st.sampled_from(["USA", "usa", "USA 2", "U.S.A.", "", "★"]), st.sampled_from(["US", None]))))
def test_countries_of_one_code_never_look_the_same(found: list[tuple[str, str | None]]) -> None:
    countries = [Country(n, f"{n:024x}", name, code) for n, (name, code) in enumerate(found)]
    shown = labels(countries)
    for code in ("US", None):
        told = [shown[c.id] or (c.code or c.name) for c in countries if c.code == code]
        assert len(set(told)) == len(told)
    if len(countries) == 1:
        assert set(shown.values()) == {None}
