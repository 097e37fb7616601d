"""The gallery's part with the record of the shop: orders' stories, the audit, exports."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.domain.acts import Act
from bot.domain.exporting import Period, SheetKind
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState
from bot.domain.outcomes import Outcome
from bot.facts.exports import Export, ExportEnd, Made
from bot.facts.pages import Page
from bot.facts.record import AuditPage, Done, Moved, OrderRecord, RecordPage, RecordRow, Told
from bot.i18n import Translator
from bot.screens.desk import audit, export, record
from bot.screens.gallery_facts import BUYER, NOW, ORDER
from bot.screens.orders import export as progress
from bot.screens.screen import Screen

_ADA = 2
_NAMES = {BUYER.id: BUYER.name, _ADA: "Ada <b>&"}
_ONE = Page(0, 1)


def records(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    yield from _orders(t)
    yield from _stories(t)
    yield from _audit(t)
    yield from _exports(t)


def _exports(t: Translator) -> Iterator[tuple[str, Screen]]:
    since = NOW - timedelta(days=30)
    asked = Export(_ADA, SheetKind.CSV, Period(30, since, 12_345, 1, 12_345), 1, NOW)
    all_time = replace(asked, period=replace(asked.period, days=0, since=None), files=3)
    yield "export", export.choice(None, t)
    yield "export of 45 days", export.choice(45, t)
    yield "export: begun", export.begun(t)
    yield "export: making", progress.making(asked, 4_500, t)
    yield "export: sending", progress.sending(asked, 1, t)
    yield "export: sending one of many", progress.sending(all_time, 2, t)
    yield "export: a file", export.file(asked, Made(Path("1.csv"), "orders-2026-01-15-30-days.csv", 12_345, 1), t)
    yield "export: one file of many", export.file(all_time, Made(Path("2.csv"), "orders-2-of-3.csv", 1, 2), t)
    yield "export: done", progress.done(12_345, t)
    for end in ExportEnd:
        yield f"export: {end.value}", export.failed(end, t)


def _orders(t: Translator) -> Iterator[tuple[str, Screen]]:
    listed = [RecordRow(replace(ORDER, id=1200 - number, number=None), one) for number, one in enumerate(Outcome)]
    yield "orders of everybody", record.records(RecordPage(listed, Page(1, 150), 1200, None, _NAMES), t)
    yield "orders of one", record.records(RecordPage(listed[:1], _ONE, 1, BUYER.id, _NAMES), t)
    judged = [
        RecordRow(replace(ORDER, number=None, state=state), Outcome.UNCONFIRMED)
        for state in (OrderState.BOUGHT, OrderState.NOT_BOUGHT)
    ]
    yield "orders, judged", record.records(RecordPage(judged, _ONE, 2, None, _NAMES), t)
    yield "orders, none", record.records(RecordPage((), _ONE, 0, None, {}), t)


def _stories(t: Translator) -> Iterator[tuple[str, Screen]]:
    order = replace(ORDER, number=None, state=OrderState.USER_REFUNDED, charged=0)
    happened = (
        _done(0, Act.ORDER_PLACING, actor=BUYER.id, held=490_000),
        Moved(NOW, "hold", 490_000),
        _done(1, Act.ORDER_SENT),
        _done(3, Act.ORDER_PENDING),
        Moved(_at(3), "cost", 300_000),
        Told(_at(3), NoticeKind.NUMBER, BUYER.id, _at(4), True, 1),
        _done(30, Act.ORDER_CLOSE_TRIED, actor=BUYER.id, status=425, wait=30),
        _done(61, Act.ORDER_CLOSE_TRIED, status=None),
        _done(92, Act.ORDER_CLOSE_TRIED, status=200),
        _done(92, Act.ORDER_USER_REFUNDED),
        Moved(_at(92), "release", 490_000),
        Told(_at(92), NoticeKind.ENDED, BUYER.id, None, False, 2),
        Told(_at(92), None, _ADA, _at(4000), False, 0),
        _done(100_000, None),
    )
    facts = OrderRecord(order, "42", Outcome.CLOSED, 0, 0, 0, happened, len(happened), Page(0, 3), _NAMES)
    yield "an order's story", record.record(facts, t)
    for outcome in Outcome:
        told = replace(facts, order=replace(order, reason="no_match"), outcome=outcome, happenings=happened[:1])
        yield f"an order's story: {outcome.value}", record.record(replace(told, page=_ONE, digits=None), t)
    for state in (OrderState.BOUGHT, OrderState.NOT_BOUGHT):
        judged = replace(facts, order=replace(order, state=state), outcome=Outcome.UNCONFIRMED, page=_ONE)
        yield f"an order's story: judged {state.value}", record.record(judged, t, BUYER.id)


def _audit(t: Translator) -> Iterator[tuple[str, Screen]]:
    lines = (
        _done(9, Act.CREDIT_DONE, actor=_ADA, whom=BUYER.id, amount=5_000_000, before=0, after=5_000_000),
        _done(8, Act.PERSON_LIMITED, actor=_ADA, whom=5, limit="daily_spend", before=None, after=3_000_000),
        _done(7, Act.PERSON_ALLOWED, actor=_ADA, whom=BUYER.id, before="unknown", after="allowed"),
        _done(6, Act.BUYING_PAUSED, why="books", before=None, after="books"),
        replace(_done(5, Act.ORDER_JUDGED_BOUGHT, actor=_ADA, before="released", after="bought"), order_id=12),
        _done(4, Act.CREDIT_ASKED, actor=_ADA, whom=BUYER.id, amount=1, note="<b>first</b>\nmonth\u202e"),
        _done(3, None, actor=_ADA, shape=("of", "another")),
    )
    yield "audit", audit.audit(AuditPage(lines, Page(0, 9), 70, None, _NAMES, "USD"), t)
    yield "audit of one person", audit.audit(AuditPage(lines[:1], _ONE, 1, BUYER.id, _NAMES, "USD"), t)
    yield "audit, nothing", audit.audit(AuditPage((), _ONE, 0, None, {}, "USD"), t)


def _at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def _done(seconds: float, act: Act | None, actor: int | None = None, whom: int | None = None, **detail: object) -> Done:
    word = "order.of<another>release" if act is None else act.value
    return Done(1, _at(seconds), act, word, actor, None, whom, detail)
