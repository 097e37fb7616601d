"""The bot's profile: its name, its description and its short description, in each language of ours."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError

from bot.faults import DatabaseFault
from bot.i18n import Languages, Translator, clean
from bot.services.telling.told_to_telegram import ToldToTelegram

_log = structlog.get_logger(__name__)

_DESCRIPTION, _SHORT_DESCRIPTION = 512, 120
"""Telegram's limits, in characters."""


def description(t: Translator) -> str:
    """What a chat says that nobody has opened yet."""
    return _fitting(
        _DESCRIPTION,
        t.plain("{shop}: phone numbers for sign-ups.", shop=t.shop.name) if t.shop.name else None,
        t.plain("Get a phone number for a service, and its code arrives in this chat. No code, no charge."),
        t.plain("Tap Start to begin."),
        _questions(t),
    )


def short_description(t: Translator) -> str:
    """What stands on the bot's profile, and under a link to it."""
    return _fitting(
        _SHORT_DESCRIPTION,
        t.plain("Phone numbers for sign-ups: the code arrives in the chat. No code, no charge."),
        _questions(t),
    )


def _questions(t: Translator) -> str | None:
    return t.plain("Questions? Ask {contact}.", contact=t.shop.contact) if t.shop.contact else None


def _fitting(limit: int, *sentences: str | None) -> str:
    """As many of the sentences, each on a line, as there is room for."""
    text = ""
    for sentence in sentences:
        longer = f"{text}\n{sentence}".strip() if sentence else text
        text = longer if len(longer) <= limit else text
    return clean(text, limit)


@dataclass(frozen=True, slots=True)
class _Text:
    """One text of the profile. `key`: under which it is noted."""

    key: str
    wanted: str
    read: Callable[[], Awaitable[str]]
    write: Callable[[], Awaitable[object]]


class Profile:
    """Tells each text once, and again only when ours changes: Telegram lets nobody change these often.

    What somebody else wrote there, in BotFather, stays in a shop that its operator gave no name.
    """

    def __init__(self, bot: Bot, languages: Languages, told: ToldToTelegram) -> None:
        """`languages`: speak for the shop as its operator calls it, which may be by no name."""
        self._bot = bot
        self._languages = languages
        self._told = told
        self._name = languages.translator(None).shop.name

    async def publish(self) -> None:
        """At start, beside all else. A failure is logged, and what it left out is told at the next start."""
        try:
            for text in self._texts():
                await self._tell(text)
        except (TelegramAPIError, DatabaseFault) as error:
            _log.warning("the bot's profile could not be set", error=type(error).__name__)

    async def _tell(self, text: _Text) -> None:
        if not await self._told.is_news(text.key, text.wanted):
            return
        there = await text.read()
        if there != text.wanted and (self._name or not there or await self._told.is_ours(there)):
            await text.write()
        await self._told.note(text.key, text.wanted)

    def _texts(self) -> Iterator[_Text]:
        """A name is the same in every language. It comes last: of its changes Telegram is most sparing, for hours."""
        bot = self._bot
        for t, code in self._languages.of_telegram():
            yield from self._descriptions(t, code)
        if self._name:
            yield _Text(f"{bot.id} name", self._name, self._read_name, lambda: bot.set_my_name(self._name))

    async def _read_name(self) -> str:
        return (await self._bot.get_my_name()).name

    def _descriptions(self, t: Translator, code: str | None) -> Iterator[_Text]:
        bot, long, short = self._bot, description(t), short_description(t)

        async def read_long() -> str:
            return (await bot.get_my_description(language_code=code)).description

        async def read_short() -> str:
            return (await bot.get_my_short_description(language_code=code)).short_description

        yield _Text(
            f"{bot.id} description {code or ''}",
            long,
            read_long,
            lambda: bot.set_my_description(long, language_code=code),
        )
        yield _Text(
            f"{bot.id} short {code or ''}",
            short,
            read_short,
            lambda: bot.set_my_short_description(short, language_code=code),
        )
