"""People who buy numbers whatever becomes of the bot: when it comes back, they do again what brought nothing."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from bot.sandbox.person import ChatMessage, Person
from tests.crash.keeper import Keeper

PATIENCE = 45.0
"""Seconds, for a machine that does much else at once; what ends a wait is always an event."""
NUMBER = "📞"
UNSURE = "We are not sure that HidSim took your order."
RELEASED = "HidSim never confirmed this order."
REFUSED = "Nothing was bought."
CLOSED = "Closed: the number is given back."
REFUNDED = "Refunded: HidSim could not deliver"
CODE_BUTTON = "Copy code"

Wish = Literal["code", "close"]
Found = TypeVar("Found")


@dataclass(slots=True)
class Buyer:
    """One person with one intent: a number of `service`, for its code or to close it again."""

    keeper: Keeper
    id: int
    service: str
    wish: Wish = "code"
    patience: float = PATIENCE
    person: Person = field(init=False)
    gave_up: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.person = Person(self.keeper.world.telegram, self.id, f"P{self.id}", patience=self.patience)

    async def buys(self) -> None:
        """To the end, or to the moment from which only waiting helps."""
        try:
            await self._buys()
        except AssertionError as in_vain:
            self.gave_up.append(str(in_vain))

    async def _buys(self) -> None:
        await self.person.start()
        await self.until(self._asks_the_price, lambda: self._shown("Matching now", button="Buy · up to"))
        if await self.until(self._taps("Buy · up to"), self._outcome) != NUMBER:
            return
        if self.wish == "close":
            await self.until(self._taps("Close"), lambda: self._first(CLOSED, REFUNDED))
        else:
            await self._gets_an_sms()
            await self.until(_nothing, self.codes)

    async def gets_the_money_back(self) -> None:
        try:
            await self.until(_nothing, lambda: self._shown(RELEASED))
        except AssertionError as in_vain:
            self.gave_up.append(str(in_vain))

    async def until(self, act: Callable[[], Awaitable[None]], look: Callable[[], Found | None]) -> Found:
        """Acts, and acts again each time the bot has come back, until `look` finds something."""
        while not (found := look()):
            lives = self.keeper.lives
            if lives:
                await act()
            await self._waits(lives, look)
        return found

    async def _waits(self, lives: int, look: Callable[[], object]) -> None:
        await self.person.waits_until(lambda: bool(look()) or self.keeper.lives != lives, "what should have come")

    async def _asks_the_price(self) -> None:
        await self.person.say(f"{self.service} brazil")

    def _taps(self, label: str) -> Callable[[], Awaitable[None]]:
        """Nobody waits for the answer of a bot that may be dead; a button that is gone can't be tapped."""

        async def act() -> None:
            if any(label in one for message in self.person.chat() for one in message.labels):
                await self.person.tap(label, wait=False)

        return act

    def _outcome(self) -> str | None:
        return self._first(NUMBER, REFUSED, UNSURE, RELEASED)

    def _first(self, *texts: str) -> str | None:
        return next((text for text in texts if self._shown(text)), None)

    def _shown(self, text: str, button: str = "") -> ChatMessage | None:
        fits = (one for one in self.person.chat() if one.from_bot and text in one.text)
        return next((one for one in fits if not button or any(button in label for label in one.labels)), None)

    async def _gets_an_sms(self) -> None:
        """The person used the number that the bot showed, so the service sends its code there."""
        shown = self._shown(NUMBER)
        assert shown is not None
        operation = next(one for one in self.operations() if _digits(one["number"]) in _digits(shown.text))
        if not operation["texts"]:
            self.keeper.world.hidsim.director.code_now(operation["id"])

    def operations(self) -> list[dict[str, Any]]:
        """What HidSim has of this intent."""
        return [one for one in self.keeper.world.hidsim.director.operations() if one["service"] == self.service]

    def codes(self) -> list[ChatMessage]:
        """The messages that brought a code."""
        return [one for one in self.person.chat() if any(CODE_BUTTON in label for label in one.labels)]

    def sees(self, text: str) -> bool:
        """It stands in the chat now."""
        return self._shown(text) is not None

    def has_seen(self, text: str) -> bool:
        """It stands or stood there: a card is drawn over when its order ends."""
        said = self.keeper.world.telegram.transcript
        return any(line.who == "bot" and line.chat_id == self.id and text in line.text for line in said)


async def _nothing() -> None:
    """Only waiting helps."""


def _digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "no number")
