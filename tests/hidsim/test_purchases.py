"""A purchase is sent again only when it is proved that it was not done."""

import asyncio
import json
from decimal import Decimal

import pytest

from bot.hidsim import (
    HidSim,
    HidSimError,
    InvalidRequest,
    NoMatch,
    NotFound,
    NotSent,
    OutcomeUnknown,
    Rejected,
    SignInRefused,
    TooEarly,
    TooManyRequests,
)
from tests.hidsim.conftest import Connect, on_event
from tests.hidsim.scripted_server import Behaviour, ScriptedServer, cut, door_at, drip, hang, raw, say

OP = "b" * 24
PRODUCT = "c" * 24
PATH = f"/products/{PRODUCT}/purchase"
CREATED = {"_id": OP, "id": "op-1", "state": "creating"}
ERROR = {"message": "no", "code": "NO"}


async def test_success_is_an_operation_and_one_request(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(201, CREATED))
    operation = await hidsim.buy_product(PRODUCT)
    assert (operation.id, operation.state) == (OP, "creating")
    assert [(one.method, one.body) for one in far.asked(PATH)] == [("POST", b"{}")]


async def test_a_window_is_sent_digit_by_digit(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/services/s1/purchase", say(200, CREATED))
    await hidsim.buy_service(
        "s1", country_ids=["d" * 24], min_price=Decimal("0.10"), max_price=Decimal("0.300000000000000001")
    )
    (asked,) = far.asked("/services/s1/purchase")
    assert asked.body == b'{"_countryIds":["' + b"d" * 24 + b'"],"minPrice":0.10,"maxPrice":0.300000000000000001}'


async def test_what_is_not_asked_for_is_not_sent(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/services/s1/purchase", say(200, CREATED))
    await hidsim.buy_service("s1")
    assert json.loads(far.asked("/services/s1/purchase")[0].body) == {}


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, InvalidRequest),
        (402, Rejected),
        (404, NotFound),
        (406, NoMatch),
        (409, Rejected),
        (425, TooEarly),
        (429, TooManyRequests),
    ],
)
async def test_a_refusal_in_the_partners_shape_is_believed(
    far: ScriptedServer, hidsim: HidSim, status: int, kind: type[Rejected]
) -> None:
    far.on(PATH, say(status, ERROR))
    with pytest.raises(Rejected) as refused:
        await hidsim.buy_product(PRODUCT)
    assert type(refused.value) is kind
    assert (refused.value.status, refused.value.message, refused.value.code) == (status, "no", "NO")
    assert len(far.asked(PATH)) == 1


@pytest.mark.parametrize(
    "shape",
    [
        {"message": "no"},
        {"code": "NO"},
        {"error": "no"},
        {"message": ["no", "never"]},
        {"error": {"message": "no", "code": "NO"}},
        {"errors": [{"message": "no"}]},
    ],
)
async def test_every_variant_of_the_error_shape_is_a_refusal(
    far: ScriptedServer, hidsim: HidSim, shape: object
) -> None:
    far.on(PATH, say(406, shape))
    with pytest.raises(NoMatch):
        await hidsim.buy_product(PRODUCT)


@pytest.mark.parametrize(
    "shape", [say(429, "<html>Rate limited</html>", Retry_After="7"), say(429), say(429, ["no"]), say(429, {"a": 1})]
)
async def test_too_many_requests_is_a_refusal_in_any_shape(
    far: ScriptedServer, hidsim: HidSim, shape: Behaviour
) -> None:
    far.on(PATH, shape)
    with pytest.raises(TooManyRequests):
        await hidsim.buy_product(PRODUCT)
    assert len(far.asked(PATH)) == 1


@pytest.mark.parametrize(
    "shape",
    [
        {"data": {"operation": CREATED}},
        [CREATED],
        {"operations": [CREATED]},
        {"success": True, "result": {"data": [CREATED]}},
        {"id": "request-5", "operation": CREATED},
    ],
)
async def test_a_purchase_may_be_answered_with_its_operation_in_any_envelope(
    far: ScriptedServer, hidsim: HidSim, shape: object
) -> None:
    far.on(PATH, say(201, shape))
    assert (await hidsim.buy_product(PRODUCT)).id == CREATED["_id"]


