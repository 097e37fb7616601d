"""A whole shop for one test: the sandbox's server and the bot beside it in one loop, joined by real HTTP.

HidSim and the bot live on one clock that runs `RATE` times as fast as ours and can be set forward, so a story that
takes minutes is told in milliseconds. Telegram keeps our time: how long a tap may wait for its answer is the person's
patience, not a story's.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, Literal

from bot.app import open_app
from bot.db.money import books
from bot.db.orders import orders
from bot.domain import ledger
from bot.domain.orders import Order, OrderState
from bot.i18n import Languages
from bot.running import App, Pace
from bot.sandbox.hidsim import HidSimSandbox
from bot.sandbox.person import Answer, ChatMessage, Person
from bot.sandbox.server import SandboxServer
from bot.sandbox.telegram import acts
from bot.settings import Settings
from bot.tasks import Nursery
from bot.telegram.send_pacing import SendLimits
from tests.journeys.cards import check_cards

ANN = 100
ADMIN = 900
SERVICES, COUNTRIES = 60, 25
"""Enough for a third page of the ones and a second page of the others."""
RATE = 30
NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
"""When every story begins: far from midnight, at which a day's spending ends."""
Dialect = Literal["canonical", "variant"]
QUICK = Pace(
    ticks={
        "poll": 0.05,
        "push": 0.05,
        "redraw": 0.05,
        "close": 0.1,
        "catalog": 0.5,
        "unconfirmed": 0.2,
        "overdue": 0.3,
        "hide": 0.1,
        "hint": 3_600,  # stories are about other things, and a minute of theirs is soon over
        "watches": 0.1,
        "watches over": 0.1,
    },
    limits=SendLimits(overall=1000, overall_burst=1000, chat=1000, chat_burst=1000),
    taps=1000,
    taps_burst=1000,
    drain=5,
    purchase_drain=5,
    polling_timeout=1,
    spinner=8,
)


class Watch:
    """The time of the stories."""

    def __init__(self, rate: float = RATE) -> None:
        self._rate = rate
        self._began = time.monotonic()
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return NOON + self._ahead + timedelta(seconds=(time.monotonic() - self._began) * self._rate)

    def monotonic(self) -> float:
        return self().timestamp()

    def runs_at(self, rate: float) -> None:
        """From now on: 1 where a story must not outrun a busy machine."""
        self._ahead, self._began, self._rate = self() - NOON, time.monotonic(), rate

    def advance(self, **by: float) -> None:
        """`advance(minutes=11)`: that much later for HidSim and the bot alike."""
        self._ahead += timedelta(**by)


class World(SandboxServer):
    """The sandbox with a catalog small enough for a test, on the stories' clock."""

    opened: ClassVar[list["World"]] = []
    """Those of the running test, so that its log can be searched for their secrets."""

    def __init__(self, dialect: Dialect = "canonical", **facts: Any) -> None:
        super().__init__(dialect=dialect)
        self.opened.append(self)
        self.watch = Watch()
        sizes = {"services": SERVICES, "countries": COUNTRIES}
        self.hidsim = HidSimSandbox(dialect=dialect, now=self.watch, **(sizes | facts))

    def secrets(self) -> set[str]:
        """Numbers, codes and SMS that were ever told."""
        found = set()
        for one in self.hidsim.director.operations():
            found |= {one["number"], one["code"], *one["texts"]}
        return {secret for secret in found if secret}


