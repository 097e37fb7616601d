"""A wish to buy ends with its person's word, whatever happened a moment before; and no refusal gets lost."""

from sqlalchemy import text

from bot.domain.drafts import mark_of
from bot.domain.orders import Order, OrderState
from bot.domain.price_window import Window
from bot.services.orders.checkout import Wish
from tests.services.floor import ADA, ANN, Floor
from tests.services.orders.test_sequels import BY_ITSELF, all_orders, ended, follows, no_code, number_of, numbered

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


async def test_close_on_a_card_whose_number_has_just_ended_ends_the_trying(floor: Floor) -> None:
    order = await ended(floor, BY_ITSELF)
    card = await floor.closing.close(ANN, order.id)
    assert card.order.sequel is None
    await follows(floor)
    assert len(await all_orders(floor)) == 1


async def test_close_when_allowed_on_a_card_whose_number_has_just_ended_ends_the_trying(floor: Floor) -> None:
    order = await ended(floor, BY_ITSELF)
    await floor.closing.close_when_allowed(ANN, order.id)
    await follows(floor)
    assert len(await all_orders(floor)) == 1


async def test_close_all_ends_the_trying_after_a_number_that_has_just_ended(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    asked = await floor.shop.close_all.facts(ANN)
    await no_code(floor, order)
    await floor.shop.close_all.close(ANN, asked.orders[0].id)
    await follows(floor)
    assert len(await all_orders(floor)) == 1


async def test_close_all_closes_what_was_bought_by_itself_between_question_and_answer(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    asked = await floor.shop.close_all.facts(ANN)
    await no_code(floor, order)
    await follows(floor)
    second = await number_of(floor, (await all_orders(floor))[1])
    await floor.shop.close_all.close(ANN, asked.orders[0].id)
    await floor.closing.close_due()
    await follows(floor)
    assert [one.state for one in await all_orders(floor)] == [S.SYSTEM_REFUNDED, S.USER_REFUNDED]
    assert second.id != order.id


async def test_a_code_written_down_by_the_release_before_is_followed_by_nothing(floor: Floor) -> None:
    order = await numbered(floor, BY_ITSELF)
    floor.director.code_now(order.operation_id)
    await floor.recorder.read(order)
    async with floor.database.write() as tx:  # it left alone what it did not know
        await tx.connection.execute(text("UPDATE orders SET sequel = 'itself' WHERE id = :id"), {"id": order.id})
        tx.wrote("orders")
    await follows(floor)
    assert [(one.state, one.sequel) for one in await all_orders(floor)] == [(S.COMPLETED, None)]


async def test_a_second_tap_on_buy_gets_its_order_though_the_ticks_have_changed(floor: Floor) -> None:
    service, brazil = floor.pair()
    other = next(one for one in floor.catalog.countries.values() if one.id != brazil.id)
    for one in (brazil, other):
        await floor.shop.drafts.tick(ANN, service.id, one.id)
    wish, mark = Wish(service.id, 0, Window(100_000, 800_000), "n1"), mark_of([brazil.id, other.id])
    first = await floor.shop.sale.sell_any(ANN, mark, wish)
    await floor.shop.drafts.untick(ANN, service.id, other.id)
    changed = await floor.shop.sale.sell_any(ANN, mark, wish)
    await floor.shop.drafts.untick(ANN, service.id, brazil.id)
    gone = await floor.shop.sale.sell_any(ANN, mark, wish)
    await floor.purchases.drain(5)
    assert isinstance(first, Order)
    assert isinstance(changed, Order)
    assert isinstance(gone, Order)
    assert {first.id, changed.id, gone.id} == {1}


async def test_after_an_exact_offer_the_next_country_may_be_cheaper(floor: Floor) -> None:
    service, brazil = floor.pair()
    floor.director.set_default_story("never")
    offers = (await floor.catalog.prices.offers(service, brazil)).offers
    dearest = max((one for one in offers if not one.sold_out), key=lambda one: one.price)
    exactly = Window(dearest.price, dearest.price)
    order = await floor.checkout.buy(ANN, Wish(service.id, brazil.id, exactly, "n1", product_id=dearest.product_id))
    await floor.purchases.drain(5)
    first = await no_code(floor, await number_of(floor, order))
    for country in floor.catalog.countries.values():
        if country.id != brazil.id:
            floor.director.set_prices("Telegram", country.code, [str((dearest.price - 10_000) / 1_000_000)])
    onward = await floor.shop.sequels.onward(ANN, first.id)
    assert onward.country is not None
    bought = await floor.shop.sequels.another(ANN, first.id, onward.country.id)
    await floor.purchases.drain(5)
    assert isinstance(bought, Order)
    assert (bought.product_id, bought.country_id) == (None, onward.country.id)
    assert bought.held <= dearest.price


async def test_a_number_that_is_refused_again_after_its_wish_lapsed_is_told_of_again(floor: Floor) -> None:
    floor.director.set_default_story("never", expires_after=90_000)
    order = await number_of(floor, await floor.bought())
    floor.director.too_early(80_000)
    for _ in range(2):
        await floor.shop.sequels.turn_down(ANN, order.id)
        floor.clock.forward(3601)
        await follows(floor)
    assert (await floor.told()).count("not_followed") == 2


async def test_why_nothing_follows_is_stored_so_that_the_release_before_can_read_it(floor: Floor) -> None:
    """It claims notices of all kinds, codes among them, and stumbles over one that it does not know."""
    await ended(floor, BY_ITSELF)
    await floor.shop.pause.steer(ADA, paused=True)
    await follows(floor)
    async with floor.database.read() as tx:
        found = (await tx.connection.execute(text("SELECT kind FROM notices"))).scalars()
        assert set(found) <= {"number", "ended", "alert"}
    assert "not_followed" in await floor.told()
