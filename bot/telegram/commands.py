"""The command menus beside the chat: everybody's in each language, the admins' own, and theirs who chose a language."""

from contextlib import suppress

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.domain.access import Right
from bot.domain.people import Person
from bot.faults import DatabaseFault
from bot.i18n import Languages, Translator
from bot.services.people.people import People
from bot.services.telling.told_to_telegram import ToldToTelegram
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)


def everybody(t: Translator) -> list[BotCommand]:
    return [
        BotCommand(command="menu", description=t.plain("Menu: buy a number, see your orders")),
        BotCommand(command="settings", description=t.plain("Sounds, hidden codes, your data")),
        BotCommand(command="language", description=t.plain("Language")),
        BotCommand(command="help", description=t.plain("How this works")),
    ]


def admins(t: Translator, person: Person) -> list[BotCommand]:
    """With those that this admin has a right to."""
    own = [BotCommand(command=name, description=about) for name, right, about in _of_admins(t) if person.may(right)]
    return [*everybody(t), *own]


def _of_admins(t: Translator) -> list[tuple[str, Right, str]]:
    """(command, the right that stands before it, what it does)"""
    return [
        ("balance", Right.SEE_BALANCE, t.plain("HidSim balance and spend")),
        ("stats", Right.SEE_FIGURES, t.plain("Orders, spend and time to a code: /stats DAYS")),
        ("status", Right.SEE_FIGURES, t.plain("How the bot is doing")),
        ("digest", Right.SET_DIGEST, t.plain("When the daily digest comes")),
        ("users", Right.SEE_PEOPLE, t.plain("People")),
        ("limits", Right.LIMIT, t.plain("Limits for everybody, and who has their own")),
        ("allow", Right.LET_IN, t.plain("Let somebody in: /allow ID")),
        ("block", Right.LET_IN, t.plain("Keep somebody out: /block ID")),
        ("pause", Right.PAUSE, t.plain("Pause buying")),
        ("resume", Right.PAUSE, t.plain("Let people buy again")),
        ("unconfirmed", Right.JUDGE, t.plain("Purchases whose answer was lost")),
        ("orders", Right.SEE_ORDERS, t.plain("All orders, or the story of one: /orders ID")),
        ("export", Right.EXPORT, t.plain("Orders as a file: CSV or Excel")),
        ("audit", Right.SEE_AUDIT, t.plain("What admins did")),
        ("credit", Right.GIVE_CREDIT, t.plain("Add to a wallet: /credit ID AMOUNT")),
        ("debit", Right.GIVE_CREDIT, t.plain("Take from a wallet: /debit ID AMOUNT")),
        ("invite", Right.INVITE, t.plain("A link that lets one person in")),
        ("role", Right.APPOINT, t.plain("Make somebody an admin: /role ID admin")),
    ]


def _has_their_own(person: Person) -> bool:
    """Everybody's menu is in the language of Telegram."""
    return person.is_admin or person.chosen_language is not None


class CommandMenus:
    """All of it is a comfort: a failure is logged and nothing else."""

    def __init__(self, bot: Bot, languages: Languages, people: People, told: ToldToTelegram, nursery: Nursery) -> None:
        self._bot = bot
        self._languages = languages
        self._people = people
        self._told = told
        self._nursery = nursery
        self._have_theirs: set[int] = set()

    async def publish(self) -> None:
        """At start: everybody's menu where it has changed, and those of the admins whom Telegram knows."""
        try:
            for t, code in self._languages.of_telegram():
                await self._publish_in(t, code)
            await self._publish_for_all()
        except (TelegramAPIError, DatabaseFault) as error:
            _log.warning("the command menus could not be set", error=type(error).__name__)

    async def _publish_in(self, t: Translator, code: str | None) -> None:
        menu = everybody(t)
        sign = " ".join(f"{one.command} {one.description}" for one in menu)
        key = f"{self._bot.id} commands {code or ''}"
        if not await self._told.is_news(key, sign):
            return
        scope = BotCommandScopeAllPrivateChats()
        await self._bot.set_my_commands(menu, scope=scope, language_code=code)
        await self._told.note(key, sign)

    async def _publish_for_all(self) -> None:
        """Theirs for all admins; taken from those who were admins, in case that failed when their role turned."""
        try:
            staff, once = await self._people.staff(), await self._people.once_staff()
        except DatabaseFault as error:
            _log.warning("the admins' menus could not be set", error=type(error).__name__)
            return
        for admin in staff:
            await self._publish_for(admin)
        kept = [person_id for person_id in once if not await self._take_from(person_id)]
        with suppress(DatabaseFault):
            await self._people.remember_owners(besides=kept)

    def turned(self, person: Person) -> None:
        """Somebody became an admin, or is one no longer, or chose a language."""
        if _has_their_own(person):
            self._nursery.start(self._publish_for(person), "a person's own command menu")
        else:
            self._nursery.start(self._take_from(person.id), "taking a person's own command menu")

    def forgotten(self, person_id: int) -> None:
        """Somebody deleted their data, their language with it. An admin's menu comes back when they write."""
        self._nursery.start(self._take_from(person_id), "taking a person's own command menu")

    def meets(self, person: Person) -> None:
        """Theirs is set once while the bot runs: an admin who writes is known to Telegram now, and what who chose a
        language has is of the release in which they did so.
        """
        if _has_their_own(person) and person.id not in self._have_theirs:
            self._have_theirs.add(person.id)
            self._nursery.start(self._publish_for(person), "a person's own command menu")

    async def _publish_for(self, person: Person) -> None:
        t = self._languages.translator(person.language)
        menu = admins(t, person) if person.is_admin else everybody(t)
        try:
            await self._bot.set_my_commands(menu, scope=BotCommandScopeChat(chat_id=person.id))
        except TelegramAPIError as error:
            _log.info("a person's own menu waits", person=person.id, error=type(error).__name__)
        else:
            self._have_theirs.add(person.id)

    async def _take_from(self, person_id: int) -> bool:
        """Whether Telegram has done it."""
        self._have_theirs.discard(person_id)
        try:
            await self._bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=person_id))
        except TelegramAPIError as error:
            _log.info("a person's own menu stays", person=person_id, error=type(error).__name__)
            return False
        return True
