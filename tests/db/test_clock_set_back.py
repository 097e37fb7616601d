"""The machine's clock is set back: what was leased or due by the old time does not wait until that time comes again."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.db.database import Database
from bot.db.leases import Lease
from bot.db.orders import orders, worklist
from bot.db.telling import notices
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState
from tests.db.fresh import ANN, NOW, at, ordered, stock

BACK = pytest.mark.parametrize("before", [NOW - timedelta(hours=1), NOW - timedelta(days=1)], ids=["an hour", "a day"])
SENDING = Lease(1, timedelta(seconds=60))


@BACK
async def test_an_unconfirmed_hold_comes_back(database: Database, before: datetime) -> None:
    async with database.write() as tx:
        await stock(tx)
        order = await ordered(tx)
        await orders.move(
            tx, order, replace(order, state=OrderState.UNCONFIRMED, release_at=NOW + timedelta(minutes=10))
        )
        due = await worklist.to_release(at(tx, before))
        assert [one.id for one in due] == [order.id]


@BACK
async def test_a_notice_that_nobody_had_sent_goes_out(database: Database, before: datetime) -> None:
    async with database.write() as tx:
        await stock(tx)
        await notices.add(tx, "k", ANN, NoticeKind.NUMBER)
        earlier = at(tx, before)
        assert await notices.any_due(earlier)
        assert [one.key for one in await notices.due(earlier, 20)] == ["k"]
        assert [one.key for one in await notices.claim(earlier, SENDING, 20)] == ["k"]


@BACK
async def test_a_notice_that_was_leased_goes_out_and_keeps_nobody_waiting(database: Database, before: datetime) -> None:
    async with database.write() as tx:
        await stock(tx)
        for key in ("number", "code"):
            await notices.add(tx, key, ANN, NoticeKind.CODE)
        (first,) = await notices.claim(tx, SENDING, 20)
        assert await notices.claim(tx, SENDING, 20) == []
        earlier = at(tx, before)
        (again,) = await notices.claim(earlier, SENDING, 20)
        assert again.key == first.key
        assert await notices.claim(earlier, SENDING, 20) == []
        await notices.done(earlier, {first.id: 50})
        assert [one.key for one in await notices.claim(earlier, SENDING, 20)] == ["code"]
