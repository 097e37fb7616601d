"""The updates in an answer to getUpdates, one by one, whatever else stands in it.

One update that can't be read must not keep the others from being read: Telegram sends the same answer again and again
until its offset moves, so a fault in it would be a fault for ever, and anybody can cause one.
"""

import json
import re
from typing import Any

_HEAD = re.compile(r'\{\s{0,9}"update_id"\s{0,9}:\s{0,9}(\d{1,10})(?!\d)')
_DECODER = json.JSONDecoder()
LARGEST_ID = 2**31 - 1
"""Telegram's own updates are numbered within 32 bits. A larger one is no place to go on from."""


def one_by_one(content: str) -> list[Any]:
    """From a text that is no JSON to Python (nested too deep, a number of thousands of digits): what can be read of it.

    Of the others the ids alone. A quote inside a person's text is escaped, so no text looks like the head of an update.
    """
    found: list[Any] = []
    end = 0
    for head in _HEAD.finditer(content):
        if head.start() < end:
            continue
        try:
            update, end = _DECODER.raw_decode(content, head.start())
        except (ValueError, RecursionError):
            update, end = {"update_id": int(head[1])}, head.end()
        found.append(update)
    return found


def update_id(raw: Any) -> int | None:
    """The id that confirms this update; None when there is none that Telegram could have given."""
    found = raw.get("update_id") if isinstance(raw, dict) else None
    if isinstance(found, str) and found.isascii() and found.isdigit() and len(found) <= 10:
        found = int(found)
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    return found if type(found) is int and 0 < found <= LARGEST_ID else None
