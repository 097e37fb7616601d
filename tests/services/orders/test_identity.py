"""The ids of one operation are one, whatever HidSim calls it; another order's operation is never taken for it."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.orders import Order, OrderState
from bot.faults import DatabaseConflict
from tests.services.floor import ANN, BEN, Floor, answer

LONG, OTHER = "65f1c2ab1d0e4b6f9a7c3e21", "65f1c2ab1d0e4b6f9a7c3e99"


async def placed(floor: Floor, person_id: int = ANN, nonce: str = "n1") -> Order:
    """An order whose purchase has no answer in the books."""
    floor.director.fault("/purchase", cut="after")
    return await floor.bought(person_id, nonce)


async def told(floor: Floor, order: Order, *ids: str, **facts: Any) -> Order:
    """HidSim answers with an operation of these ids, the first one its `_id` if it is one."""
    long = next((one for one in ids if len(one) == 24), ids[0])
    short = next((one for one in ids if one != long), None)
    await floor.recorder.record(order.id, answer(long, short, **facts))
    return await floor.order(order.id)


async def codes(floor: Floor) -> list[str]:
    async with floor.database.read() as tx:
        return [str(row.code) for row in await tx.connection.execute(text("SELECT code FROM sms ORDER BY id"))]


async def alerts(floor: Floor) -> int:
    async with floor.database.read() as tx:
        rows = await tx.connection.execute(text("SELECT key FROM notices WHERE key LIKE 'alert:stranger:%'"))
        return len(rows.all())


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (("17",), ("17", LONG)),
        (("17",), (LONG,)),
        (("17", LONG), ("17",)),
        ((LONG,), (LONG.upper(),)),
        ((LONG.upper(), "17"), (LONG,)),
        ((LONG,), ("17",)),
        (("Op-A1",), ("op-a1",)),
        (("17", LONG), (LONG, "18")),
    ],
)
async def test_one_operation_under_several_ids_is_one(
    floor: Floor, first: tuple[str, ...], then: tuple[str, ...]
) -> None:
    order = await told(floor, await placed(floor), *first)
    after = await told(floor, order, *then, state="completed", code="4711")
    assert after.state is OrderState.COMPLETED
    assert after.operation_id == order.operation_id
    assert await codes(floor) == ["4711"]
    assert await alerts(floor) == 0


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ((LONG,), (OTHER,)),
        ((LONG, "17"), (OTHER, "17")),
        ((LONG, "17"), ("18",)),
        (("17",), ("18", OTHER)),
        (("17",), ("18",)),
    ],
)
async def test_another_operation_is_told_to_the_admins_once_and_to_nobody_else(
    floor: Floor, first: tuple[str, ...], then: tuple[str, ...]
) -> None:
    order = await told(floor, await placed(floor), *first)
    for _ in range(3):
        assert await told(floor, order, *then, state="completed", code="4711") == order
    assert await codes(floor) == []
    assert await alerts(floor) == 1


async def test_an_id_that_was_learned_counts_ever_after(floor: Floor) -> None:
    order = await told(floor, await placed(floor), "17")
    await told(floor, order, "17", LONG)
    assert await told(floor, order, OTHER, state="completed", code="4711") == order
    assert (await told(floor, order, LONG, state="completed", code="0815")).state is OrderState.COMPLETED
    assert await codes(floor) == ["0815"]


async def test_no_operation_belongs_to_two_orders_under_whatever_id(floor: Floor) -> None:
    await told(floor, await placed(floor), "17", LONG)
    await floor.people.meet(BEN, "Ben", "en")
    second = await placed(floor, BEN, "n2")
    for ids in ((LONG.upper(),), ("17",), (LONG, "99")):
        with pytest.raises(DatabaseConflict):
            await told(floor, second, *ids, state="completed", code="4711")
    known = await told(floor, second, OTHER)
    assert await told(floor, known, LONG, state="completed", code="4711") == known
    assert await codes(floor) == []


async def test_a_short_id_that_two_operations_share_costs_nobody_a_purchase(floor: Floor) -> None:
    await told(floor, await placed(floor), "1", LONG)
    await floor.people.meet(BEN, "Ben", "en")
    second = await told(floor, await placed(floor, BEN, "n2"), "1", OTHER)
    assert second.operation_id == OTHER
    assert (await told(floor, second, "1", OTHER, state="completed", code="4711")).state is OrderState.COMPLETED


async def test_only_a_short_id_that_another_order_has_is_no_new_operation(floor: Floor) -> None:
    await told(floor, await placed(floor), "17")
    await floor.people.meet(BEN, "Ben", "en")
    second = await placed(floor, BEN, "n2")
    with pytest.raises(DatabaseConflict):
        await told(floor, second, "17", LONG)
