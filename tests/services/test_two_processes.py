"""Two processes on one database do no harm to each other, and one takes up what the other left when it died.

Neither holds the lock of the file. None ticks by itself: each test says who does what, and how much time passes.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.app import connect, terms_of
from bot.db.telling import notices
from bot.domain.access import Standing
from bot.domain.cards import Card, CardRole
from bot.domain.catalog import Place
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order
from bot.domain.orders import OrderState as S
from bot.domain.sequels import NO_PLAN, agreed
from bot.running import Pace
from bot.sandbox.hidsim import HidSimSandbox
from bot.shop import build
from tests.sandbox.hidsim.api import HandClock, serving
from tests.services.floor import ADA, ADMIN, ANN, Floor, place, settings_for

BEAT = 5


@dataclass
class Street:
    """Processes on one database, against one HidSim."""

    folder: Path
    sandbox: HidSimSandbox
    base: str
    clock: HandClock
    living: list[Floor] = field(default_factory=list)

    @asynccontextmanager
    async def process(self, *, alone: bool = False, signs: bool = True) -> AsyncIterator[Floor]:
        """`alone`: with the lock, which no other one of these holds. Without `signs` it has given none yet."""
        given, pace = settings_for(self.folder, self.base), Pace(clock=self.clock.monotonic)
        lock = {} if alone else {"lock_of": lambda _: nullcontext()}
        async with connect(given, pace, self.clock, **lock) as opened:
            shop = build(opened.resources, terms_of(given))
            floor = await Floor(shop, opened.resources, self.sandbox, self.clock).opened()
            if signs:
                await shop.processes.sign_if_seen()
                self.living.append(floor)
            yield floor
            await floor.purchases.drain(0)
            await asyncio.wait_for(floor.nursery.drain(2), 5)
            await shop.processes.end()

    async def passes(self, seconds: float) -> None:
        """The living give their signs of life and look for what the dead left, as their clocks would make them do."""
        while seconds > 0:
            step = min(BEAT, seconds)
            seconds -= step
            self.clock.forward(step)
            for floor in self.living:
                await floor.shop.processes.beat()
            for floor in self.living:
                await floor.shop.takeover.take_over()

    async def kill(self, floor: Floor) -> None:
        """Its last sign of life is of this moment. It does nothing any more, and says so to nobody."""
        await floor.shop.processes.beat()
        self.living.remove(floor)
        await floor.purchases.drain(0)
        await floor.nursery.drain(0)

    def asks(self) -> int:
        return sum(one.method == "GET" and "/operation" in one.path for one in self.sandbox.record.requests)


@pytest.fixture
async def street(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Street]:
    place(migrated_file, tmp_path)
    clock = HandClock()
    sandbox = HidSimSandbox(dialect="canonical", now=clock.right, services=40, countries=12)
    async with serving(sandbox) as far:
        yield Street(tmp_path, sandbox, far.base, clock)


@pytest.fixture
async def one(street: Street) -> AsyncIterator[Floor]:
    async with street.process() as floor:
        yield floor


@pytest.fixture
async def other(street: Street, one: Floor) -> AsyncIterator[Floor]:
    async with street.process() as floor:
        yield floor


async def owner(floor: Floor, order: Order) -> int | None:
    async with floor.database.read() as tx:
        query = text("SELECT process_id FROM orders WHERE id = :id")
        found: int | None = (await tx.connection.execute(query, {"id": order.id})).scalar_one()
        return found


async def ticks(floor: Floor) -> None:
    await floor.tracker.tick()
    await floor.nursery.drain(5)


async def under_way(floor: Floor, nonce: str = "n1") -> Order:
    """An order whose purchase HidSim does not answer for as long as a test takes."""
    floor.director.fault("/purchase", delay=30)
    return await floor.checkout.buy(ANN, floor.wish(nonce=nonce))


async def wants_it_closed(floor: Floor) -> Order:
    order = await floor.pending()
    await floor.closing.close_when_allowed(ANN, order.id)
    return order


async def test_only_the_process_that_placed_an_order_asks_about_it(street: Street, one: Floor, other: Floor) -> None:
    order = await one.pending()
    assert await owner(one, order) == one.shop.processes.id
    before = street.asks()
    street.clock.forward(1)
    await ticks(other)
    assert street.asks() == before
    await ticks(one)
    assert street.asks() == before + 1


async def test_live_orders_of_a_dead_process_go_on_after_fifteen_seconds_and_not_before(
    street: Street, one: Floor, other: Floor
) -> None:
    order = await one.pending()
    await street.kill(one)
    one.director.code_now()
    await street.passes(14)
    await ticks(other)
    assert (await other.order(order.id)).state is S.PENDING
    assert await owner(other, order) == one.shop.processes.id
    await street.passes(1)
    await ticks(other)
    assert (await other.order(order.id)).state is S.COMPLETED
    assert await owner(other, order) == other.shop.processes.id


async def test_a_purchase_of_a_dead_process_is_unconfirmed_once_whoever_finds_it(street: Street, one: Floor) -> None:
    async with street.process() as second, street.process() as third:
        order = await under_way(one)
        await street.kill(one)
        await street.passes(10)
        street.clock.forward(4)
        heirs = (second, third)
        await asyncio.gather(*(floor.shop.processes.beat() for floor in heirs))
        assert sum(await asyncio.gather(*(floor.shop.takeover.take_over() for floor in heirs))) == 0
        assert (await second.order(order.id)).state is S.PLACING
        street.clock.forward(1)
        await asyncio.gather(*(floor.shop.takeover.take_over() for floor in heirs))
        assert (await second.order(order.id)).state is S.UNCONFIRMED
        assert await second.notices_of(order) == [("unconfirmed", ANN), ("alert", ADMIN)]
        assert street.sandbox.record.purchases == []


async def test_a_purchase_that_another_process_carries_out_is_left_to_it_however_long_it_takes(
    street: Street, one: Floor, other: Floor
) -> None:
    order = await under_way(one)
    street.clock.forward(400)
    await street.passes(20)
    await other.shop.lost.release_due()
    assert (await other.order(order.id)).state is S.PLACING
    assert await owner(other, order) == one.shop.processes.id


async def test_who_slept_asks_no_more_about_what_others_took_and_goes_on_with_new_orders(
    street: Street, one: Floor, other: Floor
) -> None:
    taken = await one.pending()
    street.living.remove(one)
    await street.passes(20)
    before = street.asks()
    await ticks(one)
    assert street.asks() == before
    fresh = await one.pending(nonce="n2")
    street.living.append(one)
    await street.passes(20)
    assert await owner(one, taken) == other.shop.processes.id
    assert await owner(one, fresh) == one.shop.processes.id


async def test_nobody_waits_for_a_process_that_stopped(street: Street) -> None:
    async with AsyncExitStack() as stack:
        stopping = await stack.enter_async_context(street.process())
        async with street.process() as other:
            order = await stopping.pending()
            (held,) = await stopping.outbox.claim(20)
            await stack.aclose()
            assert [telling.notice.id for telling in await other.outbox.claim(20)] == [held.notice.id]
            await other.shop.takeover.take_over()
            assert await owner(other, order) == other.shop.processes.id


async def test_who_has_just_begun_keeps_what_it_took(street: Street, one: Floor, other: Floor) -> None:
    """It may claim before its first sign of life: whoever else dies or stops meanwhile, its pushes stay its own."""
    async with street.process(signs=False) as young:
        await street.passes(20)
        await one.pending()
        await street.kill(one)
        street.clock.forward(16)
        await other.shop.processes.beat()
        (held,) = await young.outbox.claim(20)
        await other.shop.takeover.take_over()
        assert await other.outbox.claim(20) == []
        await other.shop.processes.end()
        assert [telling.notice.id for telling in await one.outbox.claim(20)] == []
    assert held.notice.kind is NoticeKind.NUMBER


async def test_who_died_before_the_clock_was_set_back_is_not_waited_for_until_that_time_comes_again(
    street: Street, one: Floor, other: Floor
) -> None:
    order = await under_way(one)
    await street.kill(one)
    street.clock.set_by(-86_400)
    await street.passes(25)
    assert (await other.order(order.id)).state is S.UNCONFIRMED


@pytest.mark.parametrize("by", [-86_400, -60, 60, 86_400])
async def test_a_clock_that_is_set_makes_nobody_dead(street: Street, one: Floor, other: Floor, by: float) -> None:
    order = await under_way(one)
    await street.passes(20)
    street.clock.set_by(by)
    await other.shop.takeover.take_over()
    await other.shop.processes.beat()
    await other.shop.takeover.take_over()
    await street.passes(20)
    assert (await other.order(order.id)).state is S.PLACING
    await street.kill(one)
    await street.passes(20)
    assert (await other.order(order.id)).state is S.UNCONFIRMED


async def test_nobody_is_called_dead_by_a_process_that_slept(street: Street, one: Floor, other: Floor) -> None:
    order = await under_way(one)
    street.clock.forward(3_600)
    await other.shop.takeover.take_over()
    await other.shop.processes.beat()
    await other.shop.takeover.take_over()
    assert (await other.order(order.id)).state is S.PLACING


async def test_closing_when_allowed_is_sent_once(street: Street, one: Floor, other: Floor) -> None:
    order = await wants_it_closed(one)
    await asyncio.gather(one.closing.close_due(), other.closing.close_due())
    assert len(street.sandbox.record.closes) == 1
    assert (await one.order(order.id)).state is S.USER_REFUNDED


async def test_what_a_dead_process_was_to_close_is_closed(street: Street, one: Floor, other: Floor) -> None:
    order = await wants_it_closed(one)
    await street.kill(one)
    await street.passes(14)
    await other.closing.close_due()
    assert len(street.sandbox.record.closes) == 0
    await street.passes(1)
    await other.closing.close_due()
    assert (await other.order(order.id)).state is S.USER_REFUNDED


async def test_a_lost_purchase_is_released_once(street: Street, one: Floor, other: Floor) -> None:
    one.director.fault("/purchase", cut="before")
    order = await one.bought()
    street.clock.forward(600)
    await asyncio.gather(*(floor.shop.lost.release_due() for floor in (one, other)))
    assert (await one.order(order.id)).state is S.RELEASED
    assert (await one.notices_of(order)).count(("released", ANN)) == 1
    assert (await one.money())[f"wallet:{ANN}"] == 0


async def test_a_code_is_pushed_by_one_of_them_and_by_the_other_when_that_one_died(
    street: Street, one: Floor, other: Floor
) -> None:
    async with one.database.write() as tx:
        await notices.add(tx, "code", ANN, NoticeKind.CODE)
    claims = await asyncio.gather(one.outbox.claim(20), other.outbox.claim(20))
    assert sorted(map(len, claims)) == [0, 1]
    holder, idle = (one, other) if claims[0] else (other, one)
    await street.passes(20)
    assert await idle.outbox.claim(20) == []
    await street.kill(holder)
    await street.passes(14)
    assert await idle.outbox.claim(20) == []
    await street.passes(1)
    assert len(await idle.outbox.claim(20)) == 1


async def test_a_card_is_drawn_by_one_of_them_and_by_the_other_when_that_one_died(
    street: Street, one: Floor, other: Floor
) -> None:
    order = await one.pending()
    async with one.database.write() as tx:
        await tx.connection.execute(text("UPDATE notices SET done_at = 0"))
    await one.outbox.cards.shows(ANN, 40, Card(ANN, 40, order.id, order.revision - 1, CardRole.VIEW))
    found = await asyncio.gather(one.outbox.cards.behind(20), other.outbox.cards.behind(20))
    assert sorted(map(len, found)) == [0, 1]
    holder, idle = (one, other) if found[0] else (other, one)
    assert len(await holder.outbox.cards.behind(20)) == 1
    await street.kill(holder)
    await street.passes(14)
    assert await idle.outbox.cards.behind(20) == []
    await street.passes(1)
    (behind,) = await idle.outbox.cards.behind(20)
    await idle.outbox.cards.drawn(behind)
    assert await idle.outbox.cards.behind(20) == []


async def test_a_menu_that_becomes_a_card_in_one_of_them_is_a_card_for_the_other(one: Floor, other: Floor) -> None:
    order = await one.pending()
    assert await other.outbox.cards.is_push(ANN, 40) is None
    await one.outbox.cards.shows(ANN, 40, Card(ANN, 40, order.id, order.revision, CardRole.VIEW))
    await other.outbox.cards.shows(ANN, 40, None)
    assert await one.outbox.cards.newest(order.id) is None


async def test_typed_words_mean_what_the_menu_makes_of_it_that_either_of_them_drew(
    street: Street, one: Floor, other: Floor
) -> None:
    for floor, service in ((other, 1), (one, 2), (other, 1)):
        street.clock.forward(5)
        floor.shop.whereabouts.note(ANN, Place(service, 1, f"place {service}"))
        await floor.shop.whereabouts.write()
        street.clock.forward(5)
        for each in (one, other):
            assert await each.shop.whereabouts.last(ANN) == f"place {service}"


async def test_who_is_blocked_by_one_of_them_is_kept_out_by_the_other_within_seconds(
    street: Street, one: Floor, other: Floor
) -> None:
    assert await other.people.meet(ANN, "Ann", "en") is not None
    await one.people.decide(ADA, ANN, Standing.BLOCKED)
    assert await one.people.meet(ANN, "Ann", "en") is None
    street.clock.forward(5)
    assert await other.people.meet(ANN, "Ann", "en") is None


async def test_who_holds_the_lock_knows_that_all_others_are_dead_and_waits_for_nothing(
    street: Street, one: Floor
) -> None:
    order, live = await under_way(one), await one.order((await one.pending(nonce="n2")).id)
    await street.kill(one)
    async with street.process(alone=True) as heir:
        assert await heir.shop.takeover.take_over() == 1
        assert (await heir.order(order.id)).state is S.UNCONFIRMED
        assert await owner(heir, live) == heir.shop.processes.id


@pytest.mark.parametrize(("alone", "state"), [(True, S.UNCONFIRMED), (False, S.PLACING)])
async def test_an_order_that_names_no_process_is_taken_by_who_holds_the_lock_only(
    street: Street, one: Floor, alone: bool, state: S
) -> None:
    order = await under_way(one)
    async with one.database.write() as tx:
        await tx.connection.execute(text("UPDATE orders SET process_id = NULL"))
    await street.kill(one)
    async with street.process(alone=alone) as heir:
        await street.passes(20)
        await heir.shop.takeover.take_over()
        assert (await heir.order(order.id)).state is state


async def test_an_order_without_a_code_is_followed_once_whoever_comes_first(
    street: Street, one: Floor, other: Floor
) -> None:
    one.director.set_default_story("never")
    order = await one.bought(**agreed(NO_PLAN.switched()))
    one.director.refund_now(order.operation_id)
    await one.recorder.read(order)
    await asyncio.gather(*(floor.shop.sequels.follow_due() for floor in (one, other)))
    await asyncio.gather(*(floor.purchases.drain(5) for floor in (one, other)))
    assert (await one.order(order.id)).followed_by == order.id + 1
    assert len(street.sandbox.record.purchases) == 2
    assert "not_followed" not in await one.told()


async def test_what_was_to_follow_an_order_of_a_dead_process_is_bought_by_another(
    street: Street, one: Floor, other: Floor
) -> None:
    one.director.set_default_story("never")
    order = await one.bought(**agreed(NO_PLAN.switched()))
    one.director.refund_now(order.operation_id)
    await one.recorder.read(order)
    await street.kill(one)
    await other.shop.sequels.follow_due()
    await other.purchases.drain(5)
    assert (await other.order(order.id)).followed_by is not None
    assert len(street.sandbox.record.purchases) == 2


async def test_two_that_look_for_what_people_wait_for_ask_once_and_tell_once(
    street: Street, one: Floor, other: Floor
) -> None:
    service, country = one.pair()
    await one.shop.watches.begin(ANN, service.id, country.id, None)
    street.clock.forward(60)
    before = sum(request.path == "/products" for request in street.sandbox.record.requests)
    await asyncio.gather(one.shop.watching.look(), other.shop.watching.look())
    assert sum(request.path == "/products" for request in street.sandbox.record.requests) == before + 1
    assert await one.told() == ["message"]


async def test_a_process_that_dies_while_it_looks_for_them_keeps_nobody_waiting_longer_than_a_minute(
    street: Street, one: Floor, other: Floor
) -> None:
    service, country = one.pair()
    await one.shop.watches.begin(ANN, service.id, country.id, None)
    street.clock.forward(60)
    one.director.down(True)
    await one.shop.watching.look()
    await street.kill(one)
    one.director.down(False)
    street.clock.forward(60)
    await other.shop.watching.look()
    assert await other.told() == ["message"]
