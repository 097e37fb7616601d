"""What a browser test needs: the page as one person sees it, and a bot that does what the test says, over real HTTP."""

from types import TracebackType
from typing import Any, Literal, Self

import aiohttp
from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

from bot.sandbox.server import SandboxServer

Json = dict[str, Any]


class Stage:
    """`complaints`: errors that the page wrote to its console, violations of its own security policy among them."""

    def __init__(self, server: SandboxServer, browser: Browser) -> None:
        self.server = server
        self.complaints: list[str] = []
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self._offset = 0

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10))
        self.people: list[Json] = (await self.get("/sim/people"))["people"]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in self._contexts:
            await context.close()
        await self._http.close()

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
        zone: str = "America/Sao_Paulo",
        path: str = "/",
        frozen: bool = False,
    ) -> Page:
        """`frozen`: the page's clock stands still and is moved by the test."""
        context = await self._browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            timezone_id=zone,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(5000)
        self._contexts.append(context)
        page = await context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
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
