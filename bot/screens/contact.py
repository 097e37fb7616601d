"""Whom people ask, where somebody has to be asked; nothing where the operator named nobody."""

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.i18n import Translator


def ask_line(t: Translator) -> Markup | None:
    return t("Questions? Ask {contact}.", contact=t.shop.contact) if t.shop.contact else None


def contact_button(t: Translator) -> InlineKeyboardButton | None:
    url = t.shop.contact_url
    return None if url is None else InlineKeyboardButton(text="💬 " + t.plain("Contact"), url=url)
