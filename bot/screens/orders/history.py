"""History: every order, or those that are sought; and what can be sought."""

from dataclasses import replace

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.history import FEWEST_DIGITS, Part, Sought
from bot.domain.outcomes import Outcome
from bot.facts.orders import Choices, HistoryPage
from bot.i18n import Html, Translator, clean
from bot.screens import origin
from bot.screens.callbacks import ToHistory, ToHome, ToOrder, ToServices
from bot.screens.callbacks_of_orders import ExportOwn, ToChoices
from bot.screens.labels import HALF, THIRD, fitted
from bot.screens.navigation import arrows, back, menu
from bot.screens.orders.lists import in_history
from bot.screens.screen import Row, Screen, button, grid, lines, rows, typing_at

_CHOSEN = "✓ "
_OFF = 1.5
"""Letters that the ✕ takes."""


def sought_of(button: ToHistory | ToChoices) -> Sought:
    return Sought(button.outcome, button.service, button.label, button.digits or "")


def _to(sought: Sought, number: int = 0) -> ToHistory:
    return ToHistory(
        number=number,
        outcome=sought.outcome,
        service=sought.service,
        label=sought.label,
        digits=sought.digits or None,
    )


def _to_choices(part: Part, sought: Sought, number: int = 0) -> ToChoices:
    return ToChoices(part=part, **_to(sought, number).model_dump())


def history(facts: HistoryPage, t: Translator) -> Screen:
    """What is typed here is a number's end or a label; digits are kept on buttons alone."""
    via = origin.history(facts.page.number, facts.sought)
    listed = [[button(in_history(o, o.id in facts.with_code, t), ToOrder(order=o.id, via=via))] for o in facts.orders]
    there = bool(facts.total or facts.sought)
    return Screen(
        lines(*_said(facts, t)),
        rows(
            *listed,
            arrows(facts.page, lambda number: _to(facts.sought, number)),
            *([_narrowing(facts, t), _digits(facts, t)] if there else []),
            [None if there else button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)],
            [_export(t) if facts.total and not facts.sought else None, back(t, ToHome()), menu(t)],
        ),
        place=typing_at(_to(replace(facts.sought, digits=""))) if there else None,
    )


def _export(t: Translator) -> InlineKeyboardButton:
    # NOTE: sends all own orders as a file
    return button("⬇️ " + t.plain("Export"), ExportOwn())


def _said(facts: HistoryPage, t: Translator) -> list[Html | None]:
    few = (
        t("Type at least {n} of the number's last digits.", n=t.number(FEWEST_DIGITS)) if facts.too_few_digits else None
    )
    some = t.n("<b>History</b>: {n} order", "<b>History</b>: {n} orders", facts.total)
    if facts.sought:
        none = t("Nothing in your history is like this. Tap ✕ to take something off.")
        return [some, _sought(facts, t), few, None if facts.total else none]
    if facts.total:
        return [some, few or t("To find a number, type its last digits.")]
    return [t("<b>History</b>"), t("No orders yet. Tap “Buy a number” to make the first one.")]


def _sought(facts: HistoryPage, t: Translator) -> Html:
    """All that narrows the list down, in one line."""
    sought = facts.sought
    parts = [
        outcome_word(sought.outcome, t) if sought.outcome is not None else None,
        clean(facts.service, 40) if facts.service is not None else None,
        f"🏷 {clean(facts.label)}" if facts.label is not None else None,
        f"…{sought.digits}" if sought.digits else None,
    ]
    return t("🔎 {sought}", sought=" · ".join(part for part in parts if part))


def _narrowing(facts: HistoryPage, t: Translator) -> Row:
    """A tap chooses what is sought; on what is chosen already it takes it off."""
    sought = facts.sought
    # NOTE: three buttons in a row, short: what became of an order; which service; the person's own label
    words = {Part.OUTCOME: t.plain("Outcome"), Part.SERVICE: t.plain("Service"), Part.LABEL: t.plain("Label")}
    named = outcome_word(sought.outcome, t) if sought.outcome is not None else None
    chosen = {Part.OUTCOME: named, Part.SERVICE: facts.service, Part.LABEL: facts.label}
    off = {
        Part.OUTCOME: replace(sought, outcome=None),
        Part.SERVICE: replace(sought, service=None),
        Part.LABEL: replace(sought, label=None),
    }
    room = (THIRD if facts.labelled or facts.label is not None else HALF) - _OFF
    found: list[InlineKeyboardButton] = []
    for part in Part:
        name = chosen[part]
        if name is not None:
            found.append(button(f"✕ {fitted(name, room)}", _to(off[part])))
        elif part is not Part.LABEL or facts.labelled:
            found.append(button(words[part], _to_choices(part, sought)))
    return found


def _digits(facts: HistoryPage, t: Translator) -> Row:
    digits = facts.sought.digits
    return [button(f"✕ …{digits}", _to(replace(facts.sought, digits="")))] if digits else []


def choices(facts: Choices, t: Translator) -> Screen:
    heads = {
        Part.OUTCOME: t("<b>History</b>: what became of the order?"),
        Part.SERVICE: t("<b>History</b>: for which service?"),
        Part.LABEL: t("<b>History</b>: with which label?"),
    }
    return Screen(
        heads[facts.part],
        rows(
            *grid(_choices(facts, t), 2),
            arrows(facts.page, lambda number: _to_choices(facts.part, facts.sought, number)),
            [back(t, _to(facts.sought)), menu(t)],
        ),
    )


def _choices(facts: Choices, t: Translator) -> list[InlineKeyboardButton]:
    sought = facts.sought
    if facts.part is Part.OUTCOME:
        return [
            button(_marked(outcome_word(one, t), chosen=one is sought.outcome), _to(replace(sought, outcome=one)))
            for one in facts.outcomes
        ]
    now = sought.service if facts.part is Part.SERVICE else sought.label
    return [
        button(_marked(fitted(name, HALF - 2), chosen=id_ == now), _to(_with(facts.part, id_, sought)))
        for id_, name in facts.named
    ]


def _with(part: Part, id_: int, sought: Sought) -> Sought:
    return replace(sought, service=id_) if part is Part.SERVICE else replace(sought, label=id_)


def _marked(name: str, *, chosen: bool) -> str:
    return f"{_CHOSEN}{name}" if chosen else name


def outcome_word(outcome: Outcome, t: Translator) -> str:
    """Of many orders, on a button; those without a code in their SMS stand with those that have one."""
    match outcome:
        case Outcome.CODE | Outcome.SMS:
            # NOTE: these stand on half a row: what became of orders
            return t.plain("SMS came")
        case Outcome.NO_CODE:
            return t.plain("No code")
        case Outcome.NO_NUMBER:
            return t.plain("No number")
        case Outcome.CLOSED:
            return t.plain("Closed")
        case Outcome.REFUSED:
            return t.plain("Not bought")
        case Outcome.UNCONFIRMED:
            return t.plain("Not confirmed")
        case Outcome.IN_PROGRESS:
            return t.plain("Waiting")
