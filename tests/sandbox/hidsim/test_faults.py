import asyncio
import json
import time
from typing import Any

import aiohttp
import pytest

from bot.sandbox.hidsim import HidSimSandbox
from tests.sandbox.hidsim.api import Api, HandClock, serving

PURCHASE = "/services/1/purchase"
LOST = (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError)


async def lost(api: Api, method: str = "POST", path: str = PURCHASE) -> None:
    """The call must end without an answer."""
    with pytest.raises(LOST):
        await (api.post(path, {}) if method == "POST" else api.get(path))


async def test_cut_before_loses_the_request_and_nothing_is_bought(api: Api) -> None:
    api.sandbox.director.fault("/purchase", cut="before")
    await lost(api)
    assert api.sandbox.record.purchases == []
    assert api.sandbox.director.state()["balance"] == "20"


@pytest.mark.parametrize("fault", [{"cut": "after"}, {"after": True}, {"cut": "during"}])
async def test_cut_after_and_during_lose_the_answer_of_a_purchase_that_was_made(
    api: Api, fault: dict[str, Any]
) -> None:
    api.sandbox.director.fault("/purchase", **fault)
    await lost(api)
    (purchase,) = api.sandbox.record.purchases
    assert [one["id"] for one in api.sandbox.director.operations()] == [purchase.operation_id]
    assert api.sandbox.record.by_path_and_status()[("POST", "/services/{id}/purchase", None)] == 1


@pytest.mark.parametrize(("after", "bought"), [(False, 0), (True, 1)])
async def test_a_500_comes_before_or_after_the_work(api: Api, after: bool, bought: int) -> None:
    api.sandbox.director.fault("/purchase", status=500, after=after)
    answer = await api.post(PURCHASE, {})
    assert (answer.status, answer.json["code"]) == (500, "FAULT")
    assert len(api.sandbox.record.purchases) == bought


async def test_a_fault_strikes_as_often_as_it_was_told(api: Api) -> None:
    fault = api.sandbox.director.fault("/auth/me", status=503, times=2, headers={"Retry-After": "7"})
    answers = [await api.get("/auth/me") for _ in range(3)]
    assert [one.status for one in answers] == [503, 503, 200]
    assert answers[0].headers["Retry-After"] == "7"
    assert fault.hits == 2


async def test_an_endless_fault_ends_when_it_is_cleared(api: Api) -> None:
    api.sandbox.director.fault("/auth/me", status=502, times=None)
    assert {(await api.get("/auth/me")).status for _ in range(5)} == {502}
    api.sandbox.director.clear_faults()
    assert (await api.get("/auth/me")).status == 200


async def test_a_fault_strikes_only_its_path_and_method(api: Api) -> None:
    api.sandbox.director.fault("/purchase", method="GET", status=500)
    api.sandbox.director.fault("/hidsim", status=500)
    assert (await api.post(PURCHASE, {})).status == 201
    assert (await api.get("/countries")).status == 200


async def test_faults_strike_in_the_order_they_were_made(api: Api) -> None:
    api.sandbox.director.fault("/auth", status=500)
    api.sandbox.director.fault("/auth/me", status=502)
    assert [(await api.get("/auth/me")).status for _ in range(3)] == [500, 502, 200]


async def test_a_late_fault_is_not_used_up_by_a_refusal(api: Api) -> None:
    api.sandbox.director.fault("/purchase", after=True)
    assert (await api.post(PURCHASE, {"maxPrice": "x"})).status == 400
    await lost(api)
    assert len(api.sandbox.record.purchases) == 1


@pytest.mark.parametrize(
    ("body", "text"),
    [("<html>hello</html>", "<html>hello</html>"), ({"a": [1, None]}, '{"a":[1,null]}'), ("", ""), (b"\xff", "\ufffd")],
)
async def test_a_body_is_sent_as_it_is(api: Api, body: Any, text: str) -> None:
    api.sandbox.director.fault("/auth/me", body=body, status=418)
    answer = await api.get("/auth/me")
    assert (answer.status, answer.text) == (418, text)


