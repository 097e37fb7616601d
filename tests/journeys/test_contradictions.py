"""An answer that contradicts another order ends as unconfirmed, instead of being written for ever."""

import asyncio
from pathlib import Path

from bot.db.orders import orders
from bot.domain.orders import OrderState
from tests.journeys.shop import open_shop


async def test_two_purchases_answered_with_one_operation_leave_the_second_unconfirmed(tmp_path: Path) -> None:
    async with open_shop(tmp_path, "canonical") as shop:
        shop.director.set_default_story("never", expires_after=100_000)
        ann = shop.person(patience=20)
        await ann.say("telegram brazil 0.3")
        await ann.sees_button("Buy · up to")
        await ann.tap("Buy · up to")
        await ann.sees_button("Copy number")
        first = shop.hidsim.director.operations()[0]
        shop.director.fault("/purchase", method="POST", status=201, body=first)
        sent = await ann.say("telegram brazil 0.3")
        price = await ann.sees("Matching now", since=sent)
        await ann.tap("Buy · up to", message=price)
        await ann.sees("We are not sure that this order went through")
        async with asyncio.timeout(10):
            await shop.app.resources.purchases.drain(10)
        async with shop.app.resources.database.read() as tx:
            found = await orders.get(tx, 2)
        assert found is not None
        assert found.state is OrderState.UNCONFIRMED
