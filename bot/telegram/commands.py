"""What Telegram shows beside the chat: the command menus, everybody's and the admins' own, and the descriptions."""

from contextlib import suppress

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.domain.access import Right
from bot.domain.people import Person
from bot.faults import DatabaseFault
from bot.i18n import Languages, Translator, clean
from bot.services.people.people import People
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

SOURCE = "en"
_DESCRIPTION, _SHORT_DESCRIPTION = 512, 120
"""Telegram's limits, in characters."""


def everybody(t: Translator) -> list[BotCommand]:
    return [
        BotCommand(command="menu", description=t.plain("Menu: buy a number, see your orders")),
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


class CommandMenus:
    """All of it is a comfort: a failure is logged and nothing else."""

    def __init__(self, bot: Bot, languages: Languages, people: People, nursery: Nursery) -> None:
        self._bot = bot
        self._languages = languages
        self._people = people
        self._nursery = nursery
        self._have_theirs: set[int] = set()

    async def publish(self) -> None:
        """At start: everybody's menu, and those of the admins whom Telegram knows; then the descriptions."""
        try:
            for t, code in self._translators():
                scope = BotCommandScopeAllPrivateChats()
                await self._bot.set_my_commands(everybody(t), scope=scope, language_code=code)
            await self._publish_for_all()
            for t, code in self._translators():
                await self._describe(t, code)
        except TelegramAPIError as error:
            _log.warning("the command menus could not be set", error=type(error).__name__)

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
        """Somebody became an admin, or is one no longer."""
        if person.is_admin:
            self._nursery.start(self._publish_for(person), "an admin's command menu")
        else:
            self._nursery.start(self._take_from(person.id), "taking an admin's command menu")

    def meets(self, person: Person) -> None:
        """An admin who writes is known to Telegram now; theirs is set once while the bot runs."""
        if person.is_admin and person.id not in self._have_theirs:
            self._have_theirs.add(person.id)
            self._nursery.start(self._publish_for(person), "an admin's command menu")

    async def _publish_for(self, admin: Person) -> None:
        t = self._languages.translator(admin.language)
        try:
            await self._bot.set_my_commands(admins(t, admin), scope=BotCommandScopeChat(chat_id=admin.id))
        except TelegramAPIError as error:
            _log.info("an admin's menu waits until they write", admin=admin.id, error=type(error).__name__)
        else:
            self._have_theirs.add(admin.id)

    async def _take_from(self, person_id: int) -> bool:
        """Whether Telegram has done it."""
        self._have_theirs.discard(person_id)
        try:
            await self._bot.delete_my_commands(scope=BotCommandScopeChat(chat_id=person_id))
        except TelegramAPIError as error:
            _log.info("an admin's menu stays until the next start", person=person_id, error=type(error).__name__)
            return False
        return True

    async def _describe(self, t: Translator, code: str | None) -> None:
        """Sets only what is different: Telegram lets nobody change these often."""
        long, short = description(t), short_description(t)
        if (await self._bot.get_my_description(language_code=code)).description != long:
            await self._bot.set_my_description(long, language_code=code)
        if (await self._bot.get_my_short_description(language_code=code)).short_description != short:
            await self._bot.set_my_short_description(short, language_code=code)

    def _translators(self) -> list[tuple[Translator, str | None]]:
        """Each with its code of two letters, which is all that Telegram takes; None for everybody else's."""
        found = [(name, self._languages.translator(name)) for name in self._languages.tags]
        codes = [(t, None if name == SOURCE else name.split("_")[0]) for name, t in found]
        return [(t, code) for t, code in codes if code is None or len(code) == 2]
