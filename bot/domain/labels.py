"""A label: what a person calls an order by. Their own words, so hostile to everybody who shows them."""

import re
import unicodedata
from dataclasses import dataclass, field

from bot.domain.refusals import Reason, Refusal

LONGEST_LABEL = 32
"""Characters."""

_GAPS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_JOINERS = "\u200c\u200d"
"""Emoji and Persian need them."""
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs by name, of which nothing can be seen."""
_SEEN = "LNSP"


@dataclass(frozen=True, slots=True)
class Label:
    id: int
    text: str = field(repr=False)


def label_of(typed: str) -> str:
    """One line without what can't be seen or turns the text around. Raises Refusal for nothing, and for too much."""
    text = _GAPS.sub(" ", "".join(one for one in unicodedata.normalize("NFC", typed) if _stays(one))).strip()
    if not 0 < len(text) <= LONGEST_LABEL or not any(unicodedata.category(one)[0] in _SEEN for one in text):
        raise Refusal(Reason.BAD_LABEL)
    return text


def _stays(one: str) -> bool:
    if one in _BLANK:
        return False
    return one in _JOINERS or unicodedata.category(one) not in ("Cf", "Cs", "Co", "Cn")


def folded(text: str) -> str:
    """As labels are compared with what is typed: capitals, and widths of letters, make no other word."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
