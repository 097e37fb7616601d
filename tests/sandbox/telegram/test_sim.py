"""The /sim API: people, taps, events, records, levers."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.sandbox.person import Person
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.telegram.wire import Json, Wire, button, keyboard, open_wire


class Listener:
    """Reads server-sent events one by one."""

    def __init__(self, content: aiohttp.StreamReader) -> None:
        self._content = content

    async def next(self) -> Json:
        async with asyncio.timeout(5):
            while True:
                line = await self._content.readline()
                if line.startswith(b"data: "):
                    event: Json = json.loads(line.removeprefix(b"data: "))
                    return event


@asynccontextmanager
async def listen(wire: Wire, person: int | None) -> AsyncIterator[Listener]:
    query = {"person": str(person)} if person is not None else {}
    async with wire.session.get(f"{wire.base}/sim/events", params=query) as stream:
        assert await stream.content.readline() == b": open\n"
        yield Listener(stream.content)


async def test_people_are_added_and_changed_by_id(wire: Wire) -> None:
    ann = {"id": 5, "first_name": "Ann", "username": "ann", "language_code": "ru", "is_admin": True}
    assert (await wire.sim("/people", ann))[1] == {**ann, "is_stranger": False, "started": False, "blocked": False}
    assert (await wire.sim("/people", {"id": 5, "first_name": "Anna"}))[1]["username"] == "ann"
    assert (await wire.sim("/people", {}))[1]["id"] > 5
    assert (await wire.see("/people"))["people"][0]["first_name"] == "Anna"


@pytest.mark.parametrize("body", [{"id": "5"}, {"id": 0}, {"is_admin": 1}, {"first_name": 7}])
async def test_bad_people_are_refused(wire: Wire, body: Json) -> None:
    assert (await wire.sim("/people", body))[0] == 400


async def test_start_message_and_group_message_reach_the_bot(wire: Wire) -> None:
    await wire.sim("/people", {"id": 5})
    await wire.sim("/people/5/start", {"payload": "ref_1"})
    await wire.sim("/people/5/message", {"text": "hello"})
    _, sent = await wire.sim("/people/5/group-message", {"text": "hi all"})
    updates = await wire.updates()
    assert [update["message"]["text"] for update in updates] == ["/start ref_1", "hello", "hi all"]
    assert updates[2]["message"]["chat"]["type"] == "supergroup"
    group = await wire.see(f"/people/5/chat?chat_id={sent['chat_id']}")
    assert [message["text"] for message in group["messages"]] == ["hi all"]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/people/404/start", {}, 404),
        ("/people/5/start", {"payload": "not a parameter"}, 400),
        ("/people/5/message", {"text": ""}, 400),
        ("/people/5/message", {}, 400),
        ("/people/5/tap", {}, 400),
        ("/people/5/tap", {"label": "Nothing"}, 404),
        ("/people/5/tap", {"message_id": 99, "row": 0, "column": 0}, 404),
        ("/clock", {"advance": -1}, 400),
        ("/flood", {"on": "yes"}, 400),
        ("/people/5/inline/choose", {"query_id": "1", "result_id": "1"}, 404),
    ],
)
async def test_wrong_calls_say_what_is_wrong(wire: Wire, ann: Person, path: str, body: Json, status: int) -> None:
    answer = await wire.sim(path, body)
    assert answer[0] == status
    assert answer[1]["error"]


async def test_a_tap_by_label_finds_the_newest_message_with_such_a_button(wire: Wire, ann: Person) -> None:
    for data in ("old", "new"):
        markup = keyboard([button("🛒 Buy · $1", callback_data=data)])
        await wire.ok("sendMessage", chat_id=ann.id, text=data, reply_markup=markup)
    await wire.ok("sendMessage", chat_id=ann.id, text="no buttons")
    status, body = await wire.sim(f"/people/{ann.id}/tap", {"label": "Buy"})
    assert status == 200
    query = (await wire.updates())[0]["callback_query"]
    assert (query["id"], query["data"]) == (body["query_id"], "new")
    assert (await wire.see(f"/people/{ann.id}/chat"))["unanswered"] == [body["query_id"]]


async def test_taps_of_other_kinds_of_buttons_tell_the_bot_nothing(wire: Wire, ann: Person) -> None:
    markup = keyboard(
        [
            button("copy", copy_text={"text": "123"}),
            button("link", url="https://x.org/"),
            button("search", switch_inline_query_current_chat="tel"),
            button("off", disabled={}),
        ]
    )
    await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
    path = f"/people/{ann.id}/tap"
    assert (await wire.sim(path, {"label": "copy"}))[1] == {"copied": "123"}
    assert (await wire.sim(path, {"label": "link"}))[1] == {"url": "https://x.org/"}
    assert (await wire.sim(path, {"label": "search"}))[1] == {"switch_inline": "tel", "here": True}
    status, body = await wire.sim(path, {"label": "off"})
    assert (status, body["buttons"]) == (409, [["copy", "link", "search", "off"]])
    assert await wire.updates() == []


async def test_who_has_blocked_the_bot_can_neither_write_nor_tap(wire: Wire, ann: Person) -> None:
    await wire.ok("sendMessage", chat_id=ann.id, text="x", reply_markup=keyboard([button("Go")]))
    _, profile = await wire.sim(f"/people/{ann.id}/block")
    assert profile["blocked"] is True
    assert (await wire.sim(f"/people/{ann.id}/tap", {"label": "Go"}))[0] == 409
    assert (await wire.sim(f"/people/{ann.id}/message", {"text": "x"}))[0] == 409
    assert (await wire.sim(f"/people/{ann.id}/unblock"))[1]["blocked"] is False


async def test_events_tell_everything_that_changes_on_the_screen(wire: Wire, ann: Person) -> None:
    async with listen(wire, ann.id) as events:
        await wire.ok("sendChatAction", chat_id=ann.id, action="typing")
        sent = await wire.ok("sendMessage", chat_id=ann.id, text="menu", reply_markup=keyboard([button("Go")]))
        _, tap = await wire.sim(f"/people/{ann.id}/tap", {"label": "Go"})
        await wire.ok("answerCallbackQuery", callback_query_id=tap["query_id"], text="ok")
        where = {"chat_id": ann.id, "message_id": sent["message_id"]}
        edited = await wire.ok("editMessageText", **where, text="done")
        await wire.ok("setMessageReaction", **where, reaction=[{"type": "emoji", "emoji": "👍"}])
        await wire.ok("deleteMessage", **where)
        await wire.ok("setMyCommands", commands=[{"command": "start", "description": "x"}])
        await ann.block()
        await wire.sim("/reset")
        seen: list[Any] = [await events.next() for _ in range(10)]
    assert [event["type"] for event in seen] == [
        "action", "message", "tap", "answer", "edit", "reaction", "delete", "commands", "person", "reset",
    ]  # fmt: skip
    assert seen[1]["message"] == sent
    assert seen[2] == {**seen[2], **where, "row": 0, "column": 0, "label": "Go", "query_id": tap["query_id"]}
    assert seen[3] == {**seen[3], "query_id": tap["query_id"], "text": "ok", "show_alert": False, "url": None}
    assert seen[4]["message"] == edited
    assert seen[6]["message_ids"] == [sent["message_id"]]


async def test_a_person_hears_only_what_concerns_them(wire: Wire, ann: Person, telegram: TelegramSandbox) -> None:
    boris = Person(telegram, 6, "Boris")
    async with listen(wire, ann.id) as events, listen(wire, None) as everything:
        await boris.say("to the bot")
        await boris.say_in_group("to all")
        assert (await events.next())["message"]["text"] == "to all"
        assert (await everything.next())["message"]["text"] == "to the bot"


async def test_an_open_stream_does_not_keep_the_server_from_stopping(telegram: TelegramSandbox) -> None:
    async with aiohttp.ClientSession() as session:
        async with open_wire(telegram) as wire:
            stream = await session.get(f"{wire.base}/sim/events")
            assert await stream.content.readline() == b": open\n"
        async with asyncio.timeout(5):
            assert b"data:" not in await stream.content.read()


async def test_reset_keeps_people_and_forgets_what_was_said(wire: Wire, ann: Person, telegram: TelegramSandbox) -> None:
    await ann.say("hello")
    await wire.sim("/reset")
    assert ann.chat() == []
    assert await wire.updates() == []
    assert [person["started"] for person in (await wire.see("/people"))["people"]] == [False]
    assert await wire.error("sendMessage", chat_id=ann.id, text="x") == "400 Bad Request: chat not found"
    assert await ann.start() > 2


async def test_the_transcript_reads_like_the_talk(wire: Wire, ann: Person) -> None:
    await wire.ok("sendMessage", chat_id=ann.id, text="menu", reply_markup=keyboard([button("Go")]))
    _, tap = await wire.sim(f"/people/{ann.id}/tap", {"label": "Go"})
    await wire.ok("answerCallbackQuery", callback_query_id=tap["query_id"], text="ok")
    lines = (await wire.see(f"/transcript?person={ann.id}"))["lines"]
    assert [(line["who"], line["kind"], line["text"]) for line in lines] == [
        ("person", "message", "/start"),
        ("bot", "message", "menu"),
        ("person", "tap", "Go"),
        ("bot", "answer", "ok"),
    ]
    assert lines[1]["buttons"] == [["Go"]]
    assert (await wire.see("/transcript?person=404"))["lines"] == []


async def test_the_clock_goes_forward_and_dates_follow(wire: Wire, ann: Person) -> None:
    before = await wire.ok("sendMessage", chat_id=ann.id, text="x")
    await wire.sim("/clock", {"advance": 3600})
    after = await wire.ok("sendMessage", chat_id=ann.id, text="x")
    assert after["date"] - before["date"] == 3600


async def test_a_page_of_another_host_is_not_let_in(wire: Wire) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "http://evil.example", "Host": "evil.example"}):
        async with wire.session.post(f"{wire.base}/sim/reset", headers=headers) as answer:
            assert answer.status == 403
    async with wire.session.post(f"{wire.base}/sim/reset", headers={"Origin": wire.base}) as answer:
        assert answer.status == 200


async def test_director_and_gallery_are_mounted() -> None:
    async def hello(_request: web.Request) -> web.Response:
        return web.json_response({"director": True})

    director = web.Application()
    director.router.add_get("/hello", hello)
    async with open_wire(TelegramSandbox(director=director, gallery=[{"name": "home"}])) as wire:
        assert await wire.see("/director/hello") == {"director": True}
        assert await wire.see("/gallery") == [{"name": "home"}]
