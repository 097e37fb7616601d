"""What somebody seeks among their own orders: by what became of them, the service, their label, the number's end."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.outcomes import Outcome

FEWEST_DIGITS, MOST_DIGITS = 3, 6
"""Fewer last digits of a number say nothing; more are not needed to find one among a person's own."""

_AROUND = re.compile(r"[\s().\-/+…*]+")
_LONGEST_TYPED = 40


class Part(StrEnum):
    """What is chosen from a list. Short, because it stands in buttons."""

    OUTCOME = "o"
    SERVICE = "s"
    LABEL = "l"


@dataclass(frozen=True, slots=True)
class Sought:
    """Each narrows it down further; None and "" don't. Service and label by their ids, `digits` the number's last."""

    outcome: Outcome | None = None
    service: int | None = None
    label: int | None = None
    digits: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return self != Sought()


def digits_of(typed: str) -> str | None:
    """The last digits of a typed number, whole or in part, in ASCII; None for what is no number.

    `0.3` is a price rather than a number's end.
    """
    if len(typed) > _LONGEST_TYPED or re.fullmatch(r"\s*\w{1,2}[.,]\w*\s*", typed):
        return None
    bare = _AROUND.sub("", typed)
    digits = "".join(str(unicodedata.decimal(one)) for one in bare if one.isdecimal())
    return digits[-MOST_DIGITS:] if digits and len(digits) == len(bare) else None
