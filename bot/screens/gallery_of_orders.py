"""The gallery's part with orders in hand: lists, History's search, labels, Close all."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.domain.exporting import Period, SheetKind
from bot.domain.history import Part, Sought
from bot.domain.labels import LONGEST_LABEL, Label
from bot.domain.orders import Order, OrderState
from bot.domain.outcomes import Outcome
from bot.facts.exports import Export, ExportEnd, Made
from bot.facts.orders import Choices, ClosedAll, HistoryPage, LabelFacts, OrderPage, ToClose
from bot.facts.pages import Page
from bot.i18n import Translator
from bot.screens.gallery_facts import BUYER, NOW, ORDER
from bot.screens.orders import close_all, export, history, label, lists
from bot.screens.screen import Screen

_HOSTILE = "Tom & Jerry's <b>Bar</b>"
_ONE = Page(0, 1)
_SERVICE = "Some very long messenger"


def own_orders(some: Sequence[Order], t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order. `some`: in all states, those in progress first."""
    yield "my numbers", lists.mine(OrderPage(tuple(some[:3]), Page(0, 2), 11, all_closable=True), t)
    yield "my numbers, none", lists.mine(OrderPage((), _ONE, 0), t)
    long = tuple(replace(one, service_name=_HOSTILE, charged=(one.charged or 0) * 100) for one in some)
    yield "my numbers, long names", lists.mine(OrderPage(long[:4], _ONE, 4), t)
    yield from _history(tuple(some), long, t)
    yield from _choices(t)
    yield from _labels(t)
    yield from _close_all(t)
    yield from _export(t)


def _history(some: tuple[Order, ...], long: tuple[Order, ...], t: Translator) -> Iterator[tuple[str, Screen]]:
    yield "history", history.history(HistoryPage(some, Page(0, 3), 20, labelled=True), t)
    yield "history, one page", history.history(HistoryPage(some[:1], _ONE, 1), t)
    yield "history, long names", history.history(HistoryPage(long, _ONE, 20), t)
    labelled = tuple(replace(one, label="w" * LONGEST_LABEL if one.id % 2 else "<b>work") for one in long)
    yield "history, labels", history.history(HistoryPage(labelled, _ONE, 20), t)
    yield "history, none", history.history(HistoryPage((), _ONE, 0), t)
    everything = Sought(Outcome.UNCONFIRMED, 1, 1, "012345")
    found = HistoryPage(some[-2:], _ONE, 2, frozenset(), everything, _SERVICE, _HOSTILE, labelled=True)
    yield "history, sought", history.history(found, t)
    yield "history, sought in vain", history.history(replace(found, orders=(), total=0), t)
    yield "history, too few digits", history.history(HistoryPage(some[:1], _ONE, 1, too_few_digits=True), t)


def _choices(t: Translator) -> Iterator[tuple[str, Screen]]:
    outcomes = tuple(one for one in Outcome if one is not Outcome.SMS)
    chosen = Sought(Outcome.NO_CODE, 2)
    yield "history: outcomes", history.choices(Choices(Part.OUTCOME, chosen, _ONE, outcomes=outcomes), t)
    services = ((1, "Telegram"), (2, _SERVICE), (3, _HOSTILE))
    yield "history: services", history.choices(Choices(Part.SERVICE, chosen, Page(1, 3), named=services), t)
    labels = ((1, "work"), (2, _HOSTILE[:LONGEST_LABEL]))
    yield "history: labels", history.choices(Choices(Part.LABEL, chosen, _ONE, named=labels), t)


def _labels(t: Translator) -> Iterator[tuple[str, Screen]]:
    known = (Label(1, "work"), Label(2, "w" * LONGEST_LABEL), Label(3, _HOSTILE))
    yield "label", label.choose(LabelFacts(ORDER, ()), None, t)
    yield "label, others", label.choose(LabelFacts(replace(ORDER, label_id=1, label="work"), known), "y3", t)


def _close_all(t: Translator) -> Iterator[tuple[str, Screen]]:
    orders = tuple(replace(ORDER, id=ORDER.id + place, state=OrderState.PENDING) for place in range(3))
    yield "close all", close_all.ask(ToClose(orders, 750_000), t)
    yield "close all, nothing", close_all.ask(ToClose((), 0), t)
    ended = tuple(replace(one, state=OrderState.USER_REFUNDED, charged=0, finished_at=NOW) for one in orders)
    yield "close all: closed", close_all.closed(ClosedAll(ended), t)
    waiting = replace(orders[0], close_wanted=True, close_at=NOW + timedelta(minutes=2))
    each = (
        waiting,
        replace(waiting, state=OrderState.PLACING),
        replace(ended[0], state=OrderState.COMPLETED, charged=200_000),
        replace(ended[0], state=OrderState.REFUSED),
        ended[1],
    )
    yield "close all: each another end", close_all.closed(ClosedAll(each), t)
    yield "close all: nothing", close_all.closed(ClosedAll(()), t)


def _export(t: Translator) -> Iterator[tuple[str, Screen]]:
    asked = Export(BUYER.id, SheetKind.CSV, Period(0, None, 6_700, 1, 6_700), 2, NOW, own=True)
    yield "own export: a file", export.own_file(asked, Made(Path("1.csv"), "orders-2026-01-15.csv", 6_700, 1), t)
    for end in ExportEnd:
        yield f"own export: {end.value}", export.own_failed(end, t)
