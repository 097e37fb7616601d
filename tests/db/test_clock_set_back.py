"""The machine's clock is set back: what was leased or due by the old time does not wait until that time comes again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.db import notices, orders
from bot.db.database import Database
from bot.db.leases import Lease
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState
from tests.db.fresh import ANN, NOW, ordered, stock

BACK = pytest.mark.parametrize("before", [NOW - timedelta(hours=1), NOW - timedelta(days=1)], ids=["an hour", "a day"])
LEASE = timedelta(seconds=1)


@BACK
async def test_an_order_is_asked_about_again(database: Database, before: datetime) -> None:
    async with database.write() as connection:
        await stock(connection)
        order = await ordered(connection)
        await orders.move(connection, order, replace(order, state=OrderState.CREATING, operation_id="a" * 24))
        assert await orders.lease(connection, [order.id], NOW, NOW + LEASE) == {order.id}
        assert await orders.live(connection, NOW) == []
        assert [one.id for one in await orders.live(connection, before)] == [order.id]
        assert await orders.lease(connection, [order.id], before, before + LEASE) == {order.id}
        assert await orders.live(connection, before) == []


@BACK
async def test_an_unconfirmed_hold_comes_back(database: Database, before: datetime) -> None:
    async with database.write() as connection:
        await stock(connection)
        order = await ordered(connection)
        await orders.move(
            connection, order, replace(order, state=OrderState.UNCONFIRMED, release_at=NOW + timedelta(minutes=10))
        )
        due = await orders.to_release(connection, before)
        assert [one.id for one in due] == [order.id]


@BACK
async def test_a_notice_that_nobody_had_sent_goes_out(database: Database, before: datetime) -> None:
    async with database.write() as connection:
        await stock(connection)
        await notices.add(connection, "k", ANN, NoticeKind.NUMBER, NOW)
        assert await notices.any_due(connection, before)
        assert [one.key for one in await notices.due(connection, before, 20)] == ["k"]
        assert [
            one.key for one in await notices.claim(connection, Lease(1, before, before + timedelta(seconds=60)), 20)
        ] == ["k"]


@BACK
async def test_a_notice_that_was_leased_goes_out_and_keeps_nobody_waiting(database: Database, before: datetime) -> None:
    until = timedelta(seconds=60)
    async with database.write() as connection:
        await stock(connection)
        for key in ("number", "code"):
            await notices.add(connection, key, ANN, NoticeKind.CODE, NOW)
        (first,) = await notices.claim(connection, Lease(1, NOW, NOW + until), 20)
        assert await notices.claim(connection, Lease(1, NOW, NOW + until), 20) == []
        (again,) = await notices.claim(connection, Lease(1, before, before + until), 20)
        assert again.key == first.key
        assert await notices.claim(connection, Lease(1, before, before + until), 20) == []
        await notices.done(connection, first.id, 50, before)
        assert [one.key for one in await notices.claim(connection, Lease(1, before, before + until), 20)] == ["code"]
