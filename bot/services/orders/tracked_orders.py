"""The orders that this process asks HidSim about, in memory. What is true of them stands in the database.

Whatever moves an order is heard here once it is committed. What nobody here heard of (another process's deed, an
operator's hand) is found by a look at the database, once a minute and whenever an answer changed something.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import heappop, heappush
from math import inf

from bot.db.database import Database
from bot.db.orders import worklist
from bot.domain.alerts import AlertKind
from bot.domain.answer import Said
from bot.domain.moves import Moved
from bot.domain.orders import WATCH, Order, OrderState, Tracked
from bot.domain.polling.learning import Awaited, Curves
from bot.domain.polling.promise import longest_gap
from bot.domain.polling.schedule import Schedule
from bot.domain.polling.waiting import Waiting
from bot.services.orders.ages import Ages
from bot.services.processes import Processes

_LOOK_AROUND = 60.0
_BELIEVED = 2.0
"""Times the longest gap that was promised. After an outage a code seems to have come minutes later than it did."""
_REMEMBERED = 100
"""Codes whose delay is on the health page."""
_SLICE = 500
"""Orders read at a time: reading all at once would keep every tap waiting."""
_USUAL_LIFE = 1_200.0
"""Seconds from placing to the end of an order whose end HidSim did not tell."""
_OLD_AFTER_END = 3_600.0
"""Seconds. An order that goes on for so long after its end is told to the admins (contract)."""
_UNSURE_OF_CLOCKS = 300.0
"""Seconds. A clock that was wrong before a restart, or is wrong until NTP is heard, makes no order old at once."""
_RESTART = 60.0
"""Seconds. When an order was asked last stands nowhere: a restart is taken to have lasted so long."""


@dataclass(slots=True)
class Entry:
    """`nothing_by`: the moment until which what it waits for had not come, as far as HidSim told.

    `said`: HidSim's last answer that is recorded. `watched_until`: None for live orders; `watch_ends`: its moment.
    """

    operation_id: str
    nothing_by: float
    watched_until: datetime | None
    watch_ends: float
    said: Said | None = None
    told: frozenset[AlertKind] = frozenset()

    @property
    def watched(self) -> bool:
        """It has ended, and a further SMS or its price is looked for."""
        return self.watched_until is not None


class TrackedOrders:
    """Keeps the schedule: who is in it, and what the wait of each teaches. Asks nobody."""

    def __init__(self, database: Database, processes: Processes, ages: Ages, curves: Curves) -> None:
        self.schedule = Schedule(curves)
        self._database = database
        self._processes = processes
        self._ages = ages
        self._curves = curves
        self._entries: dict[int, Entry] = {}
        self._unread: set[int] = set()
        self._looked_at = -inf
        self._reading = asyncio.Lock()
        self._ends: list[tuple[float, int]] = []
        self._delays: deque[tuple[float, float]] = deque(maxlen=_REMEMBERED)
        """Of the last codes: the moment at which each was read, and for how long it had waited."""

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, order_id: int) -> Entry | None:
        return self._entries.get(order_id)

    @property
    def delay(self) -> float | None:
        """Seconds that the last codes waited at HidSim until they were read, on average; None when none came yet.

        Nobody tells when a code came: it is taken to have come in the middle between two asks.
        """
        return _mean([waited for _, waited in self._delays])

    def delay_within(self, seconds: float) -> float | None:
        """The same of codes that were read within the last `seconds`; None when there was none."""
        since = self.elapsed() - seconds
        return _mean([waited for at, waited in self._delays if at >= since])

    def elapsed(self) -> float:
        """Monotonic seconds, as all moments here."""
        return self._ages.elapsed()

    def is_over(self, entry: Entry) -> bool:
        """Nothing further is looked for: by a clock that nobody sets."""
        return self._ages.elapsed() >= entry.watch_ends

    def heard(self, moved: Moved) -> None:
        """A hook of the writer's. An order that is not known here may be another process's."""
        order = moved.order
        if order.id not in self._entries:
            self.look_at(order.id)
            return
        self._learn(moved)
        if order.live or order.watched_until is not None:
            self._keep(_tracked(order, self._entries[order.id].operation_id))
        else:
            self._drop(order.id)

    def look_at(self, order_id: int) -> None:
        """Something about it may have changed: it is read at the next tick."""
        self._unread.add(order_id)

    def look_around(self) -> None:
        """Orders may have become ours: all are read at the next tick."""
        self._looked_at = -inf

    async def catch_up(self) -> None:
        """Reads what may have changed; nothing when nothing has. Raises DatabaseFault: then it is tried again."""
        async with self._reading:
            if self._ages.elapsed() - self._looked_at >= _LOOK_AROUND:
                await self._read_all()
            elif self._unread:
                await self._read(self._unread)

    async def _read(self, ids: Collection[int]) -> None:
        self._unread = set()
        try:
            async with self._database.read() as tx:
                found = await worklist.tracked_among(tx, ids, self._processes.owner)
        except BaseException:
            self._unread.update(ids)
            raise
        self._gone(set(ids) - self._there(found))

    async def _read_all(self) -> None:
        self._looked_at = self._ages.elapsed()
        try:
            left, last = set(self._entries), 0
            while True:
                async with self._database.read() as tx:
                    found = await worklist.tracked(tx, self._processes.owner, after=last, most=_SLICE)
                left -= self._there(found)
                if len(found) < _SLICE:
                    break
                last = found[-1].id
        except BaseException:
            self.look_around()
            raise
        self._gone(left)

    def _there(self, found: Iterable[Tracked]) -> set[int]:
        """These are to be asked about; their ids."""
        there = set()
        for one in found:
            there.add(one.id)
            self._keep(one)
        return there

    def _gone(self, ids: Iterable[int]) -> None:
        """These are not to be asked about any more."""
        for order_id in ids:
            self._drop(order_id)

    def _keep(self, order: Tracked) -> None:
        waiting, known = self._waiting(order), self.schedule.get(order.id)
        entry = self._entries.get(order.id)
        if entry is None or known is None:
            entry = self._entries[order.id] = Entry(order.operation_id, waiting.asked, None, inf)
        elif (known.awaited, known.since) == (waiting.awaited, waiting.since):
            waiting.asked = known.asked
        else:
            entry.nothing_by = waiting.asked
        until = None if order.live else order.watched_until
        entry.operation_id, entry.watched_until = order.operation_id, until
        entry.watch_ends = inf if until is None else self._ages.moment(order.id, until)
        if waiting.old_at < inf and (known is None or known.old_at != waiting.old_at):
            heappush(self._ends, (waiting.old_at, order.id))
        if known != waiting:
            self.schedule.put(waiting)

    def _drop(self, order_id: int) -> None:
        self.schedule.drop(order_id)
        self._entries.pop(order_id, None)

    def _waiting(self, order: Tracked) -> Waiting:
        since, old_at = self._since(order), self._old_at(order)
        awaited = Awaited.NUMBER if order.state is OrderState.CREATING else Awaited.CODE
        asked = max(since, self._ages.elapsed() - _RESTART)
        return Waiting(order.id, order.service_id, awaited, since, asked, old_at)

    def _since(self, order: Tracked) -> float:
        if not order.live and order.watched_until is not None:
            return self._ages.moment(order.id, order.watched_until) - WATCH.total_seconds()
        placed = self._ages.began(order.id, order.placed_at)
        return placed if order.number_at is None else max(placed, self._ages.began(order.id, order.number_at))

    def _old_at(self, order: Tracked) -> float:
        if not order.live:
            return inf
        placed = self._ages.began(order.id, order.placed_at)
        end = placed + _USUAL_LIFE
        if order.expires_at is not None:
            end = max(placed, self._ages.moment(order.id, order.expires_at))
        return max(end + _OLD_AFTER_END, self._ages.process_began + _UNSURE_OF_CLOCKS)

    def answered(self, order_id: int, said: Said) -> None:
        """HidSim answered, and what it said is recorded."""
        entry = self._entries.get(order_id)
        if entry is None:
            return
        news = entry.said is None or entry.said.meaning != said.meaning
        entry.said = said
        if news:
            self.look_at(order_id)
        self.schedule.answered(order_id, self._ages.elapsed())
        waiting = self.schedule.get(order_id)
        if waiting is not None and not entry.watched:
            self._teach(self._curves.waited, waiting, entry.nothing_by, waiting.asked)
            entry.nothing_by = max(entry.nothing_by, waiting.asked)

    async def end_watch(self, order_id: int, watched_until: datetime) -> None:
        """Nothing further is looked for, unless the watch was renewed meanwhile. Raises DatabaseFault."""
        async with self._database.write() as tx:
            await worklist.end_watch(tx, order_id, watched_until)
        self.look_at(order_id)

    def unanswered(self, order_id: int) -> None:
        """HidSim did not answer, or its answer could not be written down. After `answered`: nothing."""
        self.schedule.failed(order_id, self._ages.elapsed())

    def _learn(self, moved: Moved) -> None:
        """What was awaited came since the last answer, or never did. A further SMS says nothing."""
        order_id = moved.order.id
        waiting, nothing_by = self.schedule.get(order_id), self._entries[order_id].nothing_by
        if waiting is None or moved.was not in _AWAITED or moved.order.state is moved.was:
            return
        came, now = moved.order.state in _AWAITED[moved.was], self._ages.elapsed()
        taught = self._teach(self._curves.came if came else self._curves.waited, waiting, nothing_by, now)
        if taught and came and waiting.awaited is Awaited.CODE:
            self._delays.append((now, max(0.0, now - nothing_by) / 2))

    def _teach(self, learn: Callable[..., None], waiting: Waiting, begin: float, end: float) -> bool:
        """False for a stretch in which it was not asked about as was promised: nobody knows when it came then."""
        promised = longest_gap(begin - waiting.since, is_old=False) * self.schedule.stretch
        if end - begin > _BELIEVED * promised:
            return False
        learn(waiting.awaited, waiting.service_id, begin - waiting.since, end - waiting.since)
        return True

    def take_old(self) -> int | None:
        """A live order that is far beyond its end, once each."""
        now = self._ages.elapsed()
        while self._ends and self._ends[0][0] <= now:
            old_at, order_id = heappop(self._ends)
            waiting = self.schedule.get(order_id)
            if waiting is not None and waiting.old_at == old_at:
                return order_id
        return None

    def old_again(self, order_id: int) -> None:
        """That it is old could not be told: `take_old` names it once more."""
        if (waiting := self.schedule.get(order_id)) is not None:
            heappush(self._ends, (waiting.old_at, order_id))


_AWAITED = {
    OrderState.CREATING: frozenset({OrderState.PENDING, OrderState.COMPLETED}),
    OrderState.PENDING: frozenset({OrderState.COMPLETED}),
}
"""Where an order moves when what it waited for came."""


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _tracked(order: Order, operation_id: str) -> Tracked:
    return Tracked(
        order.id,
        order.operation_id or operation_id,
        order.service_id,
        order.state,
        order.placed_at,
        order.number_at,
        order.expires_at,
        order.watched_until,
    )
