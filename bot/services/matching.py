"""Services and countries by what a person typed: any script, nicknames, typos. Pure: knows lists, asks nobody.

Everything compared is folded first: case, accents and scripts fall away, so "Телеграм", "telegram" and "Télégram" are
one key. What is found comes in ranks: exact, then prefix, then word-prefix, and typos only when no rank above has any.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from operator import itemgetter
from unicodedata import normalize

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.money import to_micros
from bot.i18n import country_names

LONGEST = 64
"""Characters of a text that are looked at."""

_WORD = re.compile(r"[a-z0-9]+")
_PARTS = re.compile(r"[/|,;()+&]|\s-\s")
_NUMBER = re.compile(r"[$€£₽]?(\d{1,7}(?:[.,٫]\d{1,8})?)[$€£₽]?")
_NUMBER_LIKE = re.compile(r"[$€£₽]?[-+]?\d[\d.,٫]*[$€£₽]?")
_A_NAME = 5
"""Letters of a name that a longer name may begin with: "Line" begins too many."""
_HIGHEST_PRICE = Decimal(1000)


class Rank(IntEnum):
    EXACT = 0
    PREFIX = 1
    WORD_PREFIX = 2
    TYPO = 3


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for. `words`: what is left for the service, as typed, for HidSim's own search."""

    service_ids: tuple[int, ...]
    country_id: int | None = None
    max_micros: int | None = None
    words: str = ""


def folded(text: str) -> list[str]:
    """The words of the first 64 characters, in lower-case ASCII letters and digits."""
    return _WORD.findall(anyascii(normalize("NFKC", text[:LONGEST]).casefold()).lower())


@dataclass(frozen=True, slots=True)
class _Key:
    """One name of a service; the smaller its `order`, the earlier it is listed among its rank."""

    joined: str
    words: tuple[str, ...]
    service_id: int
    order: tuple[int, ...]

    def hit(self, rank: Rank) -> "_Hit":
        return rank, self.order, self.service_id


_Hit = tuple[Rank, tuple[int, ...], int]
"""How a service was found, its place among those found so, its id."""


class ServiceMatcher:
    """Finds services by name and nickname. `aliases`: well-known names, and what else people call them.

    A service gets a group's aliases when its name, or a part of it ("Google / Gmail"), is any name of the group.
    `well_known`: ids of the services that are in a group, in the order of the groups; then those whose name begins with
    a group's own name ("WhatsApp Business"). Within a group: its own name first, then the shorter, then by name.
    """

    def __init__(self, services: Iterable[tuple[int, str]], aliases: Mapping[str, Sequence[str]]) -> None:
        groups = _groups(aliases)
        services = list(services)
        keys = [key for place, (ident, name) in enumerate(services) for key in _keys_of(ident, name, place, groups)]
        self._keys = keys
        self.well_known = _well_known(services, keys, aliases)
        self._joined = sorted(((key.joined, n) for n, key in enumerate(keys)), key=itemgetter(0))
        self._words = sorted(((word, n) for n, key in enumerate(keys) for word in key.words), key=itemgetter(0))
        self._spellings = [*(key.joined for key in keys), *(word for word, _ in self._words if len(word) > 3)]
        self._owners = [*range(len(keys)), *(n for word, n in self._words if len(word) > 3)]

    def find(self, text: str, limit: int = 16) -> list[int]:
        """Ids of the services that the text may mean, the best first; empty when nothing is near."""
        return [ident for ident, _ in self.ranked(text)][:limit]

    def ranked(self, text: str) -> list[tuple[int, Rank]]:
        """Every service found with how it was found, the best first."""
        words = folded(text)
        if not words:
            return []
        best: dict[int, Rank] = {}
        for rank, _, ident in sorted(self._near(words) or self._misspelt("".join(words))):
            best.setdefault(ident, rank)
        return list(best.items())

    def _near(self, words: list[str]) -> list[_Hit]:
        query, (first, *others) = "".join(words), words
        hits = [
            self._keys[n].hit(Rank.EXACT if joined == query else Rank.PREFIX)
            for joined, n in _starting_with(self._joined, query)
        ]
        for _, n in _starting_with(self._words, first):
            if all(any(own.startswith(word) for own in self._keys[n].words) for word in others):
                hits.append(self._keys[n].hit(Rank.WORD_PREFIX))
        return hits

    def _misspelt(self, query: str) -> list[_Hit]:
        """Names and words a few slips away: none for three letters, one for five, two for nine, three beyond."""
        slips = 0 if len(query) < 4 else 1 if len(query) < 6 else 2 if len(query) < 10 else 3
        if not slips:
            return []
        near = process.extract(query, self._spellings, scorer=OSA.distance, score_cutoff=slips, limit=200)
        most = min((distance for _, distance, _ in near), default=0) + 1
        return [
            (Rank.TYPO, (distance, *self._keys[self._owners[n]].order), self._keys[self._owners[n]].service_id)
            for _, distance, n in near
            if distance <= most
        ]


