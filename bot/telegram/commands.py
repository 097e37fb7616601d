"""The command menus: everybody's, in every language there is, and the admins' own in their chats."""

from collections.abc import Iterable

import structlog
from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat

from bot.i18n import Catalogs, Translator

_log = structlog.get_logger(__name__)

SOURCE = "en"


def everybody(t: Translator) -> list[BotCommand]:
    return [
        BotCommand(command="menu", description=t.plain("Menu: buy a number, see your orders")),
        BotCommand(command="help", description=t.plain("How this works")),
    ]


def admins(t: Translator) -> list[BotCommand]:
    return [
        *everybody(t),
        BotCommand(command="balance", description=t.plain("HidSim balance and spend")),
        BotCommand(command="users", description=t.plain("People")),
        BotCommand(command="allow", description=t.plain("Let somebody in: /allow ID")),
        BotCommand(command="block", description=t.plain("Keep somebody out: /block ID")),
        BotCommand(command="pause", description=t.plain("Pause buying")),
        BotCommand(command="resume", description=t.plain("Let people buy again")),
        BotCommand(command="unconfirmed", description=t.plain("Purchases whose answer was lost")),
        BotCommand(command="credit", description=t.plain("Add to a wallet: /credit ID AMOUNT")),
        BotCommand(command="debit", description=t.plain("Take from a wallet: /debit ID AMOUNT")),
        BotCommand(command="invite", description=t.plain("A link that lets one person in")),
    ]


async def publish(bot: Bot, catalogs: Catalogs, admin_ids: Iterable[int]) -> None:
    """Sets the menus. They are a comfort: a failure is logged and nothing else."""
    try:
        for language in catalogs.languages:
            t = catalogs.translator(language)
            code = None if language == SOURCE else language.split("_")[0]
            scope = BotCommandScopeAllPrivateChats()
            await bot.set_my_commands(everybody(t), scope=scope, language_code=code)
        for admin in admin_ids:
            await _publish_for(bot, admin, catalogs.translator(SOURCE))
    except TelegramAPIError as error:
        _log.warning("the command menus could not be set", error=type(error).__name__)


async def _publish_for(bot: Bot, admin: int, t: Translator) -> None:
    try:
        await bot.set_my_commands(admins(t), scope=BotCommandScopeChat(chat_id=admin))
    except TelegramBadRequest:
        _log.info("an admin has not started the bot yet; their menu is set at the next start", admin=admin)
