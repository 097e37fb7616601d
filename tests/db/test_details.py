"""What a notice says beside its order stands in the file as every release reads it."""

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.db.database import Database
from bot.db.details import facts as facts_of
from bot.db.details import read, written
from bot.db.leases import Lease
from bot.db.telling import notices
from bot.domain.alerts import (
    AlertFacts,
    AlertKind,
    BalanceLeft,
    Delay,
    Difference,
    Over,
    PausedBy,
    ShortList,
    UnreadableUpdate,
)
from bot.domain.details import (
    AlertDetail,
    CodeCorrected,
    CreditDeclined,
    CreditGranted,
    CreditMoved,
    CreditRequested,
    DailyDigest,
    Detail,
    EntryAsked,
    InvitationUsed,
    LetIn,
    NotLetIn,
    NumberReplaced,
    PriceTold,
    RoleTurned,
    SmsLate,
)
from bot.domain.notices import NoticeKind
from bot.domain.outcomes import Outcome
from bot.domain.watches import CameBack, Pair, WatchOver
from tests.db.fresh import ANN, BEN, stock

K, A = NoticeKind, AlertKind
SEEN = datetime(2026, 1, 15, 12, tzinfo=UTC)

STORED: list[tuple[NoticeKind, Detail | None, str]] = [
    (K.CODE, None, "{}"),
    (K.CODE, CodeCorrected(), '{"corrected": "yes"}'),
    (K.NUMBER, None, "{}"),
    (K.NUMBER, NumberReplaced(), '{"replaces": "yes"}'),
    (K.PRICED, None, "{}"),
    (K.PRICED, PriceTold(130_000), '{"back": "130000"}'),
    (
        K.MESSAGE,
        CameBack(Pair(7, "Telegram", 9, "Brazil", "BR"), 305_000, 100_000, None, SEEN, "USD", silent=True),
        (
            '{"what": "came back", "service": "Telegram", "country": "Brazil", "country_code": "BR", '
            '"service_id": "7", "country_id": "9", "currency": "USD", "high": "305000", "price": "100000", '
            '"seen": "1768478400", "silent": "yes"}'
        ),
    ),
    (
        K.MESSAGE,
        CameBack(Pair(7, "Telegram", 9, "USA (virtual)", "US", "USA (virtual)"), None, 100_000, 0, SEEN, "USD"),
        (
            '{"what": "came back", "service": "Telegram", "country": "USA (virtual)", "country_code": "US", '
            '"country_label": "USA (virtual)", "service_id": "7", "country_id": "9", "currency": "USD", '
            '"price": "100000", "seen": "1768478400", "stock": "0"}'
        ),
    ),
    (
        K.MESSAGE,
        WatchOver(Pair(7, "Telegram", 9, "Brazil"), None, "USD"),
        (
            '{"what": "watch over", "service": "Telegram", "country": "Brazil", "service_id": "7", "country_id": "9", '
            '"currency": "USD"}'
        ),
    ),
    (
        K.MESSAGE,
        WatchOver(Pair(7, "Telegram", 9, "Brazil"), 5, "USD", sold=False),
        (
            '{"what": "watch given up", "service": "Telegram", "country": "Brazil", "service_id": "7", '
            '"country_id": "9", "currency": "USD", "high": "5"}'
        ),
    ),
    (K.ENDED, None, "{}"),
    (K.ALERT, AlertDetail(A.UNCONFIRMED), '{"what": "unconfirmed"}'),
    (K.ALERT, AlertDetail(A.PAUSED_BY_BOOKS), '{"what": "paused-books"}'),
    (
        K.ALERT,
        AlertDetail(A.SHORT_SERVICES, ShortList(410, 1_200)),
        '{"what": "short-services", "found": "410", "known": "1200"}',
    ),
    (
        K.ALERT,
        AlertDetail(A.SHORT_COUNTRIES, ShortList(4, 12)),
        '{"what": "short-countries", "found": "4", "known": "12"}',
    ),
    (K.ALERT, AlertDetail(A.APART, Difference(-5, "EUR")), '{"what": "apart", "amount": "-5", "currency": "EUR"}'),
    (
        K.ALERT,
        AlertDetail(A.UNREADABLE, UnreadableUpdate("poll", "text")),
        '{"what": "unreadable", "kind": "poll", "field": "text"}',
    ),
    (
        K.MESSAGE,
        CreditMoved(-2_000_000, 3, "USD"),
        '{"what": "credit", "amount": "-2000000", "balance": "3", "currency": "USD"}',
    ),
    (
        K.MESSAGE,
        CreditRequested(7, 77, 5, 3, "USD", "B", "<b>"),
        (
            '{"what": "requested", "amount": "5", "balance": "3", "currency": "USD", "request": "7", "id": "77", '
            '"name": "B", "reason": "<b>"}'
        ),
    ),
    (
        K.MESSAGE,
        CreditGranted(5_000_000, 3, "USD", "p1:1:1:1:2:h"),
        '{"what": "granted", "amount": "5000000", "balance": "3", "currency": "USD", "basket": "p1:1:1:1:2:h"}',
    ),
    (
        K.MESSAGE,
        CreditGranted(5_000_000, 3, "USD", None),
        '{"what": "granted", "amount": "5000000", "balance": "3", "currency": "USD"}',
    ),
    (K.MESSAGE, CreditDeclined(5, "EUR"), '{"what": "declined", "amount": "5", "currency": "EUR"}'),
    (K.MESSAGE, SmsLate(), '{"what": "late"}'),
    (K.MESSAGE, LetIn(), '{"what": "allowed"}'),
    (
        K.MESSAGE,
        DailyDigest(date(2026, 1, 14), {Outcome.CODE: 9}, 2_000_000, "EUR", 41, 3, 1, -5, 7_200),
        json.dumps(
            {"what": "digest", "day": "2026-01-14", "currency": "EUR", "spent": "2000000", "median": "41"}
            | {"newcomers": "3", "incidents": "1", "balance": "-5", "lasts": "7200", "count_code": "9"}
        ),
    ),
    (
        K.MESSAGE,
        DailyDigest(date(2026, 1, 14), {}, 0, "USD"),
        '{"what": "digest", "day": "2026-01-14", "currency": "USD", "spent": "0", "newcomers": "0", "incidents": "0"}',
    ),
    (K.MESSAGE, InvitationUsed(77, "Ben"), '{"what": "invited", "id": "77", "name": "Ben"}'),
    (K.MESSAGE, NotLetIn(), '{"what": "not allowed"}'),
    (K.MESSAGE, EntryAsked(77, "Ben", "ben"), '{"what": "asks", "id": "77", "name": "Ben", "username": "ben"}'),
    (K.MESSAGE, RoleTurned(admin=True), '{"what": "role", "admin": "yes"}'),
    (K.MESSAGE, RoleTurned(admin=False), '{"what": "role", "admin": "no"}'),
]
"""Notices that the previous release left waiting have these very texts."""


