import asyncio
import json
from decimal import Decimal
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from bot.sandbox.hidsim import HidSimSandbox
from bot.sandbox.hidsim.director_http import DirectorHttp
from tests.sandbox.hidsim.api import Api, HandClock, serving


async def balance(api: Api) -> Decimal:
    return Decimal((await api.get("/auth/me")).json["balance"])


async def never(api: Api) -> dict[str, Any]:
    api.sandbox.director.queue_story("never")
    return await api.buy()


async def test_code_now_completes_the_latest_open_operation(api: Api) -> None:
    older, newer = await never(api), await never(api)
    api.sandbox.director.code_now()
    assert (await api.operation(newer))["state"] == "completed"
    assert (await api.operation(newer))["number"]
    assert (await api.operation(older))["state"] == "creating"


@pytest.mark.parametrize(("text", "code"), [("G-482913 is your code", "482913"), ("no digits here", None)])
async def test_code_now_takes_a_text_and_finds_its_code(api: Api, text: str, code: str | None) -> None:
    bought = await never(api)
    api.sandbox.director.code_now(bought["_id"], text)
    completed = await api.operation(bought)
    assert (completed["message"], completed["code"]) == (text, code)


async def test_code_now_on_a_completed_operation_waits_for_the_refetch(api: Api) -> None:
    bought = await never(api)
    api.sandbox.director.code_now()
    api.sandbox.director.code_now(bought["_id"], "another one: 77123")
    assert len((await api.operation(bought))["messages"]) == 1
    again = (await api.get(f"/operations/{bought['_id']}/refetch")).json
    assert (len(again["messages"]), again["code"]) == (2, "77123")


async def test_number_now_brings_the_number_before_its_time(api: Api, clock: HandClock) -> None:
    bought = await api.buy()
    shown = api.sandbox.director.number_now()
    clock.forward(0.7)
    pending = await api.operation(bought)
    assert (pending["state"], pending["number"]) == ("pending", shown["number"])
    clock.forward(5.3)
    assert (await api.operation(bought))["state"] == "completed"


async def test_number_now_overrules_a_story_without_a_number(api: Api, clock: HandClock) -> None:
    api.sandbox.director.queue_story("no_number")
    bought = await api.buy()
    api.sandbox.director.number_now()
    clock.forward(3)
    assert (await api.operation(bought))["state"] == "pending"


@pytest.mark.parametrize(
    ("call", "state"), [("no_number_now", "no_number_refunded"), ("refund_now", "system_refunded")]
)
async def test_refunds_can_be_ordered_and_pay_once(api: Api, call: str, state: str) -> None:
    bought = await never(api)
    getattr(api.sandbox.director, call)()
    assert (await api.operation(bought))["state"] == state
    assert await balance(api) == 20
    with pytest.raises(ValueError, match="ended"):
        getattr(api.sandbox.director, call)(bought["_id"])
    assert await balance(api) == 20


async def test_without_an_open_operation_there_is_nothing_to_direct(api: Api) -> None:
    with pytest.raises(LookupError):
        api.sandbox.director.code_now()
    with pytest.raises(LookupError):
        api.sandbox.director.refund_now("f" * 24)


async def test_too_early_holds_for_open_and_coming_operations(api: Api, clock: HandClock) -> None:
    earlier = await never(api)
    api.sandbox.director.too_early(5)
    later = await never(api)
    statuses = [(await api.get(f"/operations/{one['_id']}/close")).status for one in (earlier, later)]
    clock.forward(5)
    statuses += [(await api.get(f"/operations/{one['_id']}/close")).status for one in (earlier, later)]
    assert statuses == [425, 425, 200, 200]


async def test_too_early_ends_with_zero(api: Api) -> None:
    api.sandbox.director.too_early(5)
    api.sandbox.director.queue_story("too_early")
    bought = await api.buy()
    api.sandbox.director.too_early(0)
    assert (await api.get(f"/operations/{bought['_id']}/close")).status == 200


async def test_down_cuts_everything_until_it_is_up_again(api: Api) -> None:
    api.sandbox.director.down(True)
    for path in ("/auth/me", "/countries"):
        with pytest.raises(aiohttp.ClientConnectionError):
            await api.get(path)
    api.sandbox.director.down(False)
    assert (await api.get("/auth/me")).status == 200


