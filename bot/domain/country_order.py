"""The order in which a person reads the countries of a service."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.catalog import Country, PriceTag, Sort
from bot.domain.results import Result

MOST_ASKED = ("US", "GB", "BR", "IN", "ID", "RU", "UA", "KZ", "DE", "PH", "VN", "NG", "FR", "ES", "PL", "TR", "MX")
"""Countries (ISO 3166) that people usually want numbers of."""

_Key = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class CountryOrder:
    """Ids of the countries as they are listed, and of those that are sold out, by name."""

    listed: tuple[int, ...]
    sold_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What countries are ordered by. All by their ids.

    `names` as the person reads them; `recent`: where they bought last, and `asked`: what people usually ask for, the
    best first; so many of both lead the usual order as a `page` has. What costs more than `high` goes last.
    """

    tags: Mapping[int, PriceTag]
    names: Mapping[int, str] = field(default_factory=dict)
    recent: Sequence[int] = ()
    asked: Sequence[int] = ()
    results: Mapping[int, Result] = field(default_factory=dict)
    high: int | None = None
    page: int = 8

    def sold_out(self, country: Country) -> bool:
        tag = self.tags.get(country.id)
        return tag is not None and tag.lowest is None

    def dear(self, country: Country) -> bool:
        tag = self.tags.get(country.id)
        return self.high is not None and tag is not None and tag.lowest is not None and tag.lowest > self.high

    def rank(self, country: Country) -> int:
        """Its place among those that people ask for."""
        return self.asked.index(country.id) if country.id in self.asked else len(self.asked)

    def name(self, country: Country) -> str:
        return unicodedata.normalize("NFKD", self.names.get(country.id, country.name)).casefold()


def in_order(countries: Sequence[Country], sort: Sort, known: Known) -> CountryOrder:
    """Countries in the order a person reads them: a chosen sort is strict.

    The usual order begins with their own recent countries. Until all prices are there, those that people ask for come
    next; then all stands by price. What has no price yet stands behind what has one, wherever prices count.
    """

    def key(country: Country) -> tuple[bool, _Key, str]:
        return known.dear(country), _value(country, sort, known), known.name(country)

    there = [one for one in countries if not known.sold_out(one)]
    first = _leading(there, known) if sort is Sort.USUAL else []
    rest = sorted((one for one in there if one.id not in set(first)), key=key)
    gone = sorted((one for one in countries if known.sold_out(one)), key=known.name)
    return CountryOrder((*first, *(one.id for one in rest)), tuple(one.id for one in gone))


def _value(country: Country, sort: Sort, known: Known) -> _Key:
    """What a sort compares, the least first."""
    if sort is Sort.NAME:
        return ()
    tag, unread = known.tags.get(country.id), (1, known.rank(country))
    price = unread if tag is None else (0, tag.lowest or 0)
    if sort is Sort.STOCK:
        return unread if tag is None else (0, -(tag.stock or 0))
    if sort is Sort.BEST:
        result = known.results.get(country.id)
        return (0.0 if result is None else -result.lower_bound, *price)
    return price


def _leading(there: Sequence[Country], known: Known) -> list[int]:
    """Own recent countries, and behind them those that people ask for, as long as prices are missing."""
    listed = {one.id: one for one in there}
    own = [one for one in dict.fromkeys(known.recent) if one in listed]
    if all(one.id in known.tags for one in there):
        return own
    asked = [one for one in dict.fromkeys(known.asked) if one in listed and one not in own]
    famous = [one for one in asked if not known.dear(listed[one])][: max(0, known.page - len(own))]
    return [*own, *sorted(famous, key=lambda one: _value(listed[one], Sort.USUAL, known))]


def most_asked(countries: Sequence[Country]) -> list[int]:
    """Ids of the countries that people usually want numbers of; of several with one code the plainest."""
    found: dict[str, Country] = {}
    for country in sorted(countries, key=lambda c: (len(c.label or c.name), c.id)):
        found.setdefault(country.code or "", country)
    return [found[code].id for code in MOST_ASKED if code in found]
