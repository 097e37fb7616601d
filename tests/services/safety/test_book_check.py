"""The books beside HidSim's balance: rounding and the order of events raise no alarm, a real difference does."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from itertools import combinations_with_replacement
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import text

from bot.db import switches
from bot.db.database import Database
from bot.db.money import books
from bot.db.orders import orders
from bot.db.switches import Switch
from bot.domain import ledger
from bot.domain.money import Markup
from bot.domain.orders import Order, OrderState
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, Refusal
from bot.hidsim import HidSim
from bot.services.partner import Partner
from bot.services.people.staff import Staff
from bot.services.safety.book_check import BookCheck
from bot.services.safety.pause import Pause
from bot.services.telling.alerts import Alerts
from tests.db.fresh import stock, url_of
from tests.invariants.conftest import quick_folder
from tests.sandbox.hidsim.api import START, HandClock
from tests.services.floor import ADA, ADMIN, ANN, Floor, open_floor, place

__all__ = ["quick_folder"]

COST = 100_000


async def compares(floor: Floor, times: int = 1) -> None:
    for _ in range(times):
        floor.clock.forward(120)
        await floor.shop.book_check.compare()


async def buys(floor: Floor, nonce: str) -> None:
    """An order from its tap to its code."""
    floor.director.queue_story("quick")
    order = await floor.bought(nonce=nonce)
    floor.clock.forward(300)
    card = await floor.own_orders.refresh(ANN, order.id)
    assert card.order.state is OrderState.COMPLETED


async def alerts(floor: Floor) -> int:
    return (await floor.told()).count("alert")


@pytest.mark.parametrize("decimals", [0, 1, 2, 3, None])
@pytest.mark.parametrize("dialect", ["canonical", "variant"])  # the variant's balance is a string
async def test_a_rounded_balance_is_no_difference_and_a_fee_is_one(
    tmp_path: Path, migrated_file: Path, decimals: int | None, dialect: Any
) -> None:
    async with open_floor(tmp_path, migrated_file, dialect, daily_spend="1000") as bare:
        floor = await bare.opened()
        floor.director.show_balance(decimals)
        floor.director.set_balance("100.4949")
        floor.director.set_prices("Telegram", "BR", ["0.1234"])
        await compares(floor)
        for number in range(12):
            await buys(floor, f"n{number}")
            await compares(floor, 4 if number % 3 == 0 else 1)
        assert await alerts(floor) == 0
        floor.director.set_balance(Decimal(floor.director.state()["balance"]) - 1)
        await compares(floor, 3)
        assert await alerts(floor) == 1
        await buys(floor, "last")
        await compares(floor, 4)
        assert await alerts(floor) == 1  # it is the same difference, one order and its rounding later
        await floor.shop.book_check.book_difference(ADA)
        await compares(floor, 3)
        assert await alerts(floor) == 1


async def test_a_fee_between_many_orders_is_told_where_rounding_has_no_part_in_their_prices(floor: Floor) -> None:
    floor.director.show_balance(2)
    floor.director.set_prices("Telegram", "BR", ["0.10"])
    await compares(floor)
    for number in range(10):
        await buys(floor, f"n{number}")
    floor.director.set_balance(Decimal(floor.director.state()["balance"]) - Decimal("0.05"))
    await compares(floor, 3)
    assert await alerts(floor) == 1


async def test_a_difference_is_over_when_it_is_booked_or_gone_and_not_when_rounding_could_explain_it(
    floor: Floor,
) -> None:
    floor.director.show_balance(0)
    floor.director.set_balance(100)
    floor.director.set_prices("Telegram", "BR", ["0.1234"])
    await compares(floor)
    floor.director.set_balance(99)
    await compares(floor, 3)
    await buys(floor, "n1")
    await compares(floor, 6)
    assert await floor.alerted() == ["apart"]
    floor.director.set_balance(Decimal(floor.director.state()["balance"]) + 1)
    await compares(floor, 3)
    assert await floor.alerted() == ["apart", "over apart"]
    floor.director.set_balance(90)
    await compares(floor, 3)
    await floor.shop.book_check.book_difference(ADA)
    assert await floor.alerted() == ["apart", "over apart", "apart"]  # who booked it knows
    async with floor.database.read() as tx:
        found = (await tx.connection.execute(text("SELECT detail FROM audit WHERE act = 'books.fixed'"))).scalar_one()
    booked = json.loads(found)
    assert booked["after"] - booked["before"] == booked["amount"] == -9_876_600


async def test_what_was_agreed_outlives_a_restart(tmp_path: Path, migrated_file: Path) -> None:
    async with open_floor(tmp_path, migrated_file) as bare:
        floor = await bare.opened()
        floor.director.show_balance(2)
        floor.director.set_prices("Telegram", "BR", ["0.1234"])
        await compares(floor)
        await buys(floor, "n1")
        await compares(floor)
        again = BookCheck(
            floor.database,
            Partner(floor.partner._hidsim, Markup(), "USD"),
            floor.shop.pause,
            Alerts(Staff([ADMIN])),
        )
        for _ in range(4):
            await again.compare()
        assert await alerts(floor) == 0


async def test_the_first_purchase_of_a_fresh_shop_raises_no_alarm(floor: Floor) -> None:
    await buys(floor, "n1")
    await compares(floor, 5)
    assert await alerts(floor) == 0
    money = await floor.money()
    assert money["hidsim"] == int(Decimal(floor.director.state()["balance"]) * 1_000_000)


async def test_no_difference_is_booked_while_an_order_is_on_its_way(floor: Floor) -> None:
    await compares(floor)
    await floor.pending()
    with pytest.raises(Refusal) as caught:
        await floor.shop.book_check.book_difference(ADA)
    assert caught.value.facts.reason is Reason.BALANCE_MOVES


class FarBalance:
    """HidSim's /auth/me, with what else happens before and after it looks at the balance."""

    def __init__(self) -> None:
        self.balance = Decimal(10)
        self.before: list[Callable[[], Awaitable[None]]] = []
        self.after: list[Callable[[], Awaitable[None]]] = []

    def now(self) -> datetime:
        return START

    async def me(self, **_: object) -> Any:
        for step in self.before:
            await step()
        found = SimpleNamespace(balance=self.balance, currency="USD")
        for step in self.after:
            await step()
        return found


