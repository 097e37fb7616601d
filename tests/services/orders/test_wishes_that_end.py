"""A wish to buy ends with its person's word, whatever happened a moment before; and no refusal gets lost."""

from bot.domain.orders import OrderState
from tests.services.floor import ANN, Floor

S = OrderState


async def test_a_label_given_while_a_purchase_is_under_way_hides_no_refusal(floor: Floor) -> None:
    floor.director.fault("/purchase", delay=0.3)
    floor.director.sell_out("Telegram", "BR")
    order = await floor.checkout.buy(ANN, floor.wish())
    await floor.shop.labels.name(ANN, order.id, "work")
    await floor.purchases.drain(5)
    after = await floor.order(order.id)
    assert (after.state, after.label) == (S.REFUSED, "work")
    assert (await floor.money())[f"held:{ANN}"] == 0
    assert await floor.told() == ["refused"]


async def test_close_all_while_a_purchase_is_under_way_hides_no_refusal(floor: Floor) -> None:
    floor.director.fault("/purchase", delay=0.3)
    floor.director.sell_out("Telegram", "BR")
    order = await floor.checkout.buy(ANN, floor.wish())
    await floor.shop.close_all.close(ANN, order.id)
    await floor.purchases.drain(5)
    assert (await floor.order(order.id)).state is S.REFUSED


async def test_a_label_given_while_a_purchase_is_under_way_hides_no_lost_answer(floor: Floor) -> None:
    floor.director.fault("/purchase", delay=0.3, cut="after")
    order = await floor.checkout.buy(ANN, floor.wish())
    await floor.shop.labels.name(ANN, order.id, "work")
    await floor.purchases.drain(5)
    assert (await floor.order(order.id)).state is S.UNCONFIRMED
    assert await floor.told() == ["unconfirmed", "alert"]
