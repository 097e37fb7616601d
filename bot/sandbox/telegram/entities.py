"""MessageEntity: a style, link, code or time on a stretch of text, measured in UTF-16 units."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
SOLID = ("pre", "code", "date_time")
PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "date_time": 30,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
FOUND_IN_TEXT = 50


@dataclass(frozen=True, slots=True)
class Entity:
    """One MessageEntity. Offsets and lengths count UTF-16 units."""

    type: str
    offset: int
    length: int
    url: str = ""
    user_id: int = 0
    language: str = ""
    custom_emoji_id: str = ""
    unix_time: int = 0
    date_time_format: str = ""

    @property
    def end(self) -> int:
        return self.offset + self.length

    @property
    def order(self) -> tuple[int, int, int]:
        return self.offset, -self.length, PRIORITY.get(self.type, FOUND_IN_TEXT)

    def json(self) -> dict[str, Any]:
        """As Telegram sends it, but for `text_mention`, whose `user` object the chat fills in."""
        body: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        for name in ("url", "language", "custom_emoji_id", "unix_time", "date_time_format", "user_id"):
            if value := getattr(self, name):
                body[name] = value
        return body


def utf16(text: str) -> int:
    """The length of the text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def sorted_entities(entities: Iterable[Entity]) -> list[Entity]:
    """By offset, the longer first, then by the rank of the type."""
    return sorted(entities, key=lambda entity: entity.order)


def date_format(text: str) -> str | None:
    """The canonical `date_time_format`, empty for the client's default, None when it is invalid."""
    if text in ("r", "R"):
        return "r"
    if set(text) - set("tTdDwW"):
        return None
    day = "w" if "w" in text.lower() else ""
    date = "d" if "d" in text else "D" if "D" in text else ""
    time = "t" if "t" in text else "T" if "T" in text else ""
    return day + date + time
