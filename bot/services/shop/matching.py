"""Services by what a person typed: any script, nicknames, typos. Pure: knows lists, asks nobody.

Everything compared is folded first: case, accents and scripts fall away, so "Телеграм", "telegram" and "Télégram" are
one key. What is found comes in ranks: exact, then prefix, then word-prefix, and typos only when no rank above has any.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from operator import itemgetter
from unicodedata import normalize

from anyascii import anyascii
from rapidfuzz import process
from rapidfuzz.distance import OSA

LONGEST = 64
"""Characters of a text that are looked at."""

_WORD = re.compile(r"[a-z0-9]+")
_PARTS = re.compile(r"[/|,;()+&]|\s-\s")
_A_NAME = 5
"""Letters of a name that a longer name may begin with: "Line" begins too many."""
_WORDS_OF_A_NAME = 3
_AT_ONCE = 8_000
"""Spellings that are compared while no other thread runs: some milliseconds."""


class Rank(IntEnum):
    EXACT = 0
    PREFIX = 1
    WORD_PREFIX = 2
    TYPO = 3


def folded(text: str) -> list[str]:
    """The words of the first 64 characters, in lower-case ASCII letters and digits."""
    return _words(text[:LONGEST])


def joined(text: str) -> str:
    """The whole text as one word of those letters and digits, however long it is."""
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    return _WORD.findall(anyascii(normalize("NFKC", text).casefold()).lower())


def parts_of_name(name: str) -> list[str]:
    """The name itself, and what it is made of: Google and Gmail of "Google / Gmail"."""
    return [name, *(part for part in _PARTS.split(name) if part.strip() and part != name)]


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
        spellings = [*(key.joined for key in keys), *(word for word, _ in self._words if len(word) > 3)]
        self._spellings = [(start, spellings[start : start + _AT_ONCE]) for start in range(0, len(spellings), _AT_ONCE)]
        self._owners = [*range(len(keys)), *(n for word, n in self._words if len(word) > 3)]
        self._misspelt = lru_cache(maxsize=64)(self._find_misspelt)

    def find(self, text: str, limit: int = 16) -> list[int]:
        """Ids of the services that the text may mean, the best first; empty when nothing is near."""
        return [ident for ident, _ in self.ranked(text)][:limit]

    def exact(self, text: str) -> list[int]:
        """Ids of the services with exactly this name or nickname, and behind them of those that begin with it."""
        hits = sorted(self._near(words)) if (words := folded(text)) else []
        return list(dict.fromkeys(hit[2] for hit in hits)) if hits and hits[0][0] is Rank.EXACT else []

    def is_own_name(self, text: str) -> bool:
        """Whether HidSim calls a service or a part of it so: no nickname."""
        hits = self._near(words) if (words := folded(text)) else []
        return any(rank is Rank.EXACT and not order[0] for rank, order, _ in hits)

    def ranked(self, text: str) -> list[tuple[int, Rank]]:
        """Every service found with how it was found, the best first."""
        words = folded(text)
        if not words:
            return []
        best: dict[int, Rank] = {}
        for rank, _, ident in sorted(self._near(words) or self._misspelt("".join(words))):
            best.setdefault(ident, rank)
        return list(best.items())

    def slips(self, text: str) -> int:
        """How far the nearest name is from a text that no name begins with."""
        return min((order[0] for _, order, _ in self._misspelt("".join(folded(text)))), default=LONGEST)

    def is_nearer(self, text: str, other: "ServiceMatcher") -> bool:
        """Whether a name here is what the text means, rather than any of the other's: equally near is not nearer."""
        if not (here := self.ranked(text)):
            return False
        there, rank = other.ranked(text), here[0][1]
        if not there or rank is there[0][1] is Rank.TYPO:
            return self.slips(text) < other.slips(text)
        return rank < there[0][1] and (rank is Rank.EXACT or there[0][1] is Rank.TYPO)

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

    def _find_misspelt(self, query: str) -> tuple[_Hit, ...]:
        """Names and words a few slips away: none for three letters, one for five, two for nine, three beyond."""
        slips = 0 if len(query) < 4 else 1 if len(query) < 6 else 2 if len(query) < 10 else 3
        if not slips:
            return ()
        near = [
            (distance, start + n)
            for start, spellings in self._spellings
            for _, distance, n in process.extract(query, spellings, scorer=OSA.distance, score_cutoff=slips, limit=200)
        ]
        most = min((distance for distance, _ in near), default=0) + 1
        return tuple(
            (Rank.TYPO, (distance, *self._keys[self._owners[n]].order), self._keys[self._owners[n]].service_id)
            for distance, n in near
            if distance <= most
        )


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
        ident, place, begins = key.service_id, places.get(key.joined, -1), _begins(key.words, own)
        if place < 0 and begins < 0:
            continue
        tier, place = (0, place) if place >= 0 else (1, begins)
        found = (tier, place, key.joined not in own, len(names[ident]), names[ident], ident)
        best[ident] = min(best.get(ident, found), found)
    return tuple(sorted(best, key=best.__getitem__))


def _begins(words: Sequence[str], own: Mapping[str, int]) -> int:
    """The place of the group whose own name the first words are, "whats app business" too; -1: of none."""
    for size in range(min(len(words), _WORDS_OF_A_NAME), 0, -1):
        begin = "".join(words[:size])
        if len(begin) >= _A_NAME and begin in own:
            return own[begin]
    return -1


def _keys_of(ident: int, name: str, place: int, groups: Mapping[str, tuple[str, ...]]) -> Iterator[_Key]:
    parts = parts_of_name(name)
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
