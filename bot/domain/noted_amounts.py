"""An amount with a note behind it, as admins type them in one line. What could be another sum is refused."""

import re

from bot.domain.amounts import is_other_currency, plain, read_amount
from bot.domain.refusals import Reason, Refusal

NOTE_LIMIT = 200
_MOST_WORDS = 5
"""Of an amount that stands before a note: `$ 1 000 000 USD`."""
_STOPS = ",.;:"
"""They end an amount, and are no part of it: `5, rent`."""
_OPEN = re.compile(r"\D*(?P<number>\d[\d ']*)")
"""A number that more digits could go on: no decimals, and no currency behind it."""
_GOES_ON = re.compile(r"[.,'·]?\d")
_NAME = re.compile(r"[^\d\s.,;:/()+-]+")
_MULTIPLIERS = frozenset({"K", "M", "MIO", "MLN", "HUNDRED", "THOUSAND", "MILLION", "К", "ТЫС", "МЛН"})


def read_noted(typed: str, currency: str, command: str | None = None) -> tuple[int, str]:
    """Micro-units, and the note: the longest beginning that reads as an amount is the amount.

    Raises Refusal as `read_amount` does: a beginning that has to be refused for more than being no amount is not made
    shorter. Nor is one whose note might belong to the amount: `5 100 codes`.
    """
    words = typed.split()
    for count in range(min(len(words), _MOST_WORDS), 0, -1):
        beginning, note = " ".join(words[:count]), words[count:]
        amount = _tried(beginning.rstrip(_STOPS), currency, command)
        if amount is not None:
            if note:
                _check_note(beginning, note[0], currency, command)
            return amount, " ".join(note)[:NOTE_LIMIT]
    raise Refusal(Reason.BAD_AMOUNT, command=command)


def _tried(beginning: str, currency: str, command: str | None) -> int | None:
    try:
        return read_amount(beginning, currency, command)
    except Refusal as refusal:
        if refusal.facts.reason is not Reason.BAD_AMOUNT:
            raise
        return None


def _check_note(beginning: str, first: str, currency: str, command: str | None) -> None:
    """Raises Refusal where the note's first word, or the last digits before it, could be the amount's or the note's."""
    ended = beginning[-1] in _STOPS
    found, word = _OPEN.fullmatch(plain(beginning.rstrip(_STOPS))), plain(first)
    name = _NAME.match(word)
    if name and is_other_currency(name[0], currency):
        raise Refusal(Reason.OTHER_CURRENCY, currency=currency, command=command)
    if found is None:
        return
    grouped = " " in found["number"] and not ended
    if grouped or _GOES_ON.match(word) or word.rstrip(_STOPS).upper() in _MULTIPLIERS:
        raise Refusal(Reason.NOTE_OR_AMOUNT, command=command)


def means_amount(typed: str) -> bool:
    """Whether this can only be meant as an amount, readable or not: digits and signs, no words."""
    words = re.findall(r"[^\W\d_]+", typed)
    return any(one.isdigit() for one in typed) and all(one.upper() in _MULTIPLIERS for one in words)
