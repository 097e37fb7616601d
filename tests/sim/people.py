"""People with a thumb: what they want, what they do when nothing comes, and all the other buttons they hit."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

from bot.sandbox.person import ChatMessage, Person
from bot.sandbox.telegram import acts

if TYPE_CHECKING:
    from tests.sim.world import World

BUY = "Buy · "
PRICE = "Matching now"
NUMBER = "📞"
CODE_BUTTON = "Copy code"


@dataclass(frozen=True, slots=True)
class Tap:
    """`at`: in the loop's time. `data`: what the button sends."""

    at: float
    label: str
    data: str
    query_id: str


@dataclass
class Someone:
    """One person. All that they choose comes from their own `dice`, so that others may be left out of a story."""

    world: "World"
    id: int
    name: str
    dice: Random
    person: Person = field(init=False)
    taps: list[Tap] = field(default_factory=list)
    has_blocked: bool = False
    came_back: float = 0.0

    def __post_init__(self) -> None:
        self.person = Person(self.world.telegram, self.id, self.name, patience=1e9)

    # -- acts

    async def begins(self) -> None:
        await self.person.start()
        self.has_blocked = False

    async def says(self, text: str) -> int:
        return await self.person.say(text)

    async def hits(self, label: str, message: ChatMessage | None = None) -> Tap | None:
        """Taps the first button with such a label, in the newest message that has one, or in this one as it is by now.

        None: there is none.
        """
        found = self.same(message) if message is not None else self.newest(label)
        data = _data(found, label) if found is not None and not self.has_blocked else None
        if found is None or data is None:
            return None
        asked = await self.person.tap(label, message=found, wait=False)
        tap = Tap(self.world.now, label, data, asked.query_id or "")
        self.taps.append(tap)
        return tap

    async def forges(self, data: str) -> None:
        """Sends data of their own making, as anybody can."""
        message = self.world.telegram.state.chats.newest(self.id, lambda message: message.from_bot)
        if message is None or self.has_blocked:
            return
        state, profile = self.world.telegram.state, self.world.telegram.people.get(self.id)
        button = {"text": f"forged {data}", "callback_data": data}
        self.world.strike("forged button", data)
        query = acts._call_back(state, profile, message, (0, 0), button, faded=False)
        self.taps.append(Tap(self.world.now, "forged", data, query))

    async def blocks(self) -> None:
        if not self.has_blocked:
            self.has_blocked = True
            self.world.strike("blocked the bot", self.name)
            await self.person.block()

    async def comes_back(self) -> None:
        if self.has_blocked:
            self.came_back = self.world.now
            await self.begins()

    # -- looks

    def newest(self, label: str) -> ChatMessage | None:
        return next((one for one in reversed(self.person.chat()) if any(label in text for text in one.labels)), None)

    def has(self, message: ChatMessage, label: str) -> bool:
        """Whether this message, as it is by now, has such a button."""
        found = self.same(message)
        return found is not None and any(label in text for text in found.labels)

    def shows(self, text: str, since: int = 0) -> ChatMessage | None:
        fits = (one for one in reversed(self.person.chat()) if one.from_bot and text in one.text)
        return next((one for one in fits if one.message_id > since), None)

    def cards(self, text: str) -> list[ChatMessage]:
        """The bot's messages that show the text and have buttons, oldest first."""
        return [one for one in self.person.chat() if one.from_bot and text in one.text and one.labels]

    def saw(self, text: str) -> bool:
        """It stands or stood in the chat."""
        said = self.world.telegram.state.records.lines
        return any(line.who == "bot" and line.chat_id == self.id and text in line.text for line in said)

    def is_answered(self, tap: Tap) -> bool:
        query = self.world.telegram.state.taps.find(tap.query_id)
        return query is not None and query.answer is not None

    # -- waits

    async def waits(self, look: Callable[[], object], seconds: float) -> bool:
        bell = self.world.telegram.state.events.bell
        return await bell.wait_for(lambda: bool(look()), seconds)

    async def idles(self, low: float, high: float) -> None:
        await asyncio.sleep(self.dice.uniform(low, high))

    async def until(self, act: Callable[[], Awaitable[object]], look: Callable[[], object], patience: float) -> bool:
        """Acts again when nothing came for some seconds, as people do."""
        ends = self.world.now + patience
        while not look():
            if self.world.now >= ends:
                return False
            await act()
            await self.waits(look, min(self.dice.uniform(3, 6), max(0.1, ends - self.world.now)))
        return True

    # -- the way to a number

    async def sees_a_price(self, text: str, patience: float = 30) -> ChatMessage | None:
        since = max((one.message_id for one in self.person.chat()), default=0)
        await self.until(lambda: self.says(text), lambda: self._price(since), patience)
        return self._price(since)

    def _price(self, since: int) -> ChatMessage | None:
        shown = self.shows(PRICE, since)
        return shown if shown is not None and any(BUY in label for label in shown.labels) else None

    async def buys(self, message: ChatMessage) -> Tap | None:
        """One tap, or two as fast as a thumb can."""
        tap = await self.hits(BUY, message)
        if tap is not None and self.dice.random() < 0.3:
            await self.idles(0.01, 0.4)
            await self.hits(BUY, message)
        return tap

    def same(self, message: ChatMessage) -> ChatMessage | None:
        return next((one for one in self.person.chat() if one.message_id == message.message_id), None)


def _data(message: ChatMessage, label: str) -> str | None:
    rows = message.raw.get("reply_markup", {}).get("inline_keyboard", [])
    found = next((one for row in rows for one in row if label in one["text"]), None)
    return None if found is None else found.get("callback_data")
