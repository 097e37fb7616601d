"""What somebody seeks among their own orders."""

from typing import Any

import pytest
from sqlalchemy import text

from bot.db.orders import orders
from bot.domain.history import Part, Sought
from bot.domain.outcomes import Outcome
from bot.domain.price_window import Window
from tests.services.floor import ANN, BEN, Floor

NUMBERS = ("+551190451", "+551190777", "55 11 9-0 451", None)
STATES = ("completed", "system_refunded", "user_refunded", "refused")


@pytest.fixture
async def past(floor: Floor) -> Floor:
    """Twelve orders of Ann's of two services, and one of Ben's."""
    await floor.people.meet(BEN, "Ben", "en")
    (telegram, brazil), (other, _) = floor.pair(), floor.pair("WhatsApp")
    for place in range(12):
        service = telegram if place % 3 else other
        await placed(floor, ANN, place, service.id, brazil.id)
    await placed(floor, BEN, 99, telegram.id, brazil.id)
    return floor


async def placed(floor: Floor, person_id: int, place: int, service: int, country: int) -> None:
    async with floor.database.write() as tx:
        new = orders.NewOrder(person_id, f"n{place}", service, country, None, Window(1, 2), "USD", 0)
        order_id = await orders.add(tx, new)
        values = {"id": order_id, "number": NUMBERS[place % 4], "state": STATES[place % 4]}
        change = "UPDATE orders SET number = :number, state = :state, finished_at = placed_at WHERE id = :id"
        await tx.connection.execute(text(change), values)


async def found(floor: Floor, person_id: int = ANN, number: int = 0, **sought: Any) -> list[str]:
    page = await floor.shop.history.page(person_id, number, Sought(**sought))
    assert page.total >= len(page.orders)
    return [order.nonce for order in page.orders]


async def test_each_part_narrows_it_down_and_all_of_them_together(past: Floor) -> None:
    telegram, _ = past.pair()
    assert await found(past, outcome=Outcome.NO_CODE) == ["n9", "n5", "n1"]
    assert await found(past, service=telegram.id) == ["n11", "n10", "n8", "n7", "n5", "n4", "n2", "n1"]
    assert await found(past, digits="0451") == ["n10", "n8", "n6", "n4", "n2", "n0"]
    assert await found(past, outcome=Outcome.NO_CODE, service=telegram.id, digits="777") == ["n5", "n1"]
    assert await found(past, outcome=Outcome.NO_CODE, digits="451") == []
    assert await found(past, BEN, digits="777") == []


async def test_a_label_narrows_it_down_for_its_person_alone(past: Floor) -> None:
    page = await past.shop.history.page(ANN, 0, Sought())
    assert not page.labelled
    card = await past.shop.labels.name(ANN, page.orders[0].id, "Work")
    label = card.order.label_id
    assert await found(past, label=label) == ["n11"]
    assert len(await found(past, BEN, label=label)) == 1
    named = await past.shop.history.page(ANN, 0, Sought(label=label))
    assert (named.label, named.labelled) == ("Work", True)


async def test_pages_go_on_with_what_is_sought_and_end_with_the_last(past: Floor) -> None:
    assert await found(past, number=1) == ["n3", "n2", "n1", "n0"]
    assert await found(past, number=99) == ["n3", "n2", "n1", "n0"]
    telegram, _ = past.pair()
    assert (await past.shop.history.page(ANN, 1, Sought(service=telegram.id))).page.pages == 1


async def test_what_is_not_there_narrows_nothing_down(past: Floor) -> None:
    page = await past.shop.history.page(ANN, 0, Sought(service=999_999, label=999_999, digits="1"))
    assert (page.sought, page.total) == (Sought(), 12)


@pytest.mark.parametrize(
    ("typed", "sought"),
    [
        ("…0451", Sought(Outcome.CLOSED, digits="0451")),
        ("+55 11 9 0451", Sought(Outcome.CLOSED, digits="190451")),
        ("wORK", Sought(Outcome.CLOSED, label=1)),
        ("2024", Sought(Outcome.CLOSED, digits="2024")),
        ("working", None),
        ("telegram brazil", None),
        ("telegram 0.3", None),
        ("0.3", None),
        ("", None),
    ],
)
async def test_what_is_typed_is_a_numbers_end_or_a_label_or_nothing(
    past: Floor, typed: str, sought: Sought | None
) -> None:
    order = (await past.shop.history.page(ANN, 0, Sought())).orders[0]
    await past.shop.labels.name(ANN, order.id, "Work")
    assert await past.shop.history.typed(ANN, typed, Sought(Outcome.CLOSED)) == sought


async def test_two_digits_are_too_few_and_change_nothing(past: Floor) -> None:
    page = await past.shop.history.page_typed(ANN, "51", Sought(Outcome.CLOSED))
    assert (page.too_few_digits, page.sought) == (True, Sought(Outcome.CLOSED))


async def test_what_can_be_chosen_is_what_the_person_has(past: Floor) -> None:
    history = past.shop.history
    outcomes = (await history.choices(ANN, Part.OUTCOME, 0, Sought())).outcomes
    assert outcomes == (Outcome.CODE, Outcome.NO_CODE, Outcome.CLOSED, Outcome.REFUSED)
    services = (await history.choices(ANN, Part.SERVICE, 0, Sought())).named
    assert [name for _, name in services] == ["Telegram", "WhatsApp"]
    assert (await history.choices(BEN, Part.LABEL, 0, Sought())).named == ()


async def test_an_erased_number_is_not_found_any_more(past: Floor) -> None:
    async with past.database.write() as tx:
        await tx.connection.execute(text("UPDATE orders SET number = NULL"))
    assert await found(past, digits="451") == []
