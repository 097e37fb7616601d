"""The whole sandbox behind one address: Telegram at the root, HidSim under /hidsim, the chat page at /."""

import asyncio
import errno
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.bot_process import BotProcess
from bot.sandbox.drawer import Drawer
from bot.sandbox.hidsim.sandbox import HidSimSandbox
from bot.sandbox.telegram import TelegramSandbox
from bot.sandbox.telegram.people import Profile

HOST = "127.0.0.1"
PEOPLE = (
    {"first_name": "Nora", "language_code": "en"},
    {"first_name": "سلمى", "language_code": "ar"},
    {"first_name": "Robin", "language_code": "en", "is_admin": True},
    {"first_name": "Kim", "language_code": "en", "is_stranger": True},
)
Screens = Callable[[], Iterable[Mapping[str, Any]]]
_PAGES = Path(__file__).parent / "page"
_BOT_CALL = re.compile(r"/bot[^/]+/(getUpdates|setWebhook)$", re.IGNORECASE)


class SandboxServer:
    """Use it with `async with`. Serves this machine only; forgets everything at the end.

    `port` 0 takes a free one; a port in use is given up for a free one, and `port_was_taken` says so. `speed` divides
    the times of HidSim's stories. `gallery` draws the screens of /gallery; it is called in a thread, at the first
    look, because that takes seconds. It doesn't run the bot: whoever does may set `bot`, so that the drawer can show
    and restart it. `notes` are sentences that the drawer shows: what is worth knowing of this bot's settings.
    """

    def __init__(
        self,
        *,
        dialect: Literal["canonical", "variant"] = "canonical",
        port: int = 0,
        seed: int = 1,
        speed: float = 1.0,
        gallery: Screens = tuple,
    ) -> None:
        self.hidsim = HidSimSandbox(dialect=dialect, seed=seed, speed=speed)
        self._load_screens: Screens | None = gallery
        self._screens: list[Mapping[str, Any]] = []
        self._reading_screens = asyncio.Lock()
        self._drawer = Drawer(self.hidsim, self._flood)
        self.telegram = TelegramSandbox(seed=seed, director=self._drawer.app(), gallery=self._screens)
        self.token = self.telegram.token
        self.admin_ids = self._people()
        self.port = port
        self.port_was_taken = False
        self._bot: BotProcess | None = None
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def telegram_url(self) -> str:
        return self.url

    @property
    def hidsim_url(self) -> str:
        return f"{self.url}/hidsim"

    @property
    def buyers(self) -> tuple[Profile, ...]:
        """Those whom a closed bot is meant to know, its admins aside."""
        return tuple(one for one in self.telegram.people if not (one.is_admin or one.is_stranger))

    @property
    def notes(self) -> Sequence[str]:
        return self._drawer.notes

    @notes.setter
    def notes(self, sentences: Sequence[str]) -> None:
        self._drawer.notes = sentences

    @property
    def bot(self) -> BotProcess | None:
        return self._bot

    @bot.setter
    def bot(self, process: BotProcess | None) -> None:
        self._bot = self._drawer.bot = process

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await self._open(self.port)
        except OSError as error:
            if not self.port or error.errno != errno.EADDRINUSE:
                await self._runner.cleanup()
                raise
            self.port_was_taken = True
            await self._open(0)
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def _people(self) -> tuple[int, ...]:
        """Two buyers, an admin and a stranger: the people of the page. Returns the admins' ids."""
        profiles = [self.telegram.people.put(None, **facts) for facts in PEOPLE]
        return tuple(profile.id for profile in profiles if profile.is_admin)

    def _app(self) -> web.Application:
        app = self.telegram.app()
        app.middlewares.append(self._watch)
        app.router.add_get("/", _page("index.html"))
        app.router.add_get("/gallery", _page("gallery.html"))
        app.add_subapp("/hidsim", self.hidsim.app())
        return app

    async def _open(self, port: int) -> None:
        assert self._runner is not None  # noqa: S101  (set by the caller)
        await web.TCPSite(self._runner, HOST, port).start()

    @web.middleware
    async def _watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """A bot that asks for updates is up; who asks for the screens gets them drawn first."""
        if request.path == "/sim/gallery":
            await self._draw_screens()
        if self._bot is not None and _BOT_CALL.match(request.path):
            self._bot.answered()
        return await handler(request)

    async def _draw_screens(self) -> None:
        async with self._reading_screens:
            if self._load_screens is not None:
                load, self._load_screens = self._load_screens, None
                self._screens.extend(await asyncio.to_thread(lambda: list(load())))

    def _flood(self, seconds: int) -> None:
        self.telegram.faults.add(method="sendMessage", times=1, status=429, retry_after=seconds)


def _page(name: str) -> Handler:
    async def serve(request: web.Request) -> web.FileResponse:
        return web.FileResponse(_PAGES / name, headers={"Cache-Control": "no-store"})

    return serve
