"""Notices on their way to Telegram. What was told becomes a card of its order."""

import asyncio
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bot.db import people
from bot.db.database import Database, Tx
from bot.db.leases import Lease
from bot.db.telling import cards, hiding, notices
from bot.domain.access import may
from bot.domain.cards import Card, CardRole
from bot.domain.notices import IN_PLACE, Notice, NoticeKind, lane, tells_the_end, urgency
from bot.domain.orders import OrderCard
from bot.domain.recipients import as_heard, right_to_hear
from bot.faults import DatabaseFault
from bot.services.people.remembered import RememberedPeople
from bot.services.people.staff import Staff
from bot.services.processes import Processes
from bot.services.quiet import Quiet
from bot.services.telling.cards import Cards
from bot.services.telling.marks import Done, Marks, PutOff
from bot.services.telling.tellings import Telling, of_notices
from bot.tasks import Nursery

_LEASE = timedelta(seconds=60)
_RETRY = timedelta(seconds=2)
_LONGEST_RETRY = timedelta(minutes=5)


class Outbox:
    """Hands notices out by lease and takes Telegram's message ids back. Sends nothing itself."""

    def __init__(
        self, database: Database, remembered: RememberedPeople, staff: Staff, processes: Processes, nursery: Nursery
    ) -> None:
        self._processes = processes
        self._database = database
        self._remembered = remembered
        self._staff = staff
        self._marks = Marks(database, nursery)
        self.cards = Cards(database, processes, self._marks)
        self._quiet = Quiet(database, processes, notices.TABLE)
        self._delivered: dict[int, tuple[Telling, int | None]] = {}
        self._postponed: dict[int, datetime] = {}
        self._handed_out: dict[int, float] = {}

    def when_written(self, deed: Callable[[], None]) -> None:
        """Calls `deed` after each commit of this process that may have written a notice. Others are not heard of."""
        self._database.follow(notices.TABLE, deed)

    async def claim(self, limit: int, *, besides: Collection[int] = (), only_codes: bool = False) -> list[Telling]:
        """Due notices, at most one a person, leased to the caller for a minute.

        `besides`: people who have one on its way, however long it takes; their leases may have run out. While the
        database can't be written, what can be read is handed out once by this process. What its person may not hear
        any more is marked as withheld.
        """
        if not await self._is_worth_while(besides, only_codes=only_codes):
            return []
        try:
            await self.write_late()
            lease = Lease(self._processes.id, _LEASE)
            async with self._database.write() as tx:
                claimed = await notices.claim(tx, lease, limit, besides=besides, only_codes=only_codes)
                tellings = await of_notices(tx, claimed)
        except DatabaseFault:
            tellings = await self._claim_without_writing(limit, besides, only_codes=only_codes)
        self._handed_out.update((one.notice.id, self._remembered.elapsed) for one in tellings)
        return [self._as_heard(one) for one in tellings]

    def _as_heard(self, telling: Telling) -> Telling:
        """It may have waited for its person for weeks: the right to it is asked again."""
        notice = telling.notice
        role = self._staff.role(notice.person_id, telling.person)
        right = right_to_hear(notice.kind, notice.detail)
        if right is None:
            return telling
        told = replace(notice, detail=as_heard(notice.detail, role))
        return replace(telling, notice=told, withheld=not may(role, right))

    async def _is_worth_while(self, besides: Collection[int], *, only_codes: bool) -> bool:
        """A look first, so that nothing is written where nothing is due.

        What could not be marked keeps its person busy, so their code is due only when that is written down.
        """
        if self._delivered or self._postponed:
            return True
        if self._quiet.rests():
            return False
        begun = self._quiet.begin()
        async with self._database.read() as tx:
            if await notices.any_waiting(tx):
                return await notices.any_due(tx, besides=besides, only_codes=only_codes)
        self._quiet.found_nothing(begun)
        return False

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
            return await of_notices(tx, chosen)

    def _is_due(self, notice_id: int, now: datetime) -> bool:
        """By what could not be written down."""
        return notice_id not in self._delivered and self._postponed.get(notice_id, now) <= now

    async def write_late(self) -> None:
        """What went out, or was put off, and could not be written down. Raises DatabaseFault: it is tried again, and
        told again after a restart.
        """
        delivered = list(self._delivered.items())  # all in one group
        writing = [self._write_done(telling, message_id, None) for _, (telling, message_id) in delivered]
        written = await asyncio.gather(*writing, return_exceptions=True)
        for (notice_id, _), error in zip(delivered, written, strict=True):
            if error is None:
                self._delivered.pop(notice_id, None)
                self.cards.any_may_be_push()
        if (first := next((error for error in written if error is not None), None)) is not None:
            raise first
        for notice_id, due in list(self._postponed.items()):
            await self._marks.write(PutOff(notice_id, due, refused=False))
            self._postponed.pop(notice_id, None)

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
        async def beside(tx: Tx) -> None:
            if telling.notice.kind is NoticeKind.CODE and message_id is not None:
                await hiding.delivered(tx, telling.notice.person_id, telling.notice.id)
            if telling.card is not None and not telling.overtaken:
                await _settle(tx, telling.card, telling, message_id, over)

        await self._marks.write(Done(telling.notice.id, message_id, beside))

    async def is_told(self, telling: Telling) -> bool:
        """Whether a tap has drawn this end since the telling was made."""
        if telling.notice.kind not in IN_PLACE:
            return False
        async with self._database.read() as tx:
            told = not await notices.is_open(tx, telling.notice.id)
        if told:
            self._handed_out.pop(telling.notice.id, None)
        return told

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
            await self._marks.write(PutOff(notice.id, due, refused))
        except DatabaseFault:
            self._postponed[notice.id] = due

    async def unreachable(self, notice: Notice) -> None:
        """The person blocked the bot: the notice stays, due at once when they come back.

        Somebody who never wrote (an admin of the settings) is tried ever later: nothing tells that they came. Who was
        heard since the notice was handed out has come back while Telegram's word was on its way.
        """
        handed_out = self._handed_out.pop(notice.id, None)
        try:
            async with self._database.write() as tx:
                self._remembered.forget(notice.person_id)
                if self._is_back(notice, handed_out):  # looked at here: it may have been a long way to the connection
                    await notices.postpone(tx, notice.id, tx.now, refused=False)
                    return
                known = await people.get(tx, notice.person_id) is not None
                await people.set_unreachable(tx, notice.person_id, tx.now)
                due = tx.now if known else tx.now + backoff(notice)
                await notices.postpone(tx, notice.id, due, refused=not known)
        except DatabaseFault:
            wait = timedelta(0) if self._is_back(notice, handed_out) else backoff(notice)
            self._postponed[notice.id] = self._database.now() + wait

    def _is_back(self, notice: Notice, handed_out: float | None) -> bool:
        return handed_out is not None and self._remembered.heard_since(notice.person_id, handed_out)

    async def oldest(self) -> datetime | None:
        """Since when the first notice waits that a person within reach has to get; asks nobody while it is quiet."""
        if self._quiet.empty:
            return None
        async with self._database.read() as tx:
            return await notices.oldest(tx)

    async def waiting(self) -> int:
        async with self._database.read() as tx:
            return await notices.waiting(tx)


def backoff(notice: Notice) -> timedelta:
    """Until the next try of a notice that was refused so often."""
    ever_later: timedelta = _RETRY * 2 ** min(notice.tries, 10)
    return min(ever_later, _LONGEST_RETRY)


async def _settle(tx: Tx, card: OrderCard, telling: Telling, message_id: int | None, over: Card | None) -> None:
    """What a message that was sent means for the cards of its order, and for its other notices."""
    notice, order = telling.notice, card.order
    if tells_the_end(notice.kind, card):
        await notices.settle_ends(tx, order.id)
    if over is not None:
        await cards.shown(tx, over, order.revision)
    if message_id is not None and telling.becomes_card:
        role = CardRole.PUSH if notice.kind is NoticeKind.NUMBER else CardRole.TOLD
        await cards.put(tx, Card(notice.person_id, message_id, order.id, order.revision, role))
