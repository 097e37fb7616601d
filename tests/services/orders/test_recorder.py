"""What HidSim's answers do: each SMS once with its own code, a number once, and nothing when nothing changed."""

from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.answer import Received
from bot.domain.orders import Order
from tests.services.floor import ANN, Floor


async def read(floor: Floor, order: Order, **facts: Any) -> list[tuple[str, str | None, bool]]:
    """Records an answer; (text, code, guessed) of the order's SMS then."""
    await floor.record(order, number=order.number, price=Decimal("0.1"), **facts)
    return [(sms.text, sms.code, sms.guessed) for sms in (await floor.own_orders.card(ANN, order.id)).sms]


async def test_the_structured_code_goes_to_the_text_that_holds_it(floor: Floor) -> None:
    order = await floor.pending()
    texts = (Received("Welcome, friend"), Received("111222 is your code"))
    found = await read(floor, order, state="completed", code="111222", texts=texts)
    assert found == [("Welcome, friend", None, False), ("111222 is your code", "111222", False)]


async def test_a_second_sms_does_not_get_the_first_ones_code(floor: Floor) -> None:
    order = await floor.pending()
    await read(floor, order, state="completed", code="111222", texts=(Received("Code: 111222"),))
    found = await read(
        floor, order, state="completed", code="111222", texts=(Received("Code: 111222"), Received("New code: 333444"))
    )
    assert found == [("Code: 111222", "111222", False), ("New code: 333444", "333444", True)]


async def test_a_code_that_no_text_holds_belongs_to_the_newest(floor: Floor) -> None:
    order = await floor.pending()
    texts = (Received("Hello"), Received("code 111222"))
    found = await read(floor, order, state="completed", code="111-222", texts=texts)
    assert [code for _, code, _ in found] == [None, "111-222"]


async def test_without_a_structured_code_it_is_guessed_and_marked(floor: Floor) -> None:
    order = await floor.pending()
    found = await read(floor, order, state="completed", texts=(Received("Your code is 778899"),))
    assert found == [("Your code is 778899", "778899", True)]


async def test_a_code_without_a_text_is_an_sms_too(floor: Floor) -> None:
    order = await floor.pending()
    assert await read(floor, order, state="completed", code="9876") == [("", "9876", False)]
    assert await floor.told() == ["number", "code"]


async def test_a_code_whose_text_comes_later_or_goes_away_again_is_one_sms(floor: Floor) -> None:
    order = await floor.pending()
    await read(floor, order, state="completed", code="9876")
    for _ in range(2):
        texts = (Received("9876 is your code"),)
        found = await read(floor, order, state="completed", code="9876", texts=texts)
        assert found == [("9876 is your code", "9876", False)]
        assert await read(floor, order, state="completed", code="9876") == found
    assert await floor.told() == ["number", "code"]


async def test_a_bare_code_takes_one_text_and_a_second_text_with_it_is_a_new_sms(floor: Floor) -> None:
    order = await floor.pending()
    await read(floor, order, state="completed", code="9876")
    texts = (Received("9876 is your code"), Received("Again: 9876"))
    found = await read(floor, order, state="completed", code="9876", texts=texts)
    assert [one for one, *_ in found] == ["9876 is your code", "Again: 9876"]
    assert await floor.told() == ["number", "code", "code"]


async def test_completed_without_code_and_text_is_told_as_an_end(floor: Floor) -> None:
    order = await floor.pending()
    assert await read(floor, order, state="completed") == []
    assert await floor.told() == ["number", "ended"]
    await read(floor, order, state="completed", code="9876")
    assert await floor.told() == ["number", "ended", "code"]


async def test_a_hundred_readings_of_one_answer_write_once(floor: Floor) -> None:
    order = await floor.pending()
    facts: dict[str, Any] = {"state": "completed", "code": "1234", "texts": (Received("1234"), Received("5678"))}
    await read(floor, order, **facts)
    told = await floor.told()
    before = await floor.order(order.id)
    async with floor.database.read() as tx:
        changes = (await tx.connection.execute(text("SELECT total_changes()"))).scalar_one()
    for _ in range(5):
        await floor.record(order, number=order.number, price=Decimal("0.1"), **facts)
    async with floor.database.read() as tx:
        assert (await tx.connection.execute(text("SELECT total_changes()"))).scalar_one() == changes
    assert await floor.order(order.id) == before
    assert await floor.told() == told == ["number", "code", "code"]


