"""The daily digest: once a day, whatever becomes of processes and clocks; what it says to whom."""

import json
from datetime import date, timedelta
from typing import Any, cast

import pytest
from sqlalchemy import text

from bot.db import people, switches
from bot.db.details import read
from bot.db.switches import Switch
from bot.domain.access import Standing
from bot.domain.details import DailyDigest
from bot.domain.figures import Outcome
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState as S
from bot.domain.people import Person
from tests.services.desk.past import PRICE, placed
from tests.services.floor import ADA, ADMIN, BEN, Floor

HOUR, DAY = 3_600, 86_400


async def digests(floor: Floor) -> list[tuple[int, DailyDigest]]:
    """(person, what they are told), oldest first."""
    query = "SELECT person_id, detail FROM notices WHERE key LIKE 'digest:%' ORDER BY id"
    async with floor.database.read() as tx:
        rows = list(await tx.connection.execute(text(query)))
    return [(row.person_id, cast("Any", read(NoticeKind.MESSAGE, json.loads(row.detail)))) for row in rows]


@pytest.fixture
async def morning(floor: Floor) -> Floor:
    """Half past eight, a day after the first person was met (at noon)."""
    floor.clock.forward(20.5 * HOUR)
    assert await floor.partner.try_balance()
    return floor


async def test_it_comes_once_a_day_however_often_it_is_due(morning: Floor) -> None:
    for _ in range(3):
        await morning.shop.digest.tell()
    assert [who for who, _ in await digests(morning)] == [ADMIN]
    morning.clock.forward(DAY)
    await morning.shop.digest.tell()
    assert [told.day for _, told in await digests(morning)] == [date(2026, 3, 1), date(2026, 3, 2)]


async def test_it_tells_what_yesterday_brought(morning: Floor) -> None:
    yesterday = morning.clock() - timedelta(days=1)
    await placed(morning, S.COMPLETED, yesterday, 3, took=41)
    await placed(morning, S.USER_REFUNDED, yesterday)
    await placed(morning, S.COMPLETED, morning.clock())  # today's are tomorrow's
    await morning.shop.digest.tell()
    ((_, told),) = await digests(morning)
    assert dict(told.counts) == {Outcome.CODE: 3, Outcome.CLOSED: 1}
    assert (told.spent, told.median, told.newcomers, told.currency) == (3 * PRICE, 41, 1, "USD")
    assert told.balance == morning.account.balance
    assert told.lasts is not None


async def test_the_owners_purse_is_not_told_to_other_admins(morning: Floor) -> None:
    async with morning.database.write() as tx:
        await people.add(tx, Person(BEN, "Ben", Standing.ALLOWED, "en"))
        await people.appoint(tx, BEN, admin=True)
    await morning.shop.digest.tell()
    told = dict(await digests(morning))
    assert set(told) == {ADMIN, BEN}
    assert (told[BEN].balance, told[BEN].lasts) == (None, None)
    assert told[ADMIN].balance is not None


async def test_a_bot_that_was_down_at_the_hour_tells_it_when_it_is_back_but_not_in_the_evening(floor: Floor) -> None:
    floor.clock.forward(20 * HOUR + 6 * HOUR + 60)
    await floor.shop.digest.tell()
    assert await digests(floor) == []
    floor.clock.forward(DAY - 120)
    await floor.shop.digest.tell()
    assert len(await digests(floor)) == 1


async def test_before_the_hour_nothing_comes_and_at_the_hour_it_does(floor: Floor) -> None:
    floor.clock.forward(20 * HOUR - 1)
    await floor.shop.digest.tell()
    assert await digests(floor) == []
    floor.clock.forward(1)
    await floor.shop.digest.tell()
    assert len(await digests(floor)) == 1


async def test_an_hour_before_midnight_is_still_told_after_it(floor: Floor) -> None:
    await floor.shop.digest.set_hour(ADA, 23)
    floor.clock.forward(12 * HOUR + 5 * 60 + DAY)
    await floor.shop.digest.tell()
    assert [told.day for _, told in await digests(floor)] == [date(2026, 3, 1)]


async def test_a_clock_that_is_set_back_or_ahead_tells_no_day_twice_and_none_for_ever(morning: Floor) -> None:
    await morning.shop.digest.tell()
    morning.clock.set_by(30 * DAY)
    await morning.shop.digest.tell()
    morning.clock.set_by(-30 * DAY)
    await morning.shop.digest.tell()
    assert len(await digests(morning)) == 2
    morning.clock.forward(DAY)
    await morning.shop.digest.tell()
    assert len(await digests(morning)) == 3


async def test_two_processes_that_find_it_due_at_once_tell_it_once(morning: Floor) -> None:
    due_then, digest = morning.clock(), morning.shop.digest
    await digest.tell()
    async with morning.database.write() as tx:  # as if the other one had not seen the first one's mark
        await tx.connection.execute(text("DELETE FROM switches WHERE name = 'digest.told'"))
    await digest.tell()
    assert len(await digests(morning)) == 1
    assert morning.clock() == due_then


async def test_a_bot_that_met_nobody_yesterday_and_never_before_says_nothing(floor: Floor) -> None:
    floor.clock.forward(1 * HOUR)
    await floor.shop.digest.tell()
    assert await digests(floor) == []


async def test_off_is_off_and_an_act_that_the_audit_keeps_with_before_and_after(morning: Floor) -> None:
    assert (await morning.shop.digest.facts(ADA)).hour == 8
    for hour in (None, None, 0):
        assert (await morning.shop.digest.set_hour(ADA, hour)).hour == hour
        await morning.shop.digest.tell()
    assert await digests(morning) == []  # at half past eight midnight is more than six hours ago
    async with morning.database.read() as tx:
        rows = list(await tx.connection.execute(text("SELECT actor_id, detail FROM audit WHERE act = 'digest.set'")))
    assert [(row.actor_id, row.detail) for row in rows] == [
        (ADMIN, '{"before": 8, "after": null}'),
        (ADMIN, '{"before": null, "after": 0}'),
    ]


@pytest.mark.parametrize("stored", ["nonsense", "99", "-7", ""])
async def test_an_hour_that_nobody_can_read_is_the_usual_one(floor: Floor, stored: str) -> None:
    async with floor.database.write() as tx:
        await tx.connection.execute(
            text("INSERT INTO switches (name, value, at) VALUES ('digest.hour', :stored, 0)"), {"stored": stored}
        )
    assert (await floor.shop.digest.facts(ADA)).hour == 8


async def test_the_next_hour_is_told_as_a_moment(floor: Floor) -> None:
    assert (await floor.shop.digest.facts(ADA)).at == floor.clock().replace(hour=8) + timedelta(days=1)
    assert (await floor.shop.digest.set_hour(ADA, 13)).at == floor.clock().replace(hour=13)


async def test_an_old_balance_is_not_told(floor: Floor) -> None:
    floor.clock.forward(20.5 * HOUR)
    await floor.shop.digest.tell()
    ((_, told),) = await digests(floor)
    assert (told.balance, told.lasts) == (None, None)


async def test_a_mark_that_nobody_can_read_stops_no_digest(morning: Floor) -> None:
    for number, stored in enumerate(("soon", "", "{}"), 1):
        async with morning.database.write() as tx:
            await switches.put(tx, Switch("digest.told", str, str), stored)
        await morning.shop.digest.tell()
        assert len(await digests(morning)) == number
        morning.clock.forward(DAY)
