"""What became of the orders of some days: a picture with its figures below, or a table of words."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from aiogram.types import InlineKeyboardButton

from bot import charts
from bot.charts import Chart, Panel
from bot.domain.figures import DAY, MOST_DAYS, Tally
from bot.domain.money import MICROS_PER_UNIT
from bot.domain.outcomes import Outcome
from bot.facts.figures import StatsFacts
from bot.i18n import Html, Translator
from bot.screens.body import Body, File, Photo
from bot.screens.callbacks_of_admins import ToAdmin, ToStats
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, grid, lines, rows

_CHOICES = (1, 7, 30, 90)
_SIGNS = {
    Outcome.CODE: ("🟩", "#2e9e4f"),
    Outcome.NO_NUMBER: ("🟨", "#f2c12e"),
    Outcome.NO_CODE: ("🟧", "#e8833a"),
    Outcome.CLOSED: ("🟦", "#3f7fd9"),
    Outcome.REFUSED: ("🟥", "#d64545"),
    Outcome.UNCONFIRMED: ("🟪", "#8a56c2"),
    Outcome.IN_PROGRESS: ("⬜", "#aeb6bf"),
}
"""The sign in the words has the colour of the picture, so that these are its legend in every language."""
_OF_MONEY_AND_TIME = "#5b6b7b"
_SECOND = timedelta(seconds=1)
_ROOM = 3_300
"""Characters of a table, beside which the figures of the whole have to fit into a message."""


def stats(facts: StatsFacts, t: Translator, *, table: bool = False) -> Screen:
    """Draws, where the extra for it is installed: some 40 ms, so not on the event loop. `table`: words in any case."""
    drawn = not table and facts.whole.orders > 0 and charts.available()
    body: Body = _words(facts, t, table=table or not charts.available())
    if drawn:
        name = f"orders-{facts.stretch.begins:%Y-%m-%d}-{facts.days}.png"
        body = Photo(File(name, charts.draw(chart(facts, t))), _words(facts, t, table=False))
    return Screen(
        body,
        rows(*grid(_taps(facts, t, table=table), 3), [back(t, ToAdmin()), menu(t)]),
    )


def _taps(facts: StatsFacts, t: Translator, *, table: bool) -> list[InlineKeyboardButton]:
    """Few rows, so that the picture stays in view above them."""
    other, refresh = _other(facts, t, table=table), ToStats(days=facts.days, table=table)
    found = [*_choices(facts, t, table=table), other, button("🔄 " + t.plain("Refresh"), refresh)]
    return [tap for tap in found if tap is not None]


def _choices(facts: StatsFacts, t: Translator, *, table: bool) -> list[InlineKeyboardButton]:
    found = []
    for days in _CHOICES:
        label = t.plain("24 hours") if days == 1 else t.plain("{days} days", days=t.number(days))
        found.append(button(f"✓ {label}" if days == facts.days else label, ToStats(days=days, table=table)))
    return found


def _other(facts: StatsFacts, t: Translator, *, table: bool) -> InlineKeyboardButton | None:
    """From the picture to the table and back, where there is a picture."""
    if not charts.available():
        return None
    if table:
        return button("📊 " + t.plain("Picture"), ToStats(days=facts.days))
    return button("🔤 " + t.plain("Table"), ToStats(days=facts.days, table=True))


def _words(facts: StatsFacts, t: Translator, *, table: bool) -> Html:
    """All figures of the whole; with `table` also those of each part that had any order."""
    whole = facts.whole
    return lines(
        _title(facts, t),
        # NOTE: whoever typed /stats with something else than a number from 1 to {most}
        t("Days go from 1 to {most}, for example /stats 7.", most=t.number(MOST_DAYS)) if facts.misread else None,
        "",
        *([t("No orders in this time.")] if not whole.orders else _totals(facts, t)),
        *(_table(facts, t) if table and whole.orders else ()),
        "",
        _legend(facts, t, table=table),
    )


def _legend(facts: StatsFacts, t: Translator, *, table: bool) -> Html:
    """What the picture's parts are, in words: its own titles are left out where its font has no letters for them."""
    utc = t("Days are in UTC.") if facts.days > 1 else t("Hours are in UTC.")
    if table or not facts.whole.orders:
        return utc
    drawn = t("From the top: orders, spend, median seconds to a code.")
    return lines(drawn, utc)


def _title(facts: StatsFacts, t: Translator) -> Html:
    if facts.days == 1:
        return t("📊 <b>Orders of the last 24 hours</b>")
    return t("📊 <b>Orders of the last {days} days</b>", days=t.number(facts.days))


def _totals(facts: StatsFacts, t: Translator) -> list[Html]:
    return [*outcome_lines(facts.whole, t), *tally_lines(facts.whole, facts.currency, t)]


