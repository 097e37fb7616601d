"""Notices on their way to Telegram. What was told becomes a card of its order."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db import people
from bot.db.database import Database, Tx
from bot.db.leases import Lease
from bot.db.orders import orders
from bot.db.orders import sms as sms_rows
from bot.db.telling import cards, notices
from bot.domain.cards import Card, CardRole
from bot.domain.details import AlertDetail
from bot.domain.notices import IN_PLACE, STILL_LOOKED_AT, Notice, NoticeKind, lane, overtaken, tells_the_end, urgency
from bot.domain.orders import OrderCard, Sms
from bot.domain.people import Person
from bot.faults import DatabaseFault
from bot.services.people.remembered import RememberedPeople
from bot.services.processes import Processes
from bot.services.telling.cards import Cards

_LEASE = timedelta(seconds=60)
_RETRY = timedelta(seconds=2)
_LONGEST_RETRY = timedelta(minutes=5)
_BEING_DRAWN = timedelta(seconds=5)
"""After a tap on Buy, the time in which its message is written down as one that waits."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice with all that its text needs. `reply_to`: the message that brought the number.

    `over`: the waiting message, which tells it while its person still looks at it. `early`: that one is not there yet.
    """

    notice: Notice
    person: Person | None
    card: OrderCard | None
    sms: Sms | None
    reply_to: int | None
    over: Card | None = None
    early: bool = False

    @property
    def overtaken(self) -> bool:
        """Another message tells this by now."""
        detail = self.notice.detail
        what = detail.kind if isinstance(detail, AlertDetail) else None
        return self.card is not None and overtaken(self.notice.kind, what, self.card)

    @property
    def urgent(self) -> bool:
        """A code, or a number whose code waits behind it."""
        kind, card = self.notice.kind, self.card
        return kind is NoticeKind.CODE or (kind is NoticeKind.NUMBER and card is not None and bool(card.sms))


class Outbox:
    """Hands notices out by lease and takes Telegram's message ids back. Sends nothing itself."""

    def __init__(self, database: Database, remembered: RememberedPeople, processes: Processes) -> None:
        self.cards = Cards(database, processes)
        self._processes = processes
        self._database = database
        self._remembered = remembered
        self._delivered: dict[int, tuple[Telling, int | None]] = {}
        self._postponed: dict[int, datetime] = {}
        self._handed_out: dict[int, float] = {}

    async def claim(self, limit: int, *, besides: Collection[int] = (), only_codes: bool = False) -> list[Telling]:
        """Due notices, at most one a person, leased to the caller for a minute.

        `besides`: people who have one on its way, however long it takes; their leases may have run out. While the
        database can't be written, what can be read is handed out once by this process.
        """
        async with self._database.read() as tx:
            if not await notices.any_due(tx, besides=besides, only_codes=only_codes):
                return []
        try:
            await self._catch_up()
            lease = Lease(self._processes.id, _LEASE)
            async with self._database.write() as tx:
                claimed = await notices.claim(tx, lease, limit, besides=besides, only_codes=only_codes)
                tellings = [await _telling(tx, notice) for notice in claimed]
        except DatabaseFault:
            tellings = await self._claim_without_writing(limit, besides, only_codes=only_codes)
        self._handed_out.update((one.notice.id, self._remembered.elapsed) for one in tellings)
        return tellings

    async def _claim_without_writing(self, limit: int, besides: Collection[int], *, only_codes: bool) -> list[Telling]:
        unwritten = len(self._delivered) + len(self._postponed)
        async with self._database.read() as tx:
            found = await notices.due(tx, limit + unwritten)
            first: dict[int, Notice] = {}
            for one in sorted(found, key=lambda notice: (lane(notice.kind), notice.id)):
                wanted = one.kind is NoticeKind.CODE or not only_codes
                if wanted and one.person_id not in besides and self._is_due(one.id, tx.now):
                    first.setdefault(one.person_id, one)
            chosen = sorted(first.values(), key=lambda notice: (urgency(notice.kind), notice.id))[:limit]
            return [await _telling(tx, notice) for notice in chosen]

    def _is_due(self, notice_id: int, now: datetime) -> bool:
        """By what could not be written down."""
        return notice_id not in self._delivered and self._postponed.get(notice_id, now) <= now

    async def _catch_up(self) -> None:
        """What went out, or was put off, while nothing could be written is written down now."""
        for notice_id, (telling, message_id) in list(self._delivered.items()):
            await self._write_done(telling, message_id, None)
            del self._delivered[notice_id]
            self.cards.any_may_be_push()
        for notice_id, due in list(self._postponed.items()):
            async with self._database.write() as tx:
                await notices.postpone(tx, notice_id, due, refused=False)
            del self._postponed[notice_id]

    async def done(self, telling: Telling, message_id: int | None, over: Card | None = None) -> None:
        """Telegram took it; a number or an end becomes its order's live card. None: it can never be delivered.

        `over`: no new message was sent, this card tells it.
        """
        notice = telling.notice
        self._handed_out.pop(notice.id, None)
        try:
            await self._write_done(telling, message_id, over)
        except DatabaseFault:
            self._delivered[notice.id] = telling, message_id
        self.cards.may_be_push(notice.person_id, message_id)

    async def _write_done(self, telling: Telling, message_id: int | None, over: Card | None) -> None:
        notice = telling.notice
        async with self._database.write() as tx:
            await notices.done(tx, notice.id, message_id)
            if telling.card is None or telling.overtaken:
                return
            order = telling.card.order
            if tells_the_end(notice.kind, telling.card):
                await notices.settle_ends(tx, order.id)
            if over is not None:
                await cards.shown(tx, over, order.revision)
            role = CardRole.PUSH if notice.kind is NoticeKind.NUMBER else CardRole.TOLD
            if message_id is not None and (role is CardRole.PUSH or notice.kind in IN_PLACE):
                card = Card(notice.person_id, message_id, order.id, order.revision, role)
                await cards.put(tx, card)

    async def is_told(self, telling: Telling) -> bool:
        """Whether a tap has drawn this end since the telling was made."""
        if telling.notice.kind not in IN_PLACE:
            return False
        async with self._database.read() as tx:
            return not await notices.is_open(tx, telling.notice.id)

    async def still_waits(self, telling: Telling) -> bool:
        """Whether the waiting message is still the order's newest, and so the one to tell it."""
        if telling.over is None:
            return False
        newest = await self.cards.newest(telling.over.order_id)
        return newest is not None and (newest.message_id, newest.role) == (telling.over.message_id, CardRole.WAITING)

    async def postpone(self, notice: Notice, wait: float) -> None:
        """Telegram can't take anything for now. Seconds."""
        await self._put_off(notice, timedelta(seconds=wait), refused=False)

    async def refused(self, notice: Notice) -> None:
        """Telegram called this one bad: counted, and tried ever later."""
        await self._put_off(notice, backoff(notice), refused=True)

    async def _put_off(self, notice: Notice, delay: timedelta, *, refused: bool) -> None:
        self._handed_out.pop(notice.id, None)
        due = self._database.now() + delay
        try:
            async with self._database.write() as tx:
                await notices.postpone(tx, notice.id, due, refused=refused)
        except DatabaseFault:
            self._postponed[notice.id] = due

    async def unreachable(self, notice: Notice) -> None:
        """The person blocked the bot: the notice stays, due at once when they come back.

        Somebody who never wrote (an admin of the settings) is tried ever later: nothing tells that they came. Who was
        heard since the notice was handed out has come back while Telegram's word was on its way.
        """
        handed_out = self._handed_out.pop(notice.id, None)
        if handed_out is not None and self._remembered.heard_since(notice.person_id, handed_out):
            await self._put_off(notice, timedelta(0), refused=False)
            return
        now = self._database.now()
        try:
            async with self._database.write() as tx:
                self._remembered.forget(notice.person_id)
                known = await people.get(tx, notice.person_id) is not None
                await people.set_unreachable(tx, notice.person_id, tx.now)
                due = now if known else now + backoff(notice)
                await notices.postpone(tx, notice.id, due, refused=not known)
        except DatabaseFault:
            self._postponed[notice.id] = now + backoff(notice)

    async def waiting(self) -> int:
        async with self._database.read() as tx:
            return await notices.waiting(tx)


