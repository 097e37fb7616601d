"""Codes that come at once, at the bot's own pace, before a Telegram that keeps its limits."""

import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from bot.app import open_app
from bot.running import Pace
from bot.sandbox.telegram import TelegramSandbox
from tests.sandbox.hidsim.api import HandClock
from tests.sandbox.telegram.wire import serve
from tests.services.floor import ANN, place, settings_for
from tests.telegram.booth import NOWHERE, Booth, at_work, bots
from tests.telegram.test_push import alert, code, codes, lifelines_code, met, took_until

PATIENCE = 10.0
"""Seconds. The machine that tests run on is slow and busy."""


@pytest.fixture
async def limited(tmp_path: Path, migrated_file: Path) -> AsyncIterator[Booth]:
    """In real time. The tick that sends comes once an hour, so that it is something else that woke it."""
    place(migrated_file, tmp_path)
    telegram = TelegramSandbox()
    pace = Pace(ticks={"push": 3600}, taps=1000, taps_burst=1000, spinner=8)
    async with serve(telegram.app()) as base:
        values = {"bot_token": telegram.token, "telegram_api_url": base}
        async with open_app(settings_for(tmp_path, NOWHERE, **values), pace) as app:
            yield Booth(app, telegram, HandClock())
    assert telegram.problems == []


async def test_they_leave_in_order_of_age_and_none_is_refused(limited: Booth) -> None:
    people = range(500, 560)
    await met(limited, *people)
    limited.telegram.state.flood.on = True
    sent = len(limited.calls("sendMessage"))
    for person_id in people:
        await code(limited, person_id)
    assert await limited.app.front.pusher.push() == len(people)
    pushed = limited.calls("sendMessage")[sent:]
    assert [int(call.params["chat_id"]) for call in pushed] == list(people)
    assert {call.status for call in pushed} == {200}


async def test_a_code_that_is_written_while_the_bot_runs_waits_for_no_tick(limited: Booth) -> None:
    await met(limited, ANN)
    async with at_work(limited):
        await limited.app.ready.wait()
        await code(limited, ANN)
        assert await took_until(lambda: codes(limited, ANN) == 1, limited) < PATIENCE


async def test_a_code_that_can_not_be_written_waits_for_no_tick_either(limited: Booth) -> None:
    await met(limited, ANN)
    async with at_work(limited):
        await limited.app.ready.wait()
        await lifelines_code(limited, ANN)
        assert await took_until(lambda: codes(limited, ANN) == 1, limited) < PATIENCE


async def test_a_menu_that_somebody_asked_for_comes_while_many_codes_wait(limited: Booth) -> None:
    people = range(500, 580)
    await met(limited, ANN, *people)
    for person_id in people:
        await code(limited, person_id)
    pusher = limited.app.front.pusher
    await pusher.push_due()
    began = time.monotonic()
    await limited.app.front.bot.send_message(ANN, "A menu")
    assert time.monotonic() - began < PATIENCE
    assert sum(codes(limited, one) for one in people) < len(people)
    await pusher.push()
    assert sum(codes(limited, one) for one in people) == len(people)


async def test_while_many_wait_one_claim_fills_several_lanes(booth: Booth) -> None:
    people = range(600, 700)
    await met(booth, *people)
    for person_id in people:
        await alert(booth, f"a{person_id}", person_id)
    claims: list[str] = []

    def listen(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        if sql.startswith("UPDATE notices") and "RETURNING" in sql:
            claims.append(sql)

    engine = booth.app.resources.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", listen)
    await booth.app.front.pusher.push_due()
    assert await took_until(lambda: all(told(booth, one) for one in people), booth) < PATIENCE
    event.remove(engine, "before_cursor_execute", listen)
    assert 4 <= len(claims) <= 20
    await booth.app.front.pusher.push()
    assert await booth.app.shop.outbox.waiting() == 0


def told(booth: Booth, person_id: int) -> bool:
    return any("Alert" in message.text for message in bots(booth.person(person_id)))
