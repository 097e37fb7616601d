"""Pages, and the order of the country list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Country, Page, PriceTag, Sort, labels, page_of, sorted_rows

COUNTRIES = [
    Country(1, "a", "Brazil", "BR"),
    Country(2, "b", "India", "IN"),
    Country(3, "c", "Chad", "TD"),
    Country(4, "d", "Nowhere", None),
    Country(5, "e", "United States", "US"),
]
TAGS = {1: PriceTag(300, 5), 2: PriceTag(100, None), 3: PriceTag(200, 50), 4: PriceTag(None, 0)}


def ids(sort: Sort, recent: tuple[int, ...] = (), tags: dict[int, PriceTag] | None = None) -> list[int]:
    rows = sorted_rows(COUNTRIES, TAGS if tags is None else tags, sort, recent, {})
    return [row.country.id for row in rows]


@given(st.integers(0, 500), st.integers(1, 20), st.integers(-5, 600))
def test_a_page_is_always_one_that_exists(total: int, size: int, wanted: int) -> None:
    page = page_of(total, size, wanted)
    assert 0 <= page.number < page.pages
    assert (page.pages - 1) * size < max(total, 1) <= page.pages * size
    assert page.number == wanted or not 0 <= wanted < page.pages


def test_a_page_of_nothing_is_the_first_of_one() -> None:
    assert page_of(0, 8, 3) == Page(0, 1)


@pytest.mark.parametrize(
    ("sort", "order"),
    [(Sort.CHEAPEST, [2, 3, 1, 5, 4]), (Sort.STOCK, [3, 1, 2, 5, 4]), (Sort.NAME, [1, 3, 2, 5, 4])],
)
def test_each_sort_keeps_unread_prices_behind_and_sold_out_last(sort: Sort, order: list[int]) -> None:
    assert ids(sort) == order


@pytest.mark.parametrize("sort", Sort)
def test_own_recent_countries_come_first_newest_first(sort: Sort) -> None:
    assert ids(sort, recent=(5, 1))[:2] == [5, 1]


@pytest.mark.parametrize("sort", Sort)
def test_a_recent_country_that_is_sold_out_goes_last_all_the_same(sort: Sort) -> None:
    assert ids(sort, recent=(4,))[-1] == 4


def test_before_any_price_is_read_the_most_asked_for_countries_come_first() -> None:
    assert ids(Sort.CHEAPEST, tags={}) == [5, 1, 2, 3, 4]


def test_names_are_sorted_as_the_person_reads_them() -> None:
    names = {1: "Бразилия", 2: "Индия", 3: "Чад", 4: "Ничто", 5: "Америка"}
    rows = sorted_rows(COUNTRIES, {}, Sort.NAME, (), names)
    assert [names[row.country.id] for row in rows] == sorted(names.values())


@given(
    st.dictionaries(
        st.integers(1, 5), st.builds(PriceTag, st.none() | st.integers(1, 9), st.none() | st.integers(0, 9))
    )
)
def test_every_country_is_listed_once_with_its_own_tag(tags: dict[int, PriceTag]) -> None:
    for sort in Sort:
        rows = sorted_rows(COUNTRIES, tags, sort, (2,), {})
        assert sorted(row.country.id for row in rows) == [1, 2, 3, 4, 5]
        assert all(row.tag == tags.get(row.country.id) for row in rows)


@given(st.lists(st.tuples(st.sampled_from(["USA", "usa", "USA 2", "U.S.A.", "", "★"]), st.sampled_from(["US", None]))))
def test_countries_of_one_code_never_look_the_same(found: list[tuple[str, str | None]]) -> None:
    countries = [Country(n, f"{n:024x}", name, code) for n, (name, code) in enumerate(found)]
    shown = labels(countries)
    for code in ("US", None):
        told = [shown[c.id] or (c.code or c.name) for c in countries if c.code == code]
        assert len(set(told)) == len(told)
    if len(countries) == 1:
        assert set(shown.values()) == {None}