class Thumb(Person):
    """A person who waits for a button before tapping it, as people do."""

    async def tap_seen(self, label: str) -> Answer:
        await self.sees_button(label)
        return await self.tap(label)

    async def searches(self, text: str) -> ChatMessage:
        """Types a text and waits for what the bot answers to it."""
        sent = await self.say(text)
        return await self.sees("", since=sent)

    async def presses(self, data: str, on: ChatMessage) -> Answer:
        """Presses a button that this message does not show (any more): an older one, somebody else's, a made-up one."""
        return await self.answered(self.presses_only(data, on), data)

    def presses_only(self, data: str, on: ChatMessage) -> str:
        """The same, without waiting for the answer to the tap, whose id it gives."""
        found = self._state.chats.find(self.id, on.message_id)
        assert found is not None
        query = self._state.taps.ask(self.id, self.id, message_id=found.id, label=data)
        body = {"id": query.id, "from": self._profile.user(), "message": self._state.chats.shown(found), "data": data}
        self._state.update("callback_query", {**body, "chat_instance": self._state.chat_instance}, self.id)
        return query.id

    async def tap_faded(self, label: str, message: ChatMessage) -> Answer:
        """Taps on a message so old that Telegram tells the bot no more of it than its id."""
        found, row, column = acts.find_button(self._state, self.id, label, message.message_id)
        done = acts.tap(self._state, self._profile, found, row, column, faded=True)
        return await self.answered(done["query_id"], label)

    async def sends(self, kind: str = "message", **content: Any) -> int:
        """A message that is no text (a photo, a sticker), or an update of another kind about one."""
        sent = self._state.chats.add(self.id, self._profile.user(), content)
        self._profile.started = self._profile.seen = True
        self._state.update(kind, self._state.chats.shown(sent), self.id)
        return sent.id

    async def types_inline(self, text: str, offset: str = "", chat_type: str = "sender") -> tuple[str, dict[str, Any]]:
        """Types behind the bot's name; the query's id, and what was answered."""
        query_id = acts.ask_inline(self._state, self._profile, text, offset, chat_type)
        query = self._state.inline.find(query_id)
        assert query is not None
        await self.waits_for(lambda: query.answer is not None, "an answer to what was typed inline")
        return query_id, query.answer or {}

    def chooses(self, query_id: str, result_id: str) -> int:
        """Sends one of the results into the chat with the bot."""
        return acts.choose_inline(self._state, self._profile, query_id, result_id).id

    def deletes(self, message: ChatMessage) -> None:
        """Takes a message out of the chat, for both sides."""
        found = self._state.chats.find(self.id, message.message_id)
        assert found is not None
        self._state.chats.delete(found)

    def codes(self) -> list[ChatMessage]:
        """The messages that brought a code."""
        return [one for one in self.chat() if any("Copy code" in label for label in one.labels)]

    def seen(self, text: str) -> int:
        """How many messages of the bot show the text now."""
        return sum(1 for one in self.chat() if one.from_bot and text in one.text)

    async def stays_away_from(self, text: str, ticks: int = 5) -> None:
        """Some ticks of the bot go by and no message shows the text."""
        await self.lets_time_pass(ticks)
        assert not self.seen(text), self.told()

    async def waits_for(self, look: Callable[[], bool], what: str) -> None:
        """Waits for something that no chat shows."""
        ends = time.monotonic() + self._patience
        while not look():
            assert time.monotonic() < ends, f"waited in vain for {what}"
            await asyncio.sleep(0.005)

    async def lets_time_pass(self, ticks: int = 5) -> None:
        """Real time, in ticks of the bot's quick tempo: for proofs that nothing more comes."""
        ends = time.monotonic() + ticks * QUICK.ticks["push"]
        await self._state.events.bell.wait_for(lambda: time.monotonic() >= ends, ticks * QUICK.ticks["push"])


def data_of(message: ChatMessage, label: str) -> str:
    """What the button with this label would send."""
    rows = message.raw["reply_markup"]["inline_keyboard"]
    return str(next(one["callback_data"] for row in rows for one in row if label in one["text"]))


@dataclass(frozen=True, slots=True)
class Money:
    """What the books say, in micro-units. A shared wallet is below zero by what was spent."""

    wallet: int
    held: int
    revenue: int
    cost: int


NOTHING_SPENT = Money(wallet=0, held=0, revenue=0, cost=0)


