"""The part of /sim that is no person: records to read, and levers to pull."""

from typing import Any

from aiohttp import web

from bot.sandbox.telegram.bodies import BadBodyError, read_body, typed
from bot.sandbox.telegram.faults import Fault
from bot.sandbox.telegram.state import State

FAULT = set(Fault.__dataclass_fields__) - {"id", "left"}


class Levers:
    """Handlers on one state. Shapes are written down in README.md."""

    def __init__(self, state: State, gallery: list[Any]) -> None:
        self._state = state
        self._gallery = gallery

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/sim/transcript", self._transcript),
            web.get("/sim/calls", self._calls),
            web.get("/sim/faults", self._faults),
            web.post("/sim/faults", self._add_fault),
            web.delete("/sim/faults", self._clear_faults),
            web.get("/sim/clock", self._clock),
            web.post("/sim/clock", self._advance),
            web.post("/sim/flood", self._flood),
            web.post("/sim/reset", self._reset),
            web.get("/sim/gallery", self._show_gallery),
        ]

    async def _transcript(self, request: web.Request) -> web.Response:
        wanted = request.query.get("person")
        lines = [line.json() for line in self._state.records.lines if wanted in (None, str(line.person))]
        return web.json_response({"lines": lines})

    async def _calls(self, request: web.Request) -> web.Response:
        wanted = request.query.get("method", "").lower()
        calls = [call.json() for call in self._state.records.calls if wanted in ("", call.method.lower())]
        return web.json_response({"calls": calls})

    async def _faults(self, _request: web.Request) -> web.Response:
        return web.json_response({"faults": [fault.json() for fault in self._state.faults.list()]})

    async def _add_fault(self, request: web.Request) -> web.Response:
        body = await read_body(request)
        if unknown := set(body) - FAULT:
            raise BadBodyError(f"unknown: {', '.join(sorted(unknown))}")
        return web.json_response({"id": self._state.faults.add(**body).id})

    async def _clear_faults(self, _request: web.Request) -> web.Response:
        self._state.faults.clear()
        return web.json_response({})

    async def _clock(self, _request: web.Request) -> web.Response:
        return web.json_response({"now": self._state.clock.iso()})

    async def _advance(self, request: web.Request) -> web.Response:
        seconds = (await read_body(request)).get("advance")
        if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
            raise BadBodyError("advance: seconds, not negative")
        self._state.clock.advance(seconds)
        return web.json_response({"now": self._state.clock.iso()})

    async def _flood(self, request: web.Request) -> web.Response:
        self._state.flood.on = typed((await read_body(request)).get("on"), bool, "on")
        return web.json_response({"on": self._state.flood.on})

    async def _reset(self, _request: web.Request) -> web.Response:
        self._state.reset()
        return web.json_response({})

    async def _show_gallery(self, _request: web.Request) -> web.Response:
        return web.json_response(self._gallery)
