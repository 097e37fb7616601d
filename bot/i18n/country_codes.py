"""The ISO 3166 alpha-2 code behind a country's name, as services write it: never a wrong one, rather none."""

import pickle
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from babel.localedata import locale_identifiers, resolve_locale_filename

from bot.i18n.country_spellings import OTHER_NAMES, OVERSEAS, QUALIFIERS, REALMS, SHARED_NAMES

_CODE = re.compile(r"[A-Z]{2}")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})
"""Babel's territories of two letters that are no countries."""
_LONGEST = 80
_BRACKETS = re.compile(r"[(\[{（【]([^()\[\]{}（）【】]*)[)\]}）】]?")
_APOSTROPHES = re.compile(r"['’`´]")
_FILLERS = frozenset({"and", "the", "of"})


def sound_code(code: str | None) -> str | None:
    """Two letters in capitals, or None."""
    code = (code or "").strip().upper()
    return "GB" if code == "UK" else code if _CODE.fullmatch(code) else None


def known_code(code: str | None) -> str | None:
    """The code of a country that there is."""
    code = sound_code(code)
    return code if code in _territories() else None


def code_of(name: str) -> str | None:
    """The code behind a name in any language, in the spellings that are in use; None if unknown or ambiguous.

    What stands in brackets, and words like "virtual", may be more than the country. The first name that is in no
    English list costs half a second: all languages are read then (call it in a thread), five megabytes stay.
    """
    name = name[:_LONGEST]
    if (found := _named(name)) is not None:
        return found
    outside, inside = _BRACKETS.sub(" ", name), _BRACKETS.findall(name)
    if not inside:
        return _named(_without_qualifiers(name))
    for both in (*(f"{one} {outside}" for one in inside), f"{outside} {' '.join(inside)}"):
        if (found := _named(both)) is not None:
            return found
    return _agreed(outside, inside)


def _agreed(outside: str, inside: Iterable[str]) -> str | None:
    """The one country of a name and its brackets; the part overseas of a country, when both are named."""
    beside = [_without_qualifiers(one) for one in inside]
    main = _named(outside) or _named(_without_qualifiers(outside))
    found = {code for code in (main, *map(_named, beside)) if code is not None}
    if len(found) == 2:
        found = {part for whole in found for part in OVERSEAS.get(whole, frozenset()) & found}
    if main in SHARED_NAMES and found == {main} and any(_keys(one) and _named(one) is None for one in beside):
        return None
    return found.pop() if len(found) == 1 else None


def _without_qualifiers(name: str) -> str:
    kept = [word for word in _words(name) if word not in QUALIFIERS and not word.isdigit()]
    return " ".join(kept)


def _named(name: str) -> str | None:
    keys = _keys(name)
    if not keys:
        return None
    if len(name.strip()) == 2 and (code := known_code(name.strip())) is not None and name.strip().isupper():
        return code
    for table in (_english, _everywhere):
        for key in keys:
            if (found := table().get(key)) is not None:
                return found
    return None


def _words(name: str) -> list[str]:
    """Lower-case words without accents, in any script."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name.replace("&", " and "))).casefold()
    kept = "".join(c if c.isalnum() else "" if unicodedata.combining(c) else _other(c) for c in plain)
    return ["saint" if word == "st" else word for word in kept.split()]


def _other(character: str) -> str:
    """Vowel signs belong to their word; everything else that is no letter parts words."""
    return character if unicodedata.category(character).startswith("M") else " "


def _keys(name: str) -> tuple[str, ...]:
    """What a name is looked up by: all its words, then without fillers, then without the realm before it."""
    words = _words(name)
    whole, short = "".join(words), "".join(word for word in words if word not in _FILLERS)
    if "of" in words[1:-1] and "".join(w for w in words[: words.index("of")] if w not in _FILLERS) in REALMS:
        rest = "".join(word for word in words[words.index("of") + 1 :] if word not in _FILLERS)
        return tuple(dict.fromkeys((whole, short, rest)))
    return tuple(dict.fromkeys(key for key in (whole, short) if key))


def _spellings(name: str) -> Iterator[str]:
    """The keys under which a known name is found: also written as one word."""
    words = _words(name)
    yield "".join(words)
    yield "".join(word for word in words if word not in _FILLERS)


@cache
def _territories() -> frozenset[str]:
    return frozenset(code for code, _ in names_in("en"))


@cache
def _english() -> dict[str, str]:
    """Babel's English names and the other ones in use. These overrule Babel's."""
    named = _unique((key, code) for code, name in names_in("en") for key in _spellings(name))
    return named | _unique((key, code) for code, names in OTHER_NAMES.items() for n in names for key in _spellings(n))


@cache
def _everywhere() -> dict[str, str]:
    """The names in all of Babel's languages; one that means two countries means none."""
    names = {pair for language in locale_identifiers() for pair in names_in(language)}
    return _unique(("".join(_words(name)), code) for code, name in names)


def _unique(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    shared = set[str]()
    for key, code in entries:
        if found.setdefault(key, code) != code:
            shared.add(key)
    return {key: code for key, code in found.items() if key and key not in shared}


def names_in(language: str) -> Iterator[tuple[str, str]]:
    """One language's own names, from Babel's file: its loader would keep everything of a thousand languages."""
    with Path(resolve_locale_filename(language)).open("rb") as file:
        names = pickle.load(file).get("territories", {})  # noqa: S301 - a file of the installed package
    for code, name in names.items():
        if isinstance(name, str) and name != code and _CODE.fullmatch(code) and code not in _NO_COUNTRIES:
            yield code, name
