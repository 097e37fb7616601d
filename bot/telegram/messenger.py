"""The way out: screens as messages, with Telegram's normal refusals taken as what they are.

"Not modified" is fine; a message that is gone or can't be edited is sent anew; words that Telegram can't parse, or that
are too many, go out as plain ones, because a code without its markup is still a code.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any, ClassVar

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import DeleteMessage, TelegramMethod
from aiogram.types import ReplyKeyboardRemove, ReplyParameters

from bot.i18n import Html
from bot.screens.screen import Screen
from bot.telegram import api_answers
from bot.telegram.bodies import Envelope, ShownFiles, drawing, seconds_for, sending

_log = structlog.get_logger(__name__)

_AWAY = ReplyKeyboardRemove(remove_keyboard=True)
_SAME = "message is not modified"
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)
_OF_ANOTHER_KIND = re.compile(r"there is no (text|caption|media) in the message")
_NOT_THERE = "message to delete not found"
_TAG = re.compile(r"<[^<>]*>")
_UNREADABLE = ("can't parse entities", "entity_", "message is too long", "caption is too long")


class _Delete(DeleteMessage):
    """Whatever Telegram says of it, the message is gone."""

    __returning__: ClassVar[Any] = Any


class _Edit(Enum):
    """What came of an edit. ANOTHER_KIND: a text can't become a photo where Telegram says so, nor a photo a text."""

    DONE = auto()
    GONE = auto()
    ANOTHER_KIND = auto()


@dataclass(frozen=True, slots=True)
class Messenger:
    """Speaks for one bot. Raises aiogram's errors for what is not normal (blocked, flooded, unreachable)."""

    bot: Bot
    _files: ShownFiles = field(default_factory=ShownFiles, repr=False, compare=False)

    async def send(
        self, chat_id: int, screen: Screen, *, reply_to: int | None = None, quiet: bool = False
    ) -> int | None:
        """A new message; its id, or None when it was sent and Telegram's answer names none. `quiet`: no sound."""
        if screen.putting_away is not None:
            await self.bot(sending(screen.putting_away, screen.putting_away, "HTML", chat_id, _AWAY, Envelope()))
        reply = ReplyParameters(message_id=reply_to, allow_sending_without_reply=True) if reply_to else None
        envelope = Envelope(reply, quiet or screen.silent)

        def call(words: str, parse_mode: str | None) -> TelegramMethod[Any]:
            return sending(screen.body, words, parse_mode, chat_id, screen.keyboard, envelope)

        message_id = api_answers.message_id(await self._said(call, screen))
        self._files.note(chat_id, message_id, screen.body)
        return message_id

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> bool:
        """Draws over a message of ours; False when it is gone or can't be edited (any more)."""
        return await self._edit(chat_id, message_id, screen) is _Edit.DONE

    async def _edit(self, chat_id: int, message_id: int, screen: Screen) -> _Edit:
        same_file = self._files.shows(chat_id, message_id, screen.body)
        where = chat_id, message_id

        def call(words: str, parse_mode: str | None) -> TelegramMethod[Any]:
            return drawing(screen.body, words, parse_mode, where, screen.keyboard, same_file=same_file)

        try:
            await self._said(call, screen)
        except TelegramBadRequest as error:
            return _outcome(error)
        self._files.note(chat_id, message_id, screen.body)
        return _Edit.DONE

    async def _said(self, call: Callable[[str, str | None], TelegramMethod[Any]], screen: Screen) -> Any:
        """What Telegram answers, to the plain words where it does not take the marked ones."""
        try:
            return await self.bot(call(screen.text, "HTML"), request_timeout=seconds_for(screen.body))
        except TelegramBadRequest as error:
            if not _unreadable(error):
                raise
            _log.error("Telegram could not take a screen's words; told as plain text")
            return await self.bot(call(_plain(screen.text)[: screen.most_words], None))

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Takes a message of ours away; False when Telegram does not let us, as after two days."""
        try:
            await self.bot(_Delete(chat_id=chat_id, message_id=message_id))
        except TelegramBadRequest as error:
            return _NOT_THERE in error.message.lower()
        return True

    async def edit_or_send(self, chat_id: int, message_id: int, screen: Screen) -> int | None:
        """The id of the message that now shows the screen; None as in `send`. A reply keyboard needs a new message.

        One that can't become of this kind goes, once the new one is there.
        """
        if screen.reply_keyboard is not None or screen.putting_away is not None:
            return await self.send(chat_id, screen)
        done = await self._edit(chat_id, message_id, screen)
        if done is _Edit.DONE:
            return message_id
        sent = await self.send(chat_id, screen)
        if done is _Edit.ANOTHER_KIND:
            await self.delete(chat_id, message_id)
        return sent


def _unreadable(error: TelegramBadRequest) -> bool:
    told = error.message.lower()
    return any(word in told for word in _UNREADABLE)


def _plain(text: Html) -> str:
    """The text without its markup. Lines stay, which `striptags` would join."""
    return Html(_TAG.sub("", text)).unescape()  # noqa: S704 - on its way out of markup


def _outcome(error: TelegramBadRequest) -> _Edit:
    told = error.message.lower()
    if _SAME in told:
        return _Edit.DONE
    if _OF_ANOTHER_KIND.search(told):
        return _Edit.ANOTHER_KIND
    if any(gone in told for gone in _GONE):
        return _Edit.GONE
    raise error
