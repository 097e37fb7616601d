"""What a message is made of: words alone, or a picture or a file with words below it."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.i18n import Html

TEXT_LIMIT, CAPTION_LIMIT = 4096, 1024
"""Telegram's own, in characters as they are read, without tags."""

Text = Html
_NO_WORDS = Text()


@dataclass(frozen=True, slots=True)
class File:
    """`name`: as it is saved by who downloads it. Telegram takes 50 MB, and 10 MB of a picture."""

    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One that lies on the disk, and is read from there while it is sent: it has to stay until then."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Photo:
    """A PNG or JPEG, shown in the chat. `caption` is Telegram's HTML, and may be empty."""

    file: File
    caption: Text = _NO_WORDS


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be saved, as it is. `caption` is Telegram's HTML, and may be empty."""

    file: File | StoredFile
    caption: Text = _NO_WORDS


Body = Text | Photo | Document
