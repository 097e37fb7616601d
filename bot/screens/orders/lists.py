"""My numbers, and an order as one line of a list."""

from aiogram.enums import ButtonStyle

from bot.domain.orders import IN_PROGRESS, Order
from bot.facts.orders import OrderPage
from bot.i18n import Translator, clean
from bot.i18n.phone import international
from bot.screens import origin
from bot.screens.callbacks import ToHistory, ToHome, ToMine, ToOrder, ToServices
from bot.screens.callbacks_of_orders import AskCloseAll
from bot.screens.flags import of_order
from bot.screens.labels import ROW, fitted, width
from bot.screens.navigation import arrows, back, menu
from bot.screens.orders.words import outcome
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.widths import fit

_SHORTEST_NAME = 5


def mine(facts: OrderPage, t: Translator) -> Screen:
    some = t.n("<b>My numbers</b>: {n} in progress", "<b>My numbers</b>: {n} in progress", facts.total)
    none = lines(t("<b>My numbers</b>"), t("Nothing is in progress. Ended orders are under History."))
    via = origin.mine(facts.page.number)
    return Screen(
        some if facts.total else none,
        rows(
            *([button(_current(o, t), ToOrder(order=o.id, via=via))] for o in facts.orders),
            arrows(facts.page, lambda number: ToMine(number=number)),
            [button(t.plain("Close all"), AskCloseAll(), ButtonStyle.DANGER) if facts.all_closable else None],
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)],
            [button("🕘 " + t.plain("History"), ToHistory()), back(t, ToHome()), menu(t)],
        ),
    )


def in_a_row(order: Order, code: bool, t: Translator) -> str:
    """Among others: what is in progress by its number, what has ended by its outcome. `code`: one came."""
    return _current(order, t) if order.in_progress else in_history(order, code, t)


def _current(order: Order, t: Translator) -> str:
    said = outcome(order, t, code=False) if order.state in IN_PROGRESS else ""
    end = said if order.number is None else international(order.number, order.region)
    return _row("⏳", order, end, t)


def in_history(order: Order, code: bool, t: Translator) -> str:
    """What became of it, in one line; without room its number goes first, then its day. `code`: an SMS has one."""
    day = t.day(order.placed_at)
    digits = "" if order.number is None else "…" + "".join(c for c in order.number if c.isdigit())[-4:]
    price = t.price(order.charged, order.currency) if order.charged else ""
    end = " ".join(part for part in (outcome(order, t, code=code), price) if part)
    return next(
        (shown for shown in (_row(day, order, f"{digits} {end}".strip(), t), _row(day, order, end, t)) if fit([shown])),
        _row("", order, end, t),
    )


def _row(begin: str, order: Order, end: str, t: Translator) -> str:
    """What is known of the order stays whole, its label and the service's name get what room is left."""
    country = of_order(order)
    left = max(_SHORTEST_NAME, ROW - width(f"{begin}  {country} {end}"))
    return t.joined(f"{begin} {_named(order, left)} {country} {end}".strip())


def _named(order: Order, room: float) -> str:
    """By its label where it has one; then the service's name stands there as far as it can be made out."""
    if order.label is None:
        return fitted(order.service_name, room)
    left = room - width(f"{order.label} · ")
    if left < _SHORTEST_NAME:
        return fitted(order.label, room)
    return f"{clean(order.label)} · {fitted(order.service_name, left)}"
