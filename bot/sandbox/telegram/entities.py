"""Formatted text as Telegram keeps it: entities in UTF-16 units, sorted, none overlapping; text cleaned and trimmed.

Source: TDLib's `fix_formatted_text`. Three families: splittable entities (bold and the like) may overlap anything but
code and are cut at the borders of others; quotes may hold others whole; continuous ones (links, code, times) exclude
each other. What it does not do: finding links in plain text (see `autolink.py`), limits of length.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
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
REMOVED = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a\r")
INVISIBLE = frozenset(
    " \n\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc"
)
MARKS = "\u200e\u200f"
FAR = 1 << 31


class TextError(Exception):
    """The text or its entities are refused; the message is TDLib's own, without the prefix of the Bot API."""


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


def fix_formatted_text(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """What is stored when a bot sends this. Raises TextError when nothing visible is left."""
    for entity in entities:
        if not 0 <= entity.offset <= 1_000_000:
            raise TextError(f"Receive an entity with incorrect offset {entity.offset}")
        if not 0 <= entity.length <= 1_000_000:
            raise TextError(f"Receive an entity with incorrect length {entity.length}")
    text, entities = clean(text, without_overlaps(_visible(entities)))
    if not text.strip(" \n"):
        raise TextError("Text must be non-empty")
    text, entities = trim(text, without_overlaps(_visible(entities)))
    if not any(_is_visible(character) for character in text):
        raise TextError("Text must be non-empty")
    return text, entities


def _is_visible(character: str) -> bool:
    return character not in INVISIBLE and not "\U000e0000" <= character <= "\U000e007f"


def _visible(entities: list[Entity]) -> list[Entity]:
    return [entity for entity in entities if entity.length > 0]


# -- cleaning


def clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Control characters become spaces, carriage returns and reordering marks go; entities move along."""
    kept: list[str] = []
    moved: dict[int, int] = {}
    before = after = 0
    for character in text:
        moved[before] = after
        width = 2 if character > "\uffff" else 1
        before += width
        if character not in REMOVED:
            kept.append(" " if character < " " and character != "\n" else character)
            after += width
    moved[before] = after
    _check_borders(text, entities, moved, before)
    entities = [replace(e, offset=moved[e.offset], length=moved[e.end] - moved[e.offset]) for e in entities]
    return _without_runs_of_marks("".join(kept)), entities


def _check_borders(text: str, entities: list[Entity], moved: dict[int, int], size: int) -> None:
    for entity in entities:
        if entity.offset > size:
            raise TextError(f"Entity begins after the end of the text at UTF-16 offset {entity.offset}")
        if entity.offset not in moved:
            raise TextError(f"Entity begins in a middle of a UTF-16 symbol at byte offset {_byte(text, entity.offset)}")
        where = f"Entity beginning at UTF-16 offset {entity.offset}"
        if entity.end > size:
            raise TextError(f"{where} ends after the end of the text at UTF-16 offset {entity.end}")
        if entity.end not in moved:
            raise TextError(f"{where} ends in a middle of a UTF-16 symbol at byte offset {_byte(text, entity.end)}")


def _byte(text: str, offset: int) -> int:
    """The byte behind the character that the UTF-16 offset cuts in two."""
    return len(text.encode("utf-16-le")[: 2 * (offset + 1)].decode("utf-16-le").encode())


def _without_runs_of_marks(text: str) -> str:
    """All but the last of neighbouring direction marks become non-joiners."""
    following = f"{text[1:]}\0" if text else ""
    return "".join(
        "\u200c" if character in MARKS and after in MARKS else character
        for character, after in zip(text, following, strict=True)
    )


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Spaces and line ends go from both ends; at the front only those before the first entity."""
    text = text.rstrip(" \n")
    size = utf16(text)
    kept = [replace(e, length=min(e.length, size - e.offset)) for e in entities if e.offset < size]
    kept = sorted_entities(kept)
    front = len(text) - len(text.lstrip(" \n"))
    cut = min(front, kept[0].offset) if kept else front
    return text[cut:], [replace(e, offset=e.offset - cut) for e in kept]


# -- overlaps


def without_overlaps(entities: list[Entity]) -> list[Entity]:
    """Sorted, with the overlaps that Telegram forbids resolved: the first continuous entity wins, styles are cut."""
    entities = sorted_entities(entities)
    if _is_valid(entities):
        return entities
    styles = [e for e in entities if e.type in SPLITTABLE]
    quotes = _first_of_overlapping([e for e in entities if e.type in QUOTES])
    others = _first_of_overlapping([e for e in entities if e.type not in SPLITTABLE and e.type not in QUOTES])
    others = [e for e in others if not any(_crosses(e, quote) for quote in quotes)]
    frame = sorted_entities([*others, *quotes])
    return sorted_entities([*frame, *_Cutter(styles, frame).cut()]) if styles else frame


def _first_of_overlapping(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quote: Entity) -> bool:
    """True unless the entity lies inside the quote, or beside it."""
    if quote.end <= entity.offset or entity.end <= quote.offset:
        return False
    return quote.end < entity.end or entity.offset < quote.offset


def _is_valid(entities: list[Entity]) -> bool:
    around: list[Entity] = []
    ends: dict[str, int] = {}
    for entity in entities:
        while around and entity.offset >= around[-1].end:
            around.pop()
        if around and not _may_stand_in(entity, around):
            return False
        if entity.type in SPLITTABLE:
            if ends.get(entity.type, -1) >= entity.offset:
                return False
            ends[entity.type] = entity.end
        around.append(entity)
    return True


def _may_stand_in(entity: Entity, around: list[Entity]) -> bool:
    """Only a quote, and only whole, may hold anything without the text being cut anew (a link may hold one style)."""
    types = {other.type for other in around}
    if entity.end > around[-1].end or entity.type in types or around[-1].type in SOLID:
        return False
    if entity.type in SOLID and types - set(QUOTES):
        return False
    continuous = types - set(QUOTES) - set(SPLITTABLE)
    if entity.type not in SPLITTABLE and continuous:
        return False
    if entity.type in QUOTES and types & set(QUOTES):
        return False
    return not types & set(SPLITTABLE)


class _Cutter:
    """Joins styles of one type that touch; cuts them where a style begins, and at both ends of all other entities."""

    def __init__(self, styles: list[Entity], frame: list[Entity]) -> None:
        self._styles = styles
        self._frame = frame
        self._next = 0
        self._running: dict[str, tuple[int, int]] = {}
        self._done: list[Entity] = []

    def cut(self) -> list[Entity]:
        around: list[Entity] = []
        for entity in self._frame:
            self._leave(around, entity.offset)
            around.append(entity)
        self._leave(around, FAR)
        return self._done

    def _leave(self, around: list[Entity], offset: int) -> None:
        while around and offset >= around[-1].end:
            before = len(self._done)
            self._advance(around[-1].end)
            if around.pop().type in SOLID:
                del self._done[before:]
        self._advance(offset)

    def _advance(self, end: int) -> None:
        while self._next < len(self._styles) and self._styles[self._next].offset < end:
            style = self._styles[self._next]
            begin, stop = self._running.get(style.type, (0, 0))
            if stop and style.offset <= stop:
                self._running[style.type] = (begin, max(stop, style.end))
            else:
                self._flush(style.offset)
                self._running[style.type] = (style.offset, style.end)
            self._next += 1
        self._flush(end)

    def _flush(self, offset: int) -> None:
        for kind in SPLITTABLE:
            begin, stop = self._running.get(kind, (0, 0))
            if not stop or begin >= offset:
                continue
            cut = min(stop, offset)
            self._done.append(Entity(kind, begin, cut - begin))
            if stop <= offset:
                del self._running[kind]
            else:
                self._running[kind] = (offset, stop)
