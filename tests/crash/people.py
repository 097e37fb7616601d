"""People who buy numbers whatever becomes of the bot: what brought nothing, they do again, as people do."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from bot.sandbox.person import ChatMessage, Person
from tests.crash.keeper import ADMIN, Keeper

PATIENCE = 45.0
"""Seconds, for a machine that does much else at once; what ends a wait is always an event."""
SILENCE = 4.0
"""Seconds without any answer, after which a person tries again."""
HESITATION = 0.2
"""Seconds between a refusal and the next try."""
NUMBER = "📞"
UNSURE = "We are not sure that this order went through."
RELEASED = "This order was never confirmed."
JUDGED = "Nothing was bought for this order."
REFUSED = "You paid nothing."
CLOSED = "Closed: the number is given back."
REFUNDED = "No code came to this number"
PRICE = "Matching now"
BUY, CLOSE = "Buy · up to", "Close"
CODE_BUTTON = "Copy code"
NOT_BOUGHT = "It was not"

Wish = Literal["code", "close"]
Found = TypeVar("Found")
Refused = Callable[[], bool]
Act = Callable[[], Awaitable[Refused]]
"""Does something; what it returns tells whether the bot has said no to it."""


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
    refusals: list[str] = field(default_factory=list)
    _tapped: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.person = Person(self.keeper.world.telegram, self.id, f"P{self.id}", patience=self.patience)

    async def buys(self) -> None:
        """To the end, or to the moment from which only waiting helps."""
        await self._or_gives_up(self._buys())

    async def gets_the_money_back(self) -> None:
        await self._or_gives_up(self.until(nothing, lambda: self.shown(RELEASED)))

    async def _or_gives_up(self, story: Awaitable[object]) -> None:
        try:
            await story
        except AssertionError as in_vain:
            self.gave_up.append(str(in_vain))

    async def _buys(self) -> None:
        await self.person.start()
        if await self.gets_a_number():
            await (self.closes() if self.wish == "close" else self.gets_the_code())

    async def gets_a_number(self) -> bool:
        """False when it ended otherwise, or nobody knows how."""
        if BUY not in self._tapped:
            await self.sees_a_price()
        return await self.until(self.taps(BUY), self._outcome) == NUMBER

    async def sees_a_price(self) -> None:
        await self.until(self._asks_the_price, lambda: self.shown(PRICE, button=BUY))

    async def closes(self) -> None:
        await self.until(self.taps(CLOSE, newest=True), lambda: self.shown(CLOSED) or self.shown(REFUNDED))

    async def gets_the_code(self) -> None:
        """The person uses the number that the bot showed, so the service sends its code there."""
        card = self.shown(NUMBER)
        assert card is not None
        operation = next(one for one in self.operations() if _digits(one["number"]) in _digits(card.text))
        if not operation["texts"]:
            self.keeper.world.hidsim.director.code_now(operation["id"])
        await self.until(nothing, self.codes)

    async def until(self, act: Act, look: Callable[[], Found | None]) -> Found:
        """Acts until `look` finds something: again when the bot came back, said no, or said nothing for long."""
        ends = asyncio.get_running_loop().time() + self.patience
        while not (found := look()):
            left = ends - asyncio.get_running_loop().time()
            if left <= 0:
                raise AssertionError(f"{self.service}: waited in vain\n{self.person.told()}")
            refused = await act()
            await self._waits(look, refused, min(left, SILENCE))
            if refused():
                await asyncio.sleep(HESITATION)
        return found

    async def _waits(self, look: Callable[[], object], refused: Refused, seconds: float) -> None:
        lives, bell = self.keeper.lives, self.keeper.world.telegram.state.events.bell
        await bell.wait_for(lambda: bool(look()) or self.keeper.lives != lives or refused(), seconds)

    async def _asks_the_price(self) -> Refused:
        sent = await self.person.say(f"{self.service} brazil")
        return lambda: any(one.message_id > sent and one.from_bot for one in self.person.chat())

    def taps(self, label: str, *, newest: bool = False) -> Act:
        """Always the same message's button: a second one would be a second order. One that is gone can't be tapped.

        `newest`: the one that the person sees last, for what may be done on any card of the order.
        """

        async def act() -> Refused:
            fits = [one for one in self.person.chat() if any(label in text for text in one.labels)]
            if not newest:
                fits = [one for one in fits if one.message_id == self._tapped.get(label, one.message_id)]
            if not fits:
                return lambda: False
            self._tapped[label] = fits[-1].message_id
            asked = await self.person.tap(label, message=fits[-1], wait=False)
            return lambda: self._was_refused(asked.query_id)

        return act

    def _was_refused(self, query_id: str | None) -> bool:
        query = self.keeper.world.telegram.state.taps.find(query_id or "")
        if query is None or query.answer is None or not query.answer["show_alert"]:
            return False
        self.refusals.append(query.answer["text"])
        return True

    def _outcome(self) -> str | None:
        return next((text for text in (NUMBER, REFUSED, UNSURE, RELEASED) if self.shown(text)), None)

    def shown(self, text: str, button: str = "") -> ChatMessage | None:
        """The oldest message that shows the text now, and such a button."""
        fits = (one for one in self.person.chat() if one.from_bot and text in one.text)
        return next((one for one in fits if not button or any(button in label for label in one.labels)), None)

    def has_seen(self, text: str) -> bool:
        """It stands or stood there: a card is drawn over when its order ends."""
        said = self.keeper.world.telegram.transcript
        return any(line.who == "bot" and line.chat_id == self.id and text in line.text for line in said)

    def operations(self) -> list[dict[str, Any]]:
        """What HidSim has of this intent."""
        return [one for one in self.keeper.world.hidsim.director.operations() if one["service"] == self.service]

    def codes(self) -> list[ChatMessage]:
        """The messages that brought a code."""
        return [one for one in self.person.chat() if any(CODE_BUTTON in label for label in one.labels)]


@dataclass(slots=True)
class Admin:
    """Says that a lost purchase was not bought, again when the bot dies over it."""

    keeper: Keeper
    person: Buyer = field(init=False)

    def __post_init__(self) -> None:
        self.person = Buyer(self.keeper, ADMIN, "the admin")

    async def judges(self) -> None:
        await self.person.until(self._asks, lambda: self.person.shown("", button=NOT_BOUGHT))
        await self.person.until(
            self.person.taps(NOT_BOUGHT, newest=True), lambda: self.person.shown("", button="Confirm")
        )
        await self.person.until(self.person.taps("Confirm", newest=True), self._is_judged)

    async def _asks(self) -> Refused:
        await self.person.person.say("/unconfirmed")
        return lambda: False

    def _is_judged(self) -> bool:
        return bool(self.keeper.ask("SELECT id FROM orders WHERE state = 'not_bought'"))


async def until(look: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not look():  # noqa: ASYNC110 - the far ends ring no bell for these
            await asyncio.sleep(0.005)


async def nothing() -> Refused:
    """Only waiting helps."""
    return lambda: False


def _digits(text: str | None) -> str:
    return re.sub(r"\D", "", text or "no number")
