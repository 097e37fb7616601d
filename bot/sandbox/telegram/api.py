"""The Bot API over HTTP: `/bot<token>/<method>` and `/file/bot<token>/<path>`.

Order of checks, as in the official server: path, token, (fault), method, parameters, chat, message.
"""

import asyncio
import json
import re
import time
from typing import Any

from aiohttp import web

from bot.sandbox.telegram import schema
from bot.sandbox.telegram.errors import ApiError
from bot.sandbox.telegram.faults import Fault
from bot.sandbox.telegram.methods import METHODS
from bot.sandbox.telegram.params import Json, Params, read_params
from bot.sandbox.telegram.polling import Poller
from bot.sandbox.telegram.records import Call
from bot.sandbox.telegram.state import State

TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]+")
NOT_FOUND = ApiError(404, "Not Found")
NO_METHOD = ApiError(404, "Not Found: method not found")
HTML = (
    "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr><center>nginx</center></body></html>"
)


class BotApi:
    """Answers calls and writes each of them down."""

    def __init__(self, state: State) -> None:
        self._state = state
        self.poller = Poller(state)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.route("*", "/bot{token}/{method}", self._answer),
            web.get("/file/bot{token}/{path:.+}", self._download),
        ]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        try:
            self._check_token(request.match_info["token"])
            params = await read_params(request)
        except ApiError as error:
            return _json(error.code, error.envelope())
        started = time.monotonic()
        call = self._open(request.match_info["method"], params)
        try:
            return await self._with_faults(request, call, params)
        finally:
            call.took = time.monotonic() - started
            self._state.records.bell.ring()

    def _check_token(self, token: str) -> None:
        if not TOKEN.fullmatch(token):
            raise ApiError(401, "Unauthorized: invalid token specified")
        if token != self._state.token:
            raise ApiError(401, "Unauthorized")

    def _open(self, name: str, params: Params) -> Call:
        method = schema.method_names().get(name.lower(), name)
        return self._state.records.open_call(self._state.clock.iso(), method, params.shown())

    async def _with_faults(self, request: web.Request, call: Call, params: Params) -> web.StreamResponse:
        fault = self._state.faults.strike(call.method, json.dumps(call.params, ensure_ascii=False))
        if fault is None:
            return _json(*await self._perform(call, params))
        call.fault = fault.id
        await asyncio.sleep(fault.latency)
        if fault.drop == "before":
            return _hang_up(request)
        if fault.status is not None:
            return self._fail(call, fault)
        status, envelope = await self._perform(call, params)
        if fault.drop == "after":
            call.answer = None
            return _hang_up(request)
        return _odd(fault, status, envelope)

    def _fail(self, call: Call, fault: Fault) -> web.Response:
        error = fault.error()
        call.status, call.answer = error.code, error.envelope()
        if fault.html_body:
            return web.Response(status=error.code, text=HTML.format(error.description), content_type="text/html")
        return _odd(fault, error.code, error.envelope())

    async def perform(self, name: str, params: Params) -> Json:
        """A call that did not come by HTTP of its own (it stood in the answer of a webhook). Its envelope."""
        return (await self._perform(self._open(name, params), params))[1]

    async def _perform(self, call: Call, params: Params) -> tuple[int, Json]:
        try:
            call.status, call.answer = 200, {"ok": True, **await self._result(call, params)}
        except ApiError as error:
            call.status, call.answer = error.code, error.envelope()
        return call.status, call.answer

    async def _result(self, call: Call, params: Params) -> Json:
        name = call.method.lower()
        if name == "getupdates":
            result: Any = await self.poller.get_updates(params)
        elif name in METHODS:
            result = METHODS[name](self._state, params)
        else:
            raise NO_METHOD
        description = {}
        if isinstance(result, tuple):
            result, description = result[0], {"description": result[1]}
        if self._state.checks:
            self._state.problems += schema.check_call(call.method, call.params)
            if name != "getupdates":  # its updates were checked when they came about, the odd ones by intent never
                self._state.problems += schema.check_answer(call.method, result)
        return {"result": result, **description}

    async def _download(self, request: web.Request) -> web.Response:
        try:
            self._check_token(request.match_info["token"])
        except ApiError as error:
            return _json(error.code, error.envelope())
        file = self._state.files.at(request.match_info["path"])
        if file is None:
            return _json(404, NOT_FOUND.envelope())
        return web.Response(body=file.data, content_type=file.content_type or "application/octet-stream")


def _odd(fault: Fault, status: int, envelope: Json) -> web.Response:
    """The answer as the fault wants it to look."""
    if fault.body is not None:
        return web.Response(status=status, text=fault.body, content_type="application/json")
    if fault.merge is not None:
        return web.json_response(fault.spoiled(envelope), status=status)
    return _json(status, envelope)


def _json(status: int, body: Json) -> web.Response:
    wait = body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(wait)} if status == 429 and wait else None
    return web.json_response(body, status=status, headers=headers)


def _hang_up(request: web.Request) -> web.Response:
    """Closes the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


@web.middleware
async def official_errors(request: web.Request, handler: Any) -> web.StreamResponse:
    """Outside /sim, what aiohttp would say in its own words is said in Telegram's envelope."""
    try:
        response: web.StreamResponse = await handler(request)
    except web.HTTPException as error:
        if request.path.startswith("/sim") or error.status not in (404, 413):
            raise
        text = {404: "Not Found", 413: "Request Entity Too Large"}[error.status]
        return _json(error.status, ApiError(error.status, text).envelope())
    return response
