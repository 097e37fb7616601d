"""Where in a long list a page is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """Which slice of a list this is; `number` counts from 0."""

    number: int
    pages: int


def page_of(total: int, size: int, wanted: int) -> Page:
    """The page nearest to the wanted one: a button of an older, longer list still leads somewhere."""
    pages = max(1, -(-total // size))
    return Page(min(max(wanted, 0), pages - 1), pages)
