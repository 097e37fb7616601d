"""What a process remembers of the orders it asks about, and what it reads and writes for that."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.orders import Order, OrderState
from bot.domain.polling.learning import Awaited, Curves
from bot.faults import DatabaseFault
from bot.services.orders.learning import Learning
from tests.db.fresh import altered
from tests.db.stranger import writing_to
from tests.services.floor import ANN, Floor


async def tick(floor: Floor) -> None:
    await floor.tracker.tick()
    await floor.nursery.drain(5)


def asks(floor: Floor) -> int:
    return sum(request.method == "GET" and "/operation" in request.path for request in floor.sandbox.record.requests)


@contextmanager
def statements(floor: Floor) -> Iterator[list[str]]:
    """What is said to the database, transactions' beginnings too."""
    said: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    engine = floor.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", heard)
    yield said
    event.remove(engine, "before_cursor_execute", heard)


async def test_an_answer_that_says_nothing_new_says_nothing_to_the_database(floor: Floor) -> None:
    await floor.pending()
    for _ in range(2):
        floor.clock.forward(1)
        await tick(floor)
    before = asks(floor)
    with statements(floor) as said:
        for _ in range(5):
            floor.clock.forward(1)
            await tick(floor)
    assert asks(floor) == before + 5
    assert said == []


async def test_an_answer_that_only_says_when_it_was_touched_is_not_recorded_again(floor: Floor) -> None:
    order = await floor.pending()
    floor.clock.forward(1)
    await tick(floor)
    touched = {"operation": {"_id": order.operation_id, "status": "pending", "phone": order.number}}
    for second in range(3):
        touched["operation"]["updatedAt"] = f"2026-01-15T12:00:0{second}Z"
        floor.director.fault("/operations", status=200, body=touched)
        floor.clock.forward(1)
        with statements(floor) as said:
            await tick(floor)
        if second == 0:
            await tick(floor)  # looks at what the first answer of this kind may have changed
    assert said == []


async def row(floor: Floor, order: Order, **columns: object) -> None:
    """As another process, or an operator, writes it."""
    async with floor.database.write() as tx:
        await altered(tx, order.id, **columns)


async def test_an_order_that_others_ended_is_asked_about_once_more_at_most_and_then_forgotten(floor: Floor) -> None:
    order = await floor.pending()
    floor.clock.forward(1)
    await tick(floor)
    await row(floor, order, state=OrderState.USER_REFUNDED.value, charged=0)
    floor.clock.forward(60)
    await tick(floor)
    before = asks(floor)
    for _ in range(3):
        floor.clock.forward(60)
        await tick(floor)
    assert asks(floor) == before
    assert len(floor.shop.tracked) == 0


async def test_an_order_of_which_nobody_here_heard_is_found_within_a_minute(floor: Floor) -> None:
    order = await floor.pending()
    await row(floor, order, state=OrderState.USER_REFUNDED.value)
    await tick(floor)
    assert len(floor.shop.tracked) == 0
    await row(floor, order, state=OrderState.PENDING.value)
    before = asks(floor)
    floor.clock.forward(60)
    await tick(floor)
    assert asks(floor) == before + 1


async def test_no_ask_leaves_when_no_tick_comes_any_more(floor: Floor) -> None:
    await floor.pending()
    floor.clock.forward(1)
    await tick(floor)
    before = asks(floor)
    floor.clock.forward(2)
    await asyncio.sleep(0)
    await floor.nursery.drain(5)
    assert asks(floor) == before
    await tick(floor)
    assert asks(floor) == before + 1


async def test_known_orders_are_asked_about_though_the_database_can_not_be_read(floor: Floor) -> None:
    await floor.pending()
    floor.clock.forward(1)
    await tick(floor)
    before = asks(floor)
    floor.clock.forward(61)  # it is time to look around
    with writing_to(floor.database.url):
        await tick(floor)
    assert asks(floor) == before + 1


async def many(floor: Floor, order: Order, count: int) -> None:
    """Copies of a live order, each with an operation of its own, which HidSim does not know."""
    names = [one for one in Order.__dataclass_fields__ if one in _COPIED]
    listed = ", ".join(names)
    with closing(sqlite3.connect(floor.database.url.partition("///")[2])) as connection, connection:
        for number in range(count):
            connection.execute(
                f"INSERT INTO orders ({listed}, nonce, operation_id, window_low, window_high, close_wanted)"  # noqa: S608
                f" SELECT {listed}, ?, ?, window_low, window_high, 0 FROM orders WHERE id = ?",
                (f"m{number}", f"{number:024x}", order.id),
            )


_COPIED = ("person_id", "service_id", "country_id", "currency", "held", "state", "revision", "placed_at", "number_at")


async def test_a_hidsim_that_says_nothing_is_not_asked_by_everybody(floor: Floor) -> None:
    await many(floor, await floor.pending(), 250)
    floor.director.fault("/operations", times=None, delay=60)
    floor.shop.tracked.look_around()
    floor.clock.forward(2)
    await floor.tracker.tick()
    schedule = floor.shop.tracked.schedule
    for _ in range(100):
        await asyncio.sleep(0.02)  # the pace goes by real time
        await floor.tracker.tick()
    assert (schedule.under_way, len(schedule)) == (200, 251)
    await floor.nursery.drain(0)


