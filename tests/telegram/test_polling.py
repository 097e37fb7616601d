"""How the bot hears: what becomes of its polls when Telegram refuses, is away, or talks nonsense."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import TelegramObject
from structlog.testing import capture_logs

from bot.running import Stopped
from bot.telegram.outage import Outage
from bot.telegram.polling import AT_ONCE
from bot.telegram.raw import one_by_one, update_id
from tests.services.floor import ADMIN
from tests.telegram.booth import Booth, at_work, bots, open_booth

Lines = list[MutableMapping[str, Any]]


@pytest.mark.parametrize(
    ("status", "said", "sentence"),
    [
        (404, "Not Found", "compare BOT_TOKEN"),
        (400, "Logged out", "moved to another server"),
        (403, "Forbidden: bot was deleted", "Forbidden: bot was deleted"),
    ],
)
async def test_a_refusal_that_lasts_ends_the_bot_with_a_sentence_for_its_operator(
    booth: Booth, status: int, said: str, sentence: str
) -> None:
    booth.telegram.faults.add(method="getMe", status=status, description=said, times=3)
    with pytest.raises(Stopped, match=sentence):
        await asyncio.wait_for(booth.app.run(), 20)


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 404, "html_body": True, "times": 3},
        {"status": 502, "times": 2},
        {"status": 429, "retry_after": 1, "times": 1},
        {"status": 404, "times": 2},
        {"drop": "before", "times": 2},
    ],
    ids=["a proxy's page", "502", "429", "a passing 404", "cut"],
)
async def test_what_may_pass_is_waited_for_and_said_in_words(booth: Booth, fault: dict[str, Any]) -> None:
    booth.telegram.faults.add(method="getMe", **fault)
    ann = booth.person()
    with capture_logs() as lines:
        async with at_work(booth):
            await ann.start()
            await booth.telegram.called("sendMessage", patience=15)
    said = [line["reason"] for line in lines if line["event"].startswith("Telegram is not reached")]
    assert len(said) == 1 or fault.get("retry_after")
    assert all(reason and "http" not in reason for reason in said)


async def test_a_mistake_in_the_handling_of_one_update_is_one_updates_mistake(booth: Booth) -> None:
    ann = await booth.ann()
    await booth.shows_go()

    async def fails_on_taps(
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        if getattr(event, "callback_query", None) is not None:
            raise RuntimeError("a middleware's mistake")
        return await handler(event, data)

    booth.app.front.dispatcher.update.outer_middleware(fails_on_taps)
    with capture_logs() as lines:
        async with at_work(booth):
            answer = await ann.tap("Go")
            assert answer.text.startswith("This button can't be read.")
            before = len(bots(ann))
            await ann.say("/menu")
            await ann.waits_until(lambda: len(bots(ann)) > before, "the menu")
            assert (await booth.app.figures())["failed_updates"] == 1
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["an update could not be handled"]


async def test_a_batch_of_updates_leaves_the_loop_to_others_between_any_two(booth: Booth) -> None:
    ann, turns, all_seen = await booth.ann(), 0, asyncio.Event()
    await ann.say("/menu")
    await booth.hears()  # from here on she is remembered: nothing that comes before the handlers waits
    seen: list[int] = []

    def turn() -> None:
        nonlocal turns
        turns += 1
        asyncio.get_running_loop().call_soon(turn)

    async def never_waits(
        _handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], _event: TelegramObject, _data: Any
    ) -> None:
        seen.append(turns)
        if len(seen) == 20:
            all_seen.set()

    booth.app.front.dispatcher.update.outer_middleware(never_waits)
    for number in range(20):
        await ann.say(f"word {number}")
    turn()
    async with at_work(booth):
        await asyncio.wait_for(all_seen.wait(), 15)
    assert max(Counter(seen).values()) <= 2


async def test_a_stop_in_the_middle_of_a_batch_has_each_update_handled_once(booth: Booth) -> None:
    ann = await booth.ann()
    seen: list[int] = []

    async def stops_at_the_third(
        _handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: Any, _data: Any
    ) -> None:
        seen.append(event.update_id)
        if len(seen) == 3:
            booth.app.stop()

    booth.app.front.dispatcher.update.outer_middleware(stops_at_the_third)
    for number in range(40):
        await ann.say(f"word {number}")
    await asyncio.wait_for(booth.app.run(), 20)
    left = [update.update_id for update in await booth.updates()]
    assert left == []
    assert sorted(seen) == list(range(min(seen), min(seen) + 40))


async def test_a_stop_leaves_what_there_is_no_room_for_to_the_next_start(booth: Booth) -> None:
    people = [booth.person(person_id) for person_id in range(300, 310)]
    for one in people:
        await one.start()
    await booth.hears()
    seen: list[int] = []
    ends = asyncio.Event()

    async def stops_when_full(
        _handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: Any, _data: Any
    ) -> None:
        seen.append(event.update_id)
        if len(seen) == AT_ONCE:
            booth.app.stop()
            for _ in range(20):  # the stop is heard meanwhile
                await asyncio.sleep(0)
            ends.set()
        await ends.wait()

    booth.app.front.dispatcher.update.outer_middleware(stops_when_full)
    said = AT_ONCE + 40
    for number in range(said):
        await people[number % len(people)].say(f"word {number}")
    await asyncio.wait_for(booth.app.run(), 20)
    left = [update.update_id for update in await booth.updates()]
    assert len(seen) == AT_ONCE
    assert sorted(seen + left) == list(range(min(seen), min(seen) + said))


async def test_a_second_program_on_the_token_ends_the_bot_and_owners_are_told(booth: Booth) -> None:
    ada = booth.person(ADMIN)
    await ada.start()
    booth.telegram.faults.add(method="getUpdates", status=409, description="Conflict", times=3)
    with pytest.raises(Stopped, match="another program polls"):
        await asyncio.wait_for(booth.app.run(), 20)
    assert [one.text.partition(",")[0] for one in ada.chat() if "🚨" in one.text] == [
        "🚨 Alert\nAnother program uses this bot's token"
    ]


async def test_a_logout_in_the_middle_of_work_ends_the_bot(booth: Booth) -> None:
    booth.telegram.faults.add(method="getUpdates", status=400, description="Logged out", times=5)
    with pytest.raises(Stopped, match="logged out"):
        await asyncio.wait_for(booth.app.run(), 30)


class Seconds:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_an_outage_is_said_at_once_then_each_minute_and_its_end() -> None:
    clock = Seconds()
    outage = Outage(list[str]().append, clock)
    with capture_logs() as lines:
        for _ in range(130):
            outage.failed(TimeoutError())
            clock.now += 1
        assert outage.silent == 130
        outage.over()
    assert [line["seconds"] for line in lines] == [0, 60, 120, 130]
    assert outage.silent == 0


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ({"update_id": 7}, 7),
        ({"update_id": "7"}, 7),
        ({"update_id": 7.0}, 7),
        ({"update_id": 7.5}, None),
        ({"update_id": float("inf")}, None),
        ({"update_id": True}, None),
        ({"update_id": 0}, None),
        ({"update_id": -7}, None),
        ({"update_id": 2**31}, None),
        ({"update_id": "٧"}, None),
        ({"update_id": "9" * 5000}, None),
        ({"update_id": [7]}, None),
        ({}, None),
        ([], None),
        (None, None),
    ],
)
def test_an_id_is_believed_when_telegram_could_have_given_it(raw: Any, number: int | None) -> None:
    assert update_id(raw) == number


def test_of_a_text_that_is_no_json_the_readable_updates_are_read() -> None:
    deep = "[" * 50_000
    text = (
        '{"ok":true,"result":[{"update_id":1,"a":'
        + deep
        + '},{"update_id": 2,"b":"{\\"update_id\\":9}"},{"update_id":3'
    )
    assert one_by_one(text) == [{"update_id": 1}, {"update_id": 2, "b": '{"update_id":9}'}, {"update_id": 3}]
    assert one_by_one("<html>") == []


async def test_the_health_page_tells_how_long_nobody_was_heard(tmp_path: Path, migrated_file: Path) -> None:
    async with open_booth(tmp_path, migrated_file) as booth:
        figures = await booth.app.figures()
        assert figures["ok"] is True
        assert figures["telegram_silent_seconds"] < 60
        assert figures["unreadable_updates"] == figures["failed_updates"] == 0
