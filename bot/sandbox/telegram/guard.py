"""The door of /sim: errors as JSON, and no pages of other hosts."""

import re
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from bot.sandbox.telegram import acts
from bot.sandbox.telegram.bodies import BadBodyError
from bot.sandbox.telegram.errors import ApiError
from bot.sandbox.telegram.people import UnknownPersonError

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
OWN_HOST = re.compile(r"localhost|[0-9.]+|[0-9a-f:]+")


def _is_own_page(request: web.Request) -> bool:
    """False for pages of other hosts, and of names that were made to point here; programs send no Origin."""
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    host = urlsplit(f"//{request.host}").hostname or ""
    return origin.partition("://")[2] == request.host and bool(OWN_HOST.fullmatch(host))


@web.middleware
async def sim_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Errors of /sim as JSON; a page of another host is not let in."""
    if not request.path.startswith("/sim"):
        return await handler(request)
    if not _is_own_page(request):
        return web.json_response({"error": "another origin"}, status=403)
    try:
        return await handler(request)
    except (BadBodyError, ApiError) as error:
        return web.json_response({"error": str(error)}, status=400)
    except acts.NoButtonError as error:
        status = 409 if isinstance(error, acts.DeadButtonError) else 404
        return web.json_response({"error": str(error), "buttons": error.buttons}, status=status)
    except UnknownPersonError as error:
        return web.json_response({"error": str(error)}, status=404)
