"""Path, token, fault, method, parameters, chat, message: the first that fails speaks."""

import pytest

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import Wire


async def test_a_path_that_is_no_bot_is_not_found(wire: Wire) -> None:
    async with wire.session.get(f"{wire.base}/nothing") as answer:
        assert (answer.status, await answer.json()) == (
            404,
            {"ok": False, "error_code": 404, "description": "Not Found"},
        )


@pytest.mark.parametrize(
    ("token", "description"),
    [("x", "Unauthorized: invalid token specified"), ("12:y", "Unauthorized"), ("1234567890:x", "Unauthorized")],
)
async def test_a_wrong_token_is_unauthorized_before_anything_else(wire: Wire, token: str, description: str) -> None:
    async with wire.session.get(f"{wire.base}/bot{token}/nothing") as answer:
        assert answer.status == 401
        assert (await answer.json())["description"] == description


async def test_an_unknown_method_is_not_found(wire: Wire) -> None:
    assert await wire.error("makeCoffee") == "404 Not Found: method not found"


async def test_method_names_may_be_written_in_any_case(wire: Wire) -> None:
    assert (await wire.ok("GETME"))["username"] == "hidsim_demo_bot"


async def test_a_fault_strikes_before_the_method_is_looked_up(wire: Wire, telegram: TelegramSandbox) -> None:
    telegram.faults.add(status=502, description="Bad Gateway")
    assert await wire.error("makeCoffee") == "502 Bad Gateway"
    assert await wire.error("makeCoffee") == "404 Not Found: method not found"


async def test_parameters_are_looked_at_before_the_chat(wire: Wire) -> None:
    assert await wire.error("sendMessage", chat_id=404, text="<b>", parse_mode="HTML") == (
        "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
    )
    assert await wire.error("sendMessage", text="x") == "400 Bad Request: chat_id is empty"
    assert await wire.error("sendMessage", chat_id=404, text="x") == "400 Bad Request: chat not found"


async def test_the_chat_is_looked_at_before_the_message(wire: Wire, ann: Person) -> None:
    assert (
        await wire.error("editMessageText", chat_id=404, message_id=99, text="x") == "400 Bad Request: chat not found"
    )
    assert await wire.error("editMessageText", chat_id=ann.id, message_id=99, text="x") == (
        "400 Bad Request: message to edit not found"
    )


async def test_parameters_may_come_as_query_json_or_form(wire: Wire, ann: Person) -> None:
    url = f"{wire.base}/bot{wire.token}/sendMessage"
    async with wire.session.get(url, params={"chat_id": ann.id, "text": "by query"}) as answer:
        assert (await answer.json())["ok"]
    async with wire.session.post(url, json={"chat_id": ann.id, "text": "by json", "reply_markup": None}) as answer:
        assert (await answer.json())["ok"]
    async with wire.session.post(url, data={"chat_id": ann.id, "text": "by form"}) as answer:
        assert (await answer.json())["ok"]
    assert [message.text for message in ann.chat()[1:]] == ["by query", "by json", "by form"]


async def test_a_body_that_is_no_json_is_refused(wire: Wire) -> None:
    headers = {"Content-Type": "application/json"}
    async with wire.session.post(f"{wire.base}/bot{wire.token}/getMe", data=b"[", headers=headers) as answer:
        assert answer.status == 400


async def test_half_a_surrogate_pair_is_refused(wire: Wire, ann: Person) -> None:
    body = b'{"chat_id": 5, "text": "\\ud83d"}'
    headers = {"Content-Type": "application/json"}
    async with wire.session.post(f"{wire.base}/bot{wire.token}/sendMessage", data=body, headers=headers) as answer:
        assert (await answer.json())["description"] == "Bad Request: strings must be encoded in UTF-8"
    assert len(ann.chat()) == 1


async def test_every_call_is_written_down_with_its_answer(wire: Wire, telegram: TelegramSandbox) -> None:
    await wire.call("getMe")
    await wire.call("sendMessage", text="x")
    assert [(call.method, call.status) for call in telegram.calls] == [("getMe", 200), ("sendMessage", 400)]
    assert telegram.calls[1].params == {"text": "x"}
    assert (await wire.see("/calls?method=getme"))["calls"][0]["answer"]["ok"] is True
