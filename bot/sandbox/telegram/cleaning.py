"""Formatted text as Telegram stores it: cleaned of control characters, trimmed, its entities in order.

Source: TDLib's `fix_formatted_text`. It finds no links in plain text (see `autolink.py`) and knows no limits of length.
"""

from dataclasses import replace

from bot.sandbox.telegram.entities import Entity, sorted_entities, utf16
from bot.sandbox.telegram.overlaps import without_overlaps

REMOVED = frozenset("\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u0333\u033f\u030a\r")
INVISIBLE = frozenset(
    " \n\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f\u202e\u202f\u205f\u2800\u3000\ufeff\ufffc"
)
MARKS = "\u200e\u200f"


class TextError(Exception):
    """The text or its entities are refused; the message is TDLib's own, without the prefix of the Bot API."""


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
