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
    """How countries are listed; those that are sold out stand in a list of their own, by name."""

    CHEAPEST = "p"
    STOCK = "s"
    NAME = "a"
    SOLD_OUT = "o"


@dataclass(frozen=True, slots=True)
class PriceTag:
    """What a pair offers at a glance. `lowest` None means sold out; `stock` None means not all of it is known."""

    lowest: int | None
    stock: int | None


@dataclass(frozen=True, slots=True)
class CountryOrder:
    """Ids of the countries as they are listed, and of those that are sold out, by name."""

    listed: tuple[int, ...]
    sold_out: tuple[int, ...]


def in_order(
    countries: Sequence[Country],
    tags: Mapping[int, PriceTag],
    sort: Sort,
    *,
    recent: Sequence[int],
    asked: Sequence[int],
    names: Mapping[int, str],
    known: int = 8,
    high: int | None = None,
) -> CountryOrder:
    """Countries in the order a person reads them.

    Their own recent ones come first, then those that people ask for until there are `known`, then the rest; priced
    before unpriced in each group. By name all but the recent ones are one group. `recent` and `asked` are ids, the
    best first; `names` are the localized names to sort by. Where all costs more than `high` (micro-units) goes last.
    """
    rank = {country_id: place for place, country_id in enumerate(asked)}

    def by_sort(country: Country) -> tuple[int, int, int, str]:
        tag, name = tags.get(country.id), _spelt(names.get(country.id, country.name))
        if sort is Sort.NAME:
            return (2 if is_dear(country) else 0, 0, 0, name)
        if tag is None:
            return (1, 0, rank.get(country.id, len(rank)), name)
        return (2 if is_dear(country) else 0, -(tag.stock or 0) if sort is Sort.STOCK else tag.lowest or 0, 0, name)

    def is_dear(country: Country) -> bool:
        tag = tags.get(country.id)
        return high is not None and tag is not None and tag.lowest is not None and tag.lowest > high

    there = {c.id: c for c in countries if (tag := tags.get(c.id)) is None or tag.lowest is not None}
    own = [one for one in dict.fromkeys(recent) if one in there]
    group = [one for one in dict.fromkeys(asked) if one in there and one not in own and not is_dear(there[one])]
    famous = [] if sort is Sort.NAME else sorted(group[: max(0, known - len(own))], key=lambda i: by_sort(there[i]))
    first = set(own) | set(famous)
    rest = sorted((c for c in there.values() if c.id not in first), key=by_sort)
    gone = sorted((c for c in countries if c.id not in there), key=lambda c: _spelt(names.get(c.id, c.name)))
    return CountryOrder((*own, *famous, *(c.id for c in rest)), tuple(c.id for c in gone))


def _spelt(name: str) -> str:
    return unicodedata.normalize("NFKD", name).casefold()


def most_asked(countries: Sequence[Country]) -> list[int]:
    """Ids of the countries that people usually want numbers of; of several with one code the plainest."""
    found: dict[str, Country] = {}
    for country in sorted(countries, key=lambda c: (len(c.label or c.name), c.id)):
        found.setdefault(country.code or "", country)
    return [found[code].id for code in MOST_ASKED if code in found]


@dataclass(frozen=True, slots=True)
class Favorite:
    """A pair with the window a person saved, in micro-units."""

    id: int
    service: Service
    country: Country
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Place:
    """A menu where typed words mean something of their own: a service's countries, the price of a pair, or a list.

    `data`: of the button that leads there. `service` None: it is no step of a purchase.
    """

    service: int | None
    country: int | None
    data: str
