"""Countries by what a person typed: in any language, as a code, a flag or a dial code. Pure: asks nobody."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar
from unicodedata import normalize

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.i18n import country_names, foreign_country_names, region_of_dial_code
from bot.i18n.country_spellings import FOREIGN_NAMES
from bot.services.shop.matching import folded

_T = TypeVar("_T")
_SHORT = 4
"""Fewer Latin letters of another script mean too much else: "Mỹ" is no "my"."""
_MISSPELT = 5


class CountryMatcher:
    """Finds one country by HidSim's name, its English names and nicknames, its names in other languages, or a code.

    In that order: where HidSim's or the English name is also another country's in some language, it means the first.
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
                key = "".join(folded(each))
                if each.isascii() or len(key) >= _SHORT:
                    self._names.setdefault(key, ident)
        self._names.pop("", None)

    def named(self, text: str) -> int | None:
        typed, plain = _as_typed(text), "".join(folded(text))
        if (found := self._exact.get(typed, self._names.get(plain))) is not None or not self._codes:
            return found
        written, spelt = _foreign()
        code = written.get(typed.casefold()) or spelt.get(plain)
        return self._codes.get(code.lower()) if code else None

    def coded(self, text: str) -> int | None:
        """By ISO code, also written as the flag."""
        return self._codes.get("".join(folded(text)))

    def dialled(self, text: str) -> int | None:
        """By dial code with its plus; one that several share is its largest country's."""
        code = region_of_dial_code(text) if text.startswith("+") else None
        return self._codes.get(code.lower()) if code else None

    def misspelt(self, text: str) -> int | None:
        """A name of five letters or more that is one slip away, if that is one country only."""
        query = "".join(folded(text))
        if len(query) < _MISSPELT:
            return None
        if (near := _one_slip_away(query, self._names)) or not self._codes:
            return near.pop() if len(near) == 1 else None
        codes = _one_slip_away(query, _foreign()[1])
        return self._codes.get(codes.pop().lower()) if len(codes) == 1 else None


def prepare() -> None:
    """Reads the names in all languages: takes a moment, so beside the loop."""
    _foreign()


def names_abroad() -> Mapping[str, str]:
    """ISO codes by the folded name in some language, for names that mean one country only."""
    return _foreign()[1]


def _one_slip_away(query: str, names: Mapping[str, _T]) -> set[_T]:
    near = process.extract(query, names.keys(), scorer=OSA.distance, score_cutoff=1, limit=5)
    return {names[name] for name, _, _ in near}


@cache
def _foreign() -> tuple[dict[str, str], dict[str, str]]:
    """ISO codes by a name in some language: as it is written, and in Latin letters. One that means two means none."""
    written: dict[str, set[str]] = {}
    spelt: dict[str, set[str]] = {}
    for code, name in foreign_country_names():
        written.setdefault(_as_typed(name).casefold(), set()).add(code)
        spelt.setdefault("".join(folded(name)), set()).add(code)
    used = [(code, name) for code, names in FOREIGN_NAMES.items() for name in names]
    written |= {_as_typed(name).casefold(): {code} for code, name in used}
    spelt |= {"".join(folded(name)): {code} for code, name in used}
    return _sure(written), {name: code for name, code in _sure(spelt).items() if len(name) >= _SHORT}


def _sure(names: dict[str, set[str]]) -> dict[str, str]:
    return {name: next(iter(codes)) for name, codes in names.items() if len(codes) == 1}


def _as_typed(text: str) -> str:
    return " ".join(normalize("NFKC", text).split())


def _plainness(country: tuple[int, str, str | None]) -> tuple[bool, int, int]:
    """Names that mean the whole country first, short ones before longer ones, then the one we knew first."""
    ident, name, code = country
    own = "".join(folded(name))
    known = {"".join(folded(each)) for each in (country_names(code) if code else ())}
    return own not in known, len(own), ident
