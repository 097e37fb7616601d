"""The tokens of a text, their classes put right by their neighbours, and the steps of a reading over them."""

import re
from dataclasses import replace

from bot.domain.codes.kinds import Kind
from bot.domain.codes.plain import folded
from bot.domain.codes.tokens import Token
from bot.domain.codes.words import (
    FINNISH_ENDS,
    GENITIVES,
    POLISH_BEHIND,
    POLISH_CODES,
    VIETNAMESE_CODES,
    VIETNAMESE_MARKS,
    VIETNAMESE_OTHERS,
)

CODES = (Kind.CODE, Kind.GENERIC)
MODIFIERS = (Kind.MODIFIER, Kind.PROMOTION)
OTHERS = (Kind.OTHER, *MODIFIERS)
OPEN = (Kind.FILLER, Kind.QUOTE, Kind.JOINER, Kind.NEW)
"""What may stand anywhere inside of a phrase."""
LINKS = (Kind.COPULA, Kind.LINK)
ENDS = (Kind.STOP, Kind.LINE)
STEPS = 12
"""Tokens at most that are passed over in one step."""
YEAR = re.compile(r"(?:19|20)\d\d")


class Row:
    """`numbers` are the places of all candidates, `ruled_out` of those that are known to be something else."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = _in_context(tokens)
        self.kinds = [token.kind for token in self.tokens]
        for place, kind in enumerate(self.kinds):
            if kind is Kind.GENERIC and _is_something_else(self, place):
                self.kinds[place] = Kind.OTHER
        self.numbers = [place for place, kind in enumerate(self.kinds) if kind is Kind.NUMBER]
        self.ruled_out: set[int] = set()

    @property
    def live(self) -> list[int]:
        return [place for place in self.numbers if place not in self.ruled_out]

    def kind(self, place: int) -> Kind | None:
        return self.kinds[place] if 0 <= place < len(self.kinds) else None

    def forward(self, place: int, over: tuple[Kind, ...]) -> int:
        end = min(len(self.kinds), place + STEPS)
        while place < end and self.kinds[place] in over:
            place += 1
        return place

    def back(self, place: int, over: tuple[Kind, ...]) -> int:
        place -= 1
        end = max(-1, place - STEPS)
        while place > end and self.kinds[place] in over:
            place -= 1
        return place


def _is_something_else(row: Row, place: int) -> bool:
    """Whether a word beside it makes this code an "order code", "código de pedido" or "код товара"."""
    before = row.back(place, (Kind.JOINER, Kind.VERIFY))
    if row.kind(before) in MODIFIERS and place - before <= 3:
        return True
    after = place + 1
    if row.kind(after) is Kind.PREPOSITION and folded(row.tokens[after].text) in GENITIVES:
        after = row.forward(after + 1, (Kind.FILLER, Kind.PREPOSITION))
    return row.kind(row.forward(after, (Kind.JOINER,))) in MODIFIERS


def _in_context(tokens: list[Token]) -> list[Token]:
    """Words that mean different things in different languages, by their neighbours."""
    read = list(tokens)
    words = [folded(token.text) for token in tokens]
    is_vietnamese = not VIETNAMESE_MARKS.isdisjoint(words)
    last_code = ""
    for place, token in enumerate(tokens):
        if token.kind in CODES:
            last_code = words[place]
        behind = words[place + 1] if place + 1 < len(words) else ""
        kind = token.kind
        match words[place]:
            case "to" if last_code.startswith(POLISH_CODES) or behind in POLISH_BEHIND:
                kind = Kind.COPULA
            case "on" if last_code.endswith(FINNISH_ENDS):
                kind = Kind.COPULA
            case "la" if is_vietnamese:
                kind = Kind.COPULA
            case "ma":
                kind = _vietnamese(behind)
            case _ if kind is Kind.DEAD and _is_only_going_to(words[place - 1] if place else "", behind):
                kind = Kind.WORD
        if kind is not token.kind:
            read[place] = replace(token, kind=kind)
    return read


def _vietnamese(following: str) -> Kind:
    if following in VIETNAMESE_CODES:
        return Kind.GENERIC
    return Kind.MODIFIER if following in VIETNAMESE_OTHERS else Kind.WORD


def _is_only_going_to(before: str, behind: str) -> bool:
    """ "will be expired", "expired in 5 minutes": not yet."""
    return before in ("be", "get", "if") or behind in ("in", "after", "within")
