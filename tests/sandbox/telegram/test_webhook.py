"""The webhook: settings, delivery, order, repetition."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import Json, Wire, serve

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Ear:
    """A bot's webhook that answers as it is told."""

    def __init__(self) -> None:
        self.url = ""
        self.heard: list[Json] = []
        self.secrets: list[str | None] = []
        self.answers: list[web.Response] = []
        self._news = asyncio.Condition()

    async def hear(self, request: web.Request) -> web.Response:
        self.secrets.append(request.headers.get(HEADER))
        self.heard.append(await request.json())
        async with self._news:
            self._news.notify_all()
        return self.answers.pop(0) if self.answers else web.Response()

    async def wait(self, count: int) -> list[Any]:
        """The texts of the first messages, when there are so many."""
        async with asyncio.timeout(5), self._news:
            await self._news.wait_for(lambda: len(self.heard) >= count)
        return [update["message"]["text"] for update in self.heard]


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    ear = Ear()
    app = web.Application()
    app.router.add_post("/hook", ear.hear)
    async with serve(app) as base:
        ear.url = f"{base}/hook"
        yield ear


async def test_updates_come_with_the_secret_one_after_another(wire: Wire, ann: Person, ear: Ear) -> None:
    await ann.say("before")
    envelope = await wire.call("setWebhook", url=ear.url, secret_token="s-E_9")
    await ann.say("after")
    assert envelope["description"] == "Webhook was set"
    assert await ear.wait(2) == ["before", "after"]
    assert ear.secrets == ["s-E_9", "s-E_9"]


async def test_a_refused_update_is_sent_again_before_the_next(wire: Wire, ann: Person, ear: Ear) -> None:
    ear.answers = [web.Response(status=500, headers={"Retry-After": "0"})]
    await wire.ok("setWebhook", url=ear.url)
    await ann.say("first")
    await ann.say("second")
    assert await ear.wait(3) == ["first", "first", "second"]
    info = await wire.ok("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 500 Internal Server Error"


async def test_chats_do_not_wait_for_each_other(wire: Wire, ann: Person, telegram: TelegramSandbox, ear: Ear) -> None:
    boris = Person(telegram, 6, "Boris")
    ear.answers = [web.Response(status=500, headers={"Retry-After": "60"})]
    await wire.ok("setWebhook", url=ear.url)
    await ann.say("from ann")
    await ear.wait(1)
    await boris.say("from boris")
    assert await ear.wait(2) == ["from ann", "from boris"]
    assert (await wire.ok("getWebhookInfo"))["pending_update_count"] == 1


async def test_a_method_in_the_answer_is_carried_out(wire: Wire, ann: Person, ear: Ear) -> None:
    ear.answers = [
        web.json_response({"method": "sendMessage", "chat_id": ann.id, "text": "by answer"}),
        web.json_response({"method": "getMe"}),
        web.Response(text="ok"),
    ]
    await wire.ok("setWebhook", url=ear.url)
    await ann.say("a")
    await ann.sees("by answer")
    await ann.say("b")
    await ann.say("c")
    assert await ear.wait(3) == ["a", "b", "c"]
    assert "getMe" not in [call["method"] for call in (await wire.see("/calls"))["calls"]]


async def test_an_ear_that_is_away_gets_its_updates_by_the_next_webhook(wire: Wire, ann: Person, ear: Ear) -> None:
    await wire.ok("setWebhook", url="http://127.0.0.1:1/")
    await ann.say("hello?")
    await wire.call("deleteWebhook")
    info = await wire.ok("getWebhookInfo")
    await wire.sim("/clock", {"advance": 2})
    await wire.ok("setWebhook", url=ear.url)
    assert info == {"url": "", "has_custom_certificate": False, "pending_update_count": 1}
    assert await ear.wait(1) == ["hello?"]


async def test_results_say_what_was_done(wire: Wire) -> None:
    assert (await wire.call("deleteWebhook"))["description"] == "Webhook is already deleted"
    assert (await wire.call("setWebhook", url="http://localhost:1/"))["description"] == "Webhook was set"
    await wire.sim("/clock", {"advance": 2})
    assert (await wire.call("setWebhook", url="http://localhost:1/"))["description"] == "Webhook is already set"
    assert (await wire.call("setWebhook", url=""))["description"] == "Webhook was deleted"


async def test_one_webhook_a_second(wire: Wire) -> None:
    await wire.ok("setWebhook", url="http://localhost:1/")
    assert await wire.error("setWebhook", url="http://localhost:2/") == "429 Too Many Requests: retry after 1"


async def test_pending_updates_can_be_dropped(wire: Wire, ann: Person) -> None:
    await ann.say("old")
    await wire.call("deleteWebhook", drop_pending_updates=True)
    assert await wire.updates() == []


@pytest.mark.parametrize(
    ("params", "error"),
    [
        ({"url": "http://hidsim.com/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "gopher://x"}, "invalid webhook URL specified"),
        ({"url": "http://localhost/", "secret_token": "x" * 257}, "secret token is too long"),
        ({"url": "http://localhost/", "secret_token": "no space"}, "secret token contains unallowed characters"),
    ],
)
async def test_webhooks_that_telegram_refuses(wire: Wire, params: dict[str, str], error: str) -> None:
    assert await wire.error("setWebhook", **params) == f"400 Bad Request: {error}"
