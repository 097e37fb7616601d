"""Buttons that stand on many screens: Back, Menu, the two arrows."""

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Page
from bot.i18n import Translator
from bot.screens.callbacks import ToHome
from bot.screens.screen import button


def back(t: Translator, leads_to: CallbackData) -> InlineKeyboardButton:
    return button("↩️ " + t.plain("Back"), leads_to)


def menu(t: Translator) -> InlineKeyboardButton:
    # NOTE: leads to the first screen of the bot
    return button("🏠 " + t.plain("Menu"), ToHome())


def arrows(page: Page, leads_to: Callable[[int], CallbackData]) -> tuple[InlineKeyboardButton, ...]:
    """◀️ and ▶️ where there is a page to go to."""
    found = []
    if page.number > 0:
        found.append(button("◀️", leads_to(page.number - 1)))
    if page.number + 1 < page.pages:
        found.append(button("▶️", leads_to(page.number + 1)))
    return tuple(found)
