"""How long an SMS usually takes, and when it is so late that its person is told what else to try."""

from collections.abc import Collection
from datetime import timedelta
from statistics import median

ENOUGH = 8
"""Codes of a pair, before its own median says anything."""
_USUAL, _SHORTEST, _LONGEST = timedelta(seconds=60), timedelta(seconds=30), timedelta(minutes=8)


def patience(took: Collection[timedelta]) -> timedelta:
    """After which time without an SMS. `took`: from the number to the code, of the pair's last orders with one."""
    if len(took) < ENOUGH:
        return _USUAL
    usual = timedelta(seconds=median(one.total_seconds() for one in took))
    return min(max(usual, _SHORTEST), _LONGEST)
