"""Whom people ask. A shop that names nobody sends nobody anywhere."""

from aiogram.types import InlineKeyboardButton

from bot.i18n import Html, Translator
from bot.screens.callbacks import AskCredit
from bot.screens.screen import button


def ask_line(t: Translator) -> Html | None:
    """A sentence that names the contact, which Telegram makes a link by itself; None without one."""
    # NOTE: {contact} is a @username or a web address
    return t("Questions? Ask {contact}.", contact=t.shop.contact) if t.shop.contact else None


def contact_button(t: Translator) -> InlineKeyboardButton | None:
    """Leads to the contact; None without one."""
    url = t.shop.contact_url
    # NOTE: opens a chat with, or the page of, those who run the shop
    return InlineKeyboardButton(text="💬 " + t.plain("Contact"), url=url) if url else None


def ask_for_credit(t: Translator, leads_to: AskCredit | None = None) -> InlineKeyboardButton:
    """`leads_to`: with the purchase that lacks it."""
    return button("🙏 " + t.plain("Ask for credit"), leads_to or AskCredit())
