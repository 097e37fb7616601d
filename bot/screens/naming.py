"""How a person is called on admins' screens."""

from aiogram.types import InlineKeyboardButton

from bot.i18n import Html, Translator, clean, unlinked
from bot.screens.callbacks_of_admins import ToPerson
from bot.screens.screen import button


def who(person_id: int, name: str, t: Translator) -> Html:
    """Their id, which can be copied, and their name if they have one, of which Telegram makes no link."""
    shown = plainly(name)
    if not shown:
        return t("<code>{id}</code>", id=str(person_id))
    return t("<code>{id}</code> {name}", id=str(person_id), name=shown)


def plainly(name: str) -> str:
    """A name that somebody gave themselves, on a line; Telegram finds nothing in it to tap."""
    return unlinked(clean(name, 40).replace("\n", " ").strip())


def to_page(person_id: int, t: Translator) -> InlineKeyboardButton:
    return button("👤 " + t.plain("Their page"), ToPerson(person=person_id))
