"""A row of digit groups: one code in groups, several numbers beside each other, or something that is no code."""

import re
from collections.abc import Iterator

SHORTEST, LONGEST = 3, 10
_SHAPES = frozenset({(3, 3), (4, 4), (2, 2, 2), (3, 3, 3), (2, 2, 2, 2), (5, 5)})
_ENDS = re.compile(r"(?<=\d)(?:[.,] | [-~] |[.,] ?\n)(?=\d)")
_SPENT = re.compile(r"[^ ]++(?: \d{3}(?![^ ]))*+")
_LONGEST_AMOUNT = 40
_COUNTED = re.compile(r"(?<![^ ])(?:\d{1,3}(?: \d{3}){1,9}|[^ ]++)\Z")
_TIGHT = re.compile(r"[^ ]+")
_GOES_ON = re.compile(r"[ ,.-]{1,3}(?:[A-Za-z]{1,3} )?\d(?!\d)|(?: [^\W\d]{1,3}) \d(?!\d)")
Part = tuple[str | None, bool]
"""The digits, or None for a number that can't be a code; and whether it is believed only by a word for a code."""


def parts_of(run: str, *, spent: bool, counts: bool, ahead: str) -> Iterator[Part]:
    """`spent`: a currency stands before it; `counts`: a unit or a currency stands behind it."""
    if (digits := _one_by_one(run, ahead)) is not None and not (spent or counts):
        yield digits
        return
    if spent:
        amount = _SPENT.match(run)
        run = run[amount.end() :].lstrip(" ,.-") if amount is not None else run
        yield None, False
    if counts:
        amount = _COUNTED.search(run[-_LONGEST_AMOUNT:])
        if amount is None:
            yield None, False
            return
        run = run[: len(run) - len(amount[0])].rstrip(" ,.-~")
    for sentence in _ENDS.split(run) if run else ():
        yield from _sentence(sentence)
    if counts:
        yield None, False


def _one_by_one(run: str, ahead: str) -> Part | None:
    """Single digits with one and the same separator between them, as a voice says them."""
    if not re.match(r"\d\D", run) or re.search(r"\d\d", run):
        return None
    digits, separators = re.sub(r"\D+", "", run), set(re.findall(r"\D+", run))
    sound = 4 <= len(digits) <= LONGEST and len(separators) == 1 and not separators & {":", "/"}
    return (digits, True) if sound and not _GOES_ON.match(ahead) else (None, False)


def _sentence(run: str) -> Iterator[Part]:
    groups, separators = re.findall(r"\d+", run), set(re.findall(r"\D+", run))
    if not separators:
        yield _single(run)
    elif len(separators) == 1 and (joined := _joined(groups, *separators)) is not None:
        yield joined
    elif separators == {" "}:
        yield (groups[0], False) if len(set(groups)) == 1 and 4 <= len(groups[0]) <= LONGEST else (None, False)
    elif separators <= {" ", ":", "/"}:
        plain = [piece for piece in _TIGHT.findall(run) if piece.isdigit()]
        yield _single(plain[0]) if len(plain) == 1 else (None, False)
    else:
        yield None, False


def _single(digits: str) -> Part:
    sound = SHORTEST <= len(digits) <= LONGEST
    return (digits, not 4 <= len(digits) <= 8) if sound else (None, False)


def _joined(groups: list[str], separator: str) -> Part | None:
    lengths = tuple(map(len, groups))
    if lengths == (4, 4) and groups[0] == groups[1]:
        return groups[0], False
    if lengths not in _SHAPES or separator not in (" ", "-", "·", ".", " - ", " · "):
        return None
    if separator == "." and lengths != (3, 3):
        return None
    is_date = lengths == (2, 2, 2) and 1 <= int(groups[0]) <= 31 and 1 <= int(groups[1]) <= 12
    return "".join(groups), separator in (".", " - ") or is_date or len(lengths) > 3 or sum(lengths) > 8