async def test_down_cuts_connections_that_wait(api: Api) -> None:
    fault = api.sandbox.director.fault("/auth/me", delay=30)
    async with asyncio.TaskGroup() as group:
        waiting = group.create_task(asyncio.wait_for(fails(api, "/auth/me"), 5))
        while fault.hits == 0:
            await api.get("/countries")
        api.sandbox.director.down(True)
    assert waiting.result()


async def fails(api: Api, path: str) -> bool:
    try:
        await api.get(path)
    except aiohttp.ClientConnectionError:
        return True
    return False


async def test_the_rate_limit_is_a_sliding_second(api: Api, clock: HandClock) -> None:
    api.sandbox.director.set_rate_limit(2)
    answers = [await api.get("/auth/me") for _ in range(3)]
    assert [one.status for one in answers] == [200, 200, 429]
    assert (answers[2].headers["Retry-After"], answers[2].json["code"]) == ("1", "RATE_LIMITED")
    clock.forward(1)
    assert (await api.get("/auth/me")).status == 200
    api.sandbox.director.set_rate_limit(None)
    assert {(await api.get("/auth/me")).status for _ in range(5)} == {200}


@pytest.mark.parametrize(
    ("shape", "taken"),
    [
        ("sliding second", [2, 0, 2, 2]),
        ("fixed second", [2, 2, 0, 2]),
        ("token bucket", [2, 1, 1, 2]),
        ("sliding minute", [5, 5, 5, 5]),
    ],
)
async def test_the_rate_limit_has_the_shape_that_is_asked_for(
    api: Api, clock: HandClock, shape: str, taken: list[int]
) -> None:
    clock.forward(0.5)
    api.sandbox.director.set_rate_limit(2, shape=shape)
    counts = []
    for seconds in (0, 0.5, 0.5, 3):
        clock.forward(seconds)
        counts.append([(await api.get("/auth/me")).status for _ in range(5)].count(200))
    assert counts == taken


async def test_a_limited_purchase_buys_nothing(api: Api) -> None:
    api.sandbox.director.set_rate_limit(0)
    assert (await api.post("/services/1/purchase", {})).status == 429
    assert api.sandbox.record.purchases == []


async def test_state_tells_the_sums_in_text(api: Api) -> None:
    bought = await api.buy()
    api.sandbox.director.refund_now()
    api.sandbox.director.set_balance("5.5")
    state = api.sandbox.director.state()
    assert (state["balance"], state["opening"]) == ("5.50", "20")
    assert Decimal(state["spent"]) == Decimal(state["refunded"]) == bought["price"]
    assert Decimal(state["adjusted"]) == Decimal("-14.5")
    assert json.loads(json.dumps(state)) == state


async def test_every_call_can_be_made_over_http(api: Api) -> None:
    calls: list[tuple[str, dict[str, Any]]] = [
        ("set_default_story", {"name": "never", "expires_after": 30.5}),
        ("queue_story", {"name": "quick", "texts": ["x {code}"]}),
        ("set_balance", {"amount": "9.99"}),
        ("move_prices", {"service": "Telegram", "country": "BR", "factor": 1.1}),
        ("set_prices", {"service": "Telegram", "country": "BR", "prices": ["0.30000000000000004", 1]}),
        ("show_balance", {"decimals": 2}),
        ("sell_out", {"service": 1, "country": "Russia"}),
        ("restock", {"service": 1, "country": "Russia"}),
        ("down", {"on": False}),
        ("refuse_login", {"on": False}),
        ("set_rate_limit", {"n": None, "shape": "token bucket"}),
        ("too_early", {"seconds": 0.5}),
        ("fault", {"path_contains": "/nowhere", "status": 500, "delay": 0.1, "headers": {"X-A": "b"}}),
        ("clear_faults", {}),
        ("revoke_tokens", {}),
        ("state", {}),
    ]
    for call, arguments in calls:
        answer = await api.direct(call, **arguments)
        assert (call, answer.status, set(answer.json)) == (call, 200, {"result"})
    assert answer.json["result"]["balance"] == "9.99"
    assert answer.json["result"]["queued_stories"] == ["quick"]