class CountryMatcher:
    """Finds one country by its name in any of our languages, its English nicknames or its ISO code.

    Of several that share a code the one named exactly so; else the plain one: "usa" is no "USA (virtual)".
    """

    def __init__(self, countries: Iterable[tuple[int, str, str | None]]) -> None:
        """`countries`: id, HidSim's name, ISO code (None: unknown)."""
        self._exact: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._codes: dict[str, int] = {}
        plain_first = sorted(countries, key=_plainness)
        for ident, name, code in plain_first:
            self._exact.setdefault(_as_typed(name), ident)
            self._names.setdefault("".join(folded(name)), ident)
            if code:
                self._codes.setdefault(code.lower(), ident)
        for ident, _, code in plain_first:
            for each in country_names(code) if code else ():
                self._names.setdefault("".join(folded(each)), ident)
        self._names.pop("", None)

    def named(self, text: str) -> int | None:
        exact = self._exact.get(_as_typed(text))
        return self._names.get("".join(folded(text))) if exact is None else exact

    def coded(self, text: str) -> int | None:
        """By ISO code, also written as the flag."""
        return self._codes.get("".join(folded(text)))

    def misspelt(self, text: str) -> int | None:
        """A name of five letters or more that is one slip away, if that is one country only."""
        query = "".join(folded(text))
        if len(query) < 5:
            return None
        near = process.extract(query, self._names.keys(), scorer=OSA.distance, score_cutoff=1, limit=5)
        found = {self._names[name] for name, _, _ in near}
        return found.pop() if len(found) == 1 else None


def _as_typed(text: str) -> str:
    return " ".join(normalize("NFKC", text).split())


def _plainness(country: tuple[int, str, str | None]) -> tuple[bool, int, int]:
    """Names that mean the whole country first, short ones before longer ones, then the one we knew first."""
    ident, name, code = country
    own = "".join(folded(name))
    known = {"".join(folded(each)) for each in (country_names(code) if code else ())}
    return own not in known, len(own), ident


def parse_query(text: str, matcher: ServiceMatcher, countries: CountryMatcher) -> Query:
    """Reads `telegram brazil 0.3`: a service, maybe a country, maybe a maximum price; in any order.

    The last number is the price unless it belongs to a service's exact name; a number that can't be a price is ignored.
    The price is what the person typed, in micro-units of whatever currency the shop shows.
    """
    words, highest = text[:LONGEST].split(), None
    if len(words) > 1 and not _is_exact(matcher.ranked(" ".join(words))):
        words, highest = _without_price(words)
    services, country, rest = _split(words, matcher, countries)
    return Query(services, country, highest, " ".join(rest))


