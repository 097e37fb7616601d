"""What can be bought: services, countries, and how they are listed. Ids are our own short ones, never reused."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Service:
    id: int
    hidsim_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Country:
    """`code` is ISO 3166 alpha-2, or None when HidSim gives none and the name is not known.

    `label` tells it apart from HidSim's other countries of this code; None where there are none.
    """

    id: int
    hidsim_id: str
    name: str
    code: str | None
    label: str | None = None


def labels(countries: Sequence[Country]) -> dict[int, str | None]:
    """What each is shown as, by id: None for the name of its code, HidSim's own name where several share the code.

    Where those names say the same too, all but the first (by our id) have a number.
    """
    sharing: dict[str, list[Country]] = {}
    for country in sorted(countries, key=lambda one: one.id):
        sharing.setdefault(country.code or f"name {_bare(country.name)}", []).append(country)
    found: dict[int, str | None] = dict.fromkeys((one.id for one in countries), None)
    own, taken = {_bare(one.name) for one in countries}, set[str]()
    for one in (one for group in sharing.values() if len(group) > 1 for one in group):
        name, number = one.name, 1
        while _bare(name) in taken or (number > 1 and _bare(name) in own):
            number += 1
            name = f"{one.name} {number}"
        taken.add(_bare(name))
        found[one.id] = name
    return found


def _bare(name: str) -> str:
    """Letters and digits alone: what people see as the same name."""
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


MOST_ASKED = ("US", "GB", "BR", "IN", "ID", "RU", "UA", "KZ", "DE", "PH", "VN", "NG", "FR", "ES", "PL", "TR", "MX")
"""Countries (ISO 3166) that people usually want numbers of."""


class Sort(StrEnum):
    CHEAPEST = "p"
    STOCK = "s"
    NAME = "a"


@dataclass(frozen=True, slots=True)
class PriceTag:
    """What a pair offers at a glance. `lowest` None means sold out; `stock` None means not all of it is known."""

    lowest: int | None
    stock: int | None


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A line of the country list. `tag` None: the price has not been read yet."""

    country: Country
    tag: PriceTag | None


@dataclass(frozen=True, slots=True)
class Page:
    """Which slice of a list this is; `number` counts from 0."""

    number: int
    pages: int


def page_of(total: int, size: int, wanted: int) -> Page:
    """The page nearest to the wanted one: a button of an older, longer list still leads somewhere."""
    pages = max(1, -(-total // size))
    return Page(min(max(wanted, 0), pages - 1), pages)


def sorted_rows(
    countries: Sequence[Country],
    tags: Mapping[int, PriceTag],
    sort: Sort,
    recent: Sequence[int],
    names: Mapping[int, str],
) -> list[CountryRow]:
    """Countries in the order a person reads them: own recent ones first, sold out last, unpriced before sold out.

    `recent` are country ids, newest first; `names` are the localized names to sort by. Among the unpriced those come
    first that people ask for most, so that the first page is of use before all prices are read.
    """
    asked_for = {code: place for place, code in enumerate(MOST_ASKED)}
    rank = {country_id: place for place, country_id in enumerate(recent)}
    rows = [CountryRow(c, tags.get(c.id)) for c in countries]

    def key(row: CountryRow) -> tuple[int, int, int, str]:
        tag = row.tag
        sold_out = tag is not None and tag.lowest is None
        unread = tag is None
        figure = 0
        if tag is not None and tag.lowest is not None:
            figure = {Sort.CHEAPEST: tag.lowest, Sort.STOCK: -(tag.stock or 0), Sort.NAME: 0}[sort]
        elif unread and sort is not Sort.NAME:
            figure = asked_for.get(row.country.code or "", len(asked_for))
        late = 2 if sold_out else 1 if unread and sort is not Sort.NAME else 0
        place = rank.get(row.country.id, len(rank)) if not sold_out else len(rank)
        name = unicodedata.normalize("NFKD", names.get(row.country.id, row.country.name)).casefold()
        return (late if place == len(rank) else 0, place, figure, name)

    return sorted(rows, key=key)


@dataclass(frozen=True, slots=True)
class Favorite:
    """A pair with the window a person saved, in micro-units."""

    id: int
    service: Service
    country: Country
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class FavoritePage:
    """A slice of a person's favorites, the last saved first. `removed`: the one that was taken out just now."""

    favorites: tuple[Favorite, ...]
    page: Page
    currency: str
    removed: Favorite | None = None


@dataclass(frozen=True, slots=True)
class ServicePage:
    """A slice of the services, or what a search found (`text`, remembered under the id `search`).

    `unanswered`: HidSim's own search was needed and gave no answer; `is_country`: the text names a country and no more.
    """

    services: tuple[Service, ...]
    page: Page
    search: int | None = None
    text: str | None = None
    unanswered: bool = False
    is_country: bool = False


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A slice of the countries for one service. `unread`: how many countries have no price in memory yet."""

    service: Service
    sort: Sort
    page: Page
    rows: tuple[CountryRow, ...]
    unread: int
