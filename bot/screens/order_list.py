"""My numbers (in progress) and History (every order)."""

from aiogram.enums import ButtonStyle

from bot.domain.orders import LIVE, REFUNDED, Order, OrderPage, OrderState
from bot.i18n import Translator, clean
from bot.i18n.phone import international
from bot.screens.callbacks import ToHistory, ToHome, ToMine, ToOrder, ToServices
from bot.screens.flags import flagged
from bot.screens.navigation import arrows, back
from bot.screens.screen import Screen, button, lines, rows

_NAME_LIMIT = 20


def mine(facts: OrderPage, t: Translator) -> Screen:
    some = t.n("<b>My numbers</b>: {n} in progress", "<b>My numbers</b>: {n} in progress", facts.total)
    none = lines(t("<b>My numbers</b>"), t("Nothing is in progress. Ended orders are under History."))
    return Screen(
        some if facts.total else none,
        rows(
            *([button(_row(o, t), ToOrder(order=o.id))] for o in facts.orders),
            arrows(facts.page, lambda number: ToMine(number=number)),
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)],
            [button("🕘 " + t.plain("History"), ToHistory()), back(t, ToHome())],
        ),
    )


def history(facts: OrderPage, t: Translator) -> Screen:
    page = facts.page
    some = lines(
        t.n("<b>History</b>: {n} order", "<b>History</b>: {n} orders", facts.total),
        t("Page {number}/{pages}", number=page.number + 1, pages=page.pages),
    )
    none = lines(t("<b>History</b>"), t("No orders yet."))
    return Screen(
        some if facts.total else none,
        rows(
            *([button(_row(o, t), ToOrder(order=o.id))] for o in facts.orders),
            arrows(page, lambda number: ToHistory(number=number)),
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY), back(t, ToHome())],
        ),
    )


def _row(order: Order, t: Translator) -> str:
    what = f"{_sign(order)} {clean(order.service_name, _NAME_LIMIT)} {flagged(order.country_code, order.country_label)}"
    if order.number is not None and order.in_progress:
        return f"{what} {international(order.number, order.country_code)}"
    if order.charged is not None and order.state is OrderState.COMPLETED:
        return f"{what} {t.money(order.charged, order.currency)} · #{order.id}"
    return f"{what} · #{order.id}"


def _sign(order: Order) -> str:
    if order.state in LIVE or order.state is OrderState.PLACING:
        return "⏳"
    if order.state is OrderState.COMPLETED:
        return "✅"
    return "↩️" if order.state in REFUNDED else "⚠️" if order.state is OrderState.UNCONFIRMED else "✖️"
