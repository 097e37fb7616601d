"""The shop's services on a real database and against HidSim's sandbox over HTTP, with a clock that a test moves.

The bot is opened and not run: nothing ticks, nothing polls, and each test calls what it is about.
"""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import text

from bot.app import connect, terms_of
from bot.db import switches
from bot.db.database import Database
from bot.db.money import books
from bot.db.orders import orders
from bot.db.switches import Switch
from bot.domain.access import Role, Standing
from bot.domain.answer import Answer
from bot.domain.money import Cost, Markup, to_micros
from bot.domain.orders import Order, OrderState
from bot.domain.people import Person
from bot.domain.price_window import Window
from bot.running import Pace
from bot.sandbox.hidsim import HidSimSandbox
from bot.services.account import Account
from bot.services.orders.checkout import Checkout, Wish
from bot.services.orders.closing import Closing
from bot.services.orders.own_orders import OwnOrders
from bot.services.orders.recorder import Recorder
from bot.services.orders.tracker import Tracker
from bot.services.partner import Partner
from bot.services.people.people import People
from bot.services.shop.browsing import Browsing
from bot.services.shop.catalog import Catalog
from bot.services.shop.pricing import Pricing
from bot.services.telling.outbox import Outbox
from bot.settings import Settings
from bot.shop import Resources, Shop, build
from bot.tasks import Nursery
from tests.sandbox.hidsim.api import HandClock, serving

ANN, BEN, ADMIN = 100, 200, 900
AT_COST = Markup(0)
ADA = Person(ADMIN, "Ada", Standing.UNKNOWN, "en", Role.OWNER)
"""The admin, as services get her."""


@dataclass
class Floor:
    """The shop's services on what is open beneath them."""

    shop: Shop
    resources: Resources
    sandbox: HidSimSandbox
    clock: HandClock
    markup: Markup = AT_COST

    @property
    def database(self) -> Database:
        return self.resources.database

    @property
    def nursery(self) -> Nursery:
        return self.resources.nursery

    @property
    def purchases(self) -> Nursery:
        return self.resources.purchases

    @property
    def partner(self) -> Partner:
        return self.shop.partner

    @property
    def catalog(self) -> Catalog:
        return self.shop.catalog

    @property
    def account(self) -> Account:
        return self.shop.account

    @property
    def checkout(self) -> Checkout:
        return self.shop.checkout

    @property
    def own_orders(self) -> OwnOrders:
        return self.shop.own_orders

    @property
    def closing(self) -> Closing:
        return self.shop.closing

    @property
    def recorder(self) -> Recorder:
        return self.shop.recorder

    @property
    def browsing(self) -> Browsing:
        return self.shop.browsing

    @property
    def pricing(self) -> Pricing:
        return self.shop.pricing

    @property
    def people(self) -> People:
        return self.shop.people

    @property
    def tracker(self) -> Tracker:
        return self.shop.tracker

    @property
    def outbox(self) -> Outbox:
        return self.shop.outbox

    @property
    def hidsim(self) -> Any:
        return self.sandbox

    @property
    def director(self) -> Any:
        return self.sandbox.director

    async def opened(self) -> "Floor":
        """With the catalog read, the balance known and Ann met."""
        await self.people.meet(ANN, "Ann", "en")
        assert await self.shop.partner.try_balance()
        assert await self.catalog.refresh()
        return self

    def pair(self, service: str = "Telegram", country: str = "BR") -> tuple[Any, Any]:
        found = next(s for s in self.catalog.services.values() if s.name == service)
        return found, next(c for c in self.catalog.countries.values() if c.code == country)

    def wish(self, high: int = 800_000, low: int = 100_000, nonce: str = "n1", **facts: Any) -> Wish:
        service, country = self.pair()
        return Wish(service.id, country.id, Window(low, high), nonce, **facts)

    async def bought(self, person_id: int = ANN, nonce: str = "n1", **facts: Any) -> Order:
        """An order whose purchase has been answered."""
        order = await self.checkout.buy(person_id, self.wish(nonce=nonce, **facts))
        await self.purchases.drain(5)
        return await self.order(order.id)

    async def left_placing(self, person_id: int = ANN, nonce: str = "n1") -> Order:
        """An order whose process died before its purchase was answered."""
        self.director.fault("/purchase", delay=60, cut="before")
        order = await self.checkout.buy(person_id, self.wish(nonce=nonce))
        await self.purchases.drain(0)
        return await self.order(order.id)

    async def pending(self, person_id: int = ANN, nonce: str = "n1", story: str = "never") -> Order:
        """An order with its number."""
        self.director.queue_story(story)
        order = await self.bought(person_id, nonce)
        self.clock.forward(1)
        card = await self.own_orders.refresh(person_id, order.id)
        assert card.order.state is OrderState.PENDING, card.order
        return card.order

    async def order(self, order_id: int) -> Order:
        async with self.database.read() as tx:
            found = await orders.get(tx, order_id)
        assert found is not None
        return found

    async def told(self) -> list[str]:
        """The kinds of all notices so far, in the order of their causes."""
        async with self.database.read() as tx:
            query = "SELECT CASE WHEN key LIKE 'not_followed:%' THEN 'not_followed' ELSE kind END AS kind FROM notices"
            rows = await tx.connection.execute(text(f"{query} ORDER BY id"))
            return [str(row.kind) for row in rows]

    async def alerted(self, person_id: int = ADMIN) -> list[str]:
        """The alerts to somebody so far, each by its stored word; an end has "over " before it."""
        query = "SELECT detail FROM notices WHERE kind = 'alert' AND person_id = :who ORDER BY id"
        async with self.database.read() as tx:
            details = [json.loads(row.detail) for row in await tx.connection.execute(text(query), {"who": person_id})]
        return [f"over {told['what']}" if "over" in told else str(told["what"]) for told in details]

    async def notices_of(self, order: Order) -> list[tuple[str, int]]:
        """(kind, person) of the notices about an order."""
        query = "SELECT kind, person_id FROM notices WHERE order_id = :order ORDER BY id"
        async with self.database.read() as tx:
            rows = await tx.connection.execute(text(query), {"order": order.id})
            return [(str(row.kind), int(row.person_id)) for row in rows]

    async def audit_detail(self, order: Order, act: str) -> dict[str, Any]:
        """What the audit's one line about this act says beside who and when."""
        query = "SELECT detail FROM audit WHERE order_id = :order AND act = :act"
        async with self.database.read() as tx:
            found = (await tx.connection.execute(text(query), {"order": order.id, "act": act})).scalar_one()
        return dict(json.loads(found))

    async def audited(self, order: Order) -> list[tuple[str, int | None]]:
        """(what was done, by whom) of the audit's lines about an order."""
        query = "SELECT act, actor_id FROM audit WHERE order_id = :order ORDER BY id"
        async with self.database.read() as tx:
            rows = await tx.connection.execute(text(query), {"order": order.id})
            return [(str(row.act), row.actor_id) for row in rows]

    async def money(self) -> dict[str, int]:
        async with self.database.read() as tx:
            assert await books.differences(tx) == {}
            found = await books.balances(tx)
        assert sum(found.values()) == 0
        return found

    async def switch(self, name: str) -> str | None:
        """The text that is stored."""
        async with self.database.read() as tx:
            return await switches.value(tx, Switch(name, str, str))

    async def record(self, order: Order, *, price: Decimal | None = None, **facts: Any) -> None:
        """HidSim's answer about an order, as given here; `price` as HidSim names it, in whole units."""
        told = {"one_id": order.operation_id or "f" * 24, "cost": price, "markup": self.markup}
        await self.recorder.record(order.id, answer(**(told | facts)))


