"""What a message means: the English of our catalogs stands for the meaning, whatever language says it."""

import html
import re
from collections.abc import Iterable
from functools import cache

from bot.i18n.completeness import strings_of
from tests.i18n.catalogs import catalog
from tests.i18n.slips import AS_IN_ENGLISH, NAMES, words

_TAG = re.compile(r"<[^<>]*>")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_SIGN = r"(?:[^\w\s]+ )?"
"""An emoji or a tick before a label, which no translator sees."""


def plain(text: str) -> str:
    """As it is read: no tags, no marks of direction."""
    return _DIRECTION.sub("", html.unescape(_TAG.sub("", text)))


def _pattern(message: str) -> str:
    """A message, whatever its values are."""
    return ".+?".join(re.escape(part) for part in _PLACEHOLDER.split(plain(message)))


@cache
def _translations(language: str, english: str) -> tuple[str, ...]:
    """All forms in which a language says it. KeyError: nothing of ours is said so."""
    message = catalog("en").get(english)
    if message is None:
        raise KeyError(english)
    if language == "en":
        return strings_of(message.id)
    there = catalog(language).get(english)
    assert there is not None, f"{language} can't say {english!r}"
    is_meant = AS_IN_ENGLISH in " ".join(there.user_comments) or not set(words(english)) - NAMES
    assert is_meant or not set(strings_of(there.string)) & set(strings_of(message.id)), f"{english!r} in {language}"
    return strings_of(there.string)


@cache
def _meaning(language: str, english: str) -> re.Pattern[str]:
    """Where it begins, there is nothing but a sign before it in its line; more may stand behind."""
    forms = "|".join(map(_pattern, _translations(language, english)))
    return re.compile(f"^{_SIGN}(?:{forms})", re.MULTILINE)


def means(text: str, language: str, english: str) -> bool:
    """Whether a line of the text says this in that language."""
    return _meaning(language, english).search(plain(text)) is not None


@cache
def _english(language: str) -> re.Pattern[str]:
    """Every line that would be English in a chat of another language: no names alone, and nothing meant to be so."""
    found = {
        _pattern(text)
        for message in catalog("en")
        if message.id
        for text in strings_of(message.id)
        if set(words(text)) - NAMES and text not in _kept(language)
    }
    return re.compile(f"{_SIGN}(?:{'|'.join(sorted(found))})")


@cache
def _kept(language: str) -> frozenset[str]:
    """What this language says as English does."""
    return frozenset(
        text
        for message in catalog(language)
        if message.id
        for text in strings_of(message.id)
        if text in strings_of(message.string)
    )


def english_in(language: str, texts: Iterable[str]) -> set[str]:
    """The lines that say in English what this language has its own words for."""
    if language == "en":
        return set()
    told = {line.strip() for text in texts for line in plain(text).split("\n")}
    return {line for line in told if _english(language).fullmatch(line)}