@pytest.mark.parametrize(("kind", "detail", "stored"), STORED)
async def test_a_detail_is_stored_as_ever_and_comes_back_whole(
    database: Database, kind: NoticeKind, detail: Detail | None, stored: str
) -> None:
    async with database.write() as tx:
        await stock(tx)
        await notices.add(tx, "k", ANN, kind, detail=detail)
        assert (await tx.connection.execute(text("SELECT detail FROM notices"))).scalar_one() == stored
        (notice,) = await notices.due(tx, 20)
        assert (notice.kind, notice.detail) == (kind, detail)


def test_every_kind_of_alert_comes_back_as_what_it_is() -> None:
    for kind in AlertKind:
        for over in (None, Over(0), Over(754, "Ann")):
            found = read(K.ALERT, written(AlertDetail(kind, None, over)))
            assert isinstance(found, AlertDetail)
            assert (found.kind, found.over) == (kind, over)


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (A.LOW_BALANCE, BalanceLeft(4_200_000, "EUR", 30)),
        (A.SHORT_BALANCE, BalanceLeft(-1, "EUR")),
        (A.PAUSED_BY_ADMIN, PausedBy("Ann <b>")),
        (A.SLOW_CODES, Delay(75)),
    ],
)
def test_the_facts_of_an_alert_come_back_whole(kind: AlertKind, facts: AlertFacts) -> None:
    assert read(K.ALERT, written(AlertDetail(kind, facts))) == AlertDetail(kind, facts)


