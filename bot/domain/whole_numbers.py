"""Whole numbers as people type them: ids, days. The digits of any script count, and nothing else."""

_LONGEST = 16
"""Digits; what is longer is no id of anything."""


def read_whole(typed: str, below: int = 2**53) -> int | None:
    """The number, from 0 to less than `below`; None for what is none. Superscripts and fractions are no digits."""
    if not typed.isdecimal() or len(typed) > _LONGEST:
        return None
    number = int(typed)
    return number if number < below else None
