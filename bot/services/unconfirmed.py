"""Purchases whose answer was lost: told, released after a while, judged by an admin, counted. Never sent again."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.db import audit, notices
from bot.db import ledger as books
from bot.db import orders as rows
from bot.db.database import AsyncConnection, Database, DatabaseFault
from bot.domain import ledger
from bot.domain.acts import Act, entered, judged
from bot.domain.alerts import Alert, AlertKind
from bot.domain.money import Markup
from bot.domain.notices import NoticeKind
from bot.domain.orders import Order, OrderState
from bot.domain.pausing import PauseCause
from bot.domain.refusals import Reason, Refusal
from bot.hidsim import HidSimError
from bot.milestones import reached
from bot.services import wallet
from bot.services.account import Account
from bot.services.alerts import Alerts
from bot.services.buying import Buying
from bot.services.processes import Processes
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

_WINDOW = timedelta(minutes=10)
_LONGEST_PURCHASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Terms:
    """`release_after`: when an unconfirmed hold comes back; `before_pause`: how many in 10 minutes stop buying."""

    release_after: timedelta
    before_pause: int


class Unconfirmed:
    """Without the operation's id nobody can ever see the number, so the person gets the money back in any case."""

    def __init__(
        self,
        database: Database,
        account: Account,
        buying: Buying,
        alerts: Alerts,
        markup: Markup,
        terms: Terms,
        nursery: Nursery,
        processes: Processes,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._processes = processes
        self._account = account
        self._buying = buying
        self._alerts = alerts
        self._markup = markup
        self._terms = terms
        self._nursery = nursery
        self._now = now
        self._under_way: set[int] = set()

    @contextmanager
    def under_way(self, order_id: int) -> Iterator[None]:
        """While its purchase has a task that will write the outcome, however late, the order is not stuck."""
        self._under_way.add(order_id)
        try:
            yield
        finally:
            self._under_way.discard(order_id)

    async def enter(self, order: Order) -> None:
        """`placing` becomes `unconfirmed`: the person and the admins are told; too many of them pause buying."""
        now = self._now()
        release_at = order.placed_at + self._terms.release_after
        evidence = {"balance_before": self._account.balance, "read_at": _iso(self._account.read_at)}
        async with self._database.write() as connection:
            if not await rows.move(connection, order, OrderState.UNCONFIRMED, evidence=evidence, release_at=release_at):
                return
            await audit.write(connection, Act.ORDER_UNCONFIRMED, now, order_id=order.id)
            await notices.add(
                connection, f"unconfirmed:{order.id}", order.person_id, NoticeKind.UNCONFIRMED, now, order_id=order.id
            )
            await self._alerts.raise_in(connection, Alert(AlertKind.UNCONFIRMED, str(order.id), order.id), now)
            if await audit.count(connection, Act.ORDER_UNCONFIRMED, now - _WINDOW) >= self._terms.before_pause:
                await self._buying.pause(connection, PauseCause.UNKNOWNS)
        self._nursery.start(self._witness(order, evidence), "evidence of a lost purchase")

    async def _witness(self, order: Order, evidence: dict[str, int | str | None]) -> None:
        """HidSim's balance after the event is the admins' only witness; without an answer there is none."""
        try:
            after = await self._account.read(self._now())
        except HidSimError as error:
            _log.warning("no balance as evidence", order=order.id, error=type(error).__name__)
            return
        found = {**evidence, "balance_after": after, "read_after": _iso(self._now())}
        try:
            async with self._database.write() as connection:
                await rows.note(connection, order.id, evidence=found)
        except DatabaseFault as error:
            _log.warning("evidence could not be written", order=order.id, error=type(error).__name__)

    async def take_over(self, order_ids: Collection[int]) -> int:
        """Orders that a dead process left `placing`; how many. Their requests may have arrived; none is sent again."""
        left = 0
        for order_id in order_ids:
            async with self._database.read() as connection:
                order = await rows.get(connection, order_id)
            if order is not None and order.state is OrderState.PLACING:
                await self.enter(order)
                left += 1
        return left

    async def release_due(self) -> None:
        """The clock's tick: gives holds back whose purchase stayed unknown."""
        now = self._now()
        await self._find_stuck(now)
        async with self._database.read() as connection:
            due = await rows.in_state(connection, OrderState.UNCONFIRMED, now - self._terms.release_after, now=now)
        for order in due:
            async with self._database.write() as connection:
                await self._release(connection, order, OrderState.RELEASED, now)
                reached("release.before-commit")
            reached("release.committed")

    async def _find_stuck(self, now: datetime) -> None:
        """A purchase takes two minutes at the very most; one that is placing for longer lost its task to a fault."""
        async with self._database.read() as connection:
            before, owner = now - _LONGEST_PURCHASE, self._processes.owner
            stuck = await rows.in_state(connection, OrderState.PLACING, before, owner=owner)
        for order in stuck:
            if order.id in self._under_way:
                continue
            _log.error("a purchase never reported its outcome", order=order.id)
            await self.enter(order)

    async def _release(self, connection: AsyncConnection, order: Order, new: OrderState, now: datetime) -> None:
        if not await rows.move(connection, order, new, finished_at=now, charged=0):
            return
        await wallet.release(connection, order, now)
        await audit.write(connection, entered(new), now, order_id=order.id)
        await notices.add(
            connection, f"released:{order.id}", order.person_id, NoticeKind.RELEASED, now, order_id=order.id
        )

    async def listed(self, limit: int = 10) -> list[Order]:
        """What no admin has judged yet, oldest first."""
        async with self._database.read() as connection:
            found = [
                *await rows.in_state(connection, OrderState.UNCONFIRMED),
                *await rows.in_state(connection, OrderState.RELEASED),
            ]
        return sorted(found, key=lambda order: order.id)[:limit]

    async def cost_of(self, order_id: int) -> tuple[int, str]:
        """The most that a lost purchase can have cost at HidSim, and the currency. Raises Refusal: judged already."""
        async with self._database.read() as connection:
            order = await rows.get(connection, order_id)
        if order is None or order.state not in (OrderState.UNCONFIRMED, OrderState.RELEASED):
            raise Refusal(Reason.NOT_NOW)
        return self._markup.highest_cost(order.window.high), order.currency

    async def judge(self, admin_id: int, order_id: int, *, bought: bool) -> Order:
        """An admin's word, confirmed. The person gets the money back at once if they have not yet.

        Bought: the highest cost it can have had is booked as suspense, until HidSim's balance tells more.
        Raises Refusal: no such order, or judged already.
        """
        now = self._now()
        new = OrderState.BOUGHT if bought else OrderState.NOT_BOUGHT
        async with self._database.write() as connection:
            order = await rows.get(connection, order_id)
            if order is None or order.state not in (OrderState.UNCONFIRMED, OrderState.RELEASED):
                raise Refusal(Reason.NOT_NOW)
            if order.state is OrderState.UNCONFIRMED:
                await self._release(connection, order, new, now)
            else:
                await rows.move(connection, order, new)
            highest = self._markup.highest_cost(order.window.high)
            if bought and highest:
                transfer = ledger.Transfer(f"suspense:{order.id}", ledger.HIDSIM, ledger.SUSPENSE, highest, order.id)
                await books.post(connection, transfer, now)
            await audit.write(connection, judged(new), now, actor_id=admin_id, order_id=order.id)
        return order


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")
