"""What is written of a step: all of it or nothing, with its moments in order, and whoever listens hears of it after."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot import milestones
from bot.db.orders import orders, worklist
from bot.domain.evidence import Evidence
from bot.domain.moves import Moved, lost, released
from bot.domain.orders import OrderState as S
from bot.services.orders.writer import Writer
from bot.services.people.staff import Staff
from bot.services.telling.alerts import Alerts
from tests.db.fresh import altered
from tests.domain.make import NOW
from tests.services.floor import ADA, ADMIN, Floor
from tests.services.orders.test_lost import lost as a_lost_purchase
from tests.services.orders.test_lost import service

LATER = timedelta(minutes=10)
NOTHING = Evidence(None, None)


@pytest.fixture
def heard() -> Iterator[list[str]]:
    names: list[str] = []
    milestones.listen(names.append)
    yield names
    milestones.listen(None)


def both(stage: str) -> list[str]:
    return [f"{stage}.before-commit", f"{stage}.committed"]


async def test_a_lost_purchase_its_release_and_an_admins_word_pass_their_milestones(
    floor: Floor, heard: list[str]
) -> None:
    order = await a_lost_purchase(floor)
    assert heard == [*both("hold"), *both("lost")]
    floor.clock.forward(600)
    await service(floor).release_due()
    await service(floor).judge(ADA, order.id, bought=False)
    assert heard[4:] == [*both("release"), *both("judged")]


async def test_what_a_dead_process_left_passes_milestones_of_its_own(floor: Floor, heard: list[str]) -> None:
    order = await floor.left_placing()
    async with floor.database.write() as tx:
        await altered(tx, order.id, process_id=1)  # another one, which is no more
    heard.clear()
    assert await floor.shop.takeover.take_over() == 1
    assert heard == both("takeover")


async def test_whoever_listens_hears_of_a_step_when_it_stands_and_of_none_that_was_too_late(floor: Floor) -> None:
    moved: list[Moved] = []
    writer = Writer(Alerts(Staff({ADMIN})), [moved.append])
    order = await floor.left_placing()
    step = lost(order, NOTHING, LATER)
    async with floor.database.write() as tx:
        assert await writer.carry_out(tx, order, step)
        assert moved == []
    async with floor.database.write() as tx:
        assert not await writer.carry_out(tx, order, step)
    assert [(one.was, one.order.state, one.at) for one in moved] == [(S.PLACING, S.UNCONFIRMED, floor.clock())]
    assert await floor.audited(order) == [("order.placing", order.person_id), ("order.unconfirmed", None)]


async def test_what_only_listens_undoes_nothing_when_it_fails(floor: Floor) -> None:
    heard: list[Moved] = []

    def fails(_moved: Moved) -> None:
        raise RuntimeError("a hook's own mistake")

    writer, order = Writer(Alerts(Staff({ADMIN})), [fails, heard.append]), await floor.left_placing()
    async with floor.database.write() as tx:
        await writer.carry_out(tx, order, lost(order, NOTHING, LATER))
    assert (await floor.order(order.id)).state is S.UNCONFIRMED
    assert len(heard) == 1


async def test_what_is_rolled_back_nobody_hears_of(floor: Floor, heard: list[str]) -> None:
    moved: list[Moved] = []
    writer, order = Writer(Alerts(Staff({ADMIN})), [moved.append]), await floor.left_placing()
    heard.clear()

    async def begins_and_fails() -> None:
        async with floor.database.write() as tx:
            await writer.carry_out(tx, order, lost(order, NOTHING, LATER))
            raise KeyError

    with pytest.raises(KeyError):
        await begins_and_fails()
    assert (moved, heard) == ([], ["lost.before-commit"])
    assert (await floor.order(order.id)).state is S.PLACING


async def test_a_move_leaves_alone_what_was_noted_since_the_caller_looked(floor: Floor) -> None:
    """The balance after a lost purchase may arrive between the reading of its order and its release."""
    order = await a_lost_purchase(floor)
    await floor.nursery.drain(5)
    async with floor.database.write() as tx:
        await orders.keep_evidence(tx, order.id, Evidence(7, NOW, 7, NOW))
    floor.clock.forward(600)
    async with floor.database.read() as tx:
        (due,) = await worklist.to_release(tx)
    async with floor.database.write() as tx:
        await orders.keep_evidence(tx, order.id, Evidence(8, NOW, 8, NOW))
        assert await orders.move(tx, due, released(due, NOW).after)
    assert (await floor.order(order.id)).evidence == Evidence(8, NOW, 8, NOW)
