"""Messages that show an order."""

from dataclasses import dataclass
from enum import StrEnum


class CardRole(StrEnum):
    """Why a message shows an order."""

    WAITING = "waiting"  # the menu message in which Buy was tapped; gives way to the push that brings the number
    VIEW = "view"  # a menu message in which the order was opened
    PUSH = "push"  # the message that brought the number
    TOLD = "told"  # the message that told how it ended, or that nobody is sure


@dataclass(frozen=True, slots=True)
class Card:
    """A message of ours that shows an order. `via`: the list from which it was opened."""

    person_id: int
    message_id: int
    order_id: int
    shown_revision: int
    role: CardRole
    via: str | None = None
