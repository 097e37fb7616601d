"""Deleting one's data: what goes, what stays, and that it is done."""

from aiogram.enums import ButtonStyle

from bot.domain.access import Role
from bot.facts.people import ForgettingFacts
from bot.i18n import Html, Translator, clean
from bot.screens.asking import confirm_or_cancel
from bot.screens.callbacks import ForgetMe, ToMine, ToSettings
from bot.screens.flags import bare
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def forgetting(facts: ForgettingFacts, t: Translator) -> Screen:
    """Asks back; while an order is in progress it says which, and what to do first."""
    if facts.in_progress:
        return Screen(
            lines(
                t("🗑 <b>Delete my data</b>"),
                t("These orders are in progress, and their codes would be lost. Close them or wait, then come back:"),
                *(_named(facts, t)),
            ),
            rows(
                [button("📋 " + t.plain("My numbers"), ToMine())],
                [back(t, ToSettings()), menu(t)],
            ),
        )
    return Screen(
        lines(
            t("🗑 <b>Delete my data</b>"),
            "",
            t("<b>Deleted:</b> your name, settings, favorites, labels and watches, every order's number and SMS."),
            t("<b>Kept:</b> your orders with what they cost, and what was paid: the books need it."),
            *_afterwards(facts, t),
            t("Messages in this chat stay. You can delete them yourself, in Telegram."),
        ),
        confirm_or_cancel(t, ForgetMe(), ToSettings(), ButtonStyle.DANGER),
    )


def _named(facts: ForgettingFacts, t: Translator) -> list[Html]:
    return [
        t(
            "{service} {flag} · #{id}",
            service=clean(order.service_name, 40),
            flag=bare(order),
            id=str(order.id),
        )
        for order in facts.in_progress
    ]


def _afterwards(facts: ForgettingFacts, t: Translator) -> list[Html | None]:
    """What they keep, and what they lose with it."""
    purse, role = facts.purse, facts.person.role
    left = t.balance(purse.left, purse.currency) if purse.daily_limit is None and purse.left > 0 else None
    return [
        t("Your balance of {left} stays yours: it belongs to your Telegram account.", left=left) if left else None,
        t("You will not be an admin any more.") if role is Role.ADMIN else None,
        t("You stay an owner, because the bot's settings name you.") if role is Role.OWNER else None,
        t("⚠️ After that this bot doesn't know you: you have to be let in again.") if facts.let_in_again else None,
    ]


def forgotten(facts: ForgettingFacts, t: Translator) -> Screen:
    """It is done. Who has to be let in again gets no button that would only turn them away."""
    if facts.let_in_again:
        return Screen(t("✅ Your data is deleted. To use this bot again, send /start: it says how you are let in."))
    return Screen(t("✅ Your data is deleted. What you do here from now on is new."), rows([menu(t)]))
