"""Faults on order and the limits of sending."""

import aiohttp
import pytest

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import NOON, Wire, open_wire


async def test_a_fault_strikes_only_what_it_names_and_only_so_often(wire: Wire, ann: Person) -> None:
    fault = {"method": "sendmessage", "contains": "code", "times": 2, "status": 500, "description": "Internal"}
    await wire.sim("/faults", fault)
    assert (await wire.ok("sendMessage", chat_id=ann.id, text="other"))["text"] == "other"
    assert await wire.error("sendMessage", chat_id=ann.id, text="the code") == "500 Internal"
    assert (await wire.see("/faults"))["faults"][0]["left"] == 1
    assert await wire.error("sendMessage", chat_id=ann.id, text="the code") == "500 Internal"
    assert (await wire.ok("sendMessage", chat_id=ann.id, text="the code"))["text"] == "the code"


async def test_429_says_how_long_in_body_and_header(wire: Wire) -> None:
    await wire.sim("/faults", {"status": 429, "retry_after": 7})
    async with wire.session.get(f"{wire.base}/bot{wire.token}/getMe") as answer:
        assert answer.headers["Retry-After"] == "7"
        assert await answer.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        }


async def test_a_proxy_answers_in_html(wire: Wire) -> None:
    await wire.sim("/faults", {"status": 502, "description": "Bad Gateway", "html_body": True})
    async with wire.session.get(f"{wire.base}/bot{wire.token}/getMe") as answer:
        assert (answer.status, answer.content_type) == (502, "text/html")
        assert "Bad Gateway" in await answer.text()


@pytest.mark.parametrize(("drop", "sent"), [("before", 0), ("after", 1)])
async def test_a_connection_is_lost_before_or_after_the_work(
    wire: Wire, ann: Person, telegram: TelegramSandbox, drop: str, sent: int
) -> None:
    await wire.sim("/faults", {"method": "sendMessage", "drop": drop})
    with pytest.raises(aiohttp.ClientError):
        await wire.call("sendMessage", chat_id=ann.id, text="twice?")
    assert len(ann.chat()) == 1 + sent
    assert telegram.calls[-1].answer is None


async def test_latency_alone_changes_nothing_else(wire: Wire, telegram: TelegramSandbox) -> None:
    await wire.sim("/faults", {"latency": 0.005})
    assert (await wire.ok("getMe"))["is_bot"] is True
    assert telegram.calls[-1].took >= 0.005
    assert telegram.calls[-1].fault == 1


async def test_an_odd_answer_is_given_to_work_that_was_done(wire: Wire, ann: Person) -> None:
    merge = {"result": {"from": {"is_bot": None}, "chat": 7}, "ok": "true"}
    await wire.sim("/faults", {"method": "sendMessage", "merge": merge})
    answer = await wire.call("sendMessage", chat_id=ann.id, text="odd")
    assert (answer["ok"], answer["result"]["chat"], "is_bot" in answer["result"]["from"]) == ("true", 7, False)
    await wire.sim("/faults", {"method": "sendMessage", "status": 429, "merge": {"parameters": {"retry_after": "x"}}})
    assert (await wire.call("sendMessage", chat_id=ann.id, text="no"))["parameters"] == {"retry_after": "x"}
    await wire.sim("/faults", {"method": "getMe", "body": "[7]"})
    async with wire.session.get(f"{wire.base}/bot{wire.token}/getMe") as raw:
        assert await raw.text() == "[7]"
    assert [message.text for message in ann.chat() if message.from_bot][-1] == "odd"


async def test_faults_can_be_taken_back_and_unknown_fields_are_refused(wire: Wire) -> None:
    await wire.sim("/faults", {"status": 500})
    await wire.sim("/faults", method="DELETE")
    assert (await wire.ok("getMe"))["is_bot"] is True
    assert (await wire.sim("/faults", {"stauts": 500}))[0] == 400


async def test_a_chat_takes_three_at_once_and_then_one_a_second() -> None:
    telegram = TelegramSandbox(now=lambda: NOON, flood=True)
    await Person(telegram, 5).start()
    message = {"chat_id": 5, "text": "x"}
    async with open_wire(telegram) as wire:
        for _ in range(3):
            await wire.ok("sendMessage", **message)
        assert (await wire.call("sendMessage", **message))["parameters"] == {"retry_after": 1}
        telegram.advance(1)
        await wire.ok("sendMessage", **message)
        assert await wire.error("sendMessage", **message) == "429 Too Many Requests: retry after 1"
        await wire.sim("/flood", {"on": False})
        await wire.ok("sendMessage", **message)


async def test_all_chats_together_take_thirty_a_second() -> None:
    telegram = TelegramSandbox(now=lambda: NOON, flood=True)
    people = [Person(telegram, n) for n in range(1, 32)]
    async with open_wire(telegram) as wire:
        for person in people:
            await person.start()
        for person in people[:30]:
            await wire.ok("sendMessage", chat_id=person.id, text="x")
        assert await wire.error("sendMessage", chat_id=31, text="x") == "429 Too Many Requests: retry after 1"
