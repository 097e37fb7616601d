"""Answers of the Bot API with odd fields: sent is sent, refused is refused, and only the rest is an outage."""

import json
from typing import Any

import pytest
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import SendMessage

from bot.db import people
from bot.db.shop import catalog
from bot.db.telling import notices
from bot.domain.notices import NoticeKind
from bot.telegram import api_answers
from tests.db.fresh import ordered
from tests.services.floor import ANN
from tests.telegram.booth import Booth, bots, screen
from tests.telegram.test_push import alert, waiting

ODD_RESULTS: dict[str, Any] = {
    "a sender without a name": {"result": {"from": {"id": 1}}},
    "only true": {"result": True},
    "nothing": {"result": None},
    "no id": {"result": {"message_id": None}},
    "an id that is none": {"result": {"message_id": "soon"}},
    "a negative id": {"result": {"message_id": -5}},
    "an id beyond all integers": {"result": {"message_id": 10**30}},
    "a list": {"result": [1, 2]},
    "a chat of a new kind": {"result": {"chat": {"type": "hologram"}}},
    "a field that nobody knows": {"result": {"hologram": {"depth": 3}}},
    "a date in words": {"result": {"date": "yesterday"}},
    "ok as a word": {"ok": "true"},
    "ok as a number": {"ok": 1},
    "no ok": {"ok": None},
    "a description that is none": {"description": {"a": 1}, "parameters": [], "error_code": "none"},
}


@pytest.mark.parametrize("merge", ODD_RESULTS.values(), ids=ODD_RESULTS)
async def test_a_push_that_telegram_took_is_not_sent_again_whatever_its_answer_says_besides(
    booth: Booth, merge: dict[str, Any]
) -> None:
    ann = await booth.ann()
    await alert(booth, "a")
    booth.telegram.faults.add(method="sendMessage", merge=merge, times=9)
    for _ in range(3):
        await booth.app.front.pusher.push()
        booth.clock.forward(60)
    assert await waiting(booth) == 0
    assert sum("Alert" in message.text for message in bots(ann)) == 1


async def test_the_id_of_a_push_is_taken_from_an_answer_that_can_not_be_read_whole(booth: Booth) -> None:
    ann = await booth.ann()
    booth.telegram.faults.add(method="sendMessage", merge={"result": {"from": {"id": 1}}})
    sent = await booth.messenger.send(ANN, screen("Hello"))
    assert sent == bots(ann)[-1].message_id


async def test_a_number_whose_push_has_no_id_is_told_and_no_card(booth: Booth) -> None:
    await booth.ann()
    async with booth.app.resources.database.write() as tx:
        await catalog.save_services(tx, [("a" * 24, "Telegram")])
        await catalog.save_countries(tx, [("c" * 24, "Brazil", "BR")])
        order = await ordered(tx, ANN)
        await notices.add(tx, "n", ANN, NoticeKind.NUMBER, order_id=order.id)
        await people.appoint(tx, ANN, admin=True)
        await notices.add(tx, "e", ANN, NoticeKind.ALERT)
    booth.telegram.faults.add(method="sendMessage", merge={"result": True})
    await booth.app.front.pusher.push()
    await booth.app.front.pusher.redraw()
    assert await waiting(booth) == 0
    assert await booth.app.shop.outbox.cards.behind(20) == []


@pytest.mark.parametrize("result", [{"from": {"id": 1}}, True, [], "done", {"message_id": "x"}])
async def test_a_tap_is_served_though_the_results_of_edit_and_answer_are_odd(booth: Booth, result: Any) -> None:
    async def handler(_tap: Any) -> Any:
        return screen("New")

    for method in ("editMessageText", "answerCallbackQuery", "sendChatAction"):
        booth.telegram.faults.add(method=method, merge={"result": result}, times=9)
    _, ann = await booth.go(handler)
    assert [m.text for m in bots(ann)][1:] == ["New"]