class Life:
    """One order's life in single steps, HidSim's side and ours apart."""

    def __init__(self, database: Database, far: FarBalance, clock: HandClock) -> None:
        self._database = database
        self._far = far
        self._clock = clock

    async def _order(self) -> Order:
        async with self._database.read() as tx:
            found = await orders.get(tx, 1)
        assert found is not None
        return found

    async def placed(self) -> None:
        new = orders.NewOrder(ANN, "n1", 1, 1, None, Window(0, COST), "USD", COST)
        async with self._database.write() as tx:
            assert await orders.add(tx, new)

    async def charged_there(self) -> None:
        self._far.balance -= Decimal("0.1")

    async def credited_there(self) -> None:
        self._far.balance += Decimal("0.1")

    async def _moves(self, state: OrderState, transfer: ledger.Transfer | None, **facts: Any) -> None:
        order = await self._order()
        async with self._database.write() as tx:
            assert await orders.move(tx, order, replace(order, state=state, **facts))
            if transfer is not None:
                await books.post(tx, transfer)

    async def answered(self) -> None:
        await self._moves(OrderState.PENDING, ledger.cost(1, COST), operation_id="a" * 24, cost=COST)

    async def completed(self) -> None:
        await self._moves(OrderState.COMPLETED, None)

    async def refunded(self) -> None:
        await self._moves(OrderState.SYSTEM_REFUNDED, ledger.cost_back(1, COST))

    async def refused(self) -> None:
        await self._moves(OrderState.REFUSED, None)

    async def billed_at_the_end(self) -> None:
        await self._moves(OrderState.COMPLETED, ledger.cost(1, COST), operation_id="a" * 24, cost=COST)

    def told(self, story: str) -> list[Callable[[], Awaitable[None]]]:
        return {
            "a code": [self.placed, self.charged_there, self.answered, self.completed],
            "a code at once": [self.placed, self.charged_there, self.billed_at_the_end],
            "a refund": [self.placed, self.charged_there, self.answered, self.credited_there, self.refunded],
            "refused": [self.placed, self.refused],
        }[story]


@pytest.mark.parametrize("story", ["a code", "a code at once", "a refund", "refused"])
async def test_no_order_of_events_takes_the_balance_and_the_books_apart(
    quick_folder: Path, migrated_file: Path, story: str
) -> None:
    """The ways in which an order's steps fall before, into and after the first two comparisons of a fresh shop.

    All of them; of the longer stories every third and seventh.
    """
    size, every = {"a code": (4, 3), "a code at once": (3, 1), "a refund": (5, 7), "refused": (2, 1)}[story]
    for places in list(combinations_with_replacement(range(7), size))[::every]:
        place(migrated_file, quick_folder)
        for rest in ("bot.db-wal", "bot.db-shm"):
            (quick_folder / rest).unlink(missing_ok=True)
        clock = HandClock(START)
        database = Database(url_of(quick_folder / "bot.db"), clock)
        try:
            told, opened, agree = await _a_fresh_shop(database, clock, story, places)
        finally:
            await database.close()
        assert (told, opened, agree) == (0, True, True), places


async def _a_fresh_shop(
    database: Database, clock: HandClock, story: str, places: tuple[int, ...]
) -> tuple[int, bool, bool]:
    """`places`: when each step happens: 0 before all, 1 and 2 before and after the first look, 3 between, and so on."""
    far = FarBalance()
    async with database.write() as tx:
        await stock(tx)
    raised = Alerts(Staff([ADMIN]))
    book_check = BookCheck(database, Partner(cast("HidSim", far), Markup(), "USD"), Pause(database, raised), raised)
    steps = Life(database, far, clock).told(story)
    when = [[step for step, place in zip(steps, places, strict=True) if place == at] for at in range(7)]
    for at in (0, 3):
        for step in when[at]:
            await step()
        far.before, far.after = when[at + 1], when[at + 2]
        await book_check.compare()
        far.before, far.after = [], []
    for step in when[6]:
        await step()
    for _ in range(4):
        await book_check.compare()
    async with database.read() as tx:
        told = await tx.connection.exec_driver_sql("SELECT count(*) FROM notices WHERE kind = 'alert'")
        opened = await books.booked(tx, ledger.OPENING)
        balance = await books.balance(tx, ledger.HIDSIM)
        return int(told.scalar_one()), opened, balance == int(far.balance * 1_000_000)


@pytest.mark.parametrize("stored", ["{}", "", "5", '["much", 0, 2]', "[1]"])
async def test_a_mark_that_nobody_can_read_is_none(floor: Floor, stored: str) -> None:
    await compares(floor)
    async with floor.database.write() as tx:
        await switches.put(tx, Switch("balance.agreed", str, str), stored)
    await compares(floor)
    floor.director.set_balance(Decimal(floor.director.state()["balance"]) - 1)
    await compares(floor, 3)
    assert await alerts(floor) == 1
