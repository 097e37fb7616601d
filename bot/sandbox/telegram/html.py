"""Telegram's HTML: the tags of `parse_mode=HTML`, with the official parser's quirks, error texts and byte offsets.

Source: TDLib's `parse_html`. It is no HTML parser: attributes may stand unquoted, an end tag may be empty (`</>`), an
unknown entity stays as it is written, and only the innermost tag may be closed. Offsets in errors are bytes of the
UTF-8 source. What it does not do: trimming, cleaning, sorting out of overlaps (see `cleaning.py`).
"""

import re

from bot.sandbox.telegram.entities import Entity, sorted_entities, utf16
from bot.sandbox.telegram.references import ALPHA, DIGITS, read_reference
from bot.sandbox.telegram.tags import TAGS, MarkupError, OpenTag, close_tag, without_code_languages

SPECIAL = re.compile(rb"[<&]")
SPACE = b" \t\r\n\x0b\0"
NAME_TOKEN = ALPHA | DIGITS | frozenset(b".-")


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
        self._open: list[OpenTag] = []
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
        return self._text(), sorted_entities(without_code_languages(self._entities))

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
        code, end = read_reference(self._bytes, self._at)
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
        tag = OpenTag(name, self._utf16, len(self._out))
        while self._bytes[self._at] != ord(">"):
            self._skip(SPACE)
            if self._bytes[self._at] == ord(">"):
                break
            self._attribute(tag, begin)
        if name == "span" and tag.argument != "spoiler":
            raise MarkupError(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self._at += 1
        self._open.append(tag)

    def _attribute(self, tag: OpenTag, begin: int) -> None:
        name = self._until(SPACE + b"=>/\"'").decode(errors="replace")
        if not name:
            raise MarkupError(f'Empty attribute name in the tag "{tag.tag}" at byte offset {begin}')
        self._skip(SPACE)
        if self._bytes[self._at] == ord("="):
            self._at += 1
            self._skip(SPACE)
            self._not_at_end(tag, begin)
            tag.keep(name, self._value(begin))
            return
        self._not_at_end(tag, begin)
        if tag.tag == "blockquote":
            tag.keep(name, "")

    def _not_at_end(self, tag: OpenTag, begin: int) -> None:
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
            code, end = read_reference(self._bytes, self._at) if self._bytes[self._at] == ord("&") else (0, 0)
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
            visible = self._out[tag.begin :].decode(errors="replace")
            close_tag(tag, self._utf16 - tag.offset, visible, self._entities)
        self._open.pop()
