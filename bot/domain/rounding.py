"""What rounding explains between HidSim's balance and our books: a balance may show fewer decimals than prices have."""

from bot.domain.money import MICROS_PER_UNIT

MOST_DECIMALS = 6
"""Beyond them our own money is rounded."""


def shown_unit(decimals: int) -> int:
    """The last decimal that HidSim shows, in micro-units: 10,000 for two decimals."""
    unit: int = MICROS_PER_UNIT // 10 ** min(decimals, MOST_DECIMALS)
    return unit


def explained(change: int, decimals: int, moves: int, uneven: int) -> bool:
    """Whether the difference between balance and books could change so much by rounding alone. In micro-units.

    `moves`: amounts booked since the two agreed last; `uneven`: those among them that `decimals` can't show. Without a
    move nothing may change. Each move may hide a fraction of a micro-unit; each uneven one half of the last decimal,
    and so may the balance that was read.
    """
    if not moves:
        return change == 0
    slack = moves + 1
    if uneven:
        slack += (uneven + 1) * shown_unit(decimals) // 2
    return abs(change) <= slack
