"""Which number a word for a code names: the one right behind it, else the one of which it is said ("5571 is your OTP"),
else the one behind a phrase that ends in "is" or a colon.
"""

import re

from bot.domain.codes.kinds import Kind
from bot.domain.codes.plain import folded
from bot.domain.codes.row import CODES, ENDS, LINKS, OPEN, Row
from bot.domain.codes.words import AS

_CLAUSE_STARTS = (None, *ENDS, *LINKS, Kind.ACTION)
_FOUR_AND_FOUR = re.compile(r"[0-9]{4} [0-9]{4}")
"""A code in groups, or a card's end and a code: only "is" and a colon make it one."""
_PHRASE = 16
"""Tokens at most between a word for a code and its number."""


def named_by(row: Row, place: int) -> list[int]:
    right, right_link = _right_of(row, place)
    left, is_said = _left_of(row, place)
    if left is not None and is_said:
        return [left, right] if right is not None and right_link not in (None, Kind.LINE) else [left]
    if right is not None:
        return [right]
    if left is not None:
        return [left]
    far = _far_right_of(row, place)
    return [far] if far is not None else []


def _right_of(row: Row, place: int) -> tuple[int | None, Kind | None]:
    """The number directly behind, and what links it: "is", a colon, the end of a line, or nothing."""
    link: Kind | None = None
    passed = (*OPEN, *CODES, Kind.VERIFY, Kind.ACTION)
    for after in range(place + 1, min(place + _PHRASE, len(row.kinds))):
        kind = row.kinds[after]
        if kind in LINKS:
            link = kind
        elif kind is Kind.LINE or (kind is Kind.STOP and "\n" in row.tokens[after].text):
            link = link or Kind.LINE
        elif kind is Kind.NUMBER:
            return (after, link or Kind.FILLER) if _may_be_named(row, after, linked=link is not None) else (None, None)
        elif kind is Kind.PREPOSITION:
            if row.kind(row.forward(after + 1, OPEN)) is not Kind.VERIFY:
                return None, None
        elif kind not in passed:
            return None, None
    return None, None


def _may_be_named(row: Row, number: int, *, linked: bool) -> bool:
    token = row.tokens[number]
    if number in row.ruled_out:
        return False
    if _is_one_of_several(row, number) or (not linked and _FOUR_AND_FOUR.fullmatch(token.text)):
        return False
    return linked or token.code.isdigit() or row.kind(row.forward(number + 1, OPEN)) is not Kind.NUMBER


def _is_one_of_several(row: Row, number: int) -> bool:
    """`codes are 4095 and 4471`."""
    after = number + 1
    if row.kind(after) not in (Kind.FILLER, Kind.COMMA) or row.kind(after + 1) is not Kind.NUMBER:
        return False
    return row.tokens[after + 1].code != row.tokens[number].code and after + 1 not in row.ruled_out


def _left_of(row: Row, place: int) -> tuple[int | None, bool]:
    """The number of which the word is said, and whether by "is"."""
    link: Kind | None = None
    words = 0
    for before in range(place - 1, max(-1, place - _PHRASE), -1):
        kind = row.kinds[before]
        if kind is Kind.NUMBER and (link is not None or row.tokens[before].code.isdigit() or _is_taken_as(row, before)):
            fits = before not in row.ruled_out and _may_be_spoken_of(row, before, place, link, words)
            return (before if fits else None), fits and link is Kind.COPULA
        if kind in LINKS:
            link = kind if link is not Kind.COPULA else link
        elif kind is Kind.COMMA and words == 0 and row.kind(before - 1) is Kind.NUMBER:
            link = link or Kind.COMMA
        elif kind in (Kind.WORD, Kind.OTHER, Kind.NUMBER) and link is not Kind.COPULA:
            words += 1
        elif kind not in (*OPEN, *CODES, Kind.VERIFY, Kind.POSTPOSITION, Kind.ACTION):
            return None, False
    return None, False


def _may_be_spoken_of(row: Row, number: int, place: int, link: Kind | None, words: int) -> bool:
    """`482913 - your code` at the start of a clause; `Brand 482913 is your code` anywhere."""
    token = row.tokens[number]
    if link is Kind.COPULA:
        return words <= 5
    if not token.code.isdigit():
        return link is None and _is_taken_as(row, number)
    if link is not Kind.LINK and (token.shaky or words > 2 or not _are_names(row, number, place)):
        return False
    if words > 4:
        return False
    before = number - 1
    if row.kind(before) is Kind.QUOTE and row.tokens[before].text in (")", "]"):
        return True
    return row.kind(row.back(number, (Kind.QUOTE,))) in _CLAUSE_STARTS


def _are_names(row: Row, start: int, end: int) -> bool:
    """Whether the unknown words between are written as names are: `482913 your Acme code`."""
    between = range(start + 1, end)
    return all(row.tokens[near].text[:1].isupper() for near in between if row.kinds[near] is Kind.WORD)


def _is_taken_as(row: Row, number: int) -> bool:
    """`use 7KD2QX as your code`."""
    return number + 1 < len(row.tokens) and folded(row.tokens[number + 1].text) in AS


def _far_right_of(row: Row, place: int) -> int | None:
    """`OTP for your card 9024 is 5571`: behind a phrase that ends in "is", a colon or "enter"."""
    words = commas = 0
    in_phrase = _starts_phrase(row, place)
    for after in range(place + 1, min(place + 2 * _PHRASE, len(row.kinds))):
        kind = row.kinds[after]
        if kind is Kind.NUMBER and after not in row.ruled_out:
            return after if _is_linked(row, after) and not _is_one_of_several(row, after) else None
        if kind in (Kind.STOP, Kind.DEAD, *CODES):
            return None
        commas += kind in (Kind.COMMA, Kind.LINE)
        words += kind is Kind.WORD
        if commas > (2 if in_phrase else 0) or words > (10 if in_phrase else 5):
            return None
    return None


def _starts_phrase(row: Row, place: int) -> bool:
    after = row.forward(place + 1, (*OPEN, Kind.VERIFY))
    return row.kind(after) is Kind.PREPOSITION or row.kind(place + 1) is Kind.QUOTE


def _is_linked(row: Row, number: int) -> bool:
    before = row.back(number, (Kind.QUOTE, Kind.FILLER, Kind.NEW))
    return row.kind(before) in (*LINKS, Kind.VERIFY, Kind.ACTION)
