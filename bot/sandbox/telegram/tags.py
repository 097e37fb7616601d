"""What the tags of Telegram's HTML mean: which attributes count, and which entity a closed tag becomes."""

from dataclasses import dataclass

from bot.sandbox.telegram.entities import Entity, date_format
from bot.sandbox.telegram.links import checked_link, mentioned_user

SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = {*SIMPLE, "a", "pre", "code", "blockquote", "tg-emoji", "tg-time"}
INT64 = 1 << 63


class MarkupError(Exception):
    """The text can't be parsed; the message is TDLib's own, without the prefix of the Bot API."""


@dataclass(slots=True)
class OpenTag:
    """A tag that waits for its end. `offset` in UTF-16 units, `begin` in bytes of the visible text."""

    tag: str
    offset: int
    begin: int
    argument: str = ""
    unix: int = 0

    def keep(self, name: str, value: str) -> None:
        """Remembers the attributes that mean something; all others are ignored."""
        match self.tag, name:
            case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
                self.argument = value
            case ("code", "class") if value.startswith("language-"):
                self.argument = value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                self.argument = value.removeprefix("tg-")
            case ("blockquote", "expandable"):
                self.argument = "1"
            case ("tg-time", "unix"):
                self.unix = _int32(value)


def close_tag(tag: OpenTag, length: int, visible: str, entities: list[Entity]) -> None:
    """Adds the entity of a closed tag around the visible text. Raises MarkupError."""
    if tag.tag in SIMPLE:
        entities.append(Entity(SIMPLE[tag.tag], tag.offset, length))
    elif tag.tag in ("pre", "code"):
        _close_code(tag, length, entities)
    elif tag.tag == "blockquote":
        kind = "expandable_blockquote" if tag.argument else "blockquote"
        entities.append(Entity(kind, tag.offset, length))
    elif tag.tag == "a":
        _close_link(tag, length, tag.argument or visible, entities)
    elif tag.tag == "tg-emoji":
        entities.append(Entity("custom_emoji", tag.offset, length, custom_emoji_id=_emoji_id(tag.argument)))
    else:
        _close_time(tag, length, entities)


def without_code_languages(entities: list[Entity]) -> list[Entity]:
    """A language is kept while it may still join a `pre`; a `code` alone has none."""
    return [Entity("code", e.offset, e.length) if e.type == "code" else e for e in entities]


def _close_code(tag: OpenTag, length: int, entities: list[Entity]) -> None:
    """`pre` around `code` with a language, in either order, is one entity with that language."""
    last = entities[-1] if entities else None
    twin = last if last and (last.offset, last.length) == (tag.offset, length) else None
    if tag.tag == "pre" and twin and twin.type == "code" and twin.language:
        entities[-1] = Entity("pre", tag.offset, length, language=twin.language)
    elif tag.tag == "code" and twin and twin.type == "pre" and not twin.language and tag.argument:
        entities[-1] = Entity("pre", tag.offset, length, language=tag.argument)
    elif tag.tag == "pre":
        entities.append(Entity("pre", tag.offset, length))
    else:
        entities.append(Entity("code", tag.offset, length, language=tag.argument))


def _close_link(tag: OpenTag, length: int, url: str, entities: list[Entity]) -> None:
    """What is no address becomes plain text, without an error."""
    if user := mentioned_user(url):
        entities.append(Entity("text_mention", tag.offset, length, user_id=user))
    elif link := checked_link(url):
        entities.append(Entity("text_link", tag.offset, length, url=link))


def _close_time(tag: OpenTag, length: int, entities: list[Entity]) -> None:
    shape = date_format(tag.argument)
    if shape is None:
        raise MarkupError("Invalid date format used")
    if tag.unix > 0:
        entities.append(Entity("date_time", tag.offset, length, unix_time=tag.unix, date_time_format=shape))


def _int32(value: str) -> int:
    """The leading integer of the text, 0 when there is none, wrapped to 32 bits."""
    sign, digits = (-1, value[1:]) if value.startswith("-") else (1, value)
    number = 0
    for character in digits:
        if not "0" <= character <= "9":
            break
        number = number * 10 + int(character)
    return (sign * number + 2**31) % 2**32 - 2**31


def _emoji_id(argument: str) -> str:
    digits = argument.removeprefix("-")
    number = int(argument) if digits.isascii() and digits.isdigit() and len(digits) < 20 else 0
    if number == 0 or not -INT64 <= number < INT64:
        raise MarkupError("Invalid custom emoji identifier specified")
    return str(number)
