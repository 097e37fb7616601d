"""Orders of countries that stay while people page through them. In memory: after a restart a new one is made."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.catalog import Sort

_KEPT = 5_000
_IDS = 10_000_000
"""Then they begin anew: seven digits fit into every button."""


@dataclass(slots=True)
class Listing:
    """`countries`: ids in their order, which stays where it was `seen` (places); what nobody saw may still move.

    `sold_out`: those that were sold out when it was made, by name; `high`: the maximum, in micro-units, with which it
    was asked for.
    """

    id: int
    person_id: int
    service_id: int
    sort: Sort
    countries: tuple[int, ...]
    sold_out: tuple[int, ...]
    high: int | None
    seen: set[int]

    def unseen(self) -> list[int]:
        return [one for place, one in enumerate(self.countries) if place not in self.seen]

    def settle(self, places: range, unseen: Sequence[int]) -> None:
        """Somebody sees these places now; what was not seen before takes this order."""
        after = iter(unseen)
        self.countries = tuple(one if at in self.seen else next(after) for at, one in enumerate(self.countries))
        self.seen.update(places)


class Listings:
    """The last ones that were looked at."""

    def __init__(self, kept: int = _KEPT) -> None:
        self._kept = kept
        self._last = 0
        self._listings: OrderedDict[int, Listing] = OrderedDict()

    def add(
        self,
        person_id: int,
        service_id: int,
        sort: Sort,
        countries: tuple[int, ...],
        sold_out: tuple[int, ...],
        high: int | None,
        seen: int = 0,
    ) -> Listing:
        """`seen`: so many of the first ones are shown at once."""
        self._last = self._last % (_IDS - 1) + 1
        listing = Listing(self._last, person_id, service_id, sort, countries, sold_out, high, set(range(seen)))
        self._listings[listing.id] = listing
        while len(self._listings) > self._kept:
            self._listings.popitem(last=False)
        return listing

    def find(self, listing_id: int | None, person_id: int, service_id: int, sort: Sort) -> Listing | None:
        """None for one that is not kept, is somebody else's or is sorted otherwise. Any sort has its sold-out ones."""
        found = self._listings.get(listing_id or 0)
        if found is None or (found.person_id, found.service_id) != (person_id, service_id):
            return None
        if sort not in (found.sort, Sort.SOLD_OUT):
            return None
        self._listings.move_to_end(found.id)
        return found
