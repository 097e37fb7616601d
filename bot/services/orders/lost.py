"""Purchases whose answer was lost: told, released after a while, judged by an admin, counted. Never sent again."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog

from bot.db import audit, people
from bot.db.database import Database
from bot.db.orders import orders, worklist
from bot.domain import moves
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.alerts import AlertKind
from bot.domain.evidence import Evidence
from bot.domain.moves import Entry, Stage
from bot.domain.no_answer import NotDone
from bot.domain.orders import Order, OrderState
from bot.domain.pausing import PauseCause
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.orders import LostOrders
from bot.faults import DatabaseFault
from bot.services.orders.writer import Writer
from bot.services.partner import Partner
from bot.services.processes import Processes
from bot.services.safety.pause import Pause
from bot.tasks import Nursery
from bot.ticks import every

_log = structlog.get_logger(__name__)

_WINDOW = timedelta(minutes=10)
_LONGEST_PURCHASE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class LostTerms:
    """`release_after`: when an unconfirmed hold comes back; `before_pause`: how many in 10 minutes stop buying."""

    release_after: timedelta
    before_pause: int


class LostPurchases:
    """Without the operation's id nobody can ever see the number, so the person gets the money back in any case."""

    def __init__(
        self,
        database: Database,
        partner: Partner,
        pause: Pause,
        writer: Writer,
        terms: LostTerms,
        nursery: Nursery,
        processes: Processes,
    ) -> None:
        self._database = database
        self._processes = processes
        self._partner = partner
        self._pause = pause
        self._writer = writer
        self._incidents = writer.incidents
        self._terms = terms
        self._nursery = nursery
        self._under_way: set[int] = set()

    @contextmanager
    def under_way(self, order_id: int) -> Iterator[None]:
        """While its purchase has a task that will write the outcome, however late, the order is not stuck."""
        self._under_way.add(order_id)
        try:
            yield
        finally:
            self._under_way.discard(order_id)

    async def enter(self, order: Order, stage: Stage = Stage.LOST, beside: Iterable[Entry] = ()) -> None:
        """`placing` becomes `unconfirmed`: the person and the admins are told; too many of them pause buying.

        `beside`: what else the audit keeps of the purchase.
        """
        evidence = Evidence(self._partner.account.balance, self._partner.account.read_at)
        async with self._database.write() as tx:
            now = await orders.get(tx, order.id)  # its person may have labelled it since, or wished it closed
            if now is None or now.state is not OrderState.PLACING:
                return
            step = moves.noted(moves.lost(now, evidence, self._terms.release_after, stage), beside)
            await self._writer.carry_out(tx, now, step)
            since = await self._pause.counted_from(tx, tx.now - _WINDOW)
            if await audit.count(tx, Act.ORDER_UNCONFIRMED, since) >= self._terms.before_pause:
                await self._pause.pause(tx, PauseCause.UNKNOWNS)
        self._nursery.start(self._witness(order, evidence), "evidence of a lost purchase")

    async def _witness(self, order: Order, evidence: Evidence) -> None:
        """HidSim's balance after the event is the admins' only witness; without an answer there is none."""
        try:
            after = await self._partner.balance()
        except NotDone as error:
            _log.warning("no balance as evidence", order=order.id, reason=error.why)
            return
        found = replace(evidence, balance_after=after, read_after=self._partner.account.read_at)
        try:
            async with self._database.write() as tx:
                await orders.keep_evidence(tx, order.id, found)
        except DatabaseFault as error:
            _log.warning("evidence could not be written", order=order.id, error=type(error).__name__)

    async def take_over(self, order_ids: Collection[int]) -> int:
        """Orders that a dead process left `placing`; how many. Their requests may have arrived; none is sent again."""
        left = 0
        for order_id in order_ids:
            async with self._database.read() as tx:
                order = await orders.get(tx, order_id)
            if order is not None and order.state is OrderState.PLACING:
                await self.enter(order, Stage.TAKEOVER)
                left += 1
        return left

    @every(5, "unconfirmed")
    async def release_due(self) -> None:
        """The clock's tick: gives holds back whose purchase stayed unknown."""
        await self._find_stuck()
        async with self._database.read() as tx:
            due = await worklist.to_release(tx)
        for order in due:
            async with self._database.write() as tx:
                await self._writer.carry_out(tx, order, moves.released(order, tx.now))

    async def _find_stuck(self) -> None:
        """A purchase takes two minutes at the very most; one that is placing for longer lost its task to a fault."""
        async with self._database.read() as tx:
            before, owner = tx.now - _LONGEST_PURCHASE, self._processes.owner
            stuck = await orders.in_state(tx, OrderState.PLACING, before, owner=owner)
        for order in stuck:
            if order.id in self._under_way:
                continue
            _log.error("a purchase never reported its outcome", order=order.id)
            await self.enter(order)

    async def listed(self, actor: Person, limit: int = 10) -> LostOrders:
        """What no admin has judged yet, oldest first. Raises Refusal when the actor may not judge."""
        actor.must_have(Right.JUDGE)
        async with self._database.read() as tx:
            found = [
                *await orders.in_state(tx, OrderState.UNCONFIRMED),
                *await orders.in_state(tx, OrderState.RELEASED),
            ]
            shown = tuple(sorted(found, key=lambda order: order.id)[:limit])
            known = await people.these(tx, {order.person_id for order in shown})
        return LostOrders(shown, {one.id: one.name for one in known.values()})

    async def cost_of(self, actor: Person, order_id: int) -> tuple[int, str]:
        """The most that a lost purchase can have cost at HidSim, and the currency.

        Raises Refusal: judged already, or the actor may not judge.
        """
        actor.must_have(Right.JUDGE)
        async with self._database.read() as tx:
            order = await orders.get(tx, order_id)
        if order is None or order.state not in (OrderState.UNCONFIRMED, OrderState.RELEASED):
            raise Refusal(Reason.NOT_NOW)
        return self._partner.highest_cost(order.window), order.currency

    async def judge(self, actor: Person, order_id: int, *, bought: bool) -> Order:
        """An admin's word, confirmed. The person gets the money back at once if they have not yet.

        Bought: the highest cost it can have had is booked as suspense, until HidSim's balance tells more.
        Raises Refusal: no such order, judged already, or the actor may not.
        """
        actor.must_have(Right.JUDGE)
        async with self._database.write() as tx:
            order = await orders.get(tx, order_id)
            if order is None or order.state not in (OrderState.UNCONFIRMED, OrderState.RELEASED):
                raise Refusal(Reason.NOT_NOW)
            highest = self._partner.highest_cost(order.window)
            step = moves.judged(order, highest, actor.id, tx.now, bought=bought)
            await self._writer.carry_out(tx, order, step)
            if not await worklist.any_lost(tx):
                await self._incidents.end(tx, AlertKind.UNCONFIRMED, by=actor)
        return order
