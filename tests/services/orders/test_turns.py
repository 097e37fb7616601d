"""Whose turn it is to be asked about: what is remembered of the last ask, and how old an order is."""

import pytest

from bot.services.orders.ages import Ages
from bot.services.orders.turns import Turns
from tests.services.floor import Floor


@pytest.fixture
def turns(floor: Floor) -> Turns:
    return Turns(Ages(floor.database, floor.clock.monotonic))


async def test_an_order_that_is_leased_for_its_ask_is_not_forgotten_meanwhile(floor: Floor, turns: Turns) -> None:
    order = await floor.pending()
    turns.asked(order.id)
    floor.clock.forward(0.5)
    turns.keep(set())
    floor.clock.forward(1)
    turns.keep({order.id})
    assert turns.waiting(order).since_asked == pytest.approx(1.5)


async def test_an_order_that_has_ended_is_forgotten(floor: Floor, turns: Turns) -> None:
    order = await floor.pending()
    turns.asked(order.id)
    floor.clock.forward(60)
    turns.keep(set())
    assert turns.waiting(order).since_asked is None


@pytest.mark.parametrize("by", [-60, -86_400])
async def test_an_order_that_is_met_on_a_clock_set_back_grows_older_from_then_on(
    floor: Floor, turns: Turns, by: float
) -> None:
    order = await floor.pending()
    floor.clock.set_by(by)
    assert turns.waiting(order).age == 0
    floor.clock.forward(3)
    assert turns.waiting(order).age == pytest.approx(3)
