"""Whether a list that HidSim sent may make us forget what it does not bring. Remembers in memory only."""

from collections.abc import Collection

_LISTS = 3
"""So many short lists in a row are believed."""


class Shortfall:
    """Judges one kind of list, refresh by refresh.

    A list with fewer than half of what stood is short: a page that was cut off, items that could not be read, a fault
    of HidSim's. What it lacks stays until the third short list in a row, and is forgotten if none of the three had it.
    """

    def __init__(self) -> None:
        self._short: list[frozenset[str]] = []

    def keeps(self, standing: Collection[str], found: Collection[str]) -> frozenset[str]:
        """What stays although it is not among the found."""
        if 2 * len(set(found)) >= len(standing):
            self._short.clear()
            return frozenset()
        self._short.append(frozenset(found))
        if len(self._short) < _LISTS:
            return frozenset(standing).difference(found)
        seen = frozenset().union(*self._short)
        self._short.clear()
        return seen.intersection(standing).difference(found)
