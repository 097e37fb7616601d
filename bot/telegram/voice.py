"""The way out: screens as messages, with Telegram's normal refusals taken as what they are.

"Not modified" is fine; a message that is gone or can't be edited is sent anew; text that Telegram can't parse goes out
as plain text, because a code without its markup is still a code.
"""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import DeleteMessage, EditMessageText, SendMessage
from aiogram.types import ReplyParameters
from markupsafe import Markup

from bot.screens.screen import Screen
from bot.telegram import answers

_log = structlog.get_logger(__name__)

_SAME = "message is not modified"
_GONE = (
    "message to edit not found",
    "message can't be edited",
    "there is no text in the message",
    "message_id_invalid",
)
_NOT_THERE = "message to delete not found"
_TAG = re.compile(r"<[^<>]*>")
_UNREADABLE = ("can't parse entities", "entity_")


class _Edit(EditMessageText):
    """Telegram echoes the whole message; nobody here reads it, and to parse it costs as much as to send the edit."""

    __returning__: ClassVar[Any] = Any


class _Send(SendMessage):
    """Of the echo only the id is read: whatever else may be odd in it, the message was sent."""

    __returning__: ClassVar[Any] = Any


class _Delete(DeleteMessage):
    """Whatever Telegram says of it, the message is gone."""

    __returning__: ClassVar[Any] = Any


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks for one bot. Raises aiogram's errors for what is not normal (blocked, flooded, unreachable)."""

    bot: Bot

    async def send(self, chat_id: int, screen: Screen, *, reply_to: int | None = None) -> int | None:
        """A new message; its id, or None when it was sent and Telegram's answer names none."""
        reply = ReplyParameters(message_id=reply_to, allow_sending_without_reply=True) if reply_to else None

        async def attempt(text: str, parse_mode: str | None) -> int | None:
            keyboard = screen.keyboard
            order = _Send(
                chat_id=chat_id, text=text, parse_mode=parse_mode, reply_markup=keyboard, reply_parameters=reply
            )
            return answers.message_id(await self.bot(order))

        try:
            return await attempt(screen.text, "HTML")
        except TelegramBadRequest as error:
            if not _unreadable(error):
                raise
            _log.error("Telegram could not parse a screen; sent as plain text")
            return await attempt(_plain(screen.text), None)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> bool:
        """Draws over a message of ours; False when it is gone or can't be edited any more."""

        async def attempt(text: str, parse_mode: str | None) -> None:
            keyboard = screen.keyboard
            await self.bot(
                _Edit(text=text, chat_id=chat_id, message_id=message_id, parse_mode=parse_mode, reply_markup=keyboard)
            )

        try:
            await attempt(screen.text, "HTML")
        except TelegramBadRequest as error:
            if _unreadable(error):
                _log.error("Telegram could not parse a screen; edited in as plain text")
                await attempt(_plain(screen.text), None)
                return True
            return _edit_outcome(error)
        return True

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Takes a message of ours away; False when Telegram does not let us, as after two days."""
        try:
            await self.bot(_Delete(chat_id=chat_id, message_id=message_id))
        except TelegramBadRequest as error:
            return _NOT_THERE in error.message.lower()
        return True

    async def edit_or_send(self, chat_id: int, message_id: int, screen: Screen) -> int | None:
        """The id of the message that now shows the screen; None as in `send`."""
        if await self.edit(chat_id, message_id, screen):
            return message_id
        return await self.send(chat_id, screen)


def _unreadable(error: TelegramBadRequest) -> bool:
    told = error.message.lower()
    return any(word in told for word in _UNREADABLE)


def _plain(text: Markup) -> str:
    """The text without its markup. Lines stay, which `striptags` would join."""
    return Markup(_TAG.sub("", text)).unescape()  # noqa: S704 - on its way out of markup


def _edit_outcome(error: TelegramBadRequest) -> bool:
    told = error.message.lower()
    if _SAME in told:
        return True
    if any(gone in told for gone in _GONE):
        return False
    raise error
