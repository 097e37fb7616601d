"""Which page of a list is shown."""

from hypothesis import given
from hypothesis import strategies as st

from bot.facts.pages import Page, page_of


@given(st.integers(0, 500), st.integers(1, 20), st.integers(-5, 600))
def test_a_page_is_always_one_that_exists(total: int, size: int, wanted: int) -> None:
    page = page_of(total, size, wanted)
    assert 0 <= page.number < page.pages
    assert (page.pages - 1) * size < max(total, 1) <= page.pages * size
    assert page.number == wanted or not 0 <= wanted < page.pages


def test_a_page_of_nothing_is_the_first_of_one() -> None:
    assert page_of(0, 8, 3) == Page(0, 1)
