import asyncio
from decimal import Decimal
from random import Random
from typing import Any

import aiohttp
import pytest

from tests.sandbox.hidsim.api import Api, HandClock

PURCHASE = "/services/1/purchase"
LOST = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError)


async def test_reads_are_recorded_with_the_state_that_was_told(api: Api, clock: HandClock) -> None:
    bought = await api.buy()
    await api.operation(bought)
    clock.forward(6)
    await api.operation(bought)
    assert [(one.operation_id, one.state) for one in api.sandbox.record.reads] == [
        (bought["_id"], "creating"),
        (bought["_id"], "completed"),
    ]


async def test_a_read_whose_operation_is_unknown_is_no_read(api: Api) -> None:
    await api.get("/operations/1")
    assert api.sandbox.record.reads == []
    assert api.sandbox.record.by_path_and_status()[("GET", "/operations/{id}", 404)] == 1


async def test_every_request_is_counted_once_by_route_and_status(api: Api) -> None:
    await api.get("/auth/me")
    await api.get("/auth/me")
    await api.get("/nothing")
    await api.call("GET", "/auth/me", auth=False)
    await api.post(PURCHASE, {"maxPrice": "x"})
    assert dict(api.sandbox.record.by_path_and_status()) == {
        ("POST", "/auth/login", 200): 1,
        ("GET", "/auth/me", 200): 2,
        ("GET", "/nothing", 404): 1,
        ("GET", "/auth/me", 401): 1,
        ("POST", "/services/{id}/purchase", 400): 1,
    }


async def test_no_secret_and_no_code_stands_in_a_repr(api: Api, clock: HandClock) -> None:
    bought = await api.buy()
    clock.forward(6)
    done = await api.operation(bought)
    shown = f"{api.sandbox!r} {api.sandbox._backend!r} {list(api.sandbox._backend.book)!r} {api.sandbox.record!r}"
    assert bought["_id"] in shown
    assert done["number"] not in shown
    assert done["code"] not in shown.replace(bought["_id"], "")


@pytest.mark.parametrize("seed", range(4))
async def test_record_balance_and_operations_agree_after_a_storm(api: Api, clock: HandClock, seed: int) -> None:
    """Purchases, closes and cuts at random: money moved exactly as the record says."""
    chance, director = Random(seed), api.sandbox.director
    faults: list[dict[str, Any]] = [{"cut": "before"}, {"after": True}, {"status": 500}]
    stories = ("code", "never", "no_number", "system_refund", "too_early", "code_while_closing", "second_sms")
    answered: set[str] = set()
    for _ in range(40):
        director.queue_story(chance.choice(stories))
        if chance.random() < 0.3:
            director.fault("/purchase", **chance.choice(faults))
        try:
            answer = await api.post(PURCHASE, {"minPrice": chance.choice([0.03, 0.2])})
            if answer.status == 201:
                answered.add(answer.json["_id"])
        except LOST:
            director.clear_faults()
        clock.forward(chance.random() * 3)
        known = [one["id"] for one in director.operations()]
        if known:
            await api.get(f"/operations/{chance.choice(known)}/{chance.choice(['close', 'refetch'])}")
    clock.forward(2000)
    record, state = api.sandbox.record, director.state()
    operations = {one["id"]: one for one in state["operations"]}
    assert [one.operation_id for one in record.purchases] == list(operations)
    assert answered <= set(operations)
    refunded = [one.operation_id for one in record.refunds]
    assert len(set(refunded)) == len(refunded)
    assert set(refunded) == {key for key, one in operations.items() if one["state"].endswith("_refunded")}
    paid = sum((one.price for one in record.purchases), Decimal(0))
    returned = sum((one.amount for one in record.refunds), Decimal(0))
    assert Decimal(state["balance"]) == 20 - paid + returned
    assert {one.operation_id for one in record.closes if one.status == 200} == {
        key for key, one in operations.items() if one["state"] == "user_refunded"
    }


async def test_many_at_once_never_sell_more_than_there_is(api: Api) -> None:
    backend = api.sandbox._backend
    offer = backend.market.shelf(backend.catalog.find_service("Telegram"), backend.catalog.find_country("BR"))[0]
    offer.stock = 5
    answers = await asyncio.gather(*(api.post(f"/products/{offer.object_id}/purchase", {}) for _ in range(30)))
    assert sorted(one.status for one in answers) == [201] * 5 + [400] * 25
    assert (offer.stock, len(api.sandbox.record.purchases)) == (0, 5)


async def test_many_at_once_never_overdraw(api: Api) -> None:
    api.sandbox.director.set_balance("0.20")
    answers = await asyncio.gather(*(api.post(PURCHASE, {}) for _ in range(30)))
    paid = sum(one.price for one in api.sandbox.record.purchases)
    assert {one.status for one in answers} == {201, 400}
    assert Decimal(api.sandbox.director.state()["balance"]) == Decimal("0.20") - paid >= 0


async def test_requests_are_numbered_in_the_order_of_arrival(api: Api) -> None:
    await asyncio.gather(*(api.get("/auth/me") for _ in range(20)))
    assert sorted(one.number for one in api.sandbox.record.requests) == list(range(1, 22))
