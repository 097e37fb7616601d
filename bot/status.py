"""The health page: a few figures as JSON on STATUS_LISTEN, for the operator's own monitor. Off by default."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

Figures = Callable[[], Awaitable[dict[str, object]]]


@asynccontextmanager
async def status_page(listen: str, figures: Figures) -> AsyncIterator[str | None]:
    """Serves GET /health while open; yields its address, or None when `listen` is empty. Holds no secret."""
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
        await site.start()
        yield f"http://{listen}/health"
    finally:
        await runner.cleanup()
