"""Closing all that is in progress: the question, and what became of each."""

from collections.abc import Sequence

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.orders import REFUNDED, Order, OrderState
from bot.facts.orders import ClosedAll, ToClose
from bot.i18n import Html, Translator
from bot.screens import origin
from bot.screens.asking import confirm_or_cancel
from bot.screens.callbacks import ToMine, ToOrder
from bot.screens.callbacks_of_orders import CloseAll
from bot.screens.navigation import menu
from bot.screens.orders.lists import in_a_row
from bot.screens.screen import Screen, button, lines, rows

_SHOWN = 8


def ask(facts: ToClose, t: Translator) -> Screen:
    if not facts.orders:
        return Screen(_nothing(t), rows(_ways(t)))
    amount = t.price(facts.held, facts.orders[0].currency)
    return Screen(
        lines(
            t.n("<b>Close all</b>: {n} number", "<b>Close all</b>: {n} numbers", len(facts.orders)),
            t("You pay nothing for them, and {amount} is free again.", amount=amount),
            t("What can't be closed yet is closed as soon as it may be. A code that comes before is still yours."),
        ),
        confirm_or_cancel(t, CloseAll(order=facts.orders[0].id), ToMine(), ButtonStyle.DANGER),
    )


def closed(facts: ClosedAll, t: Translator) -> Screen:
    """What is not closed has a button each, under which its card says why."""
    if not facts.orders:
        return Screen(_nothing(t), rows(_ways(t)))
    left = [order for order in facts.orders if order.state not in REFUNDED]
    via = origin.mine(0)
    return Screen(
        lines(t("<b>Close all</b>"), *_counts(facts, t)),
        rows(
            *([button(in_a_row(o, o.id in facts.with_code, t), ToOrder(order=o.id, via=via))] for o in left[:_SHOWN]),
            _ways(t),
        ),
    )


def _counts(facts: ClosedAll, t: Translator) -> list[Html | None]:
    ended = [order for order in facts.orders if order.state in REFUNDED]
    came = _in(facts.orders, OrderState.COMPLETED)
    waiting = [order for order in facts.orders if order.in_progress and order.state is not OrderState.PLACING]
    getting = _in(facts.orders, OrderState.PLACING)
    other = len(facts.orders) - len(ended) - came - len(waiting) - getting
    return [
        _closed(ended, t),
        t.n("📩 {n} got its SMS first: it is yours.", "📩 {n} got their SMS first: they are yours.", came)
        if came
        else None,
        *_waiting(waiting, t),
        t.n(
            "⏳ {n} is still getting its number. It is closed as soon as that is allowed.",
            "⏳ {n} are still getting their numbers. They are closed as soon as that is allowed.",
            getting,
        )
        if getting
        else None,
        t.n("{n} has ended by itself.", "{n} have ended by themselves.", other) if other else None,
    ]


def _in(found: Sequence[Order], state: OrderState) -> int:
    return sum(order.state is state for order in found)


def _closed(ended: Sequence[Order], t: Translator) -> Html | None:
    if not ended:
        return None
    amount = t.price(sum(order.held for order in ended), ended[0].currency)
    return t.n(
        "↩️ {n} is closed. You paid nothing, and {amount} is free again.",
        "↩️ {n} are closed. You paid nothing, and {amount} is free again.",
        len(ended),
        amount=amount,
    )


def _waiting(waiting: Sequence[Order], t: Translator) -> list[Html | None]:
    """They close by themselves; when the first of them may is known where each of them names a time."""
    if not waiting:
        return []
    said = t.n(
        "🕓 {n} will be closed as soon as that is allowed. A code that comes before is still yours.",
        "🕓 {n} will be closed as soon as that is allowed. A code that comes before is still yours.",
        len(waiting),
    )
    times = [order.close_at for order in waiting if order.close_at is not None]
    if len(times) < len(waiting):
        return [said]
    return [said, t("The last one closes {time}.", time=t.time(max(times), "relative"))]


def _nothing(t: Translator) -> Html:
    return lines(t("<b>Close all</b>"), t("Nothing is left to close. Ended orders are under History."))


def _ways(t: Translator) -> tuple[InlineKeyboardButton, ...]:
    return button("📋 " + t.plain("My numbers"), ToMine()), menu(t)