async def test_deeds_whose_result_is_odd_are_done(booth: Booth) -> None:
    await booth.ann()
    booth.telegram.faults.add(merge={"result": {"what": "is this"}}, times=9)
    await booth.app.front.bot.delete_webhook()
    await booth.app.front.bot.set_my_commands([])
    await booth.app.front.bot.send_chat_action(ANN, "typing")
    assert [call.status for call in booth.telegram.calls[-3:]] == [200, 200, 200]


async def test_a_question_whose_answer_can_not_be_read_has_none(booth: Booth) -> None:
    booth.telegram.faults.add(method="getMe", merge={"result": {"id": "nobody"}})
    with pytest.raises(TelegramNetworkError):
        await booth.app.front.bot.get_me()


@pytest.mark.parametrize(
    "body", ["<html>Welcome to the hotel</html>", "", "[]", "null", "7", '"ok"', "{}", '{"status": "up"}']
)
async def test_what_is_not_telegrams_is_an_outage_and_tried_again(booth: Booth, body: str) -> None:
    await booth.ann()
    await alert(booth, "a")
    booth.telegram.faults.add(method="sendMessage", body=body or " ")
    assert await booth.app.front.pusher.push() == 0
    assert await waiting(booth) == 1
    booth.clock.forward(5)
    assert await booth.app.front.pusher.push() == 1


WAITS: list[tuple[Any, int]] = [
    ("7", 7), (7.2, 8), ("7.0", 7), (0.3, 1), (None, 9), ("soon", 9), (-3, 9), (0, 9), (True, 9), ([], 9),
    (10**12, 86_400), (1e400, 86_400),
]  # fmt: skip


@pytest.mark.parametrize(("told", "wait"), WAITS)
def test_a_429_is_a_429_however_its_wait_is_spelt(told: Any, wait: int) -> None:
    body = {"ok": False, "error_code": 429, "description": "Too Many Requests: retry after 9"}
    with pytest.raises(TelegramRetryAfter) as caught:
        reads(429, body | {"parameters": {"retry_after": told}})
    assert caught.value.retry_after == wait


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (400, {"ok": False}, TelegramBadRequest),
        (400, {"ok": False, "error_code": "four hundred", "description": None}, TelegramBadRequest),
        (400, {"ok": "false", "description": ["a", "list"], "parameters": "none"}, TelegramBadRequest),
        (403, {"ok": False, "parameters": {"migrate_to_chat_id": "x"}}, TelegramForbiddenError),
        (403, {"ok": 0, "error_code": 403}, TelegramForbiddenError),
        (200, {"ok": False, "error_code": 403, "description": "Forbidden"}, TelegramForbiddenError),
        (200, {"ok": False, "error_code": "403"}, TelegramForbiddenError),
        (200, {"ok": False}, TelegramBadRequest),
        (418, {"ok": False, "description": "a teapot"}, TelegramBadRequest),
        (429, {"ok": False}, TelegramRetryAfter),
        (429, {"ok": False, "parameters": {"retry_after": None}}, TelegramRetryAfter),
        (420, {"ok": False, "description": "FLOOD_WAIT_17"}, TelegramRetryAfter),
        (500, {"ok": False}, TelegramServerError),
        (500, {"ok": True}, TelegramServerError),
        (502, {"ok": False, "error_code": 400}, TelegramServerError),
    ],
)
def test_a_refusal_is_taken_as_the_refusal_it_is(status: int, body: Any, error: type[TelegramAPIError]) -> None:
    with pytest.raises(error):
        reads(status, body)


def reads(status: int, body: Any) -> Any:
    return api_answers.read(SendMessage(chat_id=1, text="x"), status, json.dumps(body))


async def test_an_odd_refusal_of_a_push_is_counted_and_given_up_like_every_other(booth: Booth) -> None:
    await booth.ann()
    await alert(booth, "a")
    odd = {"error_code": "?", "description": None, "parameters": {"retry_after": "never"}}
    booth.telegram.faults.add(method="sendMessage", status=400, merge=odd, times=99)
    for _ in range(12):
        await booth.app.front.pusher.push()
        booth.clock.forward(300)
    assert await waiting(booth) == 0
