"""Staff is told once that something begins and once that it is over, whatever happens in between."""

import re
from pathlib import Path

import pytest
from sqlalchemy import text

import bot.services
from bot.db import incidents as rows
from bot.db import people
from bot.domain.access import Standing
from bot.domain.alerts import LASTING, AlertKind, BalanceLeft
from bot.domain.details import AlertDetail
from bot.domain.pausing import ALERT_OF
from bot.domain.people import Person
from bot.services.people.staff import Staff
from bot.services.telling.incidents import Incidents
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor

K = AlertKind


@pytest.fixture
async def staffed(floor: Floor) -> Floor:
    """Ann is an admin, and Ben a buyer."""
    async with floor.database.write() as tx:
        await people.appoint(tx, ANN, admin=True)
    await floor.people.meet(BEN, "Ben", "en")
    return floor


async def begin(floor: Floor, kind: K = K.UNREACHABLE, subject: str = "", by: Person | None = None) -> bool:
    async with floor.database.write() as tx:
        return await floor.shop.incidents.begin(tx, kind, subject, by=by)


async def end(floor: Floor, kind: K = K.UNREACHABLE, subject: str = "", by: Person | None = None) -> bool:
    async with floor.database.write() as tx:
        return await floor.shop.incidents.end(tx, kind, subject, by=by)


async def all_sent(floor: Floor) -> None:
    async with floor.database.write() as tx:
        await tx.connection.execute(text("UPDATE notices SET done_at = :now"), {"now": 1})


async def test_it_is_told_once_at_its_beginning_and_once_at_its_end(staffed: Floor) -> None:
    assert [await begin(staffed) for _ in range(3)] == [True, False, False]
    assert await staffed.alerted() == await staffed.alerted(ANN) == ["hidsim-silent"]
    assert [await end(staffed) for _ in range(3)] == [True, False, False]
    assert await staffed.alerted() == await staffed.alerted(ANN) == ["hidsim-silent", "over hidsim-silent"]
    assert await staffed.alerted(BEN) == []


async def test_it_is_told_anew_when_it_comes_again(staffed: Floor) -> None:
    for _ in range(2):
        await begin(staffed)
        await end(staffed)
    assert await staffed.alerted() == ["hidsim-silent", "over hidsim-silent"] * 2


async def test_a_restart_in_the_middle_tells_nothing_twice(staffed: Floor) -> None:
    await begin(staffed)
    reborn = Incidents(Staff([ADMIN]))
    assert reborn.goes_on(K.UNREACHABLE) is None
    async with staffed.database.write() as tx:
        assert not await reborn.begin(tx, K.UNREACHABLE)
    assert reborn.goes_on(K.UNREACHABLE) is True
    async with staffed.database.write() as tx:
        assert await reborn.end(tx, K.UNREACHABLE)
    assert await staffed.alerted() == ["hidsim-silent", "over hidsim-silent"]


async def test_each_subject_has_an_incident_of_its_own(staffed: Floor) -> None:
    assert [await begin(staffed, subject=one) for one in ("a", "b", "a")] == [True, True, False]
    assert await end(staffed, subject="a")
    async with staffed.database.read() as tx:
        assert [one.subject for one in await rows.going_on(tx)] == ["b"]


async def test_what_only_owners_can_cure_is_told_to_them_alone(staffed: Floor) -> None:
    await begin(staffed, K.LOW_BALANCE)
    await end(staffed, K.LOW_BALANCE)
    assert (len(await staffed.alerted()), await staffed.alerted(ANN)) == (2, [])


async def test_whose_deed_it_is_need_not_be_told(staffed: Floor) -> None:
    await begin(staffed, K.PAUSED_BY_ADMIN, by=ADA)
    await end(staffed, K.PAUSED_BY_ADMIN, by=ADA)
    assert await staffed.alerted() == []
    assert await staffed.alerted(ANN) == ["paused-admin", "over paused-admin"]


async def test_whom_the_beginning_has_not_reached_hears_of_the_end_alone(staffed: Floor) -> None:
    await begin(staffed)
    async with staffed.database.write() as tx:
        await people.set_unreachable(tx, ANN, tx.now)
    assert [one.notice.person_id for one in await staffed.outbox.claim(10)] == [ADMIN]
    await end(staffed)
    async with staffed.database.read() as tx:
        waiting = await tx.connection.execute(
            text("SELECT detail FROM notices WHERE person_id = :who AND done_at IS NULL"), {"who": ANN}
        )
        assert [str(row.detail) for row in waiting] == ['{"what": "hidsim-silent", "over": "0"}']


async def test_the_end_says_how_long_it_was_and_what_it_was_about(staffed: Floor) -> None:
    facts = BalanceLeft(5, "USD", 3)
    async with staffed.database.write() as tx:
        await staffed.shop.incidents.begin(tx, K.LOW_BALANCE, facts=facts, ago=60)
    await all_sent(staffed)
    staffed.clock.forward(30)
    await end(staffed, K.LOW_BALANCE)
    (told,) = await staffed.outbox.claim(10)
    detail = told.notice.detail
    assert isinstance(detail, AlertDetail)
    assert (detail.facts, detail.over and detail.over.seconds) == (facts, 90)


async def test_a_clock_that_was_set_back_makes_no_span_below_nothing(staffed: Floor) -> None:
    await begin(staffed)
    await all_sent(staffed)
    staffed.clock.set_by(-3600)
    await end(staffed)
    (told, _) = await staffed.outbox.claim(10)
    assert isinstance(told.notice.detail, AlertDetail)
    assert told.notice.detail.over is not None
    assert told.notice.detail.over.seconds == 0


async def _begin_and_fail(floor: Floor) -> None:
    async with floor.database.write() as tx:
        await floor.shop.incidents.begin(tx, K.UNREACHABLE)
        raise ZeroDivisionError


async def test_what_was_rolled_back_was_never_told_and_is_told_the_next_time(staffed: Floor) -> None:
    with pytest.raises(ZeroDivisionError):
        await _begin_and_fail(staffed)
    assert staffed.shop.incidents.goes_on(K.UNREACHABLE) is None
    assert await begin(staffed)
    assert await staffed.alerted() == ["hidsim-silent"]


async def test_a_blocked_admin_is_told_nothing(staffed: Floor) -> None:
    await staffed.people.decide(ADA, ANN, Standing.BLOCKED)
    await begin(staffed)
    assert await staffed.alerted(ANN) == []


def test_every_kind_that_lasts_has_somebody_who_ends_it() -> None:
    """By the source: a kind whose end nobody tells goes on for ever."""
    source = "".join(file.read_text() for file in Path(bot.services.__file__).parent.rglob("*.py"))
    ended = r"(?:\.end\(tx,|verdicts\.take\() ?AlertKind\.(\w+)(?!, True)\b"
    by_name = {AlertKind[name] for name in re.findall(ended, source)}
    assert set(ALERT_OF.values()) | by_name == LASTING
