"""Orders of countries: they stay where somebody saw them, and are kept for a while."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Sort
from bot.services.shop.listings import Listings


def test_the_one_that_nobody_looked_at_for_longest_goes_first() -> None:
    listings = Listings(kept=2)
    one, two = (listings.add(1, service, Sort.NAME, (), (), None) for service in (1, 2))
    assert listings.find(one.id, 1, 1, Sort.NAME) is one
    listings.add(1, 3, Sort.NAME, (), (), None)
    assert listings.find(two.id, 1, 2, Sort.NAME) is None
    assert listings.find(one.id, 1, 1, Sort.NAME) is one


def test_sold_out_ones_are_found_whatever_the_sort_and_others_by_theirs() -> None:
    listings = Listings()
    made = listings.add(1, 1, Sort.STOCK, (5,), (6,), None)
    assert listings.find(made.id, 1, 1, Sort.SOLD_OUT) is made
    assert listings.find(made.id, 1, 1, Sort.NAME) is None
    assert listings.find(None, 1, 1, Sort.STOCK) is None


@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 3), st.randoms(use_true_random=False)), max_size=6))
def test_what_was_seen_never_moves_and_nothing_is_lost(seen: int, pages: list[tuple[int, object]]) -> None:
    listing = Listings().add(1, 1, Sort.CHEAPEST, tuple(range(12)), (), None, seen)
    shown = dict(enumerate(listing.countries[:seen]))
    for page, luck in pages:
        unseen = listing.unseen()
        luck.shuffle(unseen)  # type: ignore[attr-defined]
        places = range(page * 3, page * 3 + 3)
        listing.settle(places, unseen)
        assert sorted(listing.countries) == list(range(12))
        assert all(listing.countries[at] == country for at, country in shown.items())
        shown |= {at: listing.countries[at] for at in places}