UNKNOWN: dict[str, Behaviour] = {
    "500 in the error shape": say(500, ERROR),
    "502 page": say(502, "<html>Bad gateway</html>"),
    "503 with a wait": say(503, ERROR, Retry_After="1"),
    "400 page": say(400, "<html>no</html>"),
    "404 empty": say(404),
    "406 array": say(406, ["no"]),
    "403 page": say(403, "<html>blocked</html>"),
    "401 empty": say(401),
    "408 in the error shape": say(408, ERROR),
    "200 page": say(200, "<html>hello</html>"),
    "200 empty": say(200),
    "204": say(204),
    "200 without id": say(200, {"state": "creating"}),
    "200 error shape": say(200, ERROR),
    "200 array": say(200, [CREATED, CREATED | {"_id": "d" * 24}]),
    "200 several": say(200, {"operations": [CREATED, CREATED | {"_id": "d" * 24}]}),
    "200 null": say(200, b"null"),
    "200 half": raw(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"_id": "bbb'),
    "200 no JSON": say(200, b'{"_id": '),
    "200 deep": say(200, b"[" * 100_000),
    "302": say(302, ERROR, Location="/elsewhere"),
    "307 to itself": say(307, b"", Location=PATH),
    "cut": cut(),
    "cut in the head": raw(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "no HTTP": raw(b"SSH-2.0-hello\r\n\r\n"),
    "10 MB": say(200, b" " * (10 * 1024 * 1024 + 1)),
}


@pytest.mark.parametrize("answer", UNKNOWN.values(), ids=UNKNOWN)
async def test_anything_else_is_an_unknown_outcome_and_never_sent_again(
    far: ScriptedServer, hidsim: HidSim, answer: Behaviour
) -> None:
    far.on(PATH, answer)
    with pytest.raises(OutcomeUnknown):
        await hidsim.buy_product(PRODUCT)
    assert len(far.asked(PATH)) == 1
    assert far.asked("/elsewhere") == []


async def test_silence_is_an_unknown_outcome(far: ScriptedServer, connect: Connect) -> None:
    far.on(PATH, hang())
    with pytest.raises(OutcomeUnknown):
        await connect(purchase_timeout=0.05).buy_product(PRODUCT)
    assert len(far.asked(PATH)) == 1


async def test_a_dripping_answer_ends_at_the_total_time(far: ScriptedServer, connect: Connect) -> None:
    far.on(PATH, drip(json.dumps(CREATED).encode() * 100, 0.01))
    with pytest.raises(OutcomeUnknown):
        await connect(purchase_timeout=0.05, connect_timeout=1, read_timeout=0.5).buy_product(PRODUCT)
    assert len(far.asked(PATH)) == 1


@pytest.mark.parametrize("status", [401, 403])
async def test_a_refused_token_is_replaced_and_the_purchase_sent_once_more(
    far: ScriptedServer, hidsim: HidSim, status: int
) -> None:
    far.on(PATH, say(status, ERROR), say(201, CREATED))
    assert (await hidsim.buy_product(PRODUCT)).id == OP
    assert [one.token for one in far.asked(PATH)] == ["token-1", "token-2"]


async def test_the_second_refusal_of_the_token_is_the_answer(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(403, ERROR))
    with pytest.raises(SignInRefused):
        await hidsim.buy_product(PRODUCT)
    assert (len(far.asked(PATH)), far.logins) == (2, 2)


@pytest.mark.parametrize("login", [cut(), say(500, ERROR), say(200, "<html>")], ids=["cut", "500", "page"])
async def test_a_sign_in_without_an_answer_means_that_nothing_was_bought(
    far: ScriptedServer, hidsim: HidSim, login: Behaviour
) -> None:
    await hidsim.sign_in()
    far.on(PATH, say(401, ERROR))
    far.on("/auth/login", login)
    with pytest.raises(NotSent):
        await hidsim.buy_product(PRODUCT)
    assert len(far.asked(PATH)) == 1


async def test_no_connection_is_not_sent(connect: Connect, far: ScriptedServer) -> None:
    hidsim = connect()
    await hidsim.sign_in()
    await far.stop()
    with pytest.raises(NotSent):
        await hidsim.buy_product(PRODUCT)


async def test_a_purchase_that_did_not_leave_is_sent_once_more(far: ScriptedServer, connect: Connect) -> None:
    """A bound port that nobody listens on refuses; it begins to listen when the client tells of the refusal."""
    hidsim = connect()
    await hidsim.sign_in()
    port = int(far.url.rpartition(":")[2])
    await far.stop()
    door = door_at(port)
    refused = asyncio.Event()

    def open_the_door() -> None:
        door.listen()
        refused.set()

    async def serve_later() -> ScriptedServer:
        await refused.wait()
        late = ScriptedServer()
        late.on(PATH, say(201, CREATED))
        await late.start(door)
        return late

    with on_event("hidsim.no_answer", open_the_door):
        async with asyncio.TaskGroup() as both:
            serving = both.create_task(serve_later())
            buying = both.create_task(hidsim.buy_product(PRODUCT))
    late = serving.result()
    assert buying.result().id == OP
    assert len(late.asked(PATH)) == 1
    await late.stop()


async def test_a_closed_client_sends_nothing(far: ScriptedServer, hidsim: HidSim) -> None:
    await hidsim.sign_in()
    await hidsim.aclose()
    for call in (hidsim.buy_product(PRODUCT), hidsim.me(), hidsim.close(OP)):
        with pytest.raises(NotSent):
            await call
    assert [one.path for one in far.seen] == ["/auth/login"]


async def test_closing_the_client_in_the_middle_of_a_purchase_is_an_unknown_outcome(
    far: ScriptedServer, hidsim: HidSim
) -> None:
    arrived = asyncio.Event()
    far.on(PATH, hang(arrived))
    await hidsim.sign_in()
    async with asyncio.TaskGroup() as group:
        buying = group.create_task(_failure(hidsim))
        await arrived.wait()
        await hidsim.aclose()
    assert isinstance(buying.result(), OutcomeUnknown)


async def _failure(hidsim: HidSim) -> HidSimError:
    with pytest.raises(HidSimError) as failed:
        await hidsim.buy_product(PRODUCT)
    return failed.value


async def test_every_purchase_has_a_connection_of_its_own(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(201, CREATED))
    await hidsim.buy_product(PRODUCT)
    await hidsim.buy_product(PRODUCT)
    assert {one.headers["connection"] for one in far.asked(PATH)} == {"close"}
    assert len({one.port for one in far.asked(PATH)}) == 2


async def test_a_pause_refuses_a_purchase_without_sending_it(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(429, ERROR, Retry_After="86400"))
    with pytest.raises(TooManyRequests) as told:
        await hidsim.buy_product(PRODUCT)
    assert told.value.retry_after == 86400
    with pytest.raises(TooManyRequests) as paused:
        await hidsim.buy_product(PRODUCT)
    assert len(far.asked(PATH)) == 1
    assert paused.value.retry_after == pytest.approx(300, abs=5)


@pytest.mark.parametrize("verb", ["refetch", "close"])
@pytest.mark.parametrize(
    "answer", [cut(), say(502, "<html>"), say(200, b"{"), say(404)], ids=["cut", "502", "half", "404"]
)
async def test_refetch_and_close_are_never_repeated(
    far: ScriptedServer, hidsim: HidSim, verb: str, answer: Behaviour
) -> None:
    far.on(f"/operations/{OP}/{verb}", answer)
    with pytest.raises(OutcomeUnknown):
        await getattr(hidsim, verb)(OP)
    assert len(far.asked(f"/operations/{OP}/{verb}")) == 1


async def test_too_early_names_the_wait(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(f"/operations/{OP}/close", say(425, ERROR | {"retryAfter": 90}))
    with pytest.raises(TooEarly) as early:
        await hidsim.close(OP)
    assert early.value.retry_after == 90


async def test_a_refused_token_is_replaced_for_close_as_well(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(f"/operations/{OP}/close", say(401, ERROR), say(200, CREATED | {"state": "user_refunded"}))
    closed = await hidsim.close(OP)
    assert (closed.state, far.logins) == ("user_refunded", 2)