def _split(
    words: list[str], matcher: ServiceMatcher, countries: CountryMatcher
) -> tuple[tuple[int, ...], int | None, list[str]]:
    """Which words are the country: by name before by code; words that are all a service before a misspelt country."""
    ranked = matcher.ranked(" ".join(words))
    if _is_exact(ranked):
        return _ids(ranked), None, words
    spelt_well = bool(ranked) and ranked[0][1] is not Rank.TYPO
    alone: tuple[int, list[str]] | None = None
    for look in (countries.named, countries.coded, countries.misspelt):
        if look == countries.misspelt and (spelt_well or alone):
            break
        for head, tail in _cuts(words):
            if (country := look(" ".join(tail))) is None:
                continue
            if found := matcher.ranked(" ".join(head)):
                return _ids(found), country, head
            alone = alone or (country, head)
    if spelt_well or alone is None:
        return _ids(ranked), None, words
    return (), *alone


def _cuts(words: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """(service, country) for every place a country can stand: behind or before, the longest first."""
    for size in range(min(len(words), 6), 0, -1):
        yield words[:-size], words[-size:]
        yield words[size:], words[:size]


def _is_exact(ranked: list[tuple[int, Rank]]) -> bool:
    return bool(ranked) and ranked[0][1] is Rank.EXACT


def _ids(ranked: list[tuple[int, Rank]], limit: int = 16) -> tuple[int, ...]:
    return tuple(ident for ident, _ in ranked[:limit])


def _without_price(words: list[str]) -> tuple[list[str], int | None]:
    places = [n for n, word in enumerate(words) if _NUMBER_LIKE.fullmatch(word)]
    if not places:
        return words, None
    last = places[-1]
    return words[:last] + words[last + 1 :], _price(words[last])


def _price(word: str) -> int | None:
    """Micro-units; None for what can't be a price: nothing, or more than a thousand."""
    if (number := _NUMBER.fullmatch(word)) is None:
        return None
    amount = Decimal(re.sub(r"[,٫]", ".", number[1]))
    return to_micros(amount) or None if amount <= _HIGHEST_PRICE else None


def _groups(aliases: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Every name of a group, folded, with all names of that group."""
    groups: dict[str, tuple[str, ...]] = {}
    for name, others in aliases.items():
        for each in (name, *others):
            groups.setdefault("".join(folded(each)), (name, *others))
    return groups


def _well_known(
    services: Sequence[tuple[int, str]], keys: Sequence[_Key], aliases: Mapping[str, Sequence[str]]
) -> tuple[int, ...]:
    own = {"".join(folded(name)): place for place, name in reversed(list(enumerate(aliases)))}
    places = {"".join(folded(one)): place for place, (_, others) in enumerate(aliases.items()) for one in others} | own
    names = dict(services)
    best: dict[int, tuple[int, int, bool, int, str, int]] = {}
    for key in keys:
        if key.order[0]:
            continue  # a nickname of ours, not a part of HidSim's name
        ident, begins = key.service_id, own.get(key.words[0], -1) if len(key.words[0]) >= _A_NAME else -1
        place = places.get(key.joined, -1)
        if place < 0 and begins < 0:
            continue
        tier, place = (0, place) if place >= 0 else (1, begins)
        found = (tier, place, key.joined not in own, len(names[ident]), names[ident], ident)
        best[ident] = min(best.get(ident, found), found)
    return tuple(sorted(best, key=best.__getitem__))


def _keys_of(ident: int, name: str, place: int, groups: Mapping[str, tuple[str, ...]]) -> Iterator[_Key]:
    parts = [name, *(part for part in _PARTS.split(name) if part.strip() and part != name)]
    nicknames = [alias for part in parts for alias in groups.get("".join(folded(part)), ())]
    seen = set[str]()
    for is_alias, text in [*((False, part) for part in parts), *((True, alias) for alias in nicknames)]:
        words = folded(text)
        joined = "".join(words)
        if joined and joined not in seen:
            seen.add(joined)
            yield _Key(joined, tuple(words), ident, (is_alias, len(joined), place))


def _starting_with(entries: Sequence[tuple[str, int]], prefix: str) -> Iterator[tuple[str, int]]:
    """The entries of a list sorted by text that begin with `prefix`."""
    for place in range(bisect_left(entries, prefix, key=itemgetter(0)), len(entries)):
        if not entries[place][0].startswith(prefix):
            return
        yield entries[place]
