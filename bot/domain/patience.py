"""When an SMS is so late that its person is told what else to try."""

from datetime import timedelta

_USUAL, _SHORTEST, _LONGEST = timedelta(seconds=60), timedelta(seconds=30), timedelta(minutes=8)


def patience(median: timedelta | None) -> timedelta:
    """After which time without an SMS. `median`: of the pair's own numbers, where enough of them got a code."""
    return _USUAL if median is None else min(max(median, _SHORTEST), _LONGEST)
