"""The calls of the Bot API that send a screen's body or draw it over another one."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, ClassVar

from aiogram.methods import (
    EditMessageCaption,
    EditMessageMedia,
    EditMessageText,
    SendDocument,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    FSInputFile,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaDocument,
    InputMediaPhoto,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)

from bot.screens.body import Body, Document, File, Photo, StoredFile

_REMEMBERED = 1_000
_LONGEST_UPLOAD = 600
"""Seconds. 50 MB over a slow line."""
Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


@dataclass(frozen=True, slots=True)
class Envelope:
    """How a message arrives. `reply`: what it answers; `quiet`: without a sound."""

    reply: ReplyParameters | None = None
    quiet: bool = False


class _SendMessage(SendMessage):
    """Of the echo only the id is read: whatever else may be odd in it, the message was sent."""

    __returning__: ClassVar[Any] = Any


class _SendPhoto(SendPhoto):
    """As `_SendMessage`."""

    __returning__: ClassVar[Any] = Any


class _SendDocument(SendDocument):
    """As `_SendMessage`."""

    __returning__: ClassVar[Any] = Any


class _EditText(EditMessageText):
    """Telegram echoes the whole message; nobody here reads it, and to parse it costs as much as to send the edit."""

    __returning__: ClassVar[Any] = Any


class _EditCaption(EditMessageCaption):
    """As `_EditText`."""

    __returning__: ClassVar[Any] = Any


class _EditMedia(EditMessageMedia):
    """As `_EditText`."""

    __returning__: ClassVar[Any] = Any


def sending(
    body: Body,
    words: str,
    parse_mode: str | None,
    chat_id: int,
    keyboard: Keyboard | None,
    envelope: Envelope,
) -> TelegramMethod[Any]:
    """`words`: what stands in the body, or as much of it as Telegram takes."""
    told: dict[str, Any] = {"chat_id": chat_id, "parse_mode": parse_mode, "reply_markup": keyboard}
    told |= {"reply_parameters": envelope.reply, "disable_notification": envelope.quiet or None}
    match body:
        case Photo():
            return _SendPhoto(photo=_upload(body.file), caption=words, **told)
        case Document():
            return _SendDocument(document=_upload(body.file), caption=words, **told)
    return _SendMessage(text=words, **told)


def drawing(
    body: Body,
    words: str,
    parse_mode: str | None,
    where: tuple[int, int],
    keyboard: Keyboard | None,
    *,
    same_file: bool,
) -> TelegramMethod[Any]:
    """`where`: chat and message. `same_file`: the message shows this file already, so that only words are sent."""
    told: dict[str, Any] = {"chat_id": where[0], "message_id": where[1], "reply_markup": keyboard}
    if not isinstance(body, Photo | Document):
        return _EditText(text=words, parse_mode=parse_mode, **told)
    if same_file:
        return _EditCaption(caption=words, parse_mode=parse_mode, **told)
    kind = InputMediaPhoto if isinstance(body, Photo) else InputMediaDocument
    return _EditMedia(media=kind(media=_upload(body.file), caption=words, parse_mode=parse_mode), **told)


def seconds_for(body: Body) -> int | None:
    """How long sending it may take; None for as long as everything else."""
    stored = isinstance(body, Document) and isinstance(body.file, StoredFile)
    return _LONGEST_UPLOAD if stored else None


def _upload(file: File | StoredFile) -> InputFile:
    """What lies on the disk is read piece by piece."""
    if isinstance(file, StoredFile):
        return FSInputFile(file.path, file.name)
    return BufferedInputFile(file.data, file.name)


class ShownFiles:
    """Which file a message was last given by this process, so that it need not go out again for other words.

    Knows nothing of what was sent before a restart: that is sent again, which is right, too.
    """

    def __init__(self) -> None:
        self._shown: OrderedDict[tuple[int, int], tuple[str, ...]] = OrderedDict()

    def note(self, chat_id: int, message_id: int | None, body: Body) -> None:
        if message_id is None or not isinstance(body, Photo | Document):
            return
        self._shown[chat_id, message_id] = _print(body)
        self._shown.move_to_end((chat_id, message_id))
        if len(self._shown) > _REMEMBERED:
            self._shown.popitem(last=False)

    def shows(self, chat_id: int, message_id: int, body: Body) -> bool:
        return isinstance(body, Photo | Document) and self._shown.get((chat_id, message_id)) == _print(body)


def _print(body: Photo | Document) -> tuple[str, ...]:
    file = body.file
    what = str(file.path) if isinstance(file, StoredFile) else hashlib.sha256(file.data).hexdigest()
    return type(body).__name__, file.name, what
