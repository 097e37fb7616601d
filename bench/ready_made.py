"""The far end of the benches: a Bot API that only counts, and the HidSim sandbox, in a process of their own.

It answers from ready-made bytes, so that it is not what is measured. `python -m bench.ready_made` prints its address.
"""

import asyncio
import json
import signal
import sys
import time
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from aiohttp import web

from bench.texts import TEXT, keyboard
from bench.updates import Updates
from bot.sandbox.hidsim import HidSimSandbox

FIRST_PERSON = 1000


def message(person: int) -> dict[str, Any]:
    return {
        "message_id": 7,
        "date": 1767225600,
        "edit_date": 1767225601,
        "chat": {"id": person, "type": "private", "first_name": "Ann"},
        "from": {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"},
        "text": TEXT.replace("<b>", "").replace("</b>", ""),
        "entities": [{"type": "bold", "offset": at, "length": 6} for at in (0, 16, 80, 90, 300)],
        "reply_markup": {"inline_keyboard": keyboard()},
    }


def _envelope(result: object) -> bytes:
    return json.dumps({"ok": True, "result": result}).encode()


ME = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
ANSWERS = {"getme": _envelope(ME), "editmessagetext": _envelope(message(1)), "sendmessage": _envelope(message(1))}
DONE = _envelope(True)


@dataclass
class Tap:
    """`left`: of its two signs, an answer that ends the spinner and a screen. `at`: when it was there to be fetched."""

    at: float
    left: int = 2


@dataclass
class Caller:
    """One bot: what waits for it, and what it has called since the last round began."""

    updates: Updates = field(default_factory=Updates)
    calls: Counter[str] = field(default_factory=Counter)
    wanted: int = 0
    done: asyncio.Event = field(default_factory=asyncio.Event)
    begun: dict[str, "Tap"] = field(default_factory=dict)
    undrawn: dict[str, deque["Tap"]] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    watched: int = 0

    def count(self, method: str, given: Mapping[str, Any]) -> None:
        self.calls[method] += 1
        if method == "answercallbackquery":
            self._reached(self.begun.pop(str(given.get("callback_query_id")), None))
        elif method in ("editmessagetext", "sendmessage") and (drawn := self.undrawn.get(str(given.get("chat_id")))):
            self._reached(drawn.popleft())
        if self.wanted and min(self.calls["answercallbackquery"], self.calls["editmessagetext"]) >= self.wanted:
            self.done.set()

    def _reached(self, tap: "Tap | None") -> None:
        if tap is not None:
            tap.left -= 1
            if not tap.left:
                self.waits.append(time.perf_counter() - tap.at)
                if len(self.waits) == self.watched:
                    self.done.set()

    def watched_tap(self, person: int, data: str) -> None:
        tap_id = self.tap(person, data)
        tap = self.begun[tap_id] = Tap(time.perf_counter())
        self.undrawn.setdefault(str(person), deque()).append(tap)
        self.updates.announce()

    def tap(self, person: int, data: str) -> str:
        return self.updates.add(person, message(person), data)


class ReadyMade:
    """Any token is a bot of its own."""

    def __init__(self) -> None:
        self._callers: dict[str, Caller] = {}

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._call)
        app.router.add_post("/bench/round", self._round)
        app.router.add_post("/bench/steady", self._steady)
        app.router.add_post("/bench/up", self._up)
        app.add_subapp("/hidsim", HidSimSandbox(balance=Decimal(1_000_000)).app())
        return app

    def _caller(self, token: str) -> Caller:
        return self._callers.setdefault(token, Caller())

    async def _call(self, request: web.Request) -> web.Response:
        caller, method = self._caller(request.match_info["token"]), request.match_info["method"].lower()
        given = await request.post()
        if method == "getupdates":
            body = await caller.updates.after(int(str(given.get("offset", 0))), float(str(given.get("timeout", 0))))
        else:
            body = ANSWERS.get(method, DONE)
            caller.count(method, given)
        return web.Response(body=body, content_type="application/json")

    async def _up(self, request: web.Request) -> web.Response:
        """Answers when this bot has asked for updates and found none."""
        caller = self._caller((await request.json())["token"])
        await caller.updates.up.wait()
        return web.json_response({})

    async def _round(self, request: web.Request) -> web.Response:
        """Queues taps of many people and answers with the seconds until each was answered and its screen edited."""
        given = await request.json()
        caller = self._caller(given["token"])
        data: list[str] = given["data"]
        caller.calls.clear()
        caller.done.clear()
        caller.wanted = given["taps"]
        for number in range(caller.wanted):
            caller.tap(FIRST_PERSON + (given["first"] + number) % given["people"], data[number % len(data)])
        began = time.perf_counter()
        caller.updates.announce()
        try:
            async with asyncio.timeout(given["patience"]):
                await caller.done.wait()
        except TimeoutError:
            return web.json_response({"error": f"not all taps were served: {dict(caller.calls)}"}, status=500)
        took = time.perf_counter() - began
        caller.wanted = 0
        return web.json_response({"seconds": took, "calls": dict(caller.calls)})

    async def _steady(self, request: web.Request) -> web.Response:
        """Taps one by one at a rate, whatever becomes of them, and the seconds from each to its answer and screen."""
        given = await request.json()
        caller, loop = self._caller(given["token"]), asyncio.get_running_loop()
        caller.waits.clear()
        caller.done.clear()
        caller.watched = given["taps"]
        began = loop.time()
        for number in range(given["taps"]):
            await asyncio.sleep(max(0.0, began + number / given["rate"] - loop.time()))
            person = FIRST_PERSON + number % given["people"]
            caller.watched_tap(person, given["data"][number % len(given["data"])])
        try:
            async with asyncio.timeout(given["patience"]):
                await caller.done.wait()
        except TimeoutError:
            pass
        return web.json_response({"waits": caller.waits, "unanswered": given["taps"] - len(caller.waits)})


async def serve(far: ReadyMade) -> None:
    """Until SIGTERM; prints its address first."""
    runner = web.AppRunner(far.app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    sys.exit(asyncio.run(serve(ReadyMade())))
