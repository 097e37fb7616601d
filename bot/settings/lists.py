"""Settings that hold several values, however lists are usually written: with commas, on lines, quoted, as JSON."""

import json
import re

from bot.domain.guarding import Bounds

_MOST, _LONGEST = 1_000, 100
_ENDS = r"(?=[ \t]*(?:[,;，、،\n\r]|$))"
_ENTRY = re.compile(rf"""[ \t]*("[^"\n]*"{_ENDS}|'[^'\n]*'{_ENDS}|[^,;，、،\n\r]+)""")
"""A quote counts where it opens and closes an entry: not in McDonald's."""
_QUOTES = "\"'“”„«»‘’"


def names(value: str) -> tuple[str, ...]:
    """Names as they are written, each once. A name with a comma in it stands between quotes.

    Raises ValueError with a predicate.
    """
    found = _json(value) or [one.strip(_QUOTES + " \t") for one in _ENTRY.findall(value.strip("[](){} \t\r\n"))]
    kept = tuple(dict.fromkeys(" ".join(one.split()) for one in found if one.strip()))
    if any(len(one) > _LONGEST for one in kept) or len(kept) > _MOST:
        raise ValueError(f"must hold at most {_MOST} names of at most {_LONGEST} characters, with commas between")
    for one in kept:
        if not any(map(str.isalnum, one)):
            raise ValueError(f"has {one!r} in it, which names nothing: write names, and * for any characters in them")
    return kept


def _json(value: str) -> list[str] | None:
    if not value.startswith("["):
        return None
    try:
        found = json.loads(value)
    except ValueError:
        return None
    if not isinstance(found, list) or not all(isinstance(one, str | int) for one in found):
        return None
    return [str(one) for one in found]


def bounds(value: str, *, falling: bool) -> Bounds | None:
    """`40,25,15`: from which percent on to warn, to slow down and to pause; None for `off`.

    Raises ValueError with a predicate.
    """
    if value.strip().casefold() in ("off", "none", "no", "false"):
        return None
    parts = [part for part in re.split(r"[,;/%\s]+", value.strip("[](){} \t\"'")) if part]
    example = "40,25,15" if falling else "50,65,80"
    meant = (
        f"must be three whole percents with commas between, {'falling' if falling else 'rising'}, such as {example} "
        "(to warn, to slow down, to pause), or off"
    )
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and int(part[:4]) <= 100 for part in parts):
        raise ValueError(meant)
    warn, slow, pause = (int(part) for part in parts)
    if not (warn > slow > pause if falling else warn < slow < pause):
        raise ValueError(meant)
    return Bounds(warn, slow, pause)
