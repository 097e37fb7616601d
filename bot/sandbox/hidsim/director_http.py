"""The director for another process: loopback only, without a password."""

import inspect
import ipaddress
import json
from collections.abc import Awaitable, Callable, Mapping
from decimal import Decimal
from typing import Any

from aiohttp import web

from bot.sandbox.hidsim.backend import Connections
from bot.sandbox.hidsim.director import Director
from bot.sandbox.hidsim.faults import Fault
from bot.sandbox.hidsim.gate import DIRECTOR

_READS = ("state", "operations", "record")


class DirectorHttp:
    def __init__(self, director: Director, connections: Connections) -> None:
        self._connections = connections
        self._calls: Mapping[str, Callable[..., Any]] = {
            name: method for name, method in inspect.getmembers(director, inspect.ismethod) if not name.startswith("_")
        }

    def table(self) -> list[web.RouteDef]:
        return [
            web.post(f"{DIRECTOR}/{{call}}", self._guarded(self._act)),
            web.get(f"{DIRECTOR}/{{call}}", self._guarded(self._look), allow_head=False),
        ]

    async def _act(self, request: web.Request) -> Any:
        raw = await request.read()
        body = json.loads(raw, parse_float=Decimal) if raw else {}
        if not isinstance(body, dict):
            raise ValueError("the arguments must be a JSON object")  # noqa: TRY004
        call = self._calls.get(request.match_info["call"])
        if call is None:
            raise LookupError(f"no such call; there are {', '.join(self._calls)}")
        self._connections.spare(request.transport)
        inspect.signature(call).bind(**body)
        return call(**body)

    async def _look(self, request: web.Request) -> Any:
        name = request.match_info["call"]
        if name not in _READS:
            raise LookupError(f"only {', '.join(_READS)} can be read")
        return self._calls[name]()

    def _guarded(
        self, act: Callable[[web.Request], Awaitable[Any]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handler(request: web.Request) -> web.Response:
            if not _is_loopback(request.remote):
                return web.json_response({"error": "loopback only"}, status=403)
            try:
                result = await act(request)
            except LookupError as error:
                return web.json_response({"error": str(error.args[0])}, status=404)
            except (TypeError, ValueError) as error:
                return web.json_response({"error": str(error)}, status=400)
            return web.json_response({"result": None if isinstance(result, Fault) else result})

        return handler


def _is_loopback(remote: str | None) -> bool:
    try:
        return ipaddress.ip_address(remote or "").is_loopback
    except ValueError:
        return False
