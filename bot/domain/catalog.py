"""What can be bought: services, countries, and how they are listed. Ids are our own short ones, never reused."""

import unicodedata
from collections.abc import Sequence
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


class Sort(StrEnum):
    """How countries are listed; those that are sold out stand in a list of their own, by name.

    `USUAL` until somebody chooses one of the others, which are strict.
    """

    USUAL = "u"
    CHEAPEST = "p"
    STOCK = "s"
    BEST = "b"
    NAME = "a"
    SOLD_OUT = "o"


@dataclass(frozen=True, slots=True)
class PriceTag:
    """What a pair offers at a glance. `lowest` None means sold out; `stock` None means not all of it is known."""

    lowest: int | None
    stock: int | None


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
