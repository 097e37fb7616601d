"""Telegram's own picker of people: a button below the input line, and what comes of it."""

from aiogram.types import KeyboardButton, KeyboardButtonRequestUsers, ReplyKeyboardMarkup

from bot.facts.people import Picked
from bot.i18n import Html, Translator
from bot.screens.callbacks_of_admins import ToPeople
from bot.screens.naming import who
from bot.screens.screen import Screen, lines, typing_at

REQUEST = 1
"""Says in Telegram's answer what somebody was picked for. The same in every release: keyboards hang in chats."""


def picker(t: Translator) -> Screen:
    """One person, no bot. Whoever changes their mind types, or taps the second button."""
    wanted = KeyboardButtonRequestUsers(
        request_id=REQUEST, user_is_bot=False, max_quantity=1, request_name=True, request_username=True
    )
    keyboard = ReplyKeyboardMarkup(
        keyboard=[
            [KeyboardButton(text="👤 " + t.plain("Pick a person"), request_users=wanted)],
            [KeyboardButton(text=cancel_label(t))],
        ],
        resize_keyboard=True,
        one_time_keyboard=True,
    )
    words = lines(
        t("👤 Tap “Pick a person” below and choose somebody."),
        t("It may also be somebody who never wrote to the bot. They are not told."),
    )
    return Screen(words, place=typing_at(ToPeople()), reply_keyboard=keyboard)


def cancel_label(t: Translator) -> str:
    """What the keyboard's second button sends as a text."""
    return "↩️ " + t.plain("Cancel")


def picked(one: Picked, t: Translator) -> Html:
    """Takes the keyboard away; the page follows."""
    return t("👤 Picked: {who}", who=who(one.id, one.name, t))


def cancelled(t: Translator) -> Html:
    return t("Nobody was picked.")


def too_many(t: Translator) -> Html:
    return t("That was more than one person. Pick one.")