@pytest.mark.parametrize(
    ("kind", "stored", "detail"),
    [
        (K.ALERT, {}, None),
        (K.ALERT, {"what": "of-another-release"}, None),
        (K.ALERT, {"what": "short-services"}, AlertDetail(A.SHORT_SERVICES, ShortList(0, 0))),
        (K.ALERT, {"what": "apart", "amount": "much"}, AlertDetail(A.APART, Difference(0, "USD"))),
        (K.ALERT, {"what": "lost", "since": "5"}, AlertDetail(A.LOST)),
        (
            K.ALERT,
            {"what": "balance-low", "hours": "soon", "over": "soon"},
            AlertDetail(A.LOW_BALANCE, BalanceLeft(0, "USD")),
        ),
        (K.PRICED, {"back": "some"}, None),
        (K.MESSAGE, {"what": "of-another-release"}, None),
        (K.MESSAGE, {"what": "invited", "name": "Ben"}, None),
        (K.MESSAGE, {"what": "digest", "day": "soon"}, None),
        (K.MESSAGE, {"what": "digest"}, None),
        (
            K.MESSAGE,
            {"what": "digest", "day": "2026-01-14", "count_code": "9", "count_sold": "3", "spent": "much"},
            DailyDigest(date(2026, 1, 14), {Outcome.CODE: 9}, 0, "USD"),
        ),
        (K.MESSAGE, {"what": "asks", "id": "somebody"}, None),
        (K.MESSAGE, {"what": "asks", "id": "77"}, EntryAsked(77, "")),
        (K.MESSAGE, {"amount": "5", "balance": "6", "currency": "USD"}, CreditMoved(5, 6, "USD")),
        (K.ENDED, {"what": "of-another-release"}, None),
    ],
)
def test_words_of_another_release_are_read_as_far_as_they_are_understood(
    kind: NoticeKind, stored: dict[str, str], detail: Detail | None
) -> None:
    assert read(kind, stored) == detail


async def test_a_detail_that_nobody_understands_holds_up_no_other_notice(database: Database) -> None:
    async with database.write() as tx:
        await stock(tx)
        await notices.add(tx, "strange", ANN, K.MESSAGE, detail=LetIn())
        await notices.add(tx, "code", BEN, K.CODE)
        strange = json.dumps({"what": "invited", "id": "nobody"})
        await tx.connection.execute(text("UPDATE notices SET detail = :d WHERE key = 'strange'"), {"d": strange})
        claimed = await notices.claim(tx, Lease(1, timedelta()), 20)
        assert [(notice.key, notice.detail) for notice in claimed] == [("code", None), ("strange", None)]


@pytest.mark.parametrize("stored", [[], None, "x", 5, {"what": ["asks"], "amount": {}}])
@pytest.mark.parametrize("kind", list(NoticeKind))
def test_what_is_no_object_of_texts_says_nothing(kind: NoticeKind, stored: Any) -> None:
    assert read(kind, stored) is None
    for alert in AlertKind:
        assert facts_of(alert, stored) == facts_of(alert, {})


def test_the_name_of_who_came_in_is_in_no_repr() -> None:
    assert "Ben" not in repr(InvitationUsed(77, "Ben"))
    assert "Ben" not in repr(EntryAsked(77, "Ben", "Ben"))