def backoff(notice: Notice) -> timedelta:
    """Until the next try of a notice that was refused so often."""
    ever_later: timedelta = _RETRY * 2 ** min(notice.tries, 10)
    return min(ever_later, _LONGEST_RETRY)


async def _telling(tx: Tx, notice: Notice) -> Telling:
    card = await orders.card(tx, notice.order_id) if notice.order_id else None
    newest = await cards.newest(tx, card.order.id) if card else None
    age = tx.now - card.order.placed_at if card else timedelta(0)
    in_place = notice.kind in IN_PLACE and notice.tries == 0 and timedelta(0) <= age
    waiting = newest is not None and newest.role is CardRole.WAITING
    return Telling(
        notice,
        await people.get(tx, notice.person_id),
        card,
        await sms_rows.get(tx, notice.sms_id) if notice.sms_id else None,
        await _reply_to(tx, notice),
        over=newest if in_place and waiting and age < STILL_LOOKED_AT else None,
        early=in_place and newest is None and age < _BEING_DRAWN,
    )


async def _reply_to(tx: Tx, notice: Notice) -> int | None:
    if notice.order_id is None or notice.kind is NoticeKind.NUMBER:
        return None
    card = await cards.pushed_for(tx, notice.order_id)
    return None if card is None else card.message_id