async def test_what_was_learned_outlives_the_process(floor: Floor) -> None:
    order = await floor.pending()
    for _ in range(30):
        floor.clock.forward(1)
        await tick(floor)
    floor.director.code_now()
    floor.clock.forward(1)
    await tick(floor)
    assert (await floor.order(order.id)).state is OrderState.COMPLETED
    await floor.shop.learning.save()
    unlearned, curves = Curves(), Curves()
    await Learning(floor.database, curves).load()
    age = 25.0
    fresh = unlearned.of(Awaited.CODE, order.service_id).probability(age)
    taught = curves.of(Awaited.CODE, order.service_id).probability(age)
    assert taught < fresh  # nothing came before 30 s
    await floor.shop.learning.save()
    async with floor.database.read() as tx:
        count = (await tx.connection.exec_driver_sql("SELECT SUM(events) FROM arrivals WHERE awaited='code'")).scalar()
    assert count == 1


async def test_what_could_not_be_written_down_of_the_learned_is_written_later(floor: Floor) -> None:
    await floor.pending()
    for _ in range(5):
        floor.clock.forward(1)
        await tick(floor)
    with writing_to(floor.database.url), pytest.raises(DatabaseFault):
        await floor.shop.learning.save()
    await floor.shop.learning.save()
    async with floor.database.read() as tx:
        waited = (await tx.connection.exec_driver_sql("SELECT SUM(milliseconds) FROM arrivals")).scalar()
    assert 4_000 <= (waited or 0) <= 8_000


async def test_an_order_that_ends_without_a_code_teaches_as_well(floor: Floor) -> None:
    order = await floor.pending()
    floor.clock.forward(1)
    await tick(floor)
    floor.clock.forward(9)
    floor.director.refund_now()
    await tick(floor)
    assert (await floor.order(order.id)).state is OrderState.SYSTEM_REFUNDED
    await floor.shop.learning.save()
    async with floor.database.read() as tx:
        query = "SELECT SUM(events), SUM(milliseconds) FROM arrivals WHERE awaited = 'code'"
        events, waited = (await tx.connection.exec_driver_sql(query)).one()
    assert (events, waited) == (0, 10_000)


async def test_what_came_during_an_outage_teaches_nothing_about_when_codes_come(floor: Floor) -> None:
    await floor.pending()
    floor.clock.forward(1)
    await tick(floor)
    floor.director.down(True)
    floor.director.code_now()
    for _ in range(10):
        floor.clock.forward(60)
        await tick(floor)
    floor.director.down(False)
    floor.clock.forward(60)
    await tick(floor)
    assert "code" in await floor.told()
    await floor.shop.learning.save()
    async with floor.database.read() as tx:
        query = "SELECT SUM(events), SUM(milliseconds) FROM arrivals WHERE awaited = 'code'"
        events, waited = (await tx.connection.exec_driver_sql(query)).one()
    assert (events, waited) == (0, 1_000)
    assert floor.shop.tracked.delay is None


async def test_an_outcome_that_could_not_be_written_is_asked_for_again_after_a_second(floor: Floor) -> None:
    order = await floor.pending()
    floor.clock.forward(100)
    await tick(floor)
    floor.director.refund_now()
    floor.clock.forward(10)
    with writing_to(floor.database.url):
        await tick(floor)
    assert (await floor.order(order.id)).live
    floor.clock.forward(1)
    await tick(floor)
    assert (await floor.order(order.id)).state is OrderState.SYSTEM_REFUNDED


async def test_an_answer_that_comes_after_the_last_tick_begins_no_round_without_end(floor: Floor) -> None:
    """A stop waits for asks that are under way, and for nothing else."""
    await floor.pending()
    floor.director.fault("/operations", times=1, delay=0.2)
    floor.clock.forward(1)
    await floor.tracker.tick()
    await asyncio.sleep(0)
    floor.clock.forward(1.8)  # the answer is slow, and no tick comes any more
    before = asks(floor)
    assert await floor.nursery.drain(5) == 0
    assert asks(floor) <= before + 1


async def test_a_watch_that_is_renewed_as_it_ends_goes_on(floor: Floor) -> None:
    order = await floor.pending()
    floor.director.code_now()
    floor.clock.forward(1)
    await tick(floor)
    await floor.own_orders.another_sms(ANN, order.id)
    await tick(floor)
    floor.clock.forward(301)
    await floor.own_orders.another_sms(ANN, order.id)
    renewed = (await floor.order(order.id)).watched_until
    await floor.shop.tracked.end_watch(order.id, floor.clock() - timedelta(seconds=1))
    assert (await floor.order(order.id)).watched_until == renewed is not None
    floor.clock.forward(1)
    await tick(floor)
    await tick(floor)
    assert (await floor.order(order.id)).watched_until == renewed