def outcome_lines(tally: Tally, t: Translator) -> list[Html]:
    """How many orders there were, and what became of them: each reason of a failure apart."""
    told = [t.n("{n} order", "{n} orders", tally.orders)]
    return told + [_count(one, tally.count(one), t) for one in Outcome if tally.count(one)]


def tally_lines(tally: Tally, currency: str, t: Translator) -> list[Html]:
    """Success, spend and the time to a code, each where there is one."""
    told = []
    if tally.success is not None:
        told.append(t("Success: {percent}% of ended orders", percent=t.number(percent(tally.success))))
    # NOTE: at the prices that people pay, with what is still set aside for orders in progress
    told.append(t("People spent: {amount}", amount=t.money(tally.spent, currency)))
    if tally.median is not None:
        told.append(t("Median time to a code: {time}", time=t.wait(seconds(tally.median))))
    return told


def percent(part: float) -> int:
    """All but one is not all, and one of many is not none."""
    return round(part * 100) if part in (0, 1) else min(99, max(1, round(part * 100)))


def seconds(span: timedelta) -> int:
    return round(span / _SECOND)


def _count(outcome: Outcome, number: int, t: Translator) -> Html:
    # NOTE: {sign} is a square in the colour that this outcome has in a picture
    return t(
        "{sign} {outcome}: {count}",
        sign=_SIGNS.get(outcome, _SIGNS[Outcome.CODE])[0],
        outcome=outcome_name(outcome, t),
        count=t.number(number),
    )


def outcome_name(outcome: Outcome, t: Translator) -> Html:
    """What became of orders, in a word or two, before a number of them."""
    names = {
        Outcome.CODE: t("got a code"),
        Outcome.SMS: t("got an SMS without a code"),
        Outcome.NO_NUMBER: t("no number found"),
        Outcome.NO_CODE: t("no code came"),
        Outcome.CLOSED: t("closed"),
        Outcome.REFUSED: t("purchase refused"),
        Outcome.UNCONFIRMED: t("lost answer"),
        Outcome.IN_PROGRESS: t("in progress"),
    }
    return names[outcome]


def _table(facts: StatsFacts, t: Translator) -> list[Html]:
    """The newest first, as many as a message has room for."""
    pairs = list(zip(facts.stretch.moments, facts.parts, strict=True))
    told, left = [Html()], _ROOM
    for row in (_row(facts, moment, tally, t) for moment, tally in reversed(pairs) if tally.orders):
        left -= len(row) + 1
        if left < 0:
            return [*told, t("There is no room for older ones.")]
        told.append(row)
    return told


def _row(facts: StatsFacts, moment: datetime, tally: Tally, t: Translator) -> Html:
    told = {
        "when": mark(facts, moment),
        "orders": t.number(tally.orders),
        "spent": t.money(tally.spent, facts.currency),
    }
    codes = tally.count(Outcome.CODE)
    if tally.median is None:
        # NOTE: one line of a table: a day or an hour, how many orders, how many of them got a code, what was spent
        return t.n("{when}: {orders} → {n} code, {spent}", "{when}: {orders} → {n} codes, {spent}", codes, **told)
    return t.n(
        "{when}: {orders} → {n} code, {spent}, {seconds} s",
        "{when}: {orders} → {n} codes, {spent}, {seconds} s",
        codes,
        **told,
        seconds=t.number(seconds(tally.median)),
    )


def mark(facts: StatsFacts, moment: datetime) -> str:
    """In digits alone, which every language reads, and the picture's font has."""
    return f"{moment:%m-%d}" if facts.stretch.width >= DAY else f"{moment:%H}:00"


def chart(facts: StatsFacts, t: Translator) -> Chart:
    """Orders by outcome, spend and median above each other."""
    parts = facts.parts
    colours = [colour for _, colour in _SIGNS.values()]
    stacks = [[tally.count(one) for one in _SIGNS] for tally in parts]
    spent = [[max(0, tally.spent) / MICROS_PER_UNIT] for tally in parts]
    medians = [[0.0 if tally.median is None else tally.median / _SECOND] for tally in parts]
    one = [_OF_MONEY_AND_TIME]
    return Chart(
        [
            Panel(t.plain("Orders"), stacks, colours, 320, whole=True),
            Panel(t.plain("Spent, {currency}", currency=facts.currency), spent, one, 140),
            # NOTE: title of a small chart; s are seconds
            Panel(t.plain("Median time to code, s"), medians, one, 140),
        ],
        _marks(facts, parts),
    )


def _marks(facts: StatsFacts, parts: Sequence[Tally]) -> list[tuple[int, str]]:
    """The first, the last, and one between, or all of a week."""
    moments, last = list(facts.stretch.moments), len(parts) - 1
    chosen = range(last + 1) if last < 7 else (0, last // 2, last)
    return [(number, mark(facts, moments[number])) for number in sorted(set(chosen))]
