"""The sandbox over HTTP, as bots and pages see it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from bot.sandbox.telegram import TelegramSandbox

Json = dict[str, Any]
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (20).to_bytes(4, "big") + (10).to_bytes(4, "big") + b"\x08\x02\0\0\0"


class Wire:
    """Calls of the Bot API and of /sim on a running sandbox."""

    def __init__(self, session: aiohttp.ClientSession, base: str, token: str) -> None:
        self.session = session
        self.base = base
        self.token = token

    async def call(self, method: str, /, *, files: dict[str, tuple[str, bytes]] | None = None, **params: Any) -> Json:
        """The envelope. Objects and lists travel as JSON text, as aiogram sends them."""
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (file_name, data) in (files or {}).items():
            form.add_field(name, data, filename=file_name)
        async with self.session.post(
            f"{self.base}/bot{self.token}/{method}", data=form if params or files else None
        ) as r:
            envelope: Json = await r.json()
            assert r.status == envelope.get("error_code", 200)
            return envelope

    async def ok(self, method: str, /, **params: Any) -> Any:
        envelope = await self.call(method, **params)
        assert envelope["ok"], envelope
        return envelope["result"]

    async def error(self, method: str, /, **params: Any) -> str:
        """Code and description of the refusal."""
        envelope = await self.call(method, **params)
        assert not envelope["ok"], envelope
        return f"{envelope['error_code']} {envelope['description']}"

    async def sim(self, path: str, body: Json | None = None, *, method: str = "POST") -> tuple[int, Any]:
        async with self.session.request(method, f"{self.base}/sim{path}", json=body) as r:
            return r.status, await r.json()

    async def see(self, path: str) -> Any:
        status, body = await self.sim(path, method="GET")
        assert status == 200
        return body

    async def updates(self, **params: Any) -> list[Json]:
        updates: list[Json] = await self.ok("getUpdates", **params)
        return updates


@asynccontextmanager
async def serve(app: web.Application) -> AsyncIterator[str]:
    """Runs an application on a free port of this machine; the base address."""
    runner = web.AppRunner(app, shutdown_timeout=3)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def open_wire(sandbox: TelegramSandbox) -> AsyncIterator[Wire]:
    async with serve(sandbox.app()) as base, aiohttp.ClientSession() as session:
        yield Wire(session, base, sandbox.token)


def keyboard(*rows: list[Json]) -> Json:
    return {"inline_keyboard": list(rows)}


def button(text: str = "Go", **facts: Any) -> Json:
    return {"text": text, **(facts or {"callback_data": "go"})}