class Shop:
    """The running bot and its world. `person()` gives somebody who taps."""

    def __init__(self, server: World, settings: Settings, app: App) -> None:
        self.server = server
        self.settings = settings
        self.app = app

    @property
    def hidsim(self) -> Any:
        return self.server.hidsim

    @property
    def director(self) -> Any:
        return self.server.hidsim.director

    @property
    def record(self) -> Any:
        return self.server.hidsim.record

    def person(self, person_id: int = ANN, **facts: Any) -> "Thumb":
        return Thumb(self.server.telegram, person_id, **({"patience": 20.0} | facts))

    def admin(self) -> "Thumb":
        return self.person(ADMIN, first_name="Ada")

    async def money(self, person_id: int = ANN) -> Money:
        async with self.app.resources.database.read() as tx:
            accounts = (ledger.wallet(person_id), ledger.held(person_id), ledger.REVENUE, ledger.COST)
            return Money(*[await books.balance(tx, account) for account in accounts])

    async def orders(self, person_id: int = ANN) -> list[Order]:
        """Oldest first."""
        async with self.app.resources.database.read() as tx:
            found = await orders.of_person(tx, person_id, in_progress=False, limit=100)
        return list(reversed(found))

    async def order(self, person_id: int = ANN) -> Order:
        """The person's only order."""
        (found,) = await self.orders(person_id)
        return found

    async def has_order_in(self, state: OrderState, person_id: int = ANN) -> None:
        """Waits until the person's only order is in this state, seen from inside: for stories that no chat shows."""
        ends = time.monotonic() + 20
        while (await self.order(person_id)).state is not state:
            assert time.monotonic() < ends, f"waited in vain for {state}"
            await asyncio.sleep(0.01)


async def check_books(app: App, world: SandboxServer) -> None:
    """What must hold at the end of every story, whatever happened in it."""
    async with app.resources.database.read() as tx:
        assert await books.differences(tx) == {}
        open_holds = {}
        for account, balance in (await books.balances(tx)).items():
            if account.startswith("held:"):
                person = int(account.removeprefix("held:"))
                found = await orders.of_person(tx, person, in_progress=True, limit=100)
                open_holds[account] = balance - sum(order.held for order in found)
    assert not any(open_holds.values()), open_holds
    assert world.telegram.problems == []


def settings_for(server: SandboxServer, folder: Path, **given: Any) -> Settings:
    values: dict[str, Any] = {
        "bot_token": server.token,
        "telegram_api_url": server.telegram_url,
        "hidsim_api_url": server.hidsim_url,
        "hidsim_identifier": "demo@hidsim.example",
        "hidsim_password": "demo",
        "hidsim_rate_per_second": 500,
        "admin_ids": frozenset({ADMIN}),
        "access": "open",
        "database_url": f"sqlite+aiosqlite:///{folder}/bot.db",
    }
    return Settings(**(values | given))


@asynccontextmanager
async def running(
    server: World, settings: Settings, pace: Pace = QUICK, languages: Languages | None = None
) -> AsyncIterator[Shop]:
    """The bot from its start to the end of its drain. May be entered again on the same world and settings."""
    pace = replace(pace, clock=server.watch.monotonic)
    async with open_app(settings, pace, server.watch, languages=languages) as app:
        work = Nursery().start(app.run(), "the bot")
        try:
            await wait_for_catalog(app, work)
            yield Shop(server, settings, app)
            await check_cards(server)
            print(await app.figures())  # noqa: T201 - for the canary, which reads all that a test wrote
        finally:
            app.stop()
            await work
        await check_books(app, server)


async def wait_for_catalog(app: App, work: "asyncio.Task[None]") -> None:
    """The bot is up when the catalog was tried. Raises what kept it from starting."""
    ready = Nursery().start(app.ready.wait(), "ready")
    await asyncio.wait({work, ready}, return_when=asyncio.FIRST_COMPLETED)
    if not app.ready.is_set():
        ready.cancel()
        await work


@asynccontextmanager
async def open_shop(folder: Path, dialect: Dialect = "canonical", **given: Any) -> AsyncIterator[Shop]:
    async with World(dialect) as server, running(server, settings_for(server, folder, **given)) as shop:
        yield shop