async def test_an_answer_about_another_operation_is_not_believed(floor: Floor) -> None:
    order = await floor.pending()
    await floor.record(order, one_id="0" * 24, state="completed", code="1234")
    assert await floor.order(order.id) == order


@pytest.mark.parametrize("state", ["verifying", "", "PENDING"])
async def test_an_unknown_state_is_asked_about_again(floor: Floor, state: str) -> None:
    order = await floor.pending()
    await floor.record(order, state=state, number=order.number)
    assert (await floor.order(order.id)).live


async def test_a_completed_order_without_a_price_is_told_also_when_its_code_came_before_the_end(floor: Floor) -> None:
    order = await floor.pending()
    async with floor.database.write() as tx:
        await tx.connection.execute(text("UPDATE orders SET price = NULL, cost = NULL"))
    sms = (Received("Your code is 4711"),)
    await floor.record(order, number=order.number, texts=sms)
    await floor.record(order, number=order.number, texts=sms, state="completed")
    assert await floor.told() == ["number", "code", "alert", "priced"]
    unpriced = await floor.order(order.id)
    assert (unpriced.unpriced, unpriced.charged) == (True, order.held)
    assert unpriced.watched_until is not None
    await floor.record(order, number=order.number, texts=sms, state="completed", price=Decimal("0.1"))
    priced = await floor.order(order.id)
    assert (priced.unpriced, priced.charged, priced.cost) == (False, 100_000, 100_000)
    assert await floor.told() == ["number", "code", "alert", "priced", "priced"]
    money = await floor.money()
    assert (money["revenue"], money["cost"], money[f"held:{ANN}"]) == (100_000, 100_000, 0)
    for price in ("0.2", "0.3"):
        await floor.record(order, number=order.number, texts=sms, state="completed", price=Decimal(price))
    assert (await floor.order(order.id)).charged == 100_000
    assert (await floor.money())["cost"] == 300_000


async def test_the_price_is_looked_for_although_another_sms_came_meanwhile(floor: Floor) -> None:
    order = await floor.pending()
    async with floor.database.write() as tx:
        await tx.connection.execute(text("UPDATE orders SET price = NULL, cost = NULL"))
    for texts in ((Received("Code 4711"),), (Received("Code 4711"), Received("Code 0815"))):
        await floor.record(order, number=order.number, texts=texts, state="completed")
    assert (await floor.order(order.id)).watched_until is not None


async def test_a_number_that_flaps_is_pushed_once_each(floor: Floor) -> None:
    order = await floor.pending()
    for _ in range(3):
        for number in ("+5511910000777", order.number):
            await floor.record(order, number=number)
    assert (await floor.order(order.id)).number == order.number
    assert await floor.told() == ["number", "number", "number"]


async def test_a_code_whose_text_proves_it_is_kept_beside_the_next_one(floor: Floor) -> None:
    order = await floor.pending()
    texts = (Received("Your code is 111222"),)
    await read(floor, order, state="completed", code="111222", texts=texts)
    found = await read(floor, order, state="completed", code="333444", texts=texts)
    assert found == [("Your code is 111222", "111222", False), ("", "333444", False)]
    later = (*texts, Received("Your new code is 333444"))
    found = await read(floor, order, state="completed", code="333444", texts=later)
    assert found == [("Your code is 111222", "111222", False), ("Your new code is 333444", "333444", False)]
    assert await floor.told() == ["number", "code", "code"]


async def test_a_guess_that_hidsim_confirms_is_no_guess_and_rings_no_second_time(floor: Floor) -> None:
    order = await floor.pending()
    texts = (Received("Your code is 778899"),)
    await read(floor, order, state="completed", texts=texts)
    assert await read(floor, order, state="completed", code="778899", texts=texts) == [(texts[0].text, "778899", False)]
    assert await floor.told() == ["number", "code"]
