"""Buttons that stand on many screens: Back, Menu, the two arrows."""

from collections.abc import Callable

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.facts.pages import Page
from bot.i18n import Translator
from bot.screens.callbacks import ToHome
from bot.screens.screen import button


def back(t: Translator, leads_to: CallbackData) -> InlineKeyboardButton:
    return button("↩️ " + t.plain("Back"), leads_to)


def menu(t: Translator) -> InlineKeyboardButton:
    # NOTE: leads to the first screen of the bot
    return button("🏠 " + t.plain("Menu"), ToHome())


def arrows(page: Page, leads_to: Callable[[int], CallbackData]) -> tuple[InlineKeyboardButton, ...]:
    """◀️ 2/5 ▶️: always in the same places, round at the ends. Absent where there is one page.

    The middle leads to the page that is shown.
    """
    if page.pages < 2:
        return ()
    before, after = (page.number - 1) % page.pages, (page.number + 1) % page.pages
    return (
        button("◀️", leads_to(before)),
        button(f"{page.number + 1}/{page.pages}", leads_to(page.number)),
        button("▶️", leads_to(after)),
    )
