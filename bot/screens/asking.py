"""Keyboards of admins' messages: an act that asks back, and where one goes on from a message of its own."""

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.screens.callbacks_of_admins import ToAdmin, ToPeople
from bot.screens.navigation import menu
from bot.screens.screen import button, rows

Rows = tuple[tuple[InlineKeyboardButton, ...], ...]


def confirm_or_cancel(
    t: Translator, yes: CallbackData, no: CallbackData, style: ButtonStyle = ButtonStyle.PRIMARY
) -> Rows:
    """`no` leads to where one came from."""
    return rows(
        [button("✅ " + t.plain("Confirm"), yes, style), button("↩️ " + t.plain("Cancel"), no)],
        [menu(t)],
    )


def admin_row(t: Translator) -> Rows:
    people = button("👥 " + t.plain("People"), ToPeople())
    return rows([people, button("🛠 " + t.plain("Admin"), ToAdmin()), menu(t)])
