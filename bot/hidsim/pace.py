"""How fast we ask."""

from enum import IntEnum


class Urgency(IntEnum):
    """Who goes first when the request budget is short: the smaller."""

    PURCHASE = 0
    TAP = 1
    POLL = 2
    FILL = 3
