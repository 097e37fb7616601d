"""A plain caller of the sandbox, over real loopback HTTP, that reads either dialect just far enough to test it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import aiohttp
from aiohttp import web

from bot.sandbox.hidsim import HidSimSandbox

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class HandClock:
    """Moves only when it is told to. Time passes with `forward`; `set_by` only changes what the wall clock says."""

    at: datetime = START
    wrong_by: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return self.at + self.wrong_by

    def right(self) -> datetime:
        """What the clocks of others say."""
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)

    def set_by(self, seconds: float) -> None:
        self.wrong_by += timedelta(seconds=seconds)


@dataclass
class Answer:
    status: int
    text: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        return json.loads(self.text, parse_float=Decimal)


@dataclass
class Api:
    sandbox: HidSimSandbox
    session: aiohttp.ClientSession
    base: str
    token: str | None = None

    async def call(self, method: str, path: str, *, auth: bool = True, **options: Any) -> Answer:
        headers = options.pop("headers", {})
        if auth and self.token:
            headers = {"Authorization": f"Bearer {self.token}", **headers}
        async with self.session.request(method, f"{self.base}{path}", headers=headers, **options) as answer:
            return Answer(answer.status, await answer.text(errors="replace"), dict(answer.headers))

    async def get(self, path: str, **params: str) -> Answer:
        return await self.call("GET", path, params=params)

    async def post(self, path: str, body: Any) -> Answer:
        return await self.call("POST", path, json=body)

    async def login(self, identifier: str = "demo@hidsim.example", password: str = "demo") -> Answer:  # noqa: S107
        answer = await self.call("POST", "/auth/login", json={"identifier": identifier, "password": password})
        if answer.status == 200:
            self.token = answer.json.get("token") or answer.json["data"]["access_token"]
        return answer

    async def direct(self, call: str, **arguments: Any) -> Answer:
        return await self.call("POST", f"/_director/{call}", json=arguments)

    async def buy(self, **window: Any) -> dict[str, Any]:
        """Telegram, in any country unless the window names some."""
        answer = await self.post("/services/1/purchase", window)
        assert answer.status in {200, 201}, answer.text
        return unwrapped(answer.json)

    async def operation(self, bought: dict[str, Any]) -> dict[str, Any]:
        return unwrapped((await self.get(f"/operations/{bought['_id']}")).json)


def unwrapped(body: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = body.get("data") or body.get("operation") or body
    return found


@asynccontextmanager
async def serving(sandbox: HidSimSandbox, prefix: str = "/hidsim") -> AsyncIterator[Api]:
    root = web.Application()
    root.add_subapp(prefix, sandbox.app())
    runner = web.AppRunner(root, shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with aiohttp.ClientSession() as session:
            session._retry_connection = False  # else aiohttp sends a GET again by itself when its answer is lost
            yield Api(sandbox, session, f"http://127.0.0.1:{port}{prefix}")
    finally:
        await runner.cleanup()


def object_id(sandbox: HidSimSandbox, country: str) -> str:
    return sandbox._backend.catalog.find_country(country).object_id
