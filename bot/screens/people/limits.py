"""What limits one person: each limit, how much of it is used up, and what it may be instead."""

from dataclasses import replace
from decimal import Decimal

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.limits import LimitKind
from bot.domain.money import to_micros
from bot.facts.people import LimitsFacts
from bot.i18n import Html, Translator
from bot.screens.callbacks_of_admins import SetLimit, ToLimits, ToPerson
from bot.screens.naming import who
from bot.screens.navigation import back, menu
from bot.screens.screen import Row, Screen, button, grid, lines, rows, typing_at

_AT_ONCE = (0, 1, 2, 3, 5, 10, 20, 50, 100)
_AN_HOUR = (0, 1, 5, 10, 20, 30, 50, 100, 200)
_AMOUNTS = (0, 1, 2, 5, 10, 20, 50, 100, 500)
"""Whole units of the currency."""


def limits(facts: LimitsFacts, t: Translator) -> Screen:
    return _limits(facts, None, [], t)


def changed(facts: LimitsFacts, made: SetLimit, before: int | None, t: Translator) -> Screen:
    """After a change: what this limit was, and one tap back to it. `before` None: as for everybody."""
    if before == made.limit:
        return replace(limits(facts, t), toast=saved_toast(t))
    was = t("✅ Saved. Before, it was as for everybody.")
    if before is not None:
        was = t("✅ Saved. Before, it was {limit}.", limit=_value(facts, made.kind, before, t))
    # NOTE: sets a limit back to what it was before the last tap
    undo = button("↩️ " + t.plain("Undo"), SetLimit(person=made.person, kind=made.kind, limit=before))
    return replace(_limits(facts, was, [undo], t), toast=saved_toast(t))


def unread(facts: LimitsFacts, kind: LimitKind | None, t: Translator) -> Screen:
    """After words that are no limit."""
    if kind is None:
        return _limits(facts, t("Tap a limit first. Then tap what it may be, or type it."), [], t)
    return choose(facts, kind, t, t("I can't read that as this limit. Nothing was changed."))


def _limits(facts: LimitsFacts, said: Html | None, first: Row, t: Translator) -> Screen:
    return Screen(
        lines(t("🎚 <b>Limits</b> of {who}", who=_who(facts, t)), *each(facts, t), *(["", said] if said else [])),
        rows(
            first,
            *grid([_choose(facts, kind, t) for kind in LimitKind], 2),
            [back(t, ToPerson(person=facts.person.id)), menu(t)],
        ),
        place=typing_at(ToLimits(person=facts.person.id)),
    )


def choose(facts: LimitsFacts, kind: LimitKind, t: Translator, wrong: Html | None = None) -> Screen:
    """One tap sets it, and sets it back; or what is typed does. `wrong`: what is wrong with that."""
    return Screen(
        lines(
            t("🎚 <b>Limits</b> of {who}", who=_who(facts, t)),
            line(facts, kind, t),
            "",
            t("Tap what it may be, or type it. What is in progress goes on."),
            wrong,
        ),
        rows(
            *grid([_set(facts, kind, one, t) for one in _values(kind)], 3),
            [_as_everybody(facts, kind, t)],
            [back(t, ToLimits(person=facts.person.id)), menu(t)],
        ),
        place=typing_at(ToLimits(person=facts.person.id, kind=kind)),
    )


def saved_toast(t: Translator) -> str:
    return t.plain("Saved.")


def each(facts: LimitsFacts, t: Translator) -> list[Html]:
    return [line(facts, kind, t) for kind in LimitKind]


def line(facts: LimitsFacts, kind: LimitKind, t: Translator) -> Html:
    """A limit, how much of it is used up, and whether it is the person's own."""
    held, used = _held(facts, kind), _value(facts, kind, _used(facts, kind), t)
    if held is None:
        return t("Spent today: {used}, without a limit", used=used)
    given = {"used": used, "limit": _value(facts, kind, held, t)}
    match kind:
        case LimitKind.OPEN_ORDERS:
            said = t("Orders in progress: {used} of {limit}", **given)
        case LimitKind.PURCHASES:
            said = t("Purchases in an hour: {used} of {limit}", **given)
        case LimitKind.SPEND:
            said = t("Spent today: {used} of {limit}", **given)
        case LimitKind.CLOSES:
            said = t("Closes in an hour: {used} of {limit}", **given)
    # NOTE: {limit} is a line such as "Orders in progress: 1 of 3"
    return said if facts.own.of(kind) is None else t("{limit} · <b>their own</b>", limit=said)


def _who(facts: LimitsFacts, t: Translator) -> Html:
    return who(facts.person.id, facts.person.name, t)


def _held(facts: LimitsFacts, kind: LimitKind) -> int | None:
    """None: without a limit, as a wallet's day is unless somebody set one."""
    if kind is LimitKind.SPEND and not facts.spend_is_limited:
        return facts.own.of(kind)
    return facts.own.over(facts.everybodys).of(kind)


def _used(facts: LimitsFacts, kind: LimitKind) -> int:
    used = facts.used
    match kind:
        case LimitKind.OPEN_ORDERS:
            return used.open_orders
        case LimitKind.PURCHASES:
            return used.purchases_an_hour
        case LimitKind.SPEND:
            return used.daily_spend
        case LimitKind.CLOSES:
            return used.closes_an_hour


def _value(facts: LimitsFacts, kind: LimitKind, value: int, t: Translator) -> str:
    return t.balance(value, facts.currency) if kind is LimitKind.SPEND else t.number(value)


def _values(kind: LimitKind) -> list[int]:
    if kind is LimitKind.SPEND:
        return [to_micros(Decimal(one)) for one in _AMOUNTS]
    return list(_AT_ONCE if kind is LimitKind.OPEN_ORDERS else _AN_HOUR)


def _choose(facts: LimitsFacts, kind: LimitKind, t: Translator) -> InlineKeyboardButton:
    names = {
        # NOTE: on a button, a limit: how many orders may be in progress
        LimitKind.OPEN_ORDERS: t.plain("In progress"),
        # NOTE: on a button, a limit: how many numbers may be bought in an hour
        LimitKind.PURCHASES: t.plain("Purchases"),
        # NOTE: on a button, a limit: how much may be spent in a day
        LimitKind.SPEND: t.plain("Spend a day"),
        # NOTE: on a button, a limit: how many numbers may be closed in an hour
        LimitKind.CLOSES: t.plain("Closes"),
    }
    return button(names[kind], ToLimits(person=facts.person.id, kind=kind))


def _set(facts: LimitsFacts, kind: LimitKind, value: int, t: Translator) -> InlineKeyboardButton:
    style = ButtonStyle.PRIMARY if value == _held(facts, kind) else None
    return button(_value(facts, kind, value, t), SetLimit(person=facts.person.id, kind=kind, limit=value), style)


def _as_everybody(facts: LimitsFacts, kind: LimitKind, t: Translator) -> InlineKeyboardButton:
    if kind is LimitKind.SPEND and not facts.spend_is_limited:
        label = t.plain("As for everybody · no limit")
    else:
        label = t.plain("As for everybody · {limit}", limit=_value(facts, kind, facts.everybodys.of(kind), t))
    return button(label, SetLimit(person=facts.person.id, kind=kind, limit=None))