def answer(
    one_id: str, short_id: str | None = None, *, cost: Decimal | None = None, markup: Markup = AT_COST, **facts: Any
) -> Answer:
    """HidSim's answer about an operation, in a shop with this markup."""
    micros = None if cost is None else Cost(to_micros(cost))
    price = None if micros is None else markup.shown(micros)
    ids = frozenset(one.lower() for one in (one_id, short_id) if one)
    return Answer(one_id, ids, cost=micros, price=price, **({"state": "pending"} | facts))


def settings_for(folder: Path, hidsim_url: str, **given: Any) -> Settings:
    values: dict[str, Any] = {
        "bot_token": "123456789:AAbbccddeeffgghhiijjkk",
        "telegram_api_url": "http://127.0.0.1:9",
        "hidsim_api_url": hidsim_url,
        "hidsim_identifier": "demo@hidsim.example",
        "hidsim_password": "demo",
        "hidsim_rate_per_second": 500,
        "admin_ids": frozenset({ADMIN}),
        "access": "open",
        "database_url": f"sqlite+aiosqlite:///{folder}/bot.db",
    }
    return Settings(**(values | given))


def place(migrated: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    shutil.copy(migrated, folder / "bot.db")


@asynccontextmanager
async def open_floor(
    folder: Path, migrated: Path, dialect: Literal["canonical", "variant"] = "canonical", **given: Any
) -> AsyncIterator[Floor]:
    place(migrated, folder)
    clock = HandClock()
    sandbox = HidSimSandbox(dialect=dialect, now=clock.right, services=40, countries=12)
    async with (
        serving(sandbox) as far,
        connect(settings := settings_for(folder, far.base, **given), Pace(clock=clock.monotonic), clock) as opened,
    ):
        shop, markup = build(opened.resources, terms_of(settings)), Markup(given.get("markup_percent", 0))
        floor = Floor(shop, opened.resources, sandbox, clock, markup)
        yield floor
        await asyncio.wait_for(floor.nursery.drain(2), 5)
