"""The health page of an opened bot, asked over HTTP: what it says of Telegram's silence and of the shop."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import open_app
from bot.running import Pace
from bot.sandbox.hidsim import HidSimSandbox
from tests.sandbox.hidsim.api import HandClock, serving
from tests.services.floor import ANN, Floor, settings_for
from tests.services.floor import place as put
from tests.telegram.booth import open_booth

SILENT_TOO_LONG = 121


def free_place() -> str:
    """An address of this machine where nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        return f"127.0.0.1:{door.getsockname()[1]}"


@asynccontextmanager
async def whole_shop(folder: Path, migrated: Path, **given: Any) -> AsyncIterator[Floor]:
    """The opened bot with a HidSim, as services are tried."""
    put(migrated, folder)
    clock = HandClock()
    sandbox = HidSimSandbox(now=clock, services=40, countries=12)
    async with serving(sandbox) as far:
        settings, pace = settings_for(folder, far.base, **given), Pace(clock=clock.monotonic)
        async with open_app(settings, pace, clock) as app:
            yield Floor(app.shop, app.resources, sandbox, clock)
            await app.resources.nursery.drain(5)


async def health(place: str) -> dict[str, Any]:
    async with aiohttp.ClientSession() as http, http.get(f"http://{place}/health") as answer:
        assert answer.status == 200
        return dict(await answer.json())


async def test_it_is_not_ok_once_telegram_was_silent_for_two_minutes_and_ok_when_it_answers(
    tmp_path: Path, migrated_file: Path
) -> None:
    place = free_place()
    async with open_booth(tmp_path, migrated_file, status_listen=place) as booth:
        told = await health(place)
        assert (told["ok"], told["telegram_silent_seconds"]) == (True, 0)
        booth.clock.forward(SILENT_TOO_LONG - 2)
        assert (await health(place))["ok"] is True
        booth.clock.forward(2)
        told = await health(place)
        assert (told["ok"], told["telegram_silent_seconds"]) == (False, SILENT_TOO_LONG)
        assert await booth.app.front.polling.reach()
        told = await health(place)
        assert (told["ok"], told["telegram_silent_seconds"]) == (True, 0)


async def test_a_wall_clock_that_is_set_makes_nobody_deaf(tmp_path: Path, migrated_file: Path) -> None:
    place = free_place()
    async with open_booth(tmp_path, migrated_file, status_listen=place) as booth:
        booth.clock.set_by(86_400)
        assert (await health(place))["ok"] is True


async def test_its_figures_are_the_shops(tmp_path: Path, migrated_file: Path) -> None:
    place = free_place()
    async with whole_shop(tmp_path, migrated_file, status_listen=place) as floor:
        assert (await health(place))["catalog_services"] == 0
        await floor.opened()
        told = await health(place)
        assert told == {
            "ok": True,
            "telegram_silent_seconds": 0,
            "unreadable_updates": 0,
            "failed_updates": 0,
            "waiting_notices": 0,
            "unreachable_notices": 0,
            "purchases_in_flight": 0,
            "catalog_services": 40,
            "loop_lag_ms": {"mean": 0.0, "worst": 0.0},
            "polling": {
                "orders": 0,
                "under_way": 0,
                "longest_unasked_seconds": 0.0,
                "gaps_stretched_by": 1.0,
                "requests_per_second": 500.0,
                "paused_seconds": 0.0,
                "requests_waiting": 0,
                "code_delay_seconds": None,
            },
        }
        floor.director.fault("/purchase", delay=0.5)
        await floor.checkout.buy(ANN, floor.wish())
        assert (await health(place))["purchases_in_flight"] == 1
        await floor.purchases.drain(5)
        floor.clock.forward(5)
        await floor.tracker.tick()
        await floor.nursery.drain(5)
        told = await health(place)
        assert told["purchases_in_flight"] == 0
        assert told["polling"]["orders"] == 1
        assert told["waiting_notices"] == len(await floor.told()) > 0


async def test_it_is_gone_with_the_bot(tmp_path: Path, migrated_file: Path) -> None:
    place = free_place()
    async with whole_shop(tmp_path, migrated_file, status_listen=place):
        await health(place)
    host, _, port = place.partition(":")
    refused = await asyncio.gather(asyncio.open_connection(host, int(port)), return_exceptions=True)
    assert isinstance(refused[0], ConnectionRefusedError)
