"""Reads may be asked again, within measure."""

import asyncio
import time
from typing import Any
from urllib.parse import unquote

import pytest
from structlog.testing import capture_logs

from bot.hidsim import HidSim, NotFound, NotSent, OutcomeUnknown, Rejected, SignInRefused, TooManyRequests, Urgency
from tests.hidsim.conftest import Clock, Connect
from tests.hidsim.scripted_server import Behaviour, ScriptedServer, cut, drip, hang, raw, say

OP = "b" * 24
PATH = f"/operations/{OP}"
PENDING = {"_id": OP, "id": "op-1", "state": "pending", "number": "4915112345678"}
A, B, C = "a" * 24, "b" * 24, "c" * 24


@pytest.mark.parametrize(
    "trouble",
    [say(500), say(502, "<html>"), say(200, b"{"), cut(), raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")],
    ids=["500", "502", "half", "cut", "cut in the body"],
)
async def test_a_read_is_asked_again_after_trouble_that_may_pass(
    far: ScriptedServer, hidsim: HidSim, trouble: Behaviour
) -> None:
    far.on(PATH, trouble, say(200, PENDING))
    assert (await hidsim.operation(OP)).number == "4915112345678"
    assert len(far.asked(PATH)) == 2


async def test_three_attempts_are_all(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(503))
    with pytest.raises(OutcomeUnknown) as failed:
        await hidsim.operation(OP)
    assert (len(far.asked(PATH)), failed.value.status) == (3, 503)


async def test_an_outage_does_not_triple_the_load(far: ScriptedServer, connect: Connect, clock: Clock) -> None:
    hidsim = connect(clock=clock, rate_per_second=1000)
    far.on(PATH, say(500))
    for _ in range(100):
        with pytest.raises(OutcomeUnknown):
            await hidsim.operation(OP)
    assert len(far.asked(PATH)) <= 100 + 10 + 10


async def test_a_quiet_bot_may_try_again_now_and_then(far: ScriptedServer, connect: Connect, clock: Clock) -> None:
    hidsim = connect(clock=clock, rate_per_second=1000)
    far.on(PATH, say(500))
    for _ in range(30):
        with pytest.raises(OutcomeUnknown):
            await hidsim.operation(OP)
    spent = len(far.asked(PATH))
    clock.pass_(10)
    far.on(PATH, say(500), say(200, PENDING))
    await hidsim.operation(OP)
    assert len(far.asked(PATH)) == spent + 2


@pytest.mark.parametrize("status", [400, 404, 409, 425])
@pytest.mark.parametrize("content", [{"message": "no"}, "<html>", b""], ids=["shape", "page", "empty"])
async def test_a_refused_read_is_not_asked_again(
    far: ScriptedServer, hidsim: HidSim, status: int, content: Any
) -> None:
    far.on(PATH, say(status, content))
    with pytest.raises(Rejected) as refused:
        await hidsim.operation(OP)
    assert (refused.value.status, len(far.asked(PATH))) == (status, 1)


async def test_a_redirect_is_not_followed(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(302, "", Location="/elsewhere"))
    with pytest.raises(OutcomeUnknown):
        await hidsim.operation(OP)
    assert [one.path for one in far.seen] == ["/auth/login", PATH]


@pytest.mark.parametrize("content", [{"message": "no"}, "<html>", b""], ids=["shape", "page", "empty"])
async def test_a_read_gets_a_new_token_whatever_the_refusal_looks_like(
    far: ScriptedServer, hidsim: HidSim, content: Any
) -> None:
    far.on(PATH, say(403, content), say(200, PENDING))
    await hidsim.operation(OP)
    assert [one.token for one in far.asked(PATH)] == ["token-1", "token-2"]


async def test_a_token_refused_twice_is_the_answer(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(403, {"message": "not yours"}))
    with pytest.raises(SignInRefused) as refused:
        await hidsim.operation(OP)
    assert (refused.value.status, refused.value.message, len(far.asked(PATH))) == (403, "not yours", 2)


@pytest.mark.parametrize("wait", ["0.01", "Sun, 01 Mar 2026 12:00:00 GMT", "0"])
async def test_a_short_429_is_waited_out(far: ScriptedServer, hidsim: HidSim, wait: str) -> None:
    far.on(PATH, say(429, {"message": "slow"}, Retry_After=wait), say(200, PENDING))
    assert (await hidsim.operation(OP, urgency=Urgency.TAP)).id == OP


@pytest.mark.parametrize(
    ("answer", "seconds"),
    [
        (say(429, {"message": "slow"}, Retry_After="60"), 60),
        (say(429, {"message": "slow"}, Retry_After="86400"), 86400),
        (say(429, {"message": "slow"}, Retry_After="Sun, 01 Mar 2026 12:02:00 GMT"), 120),
        (say(429, {"message": "slow", "retryAfter": 30}), 30),
        (say(429, "<html>", Retry_After="30"), 30),
    ],
    ids=["seconds", "absurd", "date", "body", "page"],
)
async def test_a_long_429_is_told_and_holds_everybody(
    far: ScriptedServer, hidsim: HidSim, answer: Behaviour, seconds: float
) -> None:
    far.on(PATH, answer)
    with pytest.raises(TooManyRequests) as told:
        await hidsim.operation(OP)
    assert told.value.retry_after == seconds
    with pytest.raises(TooManyRequests) as paused:
        await hidsim.me(urgency=Urgency.TAP)
    assert paused.value.retry_after == pytest.approx(min(seconds, 300), abs=2)
    assert (len(far.asked(PATH)), len(far.asked("/auth/me"))) == (1, 0)


@pytest.mark.parametrize("wait", ["soon", "-5", "NaN", "1e999999", "", "Mon, 99 Foo 2026", "٣"])
async def test_a_wait_that_is_none_is_not_believed(far: ScriptedServer, hidsim: HidSim, wait: str) -> None:
    far.on(PATH, say(425, {"message": "early"}, Retry_After=wait.encode().decode("latin-1")))
    with pytest.raises(Rejected) as early:
        await hidsim.operation(OP)
    assert early.value.retry_after is None


async def test_a_503_with_a_wait_holds_everybody_too(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(503, "", Retry_After="40"))
    with pytest.raises((OutcomeUnknown, TooManyRequests)):
        await hidsim.operation(OP)
    assert len(far.asked(PATH)) == 1


@pytest.mark.parametrize("answer", [hang(), drip(b"x" * 1000, 0.01)], ids=["silence", "drip"])
async def test_a_slow_read_ends(far: ScriptedServer, connect: Connect, answer: Behaviour) -> None:
    far.on(PATH, answer)
    hidsim = connect(read_timeout=0.3, connect_timeout=0.5)
    begun = time.monotonic()
    with pytest.raises(OutcomeUnknown):
        await hidsim.operation(OP)
    assert time.monotonic() - begun < 2


async def test_a_read_without_a_connection_is_not_sent(far: ScriptedServer, hidsim: HidSim) -> None:
    await hidsim.sign_in()
    await far.stop()
    with pytest.raises(NotSent):
        await hidsim.operation(OP)


HOSTILE_IDS = ["a/b", "a?b=c", "a#b", "../auth/me", "a%2Fb", "%2e%2e", "{}", "{0}", "é", "a b", "a\\b", ";x", "a" * 128]


@pytest.mark.parametrize("one_id", HOSTILE_IDS)
async def test_an_id_stays_one_segment_of_the_path(far: ScriptedServer, hidsim: HidSim, one_id: str) -> None:
    with pytest.raises(NotFound):
        await hidsim.operation(one_id)
    with pytest.raises(NotFound):
        await hidsim.close(one_id)
    read, closed = (one.target for one in far.seen[1:])
    assert [unquote(part) for part in read.split("/")] == ["", "operations", one_id]
    assert [unquote(part) for part in closed.split("/")] == ["", "operations", one_id, "close"]
    assert "?" not in read + closed


@pytest.mark.parametrize("one_id", ["", ".", "..", "...", "a" * 129, "a\nb", "a\x00", "\ud800"])
async def test_an_id_that_no_resource_has_is_not_asked_for(far: ScriptedServer, hidsim: HidSim, one_id: str) -> None:
    for call in (hidsim.operation(one_id), hidsim.refetch(one_id), hidsim.buy_product(one_id)):
        with pytest.raises(NotFound):
            await call
    assert far.seen == []


async def test_a_search_text_is_only_a_parameter(far: ScriptedServer, connect: Connect) -> None:
    far.on("/services/search", say(200, []))
    assert await connect(search_param="text").search_services("a&q=b c/é") == []
    assert far.asked("/services/search")[0].query == {"text": "a&q=b c/é"}


async def test_a_path_in_the_address_stays(far: ScriptedServer, connect: Connect) -> None:
    far.on("/v1/auth/login", say(200, {"token": "t"}))
    far.on("/v1/auth/me", say(200, {"_id": A, "balance": "1.50"}))
    assert str((await connect(url=f"{far.url}/v1/").me()).balance) == "1.50"


async def test_an_answer_about_another_operation_is_no_answer(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(200, {"_id": C, "state": "completed", "code": "123456"}))
    with pytest.raises(OutcomeUnknown):
        await hidsim.operation(OP)


async def test_an_operation_may_be_asked_by_its_short_id(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/operations/op-1", say(200, PENDING))
    assert (await hidsim.operation("op-1")).id == OP


async def test_products_are_asked_by_relation_and_others_left_out(far: ScriptedServer, hidsim: HidSim) -> None:
    good = {"_id": C, "id": "p1", "_service": A, "_country": {"_id": B}, "price": 0.3}
    far.on("/products", say(200, [good, good | {"_id": "d" * 24, "_country": C}, good | {"price": -1}, None, "x"]))
    with capture_logs() as logs:
        (product,) = await hidsim.products(A, B)
    assert (str(product.price), product.stock) == ("0.3", None)
    assert far.asked("/products")[0].query == {"_service": A, "_country": B}
    (line,) = [line for line in logs if line["event"] == "hidsim.items_skipped"]
    assert (line["skipped"], line["kept"]) == (4, 1)


def service(n: int) -> dict[str, str]:
    return {"_id": f"{n:024x}", "id": str(n), "name": f"S{n}"}


PAGED: dict[str, list[Any]] = {
    "totalPages": [
        {"data": [service(1)], "page": 1, "totalPages": 2},
        {"data": [service(2)], "page": 2, "totalPages": 2},
    ],
    "hasNextPage": [
        {"docs": [service(1)], "page": 1, "hasNextPage": True},
        {"docs": [service(2)], "hasNextPage": False},
    ],
    "hasNextPage alone": [{"docs": [service(1)], "hasNextPage": True}, {"docs": [service(2)]}],
    "next address": [{"results": [service(1)], "next": "https://evil.example/x?page=2"}, {"results": [service(2)]}],
    "next number": [{"items": [service(1)], "next": 2}, {"items": [service(2)], "next": None}],
    "own name": [{"services": [service(1)], "next": "2"}, {"services": [service(2)]}],
    "inside data": [
        {"data": {"items": [service(1)], "page": "1", "totalPages": "2"}},
        {"data": {"items": [service(2)], "page": 2, "totalPages": 2}},
    ],
    "meta": [
        {"data": [service(1)], "meta": {"pagination": {"page": 1, "pageCount": 2}}},
        {"data": [service(2)], "meta": {"pagination": {"page": 2, "pageCount": 2}}},
    ],
}


@pytest.mark.parametrize("pages", PAGED.values(), ids=PAGED)
async def test_pages_are_followed_to_the_end(far: ScriptedServer, hidsim: HidSim, pages: list[Any]) -> None:
    far.on("/services", *(say(200, page) for page in pages))
    assert [one.name for one in await hidsim.services()] == ["S1", "S2"]
    assert [one.query for one in far.asked("/services")] == [{}, {"page": "2"}]


@pytest.mark.parametrize("following", ["https://[/?page=2", "cursor", "https://hidsim.example/services", 0, -1, [], {}])
async def test_a_next_page_that_can_not_be_asked_for_ends_the_list(
    far: ScriptedServer, hidsim: HidSim, following: Any
) -> None:
    far.on("/services", say(200, {"data": [service(1)], "next": following}))
    assert [one.name for one in await hidsim.services()] == ["S1"]
    assert len(far.asked("/services")) == 1


async def test_a_page_that_repeats_ends_the_list(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/services", say(200, {"data": [service(1)], "hasNextPage": True}))
    assert [one.name for one in await hidsim.services()] == ["S1"]
    assert len(far.asked("/services")) == 2


async def test_endless_pages_end(far: ScriptedServer, hidsim: HidSim) -> None:
    pages = [say(200, {"data": [service(n)], "page": n, "hasNextPage": True}) for n in range(1, 300)]
    far.on("/services", *pages)
    assert len(await hidsim.services()) == 200


async def test_an_item_on_two_pages_is_listed_once(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on("/services", say(200, {"data": [service(1), service(2)], "next": 2}), say(200, [service(2), service(3)]))
    assert [one.name for one in await hidsim.services()] == ["S1", "S2", "S3"]


@pytest.mark.parametrize("answer", [{}, {"data": 5}, {"data": {"x": 1}}, "text", 5, None, {"message": "hello"}])
async def test_an_answer_without_a_list_is_unknown(far: ScriptedServer, hidsim: HidSim, answer: Any) -> None:
    far.on("/services", say(200, b"null" if answer is None else answer if answer != "text" else '"text"'))
    with pytest.raises(OutcomeUnknown):
        await hidsim.services()


async def test_reads_run_side_by_side(far: ScriptedServer, hidsim: HidSim) -> None:
    far.on(PATH, say(200, PENDING))
    async with asyncio.TaskGroup() as group:
        for _ in range(150):
            group.create_task(hidsim.operation(OP))
    assert (len(far.asked(PATH)), far.logins) == (150, 1)
