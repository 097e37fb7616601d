"""Telegram's HTML: the tags of `parse_mode=HTML`, with the official parser's quirks, error texts and byte offsets.

Source: TDLib's `parse_html`. It is no HTML parser: attributes may stand unquoted, an end tag may be empty (`</>`), an
unknown entity stays as it is written, and only the innermost tag may be closed. Offsets in errors are bytes of the
UTF-8 source. What it does not do: trimming, cleaning, sorting out of overlaps (see `entities.py`).
"""

import re
from dataclasses import dataclass

from bot.sandbox.telegram.entities import Entity, date_format, sorted_entities, utf16
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
SPECIAL = re.compile(rb"[<&]")
SPACE = b" \t\r\n\x0b\0"
NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
ALPHA = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = frozenset(b"0123456789")
HEX = DIGITS | frozenset(b"abcdefABCDEF")
NAME_TOKEN = ALPHA | DIGITS | frozenset(b".-")
INT64 = 1 << 63


class MarkupError(Exception):
    """The text can't be parsed; the message is TDLib's own, without the prefix of the Bot API."""


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    begin: int
    argument: str = ""
    unix: int = 0


def parse_html(text: str) -> tuple[str, list[Entity]]:
    """The visible text and its entities (UTF-16 offsets, sorted). Raises MarkupError."""
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self._source = text.encode()
        self._bytes = self._source + b"\0"
        self._at = 0
        self._out = bytearray()
        self._utf16 = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self._at < len(self._source):
            byte = self._bytes[self._at]
            if byte == ord("&"):
                self._character_reference()
            elif byte != ord("<"):
                self._copy_run()
            elif self._bytes[self._at + 1] == ord("/"):
                self._end_tag()
            else:
                self._start_tag()
        if self._open:
            raise MarkupError(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        return self._text(), sorted_entities([_without_code_language(entity) for entity in self._entities])

    def _text(self) -> str:
        try:
            return self._out.decode()
        except UnicodeDecodeError:
            raise MarkupError(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ) from None

    # -- characters

    def _copy_run(self) -> None:
        """Everything up to the next tag or reference; both begin with a byte that is a character of its own."""
        special = SPECIAL.search(self._source, self._at)
        run = self._source[self._at : special.start() if special else None]
        self._utf16 += utf16(run.decode())
        self._out += run
        self._at += len(run)

    def _character_reference(self) -> None:
        code, end = _reference(self._bytes, self._at)
        if code == 0:
            self._out += b"&"
            self._utf16 += 1
            self._at += 1
            return
        self._utf16 += 2 if code > 0xFFFF else 1
        self._out += chr(code).encode("utf-8", "surrogatepass")
        self._at = end

    def _skip(self, wanted: bytes | frozenset[int]) -> bytes:
        """Moves over bytes in `wanted`, never over the end; gives what it passed."""
        begin = self._at
        while self._bytes[self._at] in wanted and self._at < len(self._source):
            self._at += 1
        return self._bytes[begin : self._at]

    def _until(self, stop: bytes) -> bytes:
        begin = self._at
        while self._bytes[self._at] not in stop:
            self._at += 1
        return self._bytes[begin : self._at]

    # -- start tags

    def _start_tag(self) -> None:
        begin = self._at
        self._at += 1
        name = self._until(SPACE + b">").decode().lower()
        if self._bytes[self._at] == 0:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        if name not in TAGS:
            raise MarkupError(f'Unsupported start tag "{name}" at byte offset {begin}')
        tag = _Open(name, self._utf16, len(self._out))
        while self._bytes[self._at] != ord(">"):
            self._skip(SPACE)
            if self._bytes[self._at] == ord(">"):
                break
            self._attribute(tag, begin)
        if name == "span" and tag.argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._at += 1
        self._open.append(tag)

    def _attribute(self, tag: _Open, begin: int) -> None:
        name = self._until(SPACE + b"=>/\"'").decode(errors="replace")
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag.tag}" at byte offset {begin}')
        self._skip(SPACE)
        if self._bytes[self._at] == ord("="):
            self._at += 1
            self._skip(SPACE)
            self._not_at_end(tag, begin)
            _keep(tag, name, self._value(begin))
            return
        self._not_at_end(tag, begin)
        if tag.tag == "blockquote" and name == "expandable":
            tag.argument = "1"

    def _not_at_end(self, tag: _Open, begin: int) -> None:
        if self._bytes[self._at] == 0:
            raise MarkupError(f'Unclosed start tag "{tag.tag}" at byte offset {begin}')

    def _value(self, begin: int) -> str:
        value = self._quoted() if self._bytes[self._at] in b"'\"" else self._name_token()
        if self._bytes[self._at] == 0:
            raise MarkupError(f"Unclosed start tag at byte offset {begin}")
        return value

    def _name_token(self) -> str:
        begin = self._at
        token = self._skip(NAME_TOKEN)
        if self._bytes[self._at] not in SPACE + b">":
            raise MarkupError(f"Unexpected end of name token at byte offset {begin}")
        return token.decode().lower()

    def _quoted(self) -> str:
        quote = self._bytes[self._at]
        self._at += 1
        value = bytearray()
        while self._bytes[self._at] not in (quote, 0):
            code, end = _reference(self._bytes, self._at) if self._bytes[self._at] == ord("&") else (0, 0)
            if code:
                value += chr(code).encode("utf-8", "surrogatepass")
                self._at = end
            else:
                value.append(self._bytes[self._at])
                self._at += 1
        if self._bytes[self._at] == quote:
            self._at += 1
        return value.decode(errors="replace")

    # -- end tags

    def _end_tag(self) -> None:
        begin = self._at
        if not self._open:
            raise MarkupError(f"Unexpected end tag at byte offset {begin}")
        self._at += 2
        name = self._until(SPACE + b">").decode(errors="replace").lower()
        self._skip(SPACE)
        if self._bytes[self._at] != ord(">"):
            raise MarkupError(f"Unclosed end tag at byte offset {begin}")
        tag = self._open[-1]
        if name and name != tag.tag:
            raise MarkupError(f'Unmatched end tag at byte offset {begin}, expected "</{tag.tag}>", found "</{name}>"')
        self._at += 1
        if self._utf16 > tag.offset:
            self._close(tag)
        self._open.pop()

    def _close(self, tag: _Open) -> None:
        length = self._utf16 - tag.offset
        if tag.tag in SIMPLE:
            self._entities.append(Entity(SIMPLE[tag.tag], tag.offset, length))
        elif tag.tag in ("pre", "code"):
            self._close_code(tag, length)
        elif tag.tag == "blockquote":
            kind = "expandable_blockquote" if tag.argument else "blockquote"
            self._entities.append(Entity(kind, tag.offset, length))
        elif tag.tag == "a":
            self._close_link(tag, length)
        elif tag.tag == "tg-emoji":
            self._entities.append(Entity("custom_emoji", tag.offset, length, custom_emoji_id=_emoji_id(tag.argument)))
        else:
            self._close_time(tag, length)

    def _close_code(self, tag: _Open, length: int) -> None:
        """`pre` around `code` with a language, in either order, is one entity with that language."""
        last = self._entities[-1] if self._entities else None
        twin = last if last and (last.offset, last.length) == (tag.offset, length) else None
        if tag.tag == "pre" and twin and twin.type == "code" and twin.language:
            self._entities[-1] = Entity("pre", tag.offset, length, language=twin.language)
        elif tag.tag == "code" and twin and twin.type == "pre" and not twin.language and tag.argument:
            self._entities[-1] = Entity("pre", tag.offset, length, language=tag.argument)
        elif tag.tag == "pre":
            self._entities.append(Entity("pre", tag.offset, length))
        else:
            self._entities.append(Entity("code", tag.offset, length, language=tag.argument))

    def _close_link(self, tag: _Open, length: int) -> None:
        url = tag.argument or self._out[tag.begin :].decode(errors="replace")
        if user := mentioned_user(url):
            self._entities.append(Entity("text_mention", tag.offset, length, user_id=user))
        elif link := checked_link(url):
            self._entities.append(Entity("text_link", tag.offset, length, url=link))

    def _close_time(self, tag: _Open, length: int) -> None:
        shape = date_format(tag.argument)
        if shape is None:
            raise MarkupError("Invalid date format used")
        if tag.unix > 0:
            self._entities.append(Entity("date_time", tag.offset, length, unix_time=tag.unix, date_time_format=shape))


