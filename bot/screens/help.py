"""Help: how it works in a few lines, and short answers to what people ask."""

from collections.abc import Callable

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.i18n import Html, Translator
from bot.screens.callbacks import ToHelp, ToHome, ToMine, ToServices, ToSettings
from bot.screens.callbacks_of_settings import Question, ToAnswer
from bot.screens.contact import ask_line, contact_button
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def help_screen(t: Translator) -> Screen:
    return Screen(
        lines(
            t("<b>How {shop} works</b>", shop=t.shop.name) if t.shop.name else t("<b>How it works</b>"),
            "",
            t("1. <b>Buy a number</b>: choose a service, a country and the most you want to pay."),
            t("2. The number comes as a new message. Type it where you sign up."),
            t("3. The code comes here as soon as the SMS arrives. You pay only then."),
            "",
            t("You can type at any time: a service, a country and a maximum price, in any script."),
            t("Commands: /menu, /settings, /language, /help"),
            "" if t.shop.contact else None,
            ask_line(t),
        ),
        rows(
            *([button(label, ToAnswer(question=one))] for one, label in _questions(t).items()),
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY), contact_button(t)],
            [back(t, ToHome()), menu(t)],
        ),
    )


def _questions(t: Translator) -> dict[Question, str]:
    """In the order in which they come up. Each has a row of its own."""
    return {
        Question.NO_CODE: t.plain("The code doesn't come"),
        Question.CLOSE: t.plain("Why can't I close yet?"),
        Question.MONEY: t.plain("When is my money back?"),
        Question.PRICE: t.plain("Why another price?"),
        Question.WORKING: t.plain("Which numbers work?"),
        Question.DOWN: t.plain("What if the bot is down?"),
        Question.DATA: t.plain("What is kept of me?"),
    }


def answer(question: Question, retention_days: int, t: Translator) -> Screen:
    said = _about_data(retention_days, t) if question is Question.DATA else _ANSWERS[question](t)
    return Screen(
        lines(t("<b>{question}</b>", question=_questions(t)[question]), "", *said),
        rows([_next_step(question, t)], [contact_button(t)], [back(t, ToHelp()), menu(t)]),
    )


def _no_code(t: Translator) -> list[Html]:
    return [
        t("• Check that the number stands there in full, with its country code."),
        t("• Many services send the code to their app or to WhatsApp first. Choose “Send as SMS” there."),
        t("• Ask the service to send it again. I keep looking the whole time."),
        t("• Still nothing? Close the number: you pay nothing. Then try another country."),
    ]


def _close(t: Translator) -> list[Html]:
    return [
        t("Some numbers can't be given back in their first minutes, because a code may be on its way."),
        t("Tap <b>Close when allowed</b> under the number: I close it as soon as it can be closed, and tell you."),
        t("If the code comes before that, you get it."),
    ]


def _money(t: Translator) -> list[Html]:
    return [
        t("Buying sets your maximum aside. What is above the number's own price is free again with the number."),
        t(
            "You pay when the code arrives. No code, no charge: all of it is free again when you close the number,"
            " or when its time is over."
        ),
        t("No number came? Then it is free again at once. If the connection broke just then, it takes some minutes."),
    ]


def _price(t: Translator) -> list[Html]:
    return [
        t(
            "The list shows the lowest price in a country. You set the most you want to pay, and get a number that is"
            " free in that range."
        ),
        t("You pay the number's own price, never more than your maximum."),
        t("Prices move. If nothing is left in your range, nothing is bought, and you see what it costs now."),
    ]


def _working(t: Translator) -> list[Html]:
    return [
        t("No number works with every service. What helps most is another country."),
        t("Where enough orders were made here, the list of countries says how many of them got a code, and how fast."),
    ]


def _down(t: Translator) -> list[Html]:
    return [
        t("Your orders and your balance are written down before anything is done."),
        t("After a break I go on where I stopped: codes that came meanwhile arrive here, and nothing is bought twice."),
        t("Did a tap bring nothing? Tap again, or send /menu."),
    ]


def _about_data(days: int, t: Translator) -> list[Html]:
    return [
        t.n(
            "The number and the SMS of an order are deleted {n} day after it has ended.",
            "The number and the SMS of an order are deleted {n} days after it has ended.",
            days,
        ),
        t("Your name, language, favorites and settings are kept until you delete them under Settings."),
        t("What was paid stays: the books need it."),
    ]


_ANSWERS: dict[Question, Callable[[Translator], list[Html]]] = {
    Question.NO_CODE: _no_code,
    Question.CLOSE: _close,
    Question.MONEY: _money,
    Question.PRICE: _price,
    Question.WORKING: _working,
    Question.DOWN: _down,
}


def _next_step(question: Question, t: Translator) -> InlineKeyboardButton:
    match question:
        case Question.PRICE | Question.WORKING:
            return button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)
        case Question.DATA:
            return button("⚙️ " + t.plain("Settings"), ToSettings())
        case _:
            return button("📋 " + t.plain("My numbers"), ToMine())
