"""The far end of the pollers' benches: for each bot a world with a HidSim and a Bot API of its own, in one process.

A code's delay is the time from its arrival at HidSim to the sendMessage that holds it. Where a world says so, an order
that has ended is replaced by a tap on Buy, so that the number of live orders stays. `python -m bench.far` prints its
address; `/bench/…` is for the scripts.
"""

import asyncio
import json
import re
import signal
import sys
import time
from collections import Counter
from typing import Any

from aiohttp import web

from bench.arrivals import FIRST_PERSON, Arrivals, Live
from bench.partner import COUNTRY, PRICE, PRODUCT, SERVICE, Limit, Partner
from bench.updates import Updates
from bot.screens.callbacks import Buy

_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
_TOKEN = json.dumps({"token": "bench-token", "user": {"_id": "1"}}).encode()
_ME = {"id": 42, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_LISTS = {
    "/services": json.dumps([{"_id": SERVICE, "id": 1, "name": "Telegram", "__v": 0}]).encode(),
    "/countries": json.dumps([{"_id": COUNTRY, "id": 1, "name": "Brazil", "code": "BR", "__v": 0}]).encode(),
    "/products": json.dumps(
        [{"_id": PRODUCT, "id": 1, "_service": SERVICE, "_country": COUNTRY, "price": PRICE, "stock": 10**6}]
    ).encode(),
}
LOW, HIGH = 100_000, 250_000
"""The window of every purchase, in micro-units."""


def _json(body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(body=body, status=status, headers=headers, content_type="application/json")


def _done(result: str = "true") -> bytes:
    return f'{{"ok":true,"result":{result}}}'.encode()


class Chats:
    """A Bot API that hands out taps and notes when each is answered."""

    def __init__(self) -> None:
        self.updates = Updates()
        self._last_message = 10**6
        self._tapped: dict[str, asyncio.Future[None]] = {}
        self.calls: Counter[str] = Counter()

    def tap(self, person: int, data: str) -> str:
        """The tap's id."""
        tap_id = self.updates.add(person, json.loads(self._message(person, 7)), data)
        self.updates.announce()
        return tap_id

    async def seconds_to_answer(self, person: int, data: str) -> float:
        began = time.perf_counter()
        answered: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._tapped[self.tap(person, data)] = answered
        await answered
        return time.perf_counter() - began

    async def answer(self, method: str, given: Any) -> bytes:
        self.calls[method] += 1
        if method == "getupdates":
            return await self.updates.after(int(str(given.get("offset", 0))), float(str(given.get("timeout", 0))))
        if method == "getme":
            return _done(json.dumps(_ME))
        if method == "answercallbackquery" and (waiting := self._tapped.pop(str(given["callback_query_id"]), None)):
            waiting.set_result(None)
        if method in ("sendmessage", "editmessagetext"):
            self._last_message += 1
            return _done(
                self._message(int(str(given["chat_id"])), int(str(given.get("message_id", self._last_message))))
            )
        return _done()

    def _message(self, person: int, message_id: int) -> str:
        return (
            f'{{"message_id":{message_id},"date":1767225600,"chat":{{"id":{person},"type":"private",'
            f'"first_name":"Ann"}},"from":{json.dumps(_ME)},"text":"A screen"}}'
        )


class World:
    """What one bot meets. `since`: when the window began that is measured."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.partner = Partner(Arrivals(**given["arrivals"]), Limit(given["limit"], given["shape"]))
        self.chats = Chats()
        self._retry_after: int | None = given["retry_after"]
        self._replaces: bool = given["replaces"]
        self._taps = 0
        self.since = time.time()
        for live in given["live"]:
            self.partner.add(Live(*live))

    def buy(self, orders: int) -> None:
        """Taps on Buy, each of somebody else."""
        for _ in range(orders):
            self._taps += 1
            button = Buy(service=1, country=1, low=LOW, high=HIGH, nonce=f"n{self._taps}")
            self.chats.tap(FIRST_PERSON * 10 + self._taps % 5000, button.pack())

    def begin_window(self) -> None:
        self.since = time.time()
        self.partner.counts.clear()
        self.chats.calls.clear()

    def seen(self, until: float) -> dict[str, Any]:
        delays, untold = self.partner.delays(self.since, until)
        counts = [[route, status, count] for (route, status), count in self.partner.counts.items()]
        first = self.partner.first_poll_at
        return {"delays": delays, "untold": untold, "counts": counts, "live": len(self.partner.live()), "first": first}

    async def call(self, method: str, given: Any) -> bytes:
        if method == "sendmessage":
            self._note_codes(str(given["text"]))
        return await self.chats.answer(method, given)

    def _note_codes(self, text: str) -> None:
        for code in _CODE.findall(text):
            if self.partner.told(code, time.time()) and self._replaces:
                self.buy(1)

    def hidsim(self, method: str, path: str) -> web.Response:
        now, route = time.time(), _route(path)
        if not self.partner.take(route, now):
            headers = {} if self._retry_after is None else {"Retry-After": str(self._retry_after)}
            return _json(b'{"message":"Too many requests","code":"RATE_LIMITED"}', 429, headers)
        body, status = self._work(method, path, now)
        self.partner.counts[route, status] += 1
        return _json(body, status)

    def _work(self, method: str, path: str, now: float) -> tuple[bytes, int]:
        if path.startswith("/operations/"):
            found, refunded = self.partner.read(path.split("/")[2], now)
            if refunded and self._replaces:
                self.buy(1)
            return (b'{"message":"Operation not found","code":"NOT_FOUND"}', 404) if found is None else (found, 200)
        if method == "POST" and path.endswith("/purchase"):
            return self.partner.buy(FIRST_PERSON, now), 201
        if path in ("/auth/login", "/auth/renew"):
            return _TOKEN, 200
        if path == "/auth/me":
            return self.partner.me(), 200
        return (_LISTS[path], 200) if path in _LISTS else (b'{"message":"Not found","code":"NOT_FOUND"}', 404)


def _route(path: str) -> str:
    """The path without ids."""
    parts = path.split("/")
    return "/".join("{}" if len(part) == 24 else part for part in parts)


class Far:
    def __init__(self) -> None:
        self._worlds: dict[str, World] = {}

    def app(self) -> web.Application:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_post("/w/{world}/bot{token}/{method}", self._call)
        app.router.add_route("*", "/w/{world}/hidsim{path:/.*}", self._hidsim)
        app.router.add_post("/bench/{world}/{act}", self._act)
        return app

    async def _call(self, request: web.Request) -> web.Response:
        world = self._worlds[request.match_info["world"]]
        return _json(await world.call(request.match_info["method"].lower(), await request.post()))

    async def _hidsim(self, request: web.Request) -> web.Response:
        if request.body_exists:
            await request.read()
        return self._worlds[request.match_info["world"]].hidsim(request.method, request.match_info["path"])

    async def _act(self, request: web.Request) -> web.Response:
        name, act, given = request.match_info["world"], request.match_info["act"], await request.json()
        if act == "make":
            self._worlds[name] = World(given)
            return web.json_response({})
        world = self._worlds[name]
        match act:
            case "up":
                await world.chats.updates.up.wait()
            case "buy":
                world.buy(given["orders"])
            case "window":
                world.begin_window()
            case "seen":
                return web.json_response(world.seen(given["until"]))
            case "live":
                return web.json_response(world.partner.live())
            case "probe":
                return web.json_response(await world.chats.seconds_to_answer(given["person"], given["data"]))
            case _:
                return web.json_response({"error": "no such act"}, status=404)
        return web.json_response({})


async def serve() -> None:
    runner = web.AppRunner(Far().app(), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print(f"http://127.0.0.1:{runner.addresses[0][1]}", flush=True)
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    sys.exit(asyncio.run(serve()))
