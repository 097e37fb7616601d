"""Whom people may ask. Without a contact nobody is named, and no sentence sends anybody to one."""

from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.i18n import Translator


def ask_line(t: Translator) -> Markup | None:
    return t("Questions? Ask {contact}.", contact=t.shop.contact) if t.shop.contact else None


def contact_button(t: Translator) -> InlineKeyboardButton | None:
    url = t.shop.contact_url
    # NOTE: opens a chat with, or the web page of, whoever runs this shop
    return InlineKeyboardButton(text="💬 " + t.plain("Contact"), url=url) if url else None