async def test_ten_megabytes_and_a_redirect_can_be_sent(api: Api) -> None:
    api.sandbox.director.fault("/auth/me", body="x" * 10_000_000)
    assert len((await api.get("/auth/me")).text) == 10_000_000
    api.sandbox.director.fault("/auth/me", status=302, headers={"Location": "/elsewhere"})
    answer = await api.call("GET", "/auth/me", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (302, "/elsewhere")


@pytest.mark.parametrize("after", [False, True])
async def test_half_a_body_is_cut_json(api: Api, after: bool) -> None:
    api.sandbox.director.fault("/purchase", broken_body="half", after=after)
    answer = await api.post(PURCHASE, {})
    assert answer.status == 200
    assert answer.text.startswith("{")
    with pytest.raises(ValueError):
        json.loads(answer.text)
    assert len(api.sandbox.record.purchases) == after


async def test_html_and_garbage_are_not_json(api: Api) -> None:
    for how in ("html", "garbage"):
        api.sandbox.director.fault("/auth/me", broken_body=how)
        answer = await api.get("/auth/me")
        assert answer.status == 200
        with pytest.raises(ValueError):
            json.loads(answer.text)


@pytest.mark.parametrize("after", [False, True])
async def test_wrong_types_are_json_with_the_right_keys(api: Api, after: bool) -> None:
    api.sandbox.director.fault("/purchase", broken_body="wrong_types", after=after)
    body = (await api.post(PURCHASE, {})).json
    assert {"_id", "state", "price"} <= set(body)
    assert not any(isinstance(value, (str, int)) for value in body.values())
    assert len(api.sandbox.record.purchases) == after


async def test_wrong_types_reach_into_lists(api: Api) -> None:
    api.sandbox.director.fault("/countries", broken_body="wrong_types", after=True)
    body = (await api.get("/countries")).json
    assert len(body) == 200
    assert body[0]["name"] == [len("Brazil")]


async def test_a_delay_alone_makes_a_slow_answer(api: Api) -> None:
    api.sandbox.director.fault("/purchase", delay=0.03)
    began = time.monotonic()
    assert (await api.post(PURCHASE, {})).status == 201
    assert time.monotonic() - began >= 0.03


@pytest.mark.parametrize(
    ("fault", "bought"), [({"cut": "before"}, 0), ({"after": True, "cut": "after"}, 1), ({"after": True}, 1)]
)
async def test_a_hang_leaves_the_caller_waiting_before_or_after_the_work(
    clock: HandClock, fault: dict[str, Any], bought: int
) -> None:
    async with serving(HidSimSandbox(now=clock)) as api:
        await api.login()
        api.sandbox.director.fault("/purchase", delay=60, **fault)
        with pytest.raises(asyncio.TimeoutError):
            await api.call("POST", PURCHASE, json={}, timeout=aiohttp.ClientTimeout(total=0.05))
        assert len(api.sandbox.record.purchases) == bought
    assert len(api.sandbox.record.purchases) == bought


async def test_a_request_that_waits_when_the_server_stops_buys_nothing(clock: HandClock) -> None:
    async with serving(HidSimSandbox(now=clock)) as api:
        await api.login()
        api.sandbox.director.fault("/purchase", delay=60)
        with pytest.raises(asyncio.TimeoutError):
            await api.call("POST", PURCHASE, json={}, timeout=aiohttp.ClientTimeout(total=0.05))
    assert api.sandbox.record.purchases == []
    assert api.sandbox.record.requests[-1].status is None


async def test_headers_alone_are_added_to_the_true_answer(api: Api) -> None:
    api.sandbox.director.fault("/purchase", headers={"X-Odd": "1"})
    answer = await api.post(PURCHASE, {})
    assert (answer.status, answer.headers["X-Odd"]) == (201, "1")


async def test_a_drip_sends_the_true_answer_byte_by_byte(api: Api) -> None:
    api.sandbox.director.fault("/auth/me", drip=0)
    whole = await api.get("/auth/me")
    assert (whole.status, whole.json["email"]) == (200, "demo@hidsim.example")


async def test_a_drip_that_nobody_waits_for_ends(api: Api) -> None:
    api.sandbox.director.fault("/auth/me", drip=0.005)
    headers = {"Authorization": f"Bearer {api.token}"}
    timeout = aiohttp.ClientTimeout(total=0.04)
    with pytest.raises(asyncio.TimeoutError):
        async with api.session.get(f"{api.base}/auth/me", headers=headers, timeout=timeout) as answer:
            await answer.read()
    assert (await api.get("/countries")).status == 200


async def test_closes_and_refetches_are_done_although_their_answers_are_lost(api: Api) -> None:
    api.sandbox.director.set_default_story("never")
    bought = await api.buy()
    api.sandbox.director.fault("/refetch", after=True)
    api.sandbox.director.fault("/close", after=True)
    await lost(api, "GET", f"/operations/{bought['_id']}/refetch")
    await lost(api, "GET", f"/operations/{bought['_id']}/close")
    assert (await api.operation(bought))["state"] == "user_refunded"
    assert [one.status for one in api.sandbox.record.closes] == [200]
    assert [one.status for one in api.sandbox.record.refetches] == [200]


@pytest.mark.parametrize(
    "details",
    [
        {},
        {"cut": "sideways"},
        {"broken_body": "x"},
        {"after": True, "cut": "before"},
        {"status": 42},
        {"status": 500, "times": 0},
    ],
)
def test_a_fault_that_makes_no_sense_is_refused(details: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        HidSimSandbox(services=1, countries=1).director.fault("/", **details)


async def test_a_share_of_the_requests_is_struck_and_the_same_ones_again_with_the_same_seed() -> None:
    told: list[list[int]] = []
    for _ in range(2):
        async with serving(HidSimSandbox(services=14, countries=6)) as api:
            await api.login()
            api.sandbox.director.fault("/countries", status=503, times=None, share=0.5)
            told.append([(await api.get("/countries")).status for _ in range(60)])
    assert told[0] == told[1]
    assert 15 < told[0].count(503) < 45


async def test_raw_fields_are_merged_into_an_operation_in_some_states_and_others_dropped(api: Api) -> None:
    director = api.sandbox.director
    director.set_default_story("never", number_after=5)
    director.fault("/purchase", drop=["_id"])
    bought = (await api.post(PURCHASE, {})).json
    assert "_id" not in bought
    director.fault("/operations", times=None, merge={"price": "0,10", "_id": str.upper}, states=["pending"])
    waiting = (await api.get(f"/operations/{bought['id']}")).json
    assert waiting["price"] != "0,10"
    director.number_now()
    pending = (await api.get(f"/operations/{bought['id']}")).json
    assert (pending["price"], pending["_id"]) == ("0,10", waiting["_id"].upper())


async def test_raw_fields_are_merged_into_every_item_of_a_list(api: Api) -> None:
    api.sandbox.director.fault("/countries", merge={"name": "X"})
    found = (await api.get("/countries")).json
    assert {one["name"] for one in found} == {"X"}
