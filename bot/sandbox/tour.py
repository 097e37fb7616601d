"""The tour: a scripted person goes through the whole journey, twice, and says of each step whether it holds.

First a number whose code comes; then a number that is closed too early, so that the bot closes it by itself. What the
person sees is compared with what HidSim really did. It looks at the bot from outside only, as a person would.
"""

import re
from collections.abc import Callable
from decimal import Decimal

from bot.sandbox.hidsim.record import Purchase
from bot.sandbox.narrator import Broken, Narrator, Out
from bot.sandbox.person import ChatMessage
from bot.sandbox.server import SandboxServer

_START_UP = 60
"""Seconds that the bot may take to ask Telegram for the first update."""
_PATIENCE = 15.0
"""Seconds that any single step may take."""
_EARLY = 3.0
"""Seconds that HidSim refuses to close the second number."""
_MOST_PAGES = 25
_PRICE = re.compile(r"\$([0-9]+\.[0-9]+)")


async def play(server: SandboxServer, out: Out) -> bool:
    """Whether every step held. Stops at the first that does not, with the chat as it stood then.

    Takes about fifteen seconds with the sandbox's default speed. `server` must be fresh: the tour counts purchases.
    """
    tour = _Tour(server, out)
    try:
        await tour.wait_for_the_bot()
        await tour.a_code_that_comes()
        await tour.a_close_that_is_too_early()
    except Broken:
        out("The tour ends here: not every step held.")
        return False
    out("")
    out(f"The tour is over: all {tour.held} steps held.")
    return True


