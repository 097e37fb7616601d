"""Which number a text calls its code.

Each number is first asked what its neighbours say against it: "account 9024", "for 9024", "9024 points", "111222 has
expired". Then each word for a code names at most one of the others: the one right behind it, the one of which it is
said ("5571 is your OTP"), or the one behind a phrase that ends in "is" or a colon. Only where no word names one does a
number count that one is told to enter, or that stands all by itself. Two that are called the code alike are none.
"""

import re

from bot.domain.codes.kinds import Kind
from bot.domain.codes.naming import named_by
from bot.domain.codes.objections import is_ruled_out
from bot.domain.codes.plain import folded
from bot.domain.codes.row import CODES, ENDS, OPEN, Row
from bot.domain.codes.tokens import Token
from bot.domain.codes.unnamed import alone, entered
from bot.domain.codes.words import NOT_LETTER_CODES

_MOST = 100
"""Candidates, and words for a code, in a text that can be an SMS of a service."""
_LETTERS = re.compile(r"[A-Z]{4,8}|[a-z]{4,8}")


def code_in(tokens: list[Token]) -> str | None:
    if max(sum(token.kind is Kind.NUMBER for token in tokens), sum(token.kind in CODES for token in tokens)) > _MOST:
        return None
    row = Row(tokens)
    row.ruled_out.update(place for place in row.numbers if is_ruled_out(row, place))
    words = [
        place
        for place, kind in enumerate(row.kinds)
        if kind in CODES and not _is_promotion(row, place) and not _is_negated(row, place)
    ]
    named: dict[int, bool] = {}
    for word in words:
        for number in named_by(row, word):
            named[number] = named.get(number, False) or _is_new(row, word)
    if named:
        return _one_of(row, named)
    if row.live or not words:
        spoken_of = bool(words) or Kind.VERIFY in row.kinds
        return entered(row, spoken_of) or alone(row, spoken_of)
    return _lettered(row, words)


def _one_of(row: Row, named: dict[int, bool]) -> str | None:
    codes = {row.tokens[place].code for place in named}
    if len(codes) > 1:
        codes = {row.tokens[place].code for place, is_new in named.items() if is_new}
    return codes.pop() if len(codes) == 1 else None


def _lettered(row: Row, words: list[int]) -> str | None:
    """`SITE PASSCODE: tolvek`: letters alone behind a word for a code and a colon, up to the end of their line."""
    found = set[str]()
    for place in words:
        after = row.forward(place + 1, (Kind.QUOTE, Kind.LINK, Kind.COPULA, Kind.LINE, Kind.FILLER))
        after = after if row.kind(after) is not Kind.STOP or row.kind(after - 1) is not Kind.LINK else after + 1
        if _is_lettered_code(row, place, after):
            found.add(row.tokens[after].text)
    return found.pop() if len(found) == 1 else None


def _is_lettered_code(row: Row, place: int, after: int) -> bool:
    if row.kind(after) is not Kind.WORD or not _LETTERS.fullmatch(row.tokens[after].text):
        return False
    between = row.kinds[place + 1 : after]
    text = row.tokens[after].text
    linked = Kind.LINK in between or (Kind.COPULA in between and text.isupper())
    ended = row.kind(row.forward(after + 1, (Kind.QUOTE,))) in (None, *ENDS)
    return linked and ended and folded(text) not in NOT_LETTER_CODES


def _is_new(row: Row, place: int) -> bool:
    near = row.kinds[max(0, place - 3) : place + 4]
    return Kind.NEW in near


def _is_negated(row: Row, place: int) -> bool:
    return row.kind(row.back(place, (*OPEN, Kind.VERIFY, *CODES))) is Kind.NEGATION


def _is_promotion(row: Row, place: int) -> bool:
    """Whether its sentence speaks of a discount."""
    start = end = place
    while start > 0 and row.kinds[start - 1] not in ENDS and place - start < 40:
        start -= 1
    while end + 1 < len(row.kinds) and row.kinds[end + 1] not in ENDS and end - place < 40:
        end += 1
    return Kind.PROMOTION in row.kinds[start : end + 1]