async def test_operations_are_directed_over_http(api: Api) -> None:
    bought = await never(api)
    assert (await api.direct("number_now")).json["result"]["state"] == "pending"
    done = await api.direct("code_now", operation_id=bought["_id"], text="It is 12345")
    assert (done.json["result"]["id"], done.json["result"]["code"]) == (bought["_id"], "12345")
    for call in ("no_number_now", "refund_now"):
        await never(api)
        assert (await api.direct(call)).json["result"]["state"].endswith("_refunded")


@pytest.mark.parametrize("name", ["state", "operations", "record"])
async def test_facts_can_be_read_over_http(api: Api, name: str) -> None:
    await api.buy()
    answer = await api.call("GET", f"/_director/{name}", auth=False)
    assert answer.status == 200
    assert answer.json["result"]


@pytest.mark.parametrize(
    ("call", "arguments", "status"),
    [
        ("no_such_call", {}, 404),
        ("code_now", {}, 404),
        ("sell_out", {"service": "nope", "country": "BR"}, 404),
        ("sell_out", {"service": "Telegram", "country": "Nowhere"}, 404),
        ("sell_out", {"service": "Telegram"}, 400),
        ("set_default_story", {"name": "nope"}, 400),
        ("down", {"on": "yes"}, 400),
        ("set_balance", {"amount": "much"}, 400),
        ("set_balance", {"amount": "NaN"}, 400),
        ("move_prices", {"service": 1, "country": 1, "factor": 0}, 400),
        ("set_prices", {"service": 1, "country": 1, "prices": ["-1"]}, 400),
        ("set_prices", {"service": 1, "country": 1, "prices": ["1"] * 65}, 400),
        ("show_balance", {"decimals": -1}, 400),
        ("too_early", {"seconds": -1}, 400),
        ("set_rate_limit", {"n": -1}, 400),
        ("set_rate_limit", {"n": 1, "shape": "round"}, 400),
        ("fault", {"path_contains": "/"}, 400),
        ("fault", {"path_contains": "/", "cut": "sideways"}, 400),
        ("fault", {"path_contains": "/", "status": 500, "hits": 3}, 400),
        ("fault", {"path_contains": "/", "status": 500, "colour": 1}, 400),
    ],
)
async def test_what_makes_no_sense_is_said(api: Api, call: str, arguments: dict[str, Any], status: int) -> None:
    answer = await api.direct(call, **arguments)
    assert answer.status == status
    assert answer.json["error"]


async def test_a_directors_body_must_be_an_object(api: Api) -> None:
    for raw in (b"[]", b"{", b"\xff"):
        assert (await api.call("POST", "/_director/down", data=raw)).status == 400
    assert (await api.call("GET", "/_director/down")).status == 404


async def test_the_director_is_not_cut_by_his_own_outage(api: Api) -> None:
    assert (await api.direct("down", on=True)).status == 200
    assert (await api.direct("down", on=False)).status == 200
    assert (await api.get("/auth/me")).status == 200


async def test_the_director_needs_no_token_and_is_not_in_the_record(api: Api) -> None:
    before = len(api.sandbox.record.requests)
    assert (await api.call("POST", "/_director/state", auth=False)).status == 200
    assert len(api.sandbox.record.requests) == before


@pytest.mark.parametrize(("remote", "status"), [("127.0.0.1", 200), ("::1", 200), ("192.0.2.7", 403), (None, 403)])
async def test_the_director_listens_to_this_machine_only(clock: HandClock, remote: str | None, status: int) -> None:
    sandbox = HidSimSandbox(now=clock)
    table = DirectorHttp(sandbox.director, sandbox._backend.connections).table()
    look = next(route.handler for route in table if route.method == "GET")
    request = make_mocked_request("GET", "/_director/state", match_info={"call": "state"}).clone(remote=remote or "")
    assert (await look(request)).status == status


@pytest.mark.parametrize("prefix", ["/hidsim", "/a/b/c"])
async def test_any_prefix_will_do(clock: HandClock, prefix: str) -> None:
    async with serving(HidSimSandbox(now=clock), prefix) as api:
        await api.login()
        assert (await api.get("/auth/me")).status == 200
        assert (await api.direct("state")).status == 200
        assert api.sandbox.record.by_path_and_status()[("GET", "/auth/me", 200)] == 1