class _Tour:
    """The two stories and their parts. Every part leaves the narrator looking at the message that the next needs."""

    def __init__(self, server: SandboxServer, out: Out) -> None:
        self._server = server
        self._director, self._record = server.hidsim.director, server.hidsim.record
        person_id: int = next(iter(server.telegram.people)).id
        self._told = Narrator(server.telegram, person_id, _PATIENCE, out)

    @property
    def held(self) -> int:
        return self._told.held

    async def wait_for_the_bot(self) -> None:
        self._told.say("Waiting for the bot to start …")
        await self._told.step("the bot is up and asks Telegram for updates", self._up())

    async def _up(self) -> None:
        """Nothing rings when the bot starts, so this looks ten times a second."""
        bell = self._server.telegram.state.events.bell
        for _ in range(10 * _START_UP):
            if await bell.wait_for(self._is_up, 0.1):
                return
        raise AssertionError(f"it did not within {_START_UP} s")

    def _is_up(self) -> bool:
        bot, calls = self._server.bot, self._server.telegram.calls
        return bot.state == "running" if bot else any(call.method == "getUpdates" for call in calls)

    async def a_code_that_comes(self) -> None:
        self._told.head("1. A code that comes")
        await self._to_the_price()
        await self._turn_the_steppers()
        bought = await self._buy()
        await self._get_the_code(bought)
        await self._balance_fell_by(bought.price)

    async def a_close_that_is_too_early(self) -> None:
        self._told.head("2. A close that comes too early, and then works")
        paid = self._record.purchases[0].price
        self._director.queue_story("never")
        left = _left(await self._to_the_price())
        bought = await self._buy()
        await self._close_too_early()
        await self._closed_by_the_bot(bought)
        await self._told.tap("Menu")
        home = await self._told.step("Menu leads home", self._told.sees("left to spend today"))
        await self._told.check(f"as much as before may be spent: ${left}", _left(home) == left, home.text)
        await self._balance_fell_by(paid)
        closes = [one.status for one in self._record.closes]
        await self._told.check(
            "HidSim was asked to close while it was too early (425), and then once (200)",
            set(closes[:-1]) == {425} and closes[-1] == 200,
            closes,
        )

    async def _to_the_price(self) -> ChatMessage:
        """Four taps from home to the price screen, which it returns."""
        told = self._told
        await told.start()
        await told.step(
            "Home offers a number and says what may be spent", told.sees("left to spend", button="Buy a number")
        )
        await told.tap("Buy a number")
        await told.step("the list of services holds Telegram", told.sees(button="Telegram"))
        await told.tap("Telegram")
        await told.step("the list of countries holds Brazil, with its lowest price", self._find_country("Brazil · $"))
        await told.tap("Brazil · $")
        return await told.step("one button buys at the price shown", told.sees("Matching now", button="Buy · up to $"))

    async def _find_country(self, label: str) -> ChatMessage:
        """Pages through the list, as a person would."""
        page = await self._told.sees(button="Cheapest")
        for _ in range(_MOST_PAGES):
            if any(label in text for text in page.labels) or "▶️" not in page.labels:
                break
            await self._told.tap("▶️")
            page = await self._told.sees(button="Cheapest")
        return await self._told.sees(button=label)

    async def _turn_the_steppers(self) -> None:
        first = self._maximum()
        await self._told.tap("Max $", beside=-1)
        await self._told.step("Max ➖ lowers the maximum", self._maximum_is(lambda now: now < first))
        lower = self._maximum()
        await self._told.tap("Max $", beside=+1)
        await self._told.step("Max ➕ raises it again", self._maximum_is(lambda now: now > lower))
        await self._told.tap("Cheapest")
        await self._told.step("Cheapest sets the lowest price alone", self._told.sees("You'll pay $"))
        await self._told.step("which is the lowest there is", self._maximum_is(lambda now: now <= lower))
        cheapest = self._maximum()
        await self._told.tap("Median")
        await self._told.step("Median allows more than that", self._maximum_is(lambda now: now > cheapest))

    def _maximum(self) -> Decimal:
        """The one on the Buy button of the message looked at."""
        return _prices(next(label for label in self._told.message().labels if "Buy · up to" in label))[0]

    async def _maximum_is(self, fits: Callable[[Decimal], bool]) -> None:
        await self._told.person.waits_until(lambda: fits(self._maximum()), "another maximum")

    async def _buy(self) -> Purchase:
        """From the price screen to the number, which is then looked at."""
        limit, before = self._maximum(), len(self._record.purchases)
        await self._told.tap("Buy · up to $")
        card = await self._told.step(
            "the number comes as a new message", self._told.sees("📞", button="Copy number", anew=True)
        )
        number = self._director.operations()[-1]["number"]
        await self._told.check("it is the number that HidSim gave", _digits(number) in _digits(card.text), number)
        new = self._record.purchases[before:]
        prices = [one.price for one in new]
        await self._told.check(
            f"HidSim was asked for one purchase, within ${limit}", len(new) == 1 and prices[0] <= limit, prices
        )
        await self._copies("Copy number", number)
        return new[0]

    async def _get_the_code(self, bought: Purchase) -> None:
        card = self._told.on
        push = await self._told.step("the code comes as a new message", self._told.sees("🔑", anew=True))
        await self._told.check("it is a reply to the number", push.reply_to == card, push.reply_to)
        code = self._director.operations()[-1]["code"]
        await self._told.check("it is the code that HidSim got", push.parts("code") == [code], code)
        await self._copies("Copy code", code)
        paid = f"You paid ${bought.price}"
        await self._told.step(f"the number's card says: done, {paid}", self._card_says(card, "Done", paid))

    async def _copies(self, label: str, wanted: str) -> None:
        answer = await self._told.tap(label)
        exact = answer.copied is not None and answer.copied.removeprefix("+") == wanted.removeprefix("+")
        await self._told.check(f"[{label}] copies it, and nothing else", exact, answer.copied)

    async def _card_says(self, card: int, *texts: str) -> None:
        def look() -> bool:
            return all(text in self._told.message(card).text for text in texts)

        await self._told.person.waits_until(look, " and ".join(texts))

    async def _close_too_early(self) -> None:
        self._director.too_early(_EARLY)
        answer = await self._told.tap("Close")
        said = answer.alert and "Too early" in answer.text
        await self._told.check("a dialog says that it is too early", said, answer.text)
        await self._told.step("the card offers another way", self._told.sees(button="Close when allowed"))
        await self._told.tap("Close when allowed")
        await self._told.step("the wish is noted on the card", self._told.sees("Will be closed as soon as"))

    async def _closed_by_the_bot(self, bought: Purchase) -> None:
        await self._told.step(
            "the bot closes by itself and says that the money is back",
            self._told.sees("is free again", button="Menu", anew=True),
        )
        self._director.too_early(0)
        back = [one.amount for one in self._record.refunds]
        await self._told.check(f"HidSim gave ${bought.price} back, once", back == [bought.price], back)

    async def _balance_fell_by(self, spent: Decimal) -> None:
        state = self._director.state()
        fell = Decimal(state["opening"]) - Decimal(state["balance"])
        await self._told.check(f"HidSim's balance is ${spent} below where it began", fell == spent, fell)


def _prices(text: str) -> list[Decimal]:
    return [Decimal(found) for found in _PRICE.findall(text)]


def _left(message: ChatMessage) -> Decimal:
    """What it says may still be spent today."""
    return next(_prices(line)[0] for line in message.text.splitlines() if "left to spend today" in line)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