def _keep(tag: _Open, name: str, value: str) -> None:
    """Remembers the attributes that mean something; all others are ignored."""
    match tag.tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("tg-time", "format"):
            tag.argument = value
        case ("code", "class") if value.startswith("language-"):
            tag.argument = value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            tag.argument = value.removeprefix("tg-")
        case ("blockquote", "expandable"):
            tag.argument = "1"
        case ("tg-time", "unix"):
            tag.unix = _int32(value)


def _reference(data: bytes, at: int) -> tuple[int, int]:
    """The code point of the character reference at `at` and the index behind it; code 0 when it is none."""
    end = at + 1
    if data[end : end + 1] == b"#":
        base, digits, end = (16, HEX, end + 2) if data[end + 1 : end + 2] == b"x" else (10, DIGITS, end + 1)
        begin = end
        while data[end] in digits:
            end += 1
        code = int(data[begin:end] or b"0", base)
        if code == 0 or code >= 0x10FFFF or end - at >= 10:
            return 0, 0
    else:
        while data[end] in ALPHA:
            end += 1
        code = ord(NAMED.get(data[at + 1 : end], "\0"))
    return (code, end + 1 if data[end : end + 1] == b";" else end) if code else (0, 0)


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


def _without_code_language(entity: Entity) -> Entity:
    return Entity("code", entity.offset, entity.length) if entity.type == "code" else entity
