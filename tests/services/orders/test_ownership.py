"""Orders of somebody else: whatever is asked of one is refused, and nothing happens to it."""

import pytest

from bot.domain.refusals import Reason, Refusal
from tests.services.floor import ANN, BEN, Floor

ACTS = [
    ("own_orders", "card"),
    ("own_orders", "refresh"),
    ("own_orders", "another_sms"),
    ("closing", "close"),
    ("closing", "close_when_allowed"),
]


@pytest.mark.parametrize(("room", "act"), ACTS)
async def test_somebody_elses_order_is_refused_and_nothing_is_asked_of_hidsim(
    floor: Floor, room: str, act: str
) -> None:
    async def reason(order_id: int, person_id: int) -> Reason:
        with pytest.raises(Refusal) as caught:
            await getattr(getattr(floor, room), act)(person_id, order_id)
        return caught.value.facts.reason

    order = await floor.pending()
    asked = len(floor.sandbox.record.requests)
    assert await reason(order.id, BEN) is Reason.NOT_YOURS
    assert await reason(999, ANN) is Reason.NO_ORDER
    assert len(floor.sandbox.record.requests) == asked
    assert (await floor.order(order.id)).revision == order.revision
