"""What an order is to be called by: the labels used last, or words that are typed."""

from aiogram.types import InlineKeyboardButton

from bot.domain.labels import LONGEST_LABEL, Label
from bot.facts.orders import LabelFacts
from bot.i18n import Translator
from bot.screens.callbacks import ToOrder
from bot.screens.callbacks_of_orders import SetLabel, ToLabel
from bot.screens.labels import HALF, fitted
from bot.screens.navigation import back, menu
from bot.screens.orders.words import label as label_line
from bot.screens.orders.words import title
from bot.screens.screen import Screen, button, grid, lines, rows, typing_at


def choose(facts: LabelFacts, via: str | None, t: Translator) -> Screen:
    order = facts.order
    others = [one for one in facts.recent if one.id != order.label_id]
    off = button("✕ " + t.plain("Take it off"), SetLabel(order=order.id, label=None, via=via))
    return Screen(
        lines(
            title(order, t),
            label_line(order, t),
            t("🏷 Type a label for this number: up to {n} characters. Only you see it.", n=t.number(LONGEST_LABEL)),
        ),
        rows(
            *grid([_known(one, order.id, via) for one in others], 2),
            [off] if order.label is not None else [],
            [back(t, ToOrder(order=order.id, via=via)), menu(t)],
        ),
        place=typing_at(ToLabel(order=order.id, via=via)),
    )


def _known(label: Label, order_id: int, via: str | None) -> InlineKeyboardButton:
    return button(fitted(label.text, HALF - 1), SetLabel(order=order_id, label=label.id, via=via))


def toast(label: str | None, t: Translator) -> str:
    return t.plain("Label taken off.") if label is None else t.plain("Label set.")
