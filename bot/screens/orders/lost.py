"""Purchases whose answer was lost, for admins."""

from collections.abc import Mapping

from aiogram.types import InlineKeyboardButton

from bot.domain.orders import Order, OrderState
from bot.facts.orders import LostOrders
from bot.i18n import Html, Translator
from bot.screens.asking import confirm_or_cancel
from bot.screens.callbacks_of_admins import AskJudge, Judge, ToAdmin, ToPerson, ToUnconfirmed
from bot.screens.flags import bare
from bot.screens.labels import ROW, fitted
from bot.screens.naming import who
from bot.screens.navigation import back, menu
from bot.screens.orders.words import country
from bot.screens.screen import Screen, button, lines, rows


def unconfirmed(facts: LostOrders, t: Translator) -> Screen:
    found = facts.orders
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
            *(_unconfirmed(o, facts.names.get(o.person_id, ""), t) for o in found),
        ),
        rows(
            *judge,
            *([_page(one, facts.names, t)] for one in dict.fromkeys(o.person_id for o in found)),
            [back(t, ToAdmin()), menu(t)],
        ),
    )


def _page(person_id: int, names: Mapping[int, str], t: Translator) -> InlineKeyboardButton:
    name = fitted(names.get(person_id) or str(person_id), ROW - 4)
    return button(f"👤 {name}", ToPerson(person=person_id))


def _unconfirmed(order: Order, name: str, t: Translator) -> Html:
    what = t(
        "#{id} · {service} · {flag} {country} · up to {price} · person {person} · {when}",
        id=str(order.id),
        service=order.service_name,
        flag=bare(order),
        country=country(order, t),
        price=t.money(order.window.high, order.currency),
        person=who(order.person_id, name, t),
        when=t.time(order.placed_at, "datetime"),
    )
    released = (
        t("The person's money is back.")
        if order.state is OrderState.RELEASED
        else t("The person's money is still set aside.")
    )
    return lines("", what, released, _evidence(order, t))


def _evidence(order: Order, t: Translator) -> Html:
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
            "Was order #{id} bought? Up to {cost} will be booked as a cost. The person's money is free again in "
            "either case.",
            id=str(order_id),
            cost=t.money(highest, currency),
        )
        if bought
        else t(
            "Was order #{id} not bought? Nothing will be booked. The person's money is free again in either case.",
            id=str(order_id),
        )
    )
    return Screen(ask, confirm_or_cancel(t, Judge(order=order_id, bought=bought), ToUnconfirmed()))
