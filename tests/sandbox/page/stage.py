"""What a browser test needs: the page as one person sees it, and a bot that does what the test says, over real HTTP."""

from types import TracebackType
from typing import Any, Literal, Self

import aiohttp
from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page, expect

from bot.sandbox.server import SandboxServer

Json = dict[str, Any]


ZONE = "America/Sao_Paulo"


class Theatre:
    """A browser with one page that most tests share one after another: a new one costs half a second."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._shared: Page | None = None

    async def shared(self) -> Page:
        if self._shared is None:
            self._shared = await self.fresh()
        return self._shared

    async def fresh(self) -> Page:
        context = await self._browser.new_context(timezone_id=ZONE, permissions=["clipboard-read", "clipboard-write"])
        context.set_default_timeout(5000)
        return await context.new_page()


class Stage:
    """`complaints`: errors that the page wrote to its console, violations of its own security policy among them."""

    def __init__(self, server: SandboxServer, theatre: Theatre) -> None:
        self.server = server
        self.complaints: list[str] = []
        self._theatre = theatre
        self._page: Page | None = None
        self._frozen = False
        self._offset = 0

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        self.people: list[Json] = (await self.get("/sim/people"))["people"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._page is not None:
            self._page.remove_listener("console", self._on_console)
            self._page.remove_listener("pageerror", self._on_error)
            await (self._page.context.close() if self._frozen else self._page.goto("about:blank"))
        await self._http.close()

    def _on_console(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.complaints.append(said.text)

    def _on_error(self, error: Error) -> None:
        self.complaints.append(str(error))

    @property
    def buyer(self) -> int:
        return int(self.people[0]["id"])

    @property
    def other(self) -> int:
        return int(self.people[1]["id"])

    async def person(self, language: str) -> int:
        """Somebody new who speaks that language."""
        return int((await self.post("/sim/people", first_name="Salma", language_code=language))["id"])

    async def page(
        self,
        person: int | None = None,
        *,
        width: int = 390,
        height: int = 844,
        scheme: Literal["dark", "light"] = "light",
        path: str = "/",
        frozen: bool = False,
    ) -> Page:
        """The page, once a test. `frozen`: its clock stands still and is moved by the test."""
        page = self._page = await (self._theatre.fresh() if frozen else self._theatre.shared())
        self._frozen = frozen
        page.on("console", self._on_console)
        page.on("pageerror", self._on_error)
        await page.set_viewport_size({"width": width, "height": height})
        await page.emulate_media(color_scheme=scheme)
        if frozen:
            await page.clock.install()
        await page.goto(f"{self.server.url}{path}#{person or self.buyer}")
        await page.wait_for_selector("html[data-ready]")
        return page

    async def get(self, path: str) -> Any:
        async with self._http.get(f"{self.server.url}{path}") as response:
            return await response.json()

    async def post(self, path: str, **body: Any) -> Any:
        async with self._http.post(f"{self.server.url}{path}", json=body) as response:
            return await response.json()

    async def start(self, *people: int) -> None:
        """These people press Start, and the bot has read it."""
        for person in people:
            await self.post(f"/sim/people/{person}/start")
        await self.updates()

    async def bot(self, method: str, **parameters: Any) -> Any:
        """A call of the Bot API; its result."""
        return (await self.envelope(method, **parameters))["result"]

    async def envelope(self, method: str, **parameters: Any) -> Json:
        answer: Json = await self.post(f"/bot{self.server.token}/{method}", **parameters)
        return answer

    async def upload(self, method: str, field: str, name: str, data: bytes, **parameters: Any) -> Any:
        form = aiohttp.FormData({key: str(value) for key, value in parameters.items()})
        form.add_field(field, data, filename=name)
        async with self._http.post(f"{self.server.url}/bot{self.server.token}/{method}", data=form) as response:
            return (await response.json())["result"]

    async def says(self, text: str, person: int | None = None, **more: Any) -> int:
        """The bot sends HTML; the id of its message."""
        sent = await self.bot("sendMessage", chat_id=person or self.buyer, text=text, parse_mode="HTML", **more)
        return int(sent["message_id"])

    async def updates(self) -> list[Json]:
        """What the bot has not heard yet; waits for at least one."""
        heard: list[Json] = await self.bot("getUpdates", offset=self._offset, timeout=5)
        self._offset = max((one["update_id"] + 1 for one in heard), default=self._offset)
        return heard

    async def tapped(self) -> Json:
        """The next tap that the bot hears."""
        for update in await self.updates():
            if "callback_query" in update:
                query: Json = update["callback_query"]
                return query
        raise AssertionError("the bot heard something else than a tap")


def keyboard(*rows: list[Json]) -> Json:
    return {"inline_keyboard": list(rows)}


def key(text: str, **more: Any) -> Json:
    return {"text": text, "callback_data": f"do:{text}"[:64], **more}


def chat(page: Page) -> Locator:
    """The chat that is open."""
    return page.locator(".chat:not(.away)")


def bubble(page: Page, text: str) -> Locator:
    return chat(page).locator(".msg", has_text=text)


def button(page: Page, text: str) -> Locator:
    return chat(page).get_by_role("button", name=text, exact=True)


async def eventually(locator: Locator, text: str) -> None:
    await expect(locator).to_contain_text(text, timeout=5000)
