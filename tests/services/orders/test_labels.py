"""Labels on own orders."""

import pytest
from sqlalchemy import text

from bot.domain.access import Role, Standing
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from tests.services.floor import ANN, BEN, Floor

BUYER = Person(ANN, "Ann", Standing.UNKNOWN, "en", Role.BUYER)


async def stored(floor: Floor) -> list[str]:
    async with floor.database.read() as tx:
        return list((await tx.connection.execute(text("SELECT text FROM labels ORDER BY id"))).scalars())


async def test_a_label_is_set_chosen_again_and_taken_off(floor: Floor) -> None:
    first, second = await floor.pending(nonce="a"), await floor.pending(nonce="b")
    card = await floor.shop.labels.name(ANN, first.id, "  work \u202e")
    assert card.order.label == "work"
    facts = await floor.shop.labels.facts(ANN, second.id)
    assert [one.text for one in facts.recent] == ["work"]
    again = await floor.shop.labels.choose(ANN, second.id, facts.recent[0].id)
    assert (again.order.label, again.order.label_id) == ("work", card.order.label_id)
    await floor.shop.labels.choose(ANN, first.id, None)
    assert await stored(floor) == ["work"]
    assert (await floor.shop.labels.choose(ANN, second.id, None)).order.label is None
    assert await stored(floor) == []


async def test_another_label_takes_the_place_of_the_first_which_is_gone_then(floor: Floor) -> None:
    order = await floor.pending()
    before = (await floor.shop.labels.name(ANN, order.id, "work")).order
    after = (await floor.shop.labels.name(ANN, order.id, "home")).order
    assert (after.label, await stored(floor)) == ("home", ["home"])
    assert after.revision > before.revision > order.revision
    assert (await floor.shop.labels.name(ANN, order.id, "home")).order.revision == after.revision
    with pytest.raises(Refusal) as refusal:
        await floor.shop.labels.choose(ANN, order.id, before.label_id)
    assert refusal.value.facts.reason is Reason.LABEL_GONE


async def test_an_order_keeps_its_label_through_its_code(floor: Floor) -> None:
    order = await floor.pending()
    await floor.shop.labels.name(ANN, order.id, "work")
    floor.director.code_now()
    assert (await floor.own_orders.refresh(ANN, order.id)).order.label == "work"


async def test_nobody_labels_anothers_order_and_nobody_uses_anothers_label(floor: Floor) -> None:
    await floor.people.meet(BEN, "Ben", "en")
    own, other = await floor.pending(nonce="a"), await floor.pending(BEN, nonce="b")
    label = (await floor.shop.labels.name(ANN, own.id, "secret")).order.label_id
    with pytest.raises(Refusal) as refusal:
        await floor.shop.labels.choose(BEN, other.id, label)
    assert refusal.value.facts.reason is Reason.LABEL_GONE
    for attempt in (floor.shop.labels.facts(BEN, own.id), floor.shop.labels.name(BEN, own.id, "mine")):
        with pytest.raises(Refusal) as refusal:
            await attempt
        assert refusal.value.facts.reason is Reason.NOT_YOURS
    assert (await floor.shop.labels.facts(BEN, other.id)).recent == ()


async def test_deleted_data_takes_labels_with_it(floor: Floor) -> None:
    order = await floor.pending()
    await floor.shop.labels.name(ANN, order.id, "work")
    await floor.record(order, state="completed", number=order.number, code="1234")
    async with floor.database.write() as tx:
        await tx.connection.execute(text("UPDATE notices SET done_at = created_at"))
    await floor.shop.forgetting.forget(BUYER)
    assert await stored(floor) == []
    assert (await floor.order(order.id)).label is None
