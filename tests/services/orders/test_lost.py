"""Purchases whose answer was lost: what is written about them, and what an admin's word does."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.evidence import Evidence
from bot.domain.orders import Order
from bot.domain.orders import OrderState as S
from bot.domain.refusals import Reason, Refusal
from bot.services.orders.lost import LostPurchases
from tests.services.floor import ADA, ADMIN, ANN, Floor


def service(floor: Floor) -> LostPurchases:
    found: LostPurchases = floor.shop.lost
    return found


async def lost(floor: Floor, **facts: Any) -> Order:
    floor.director.fault("/purchase", cut="before")
    order = await floor.bought(**facts)
    assert order.state is S.UNCONFIRMED
    return order


async def released(floor: Floor) -> Order:
    order = await lost(floor)
    floor.clock.forward(600)
    await service(floor).release_due()
    return await floor.order(order.id)


def _second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


async def test_what_was_known_before_and_after_is_kept_as_evidence(floor: Floor) -> None:
    before, balance = floor.clock(), floor.account.balance
    assert balance is not None
    floor.clock.forward(7)
    floor.director.fault("/purchase", after=True, cut="after")
    order = await floor.bought()
    await floor.nursery.drain(5)
    evidence = (await floor.order(order.id)).evidence
    assert evidence == Evidence(balance, _second(before), balance - 100_000, _second(floor.clock()))
    assert floor.account.read_at == floor.clock()


async def test_before_the_first_reading_of_the_balance_the_evidence_says_that_it_is_unknown(bare: Floor) -> None:
    bare.director.fault("/auth/me", status=503, times=None)
    await bare.people.meet(ANN, "Ann", "en")
    assert await bare.catalog.refresh()
    order = await lost(bare)
    assert order.evidence == Evidence(None, None)


async def test_each_lost_purchase_promises_an_end_and_alerts_the_admins(floor: Floor) -> None:
    orders = [await lost(floor, nonce=nonce) for nonce in ("n1", "n2")]
    for order in orders:
        assert order.release_at == order.placed_at + timedelta(minutes=10)
    async with floor.database.read() as tx:
        found = await tx.connection.execute(text("SELECT order_id, detail FROM notices WHERE person_id = 900"))
        alerts = {row.order_id: json.loads(row.detail)["what"] for row in found}
    assert alerts == dict.fromkeys([order.id for order in orders], "unconfirmed")


async def test_without_an_answer_about_the_balance_there_is_evidence_of_before_only(floor: Floor) -> None:
    floor.director.fault("/auth/me", status=503, times=None)
    order = await lost(floor)
    assert order.evidence is not None
    assert order.evidence.balance_before is not None
    assert (order.evidence.balance_after, order.evidence.read_after) == (None, None)


async def test_a_release_is_dated_told_and_audited_once(floor: Floor) -> None:
    order = await released(floor)
    await service(floor).release_due()
    assert (order.state, order.charged, order.finished_at) == (S.RELEASED, 0, floor.clock())
    assert await floor.notices_of(order) == [("unconfirmed", ANN), ("alert", ADMIN), ("released", ANN)]
    assert await floor.audited(order) == [
        ("order.placing", ANN), ("order.sent", None), ("order.unconfirmed", None), ("order.released", None)
    ]  # fmt: skip


async def test_money_comes_back_in_time_though_the_clock_was_set_back(floor: Floor) -> None:
    order = await lost(floor)
    floor.clock.forward(-86_400)
    await service(floor).release_due()
    assert (await floor.order(order.id)).state is S.RELEASED


@pytest.mark.parametrize(("bought", "state"), [(True, S.BOUGHT), (False, S.NOT_BOUGHT)])
@pytest.mark.parametrize("release_first", [True, False])
async def test_an_admins_word_is_written_down_and_the_person_has_the_money_once(
    floor: Floor, bought: bool, state: S, release_first: bool
) -> None:
    order = await (released(floor) if release_first else lost(floor))
    assert [one.id for one in (await service(floor).listed(ADA)).orders] == [order.id]
    await service(floor).judge(ADA, order.id, bought=bought)
    judged = await floor.order(order.id)
    assert (judged.state, judged.charged, judged.finished_at) == (state, 0, floor.clock())
    money = await floor.money()
    assert (money[f"held:{ANN}"], money[f"wallet:{ANN}"]) == (0, 0)
    assert money.get("suspense", 0) == (order.window.high if bought else 0)
    assert money.get("hidsim", 0) == -money.get("suspense", 0)
    async with floor.database.read() as tx:
        found = await tx.connection.execute(text("SELECT order_id FROM transfers WHERE target = 'suspense'"))
        assert list(found.scalars()) == [order.id] * bought
    assert (await floor.audited(order))[-1] == (f"order.judged.{state.value}", ADMIN)
    assert (await floor.notices_of(order)).count(("released", ANN)) == 1
    assert (await service(floor).listed(ADA)).orders == ()


async def test_an_order_is_judged_once(floor: Floor) -> None:
    order = await lost(floor)
    await service(floor).judge(ADA, order.id, bought=True)
    for order_id in (order.id, 999):
        with pytest.raises(Refusal) as caught:
            await service(floor).judge(ADA, order_id, bought=False)
        assert caught.value.facts.reason is Reason.NOT_NOW
    assert (await floor.order(order.id)).state is S.BOUGHT


async def test_an_order_that_is_known_to_hidsim_can_not_be_judged(floor: Floor) -> None:
    order = await floor.pending()
    with pytest.raises(Refusal):
        await service(floor).judge(ADA, order.id, bought=False)
    assert (await floor.order(order.id)).state is S.PENDING


async def test_the_list_is_short_and_begins_with_the_oldest(floor: Floor) -> None:
    first = await released(floor)
    second = await lost(floor, nonce="n2")
    assert [one.id for one in (await service(floor).listed(ADA)).orders] == [first.id, second.id]
    assert [one.id for one in (await service(floor).listed(ADA, limit=1)).orders] == [first.id]


async def test_one_purchase_at_work_does_not_hide_another_that_lost_its_task(floor: Floor) -> None:
    floor.director.fault("/purchase", times=None, delay=30)
    orders = [await floor.checkout.buy(ANN, floor.wish(nonce=nonce)) for nonce in ("n1", "n2", "n3")]
    await floor.purchases.drain(0)
    floor.clock.forward(300)
    with service(floor).under_way(orders[0].id):
        await service(floor).release_due()
    states = [(await floor.order(order.id)).state for order in orders]
    assert states == [S.PLACING, S.UNCONFIRMED, S.UNCONFIRMED]


async def test_a_purchase_that_lost_its_task_is_found_after_five_minutes(floor: Floor) -> None:
    order = await floor.checkout.buy(ANN, floor.wish())
    await floor.purchases.drain(0)
    floor.clock.forward(299)
    await service(floor).release_due()
    assert (await floor.order(order.id)).state is S.PLACING
    floor.clock.forward(1)
    await service(floor).release_due()
    assert (await floor.order(order.id)).state is S.UNCONFIRMED


async def test_what_a_lost_purchase_can_have_cost_is_said_until_it_is_judged(floor: Floor) -> None:
    order = await lost(floor)
    assert await service(floor).cost_of(ADA, order.id) == (order.window.high, "USD")
    await service(floor).judge(ADA, order.id, bought=True)
    for judged in (order.id, order.id + 1):
        with pytest.raises(Refusal) as caught:
            await service(floor).cost_of(ADA, judged)
        assert caught.value.facts.reason is Reason.NOT_NOW


async def test_of_what_a_dead_process_left_only_what_is_still_on_its_way_is_counted(floor: Floor) -> None:
    ended = await floor.bought(nonce="n3")
    left = [(await floor.left_placing(nonce=nonce)).id for nonce in ("n1", "n2")]
    assert await service(floor).take_over([*left, ended.id, ended.id + 1]) == 2
    assert (await floor.order(ended.id)).state is ended.state
