"""Entities that Telegram finds by itself in plain text: commands, mentions, hashtags, cashtags, addresses.

Source: the shapes of TDLib's matchers, simplified (no phone and card numbers, only well-known
top-level domains). Nothing is found inside code, links and times.
"""

import re
from collections.abc import Iterator

from bot.sandbox.telegram.entities import QUOTES, SPLITTABLE, Entity, utf16

PATTERNS = {
    "url": re.compile(
        r"(?i)(?<![\w@./])(?:https?://[^\s<>\"]+|(?:[a-z0-9-]+\.)+(?:com|org|net|io|me|ru|dev|app)(?:/[^\s<>\"]*)?)(?!\w)"
    ),
    "email": re.compile(r"(?<![\w.+-])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,8}\b"),
    "mention": re.compile(r"(?<!\w)@[A-Za-z0-9_]{2,32}(?!\w)"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    "hashtag": re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])"),
    "cashtag": re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])"),
}
TAIL = ".,:;!?…'\"»)]}"


def find_entities(text: str, known: list[Entity]) -> list[Entity]:
    """New entities only, none touching a continuous entity in `known` or each other."""
    solid = [entity for entity in known if entity.type not in SPLITTABLE and entity.type not in QUOTES]
    found: list[Entity] = []
    for entity in _matches(text):
        if not any(entity.offset < other.end and other.offset < entity.end for other in (*solid, *found)):
            found.append(entity)
    return found


def _matches(text: str) -> Iterator[Entity]:
    for kind, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            visible = match[0].rstrip(TAIL) if kind == "url" else match[0]
            yield Entity(kind, utf16(text[: match.start()]), utf16(visible))
