"""The health page: a few figures as JSON on STATUS_LISTEN, for the operator's own monitor. Off by default."""

import errno
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from aiohttp import web

_log = structlog.get_logger(__name__)

Figures = Callable[[], Awaitable[dict[str, object]]]


@asynccontextmanager
async def status_page(listen: str, figures: Figures) -> AsyncIterator[str | None]:
    """Serves GET /health while open; yields its address. Holds no secret.

    None when `listen` is empty, and when it can't be listened at: the bot matters more than its page.
    """
    if not listen:
        yield None
        return

    async def health(_request: web.Request) -> web.Response:
        return web.json_response(await figures())

    app = web.Application()
    app.router.add_get("/health", health)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    host, _, port = listen.rpartition(":")
    site = web.TCPSite(runner, host.strip("[]"), int(port))
    try:
        yield f"http://{listen}/health" if await _started(site, listen) else None
    finally:
        await runner.cleanup()


async def _started(site: web.TCPSite, listen: str) -> bool:
    try:
        await site.start()
    except (OSError, UnicodeError, OverflowError) as error:
        _log.warning(
            f"STATUS_LISTEN can't be listened at ({_why(error)}): the bot runs without its health page; "
            "choose a free port at an address of this machine, such as 127.0.0.1:8081",
            listen=listen,
        )
        return False
    return True


def _why(error: Exception) -> str:
    if isinstance(error, socket.gaierror):
        return "this name is not known"
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return "something else listens there already"
        case errno.EADDRNOTAVAIL:
            return "that is no address of this machine"
        case errno.EACCES | errno.EPERM:
            return "ports below 1024 need a right that this user does not have"
        case _:
            return "the system refuses it"
