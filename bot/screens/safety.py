"""What admins see of buying as a whole: pausing it, and purchases whose answer was lost."""

from collections.abc import Sequence

from aiogram.enums import ButtonStyle
from markupsafe import Markup

from bot.domain.orders import Order, OrderState
from bot.domain.pausing import PauseCause
from bot.i18n import Translator, flag
from bot.screens.asking import confirm_or_cancel
from bot.screens.callbacks import AskJudge, BookDifference, Judge, Steer, ToAdmin, ToBalance, ToUnconfirmed
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def buying(why: PauseCause | None, t: Translator) -> Screen:
    """Whether people may buy, and why not; the act stands on the button and is asked back by this very screen."""
    causes = {
        PauseCause.ADMIN: t("⏸ Buying is paused by an admin."),
        PauseCause.UNKNOWNS: t("⏸ Buying is paused: too many purchases lost their answer. See /unconfirmed."),
        PauseCause.BOOKS: t("⏸ Buying is paused: the books do not add up. Run <code>hidsim-bot books</code>."),
    }
    if why is None:
        text = t("▶️ People can buy. Pause buying? Orders in progress go on, and their codes still come.")
        return Screen(text, confirm_or_cancel(t, Steer(paused=True), ToAdmin(), ButtonStyle.DANGER))
    text = lines(causes.get(why, t("⏸ Buying is paused.")), t("Let people buy again?"))
    return Screen(text, confirm_or_cancel(t, Steer(paused=False), ToAdmin(), ButtonStyle.SUCCESS))


def steered(paused: bool, t: Translator) -> Screen:
    text = t("⏸ Buying is paused now. /resume lets people buy again.") if paused else t("▶️ People can buy again.")
    return Screen(text, rows([back(t, ToAdmin()), menu(t)]))


def unconfirmed(found: Sequence[Order], t: Translator) -> Screen:
    if not found:
        return Screen(t("✅ No purchase is unconfirmed."), rows([back(t, ToAdmin()), menu(t)]))
    judge = [
        row
        for o in found
        for row in (
            [button(t.plain("#{id} · It was bought", id=o.id), AskJudge(order=o.id, bought=True))],
            [button(t.plain("#{id} · It was not", id=o.id), AskJudge(order=o.id, bought=False))],
        )
    ]
    return Screen(
        lines(
            t("⚠️ <b>Purchases whose answer was lost</b>"),
            t("They are never sent again, and the person gets the money back. Compare with HidSim's own list."),
            *(_unconfirmed(o, t) for o in found),
        ),
        rows(*judge, [back(t, ToAdmin()), menu(t)]),
    )


def _unconfirmed(order: Order, t: Translator) -> Markup:
    what = t(
        "#{id} · {service} · {flag} {country} · up to {price} · person <code>{person}</code> · {when}",
        id=str(order.id),
        service=order.service_name,
        flag=flag(order.country_code),
        country=t.country(order.country_code, order.country_name, order.country_label),
        price=t.money(order.window.high, order.currency),
        person=str(order.person_id),
        when=t.time(order.placed_at, "datetime"),
    )
    released = (
        t("The person's money is back.")
        if order.state is OrderState.RELEASED
        else t("The person's money is still set aside.")
    )
    return lines("", what, released, _evidence(order, t))


def _evidence(order: Order, t: Translator) -> Markup:
    found = order.evidence
    if found is None or found.balance_before is None or found.balance_after is None:
        return t("HidSim's balance was not read around it.")
    return t(
        "HidSim's balance: {before} before, {after} after.",
        before=t.money(found.balance_before, order.currency),
        after=t.money(found.balance_after, order.currency),
    )


def judge(order_id: int, bought: bool, highest: int, currency: str, t: Translator) -> Screen:
    """Asks back. `highest`: the most that the order can have cost at HidSim, in micro-units."""
    ask = (
        t(
            "Was order #{id} bought? Up to {cost} will be booked as a cost. The person's money is already back or on "
            "its way.",
            id=str(order_id),
            cost=t.money(highest, currency),
        )
        if bought
        else t(
            "Was order #{id} not bought? Nothing will be booked. The person's money is already back or on its way.",
            id=str(order_id),
        )
    )
    return Screen(ask, confirm_or_cancel(t, Judge(order=order_id, bought=bought), ToUnconfirmed()))


def difference(amount: int | None, currency: str, t: Translator) -> Screen:
    """Books that HidSim's balance is apart from; None: asked back first."""
    if amount is None:
        return Screen(
            t("Do you know where the difference comes from (a top-up, a fee)? Then the books take HidSim's balance."),
            confirm_or_cancel(t, BookDifference(confirmed=True), ToBalance()),
        )
    return Screen(
        t("📒 Booked: {amount}. The books and HidSim agree.", amount=t.money(amount, currency)),
        rows([back(t, ToAdmin()), menu(t)]),
    )
