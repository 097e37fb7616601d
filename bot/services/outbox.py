"""Notices on their way to Telegram, and the cards that have to catch up with their orders."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.db import cards as card_rows
from bot.db import notices as rows
from bot.db import orders, people
from bot.db.cards import Card
from bot.db.database import AsyncConnection, Database, DatabaseFault
from bot.domain.notices import ENDS, Notice, NoticeKind, lane, overtaken, tells_the_end, urgency
from bot.domain.orders import CardRole, OrderCard, Sms
from bot.domain.people import Person
from bot.services.roster import Roster

_LEASE = timedelta(seconds=60)
_RETRY = timedelta(seconds=2)
_LONGEST_RETRY = timedelta(minutes=5)
_REST_AFTER_A_FAULT = timedelta(seconds=10)
_REMEMBERED_MENUS = 20_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """A notice with all that its text needs. `reply_to`: the message that brought the number."""

    notice: Notice
    person: Person | None
    card: OrderCard | None
    sms: Sms | None
    reply_to: int | None

    @property
    def overtaken(self) -> bool:
        """Another message tells this by now."""
        what = self.notice.detail.get("what")
        return self.card is not None and overtaken(self.notice.kind, what, self.card)

    @property
    def urgent(self) -> bool:
        """A code, or a number whose code waits behind it."""
        kind, card = self.notice.kind, self.card
        return kind is NoticeKind.CODE or (kind is NoticeKind.NUMBER and card is not None and bool(card.sms))


@dataclass(frozen=True, slots=True)
class Behind:
    """A card that shows less than is true. `told_below`: a push has brought the number, or the end, since."""

    card: Card
    person: Person | None
    facts: OrderCard
    told_below: bool


class Outbox:
    """Hands notices out by lease and takes Telegram's message ids back. Sends nothing itself."""

    def __init__(self, database: Database, roster: Roster, now: Callable[[], datetime]) -> None:
        self._database = database
        self._roster = roster
        self._now = now
        self._delivered: dict[int, tuple[Parcel, int | None]] = {}
        self._postponed: dict[int, datetime] = {}
        self._not_drawn_at: datetime | None = None
        self._drawing: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()
        self._menus: OrderedDict[tuple[int, int], None] = OrderedDict()
        """(person, message) of messages known to be no push and no card, so that a tap on a menu asks nothing.

        A message never becomes a push, and only `shows` makes it a card.
        """

    async def take_over(self) -> None:
        """At start, with the lock held: nobody else can be sending."""
        async with self._database.write() as connection:
            await rows.end_leases(connection)

    async def claim(self, limit: int, *, besides: Collection[int] = (), only_codes: bool = False) -> list[Parcel]:
        """Due notices, at most one a person, leased to the caller for a minute.

        `besides`: people who have one on its way, however long it takes; their leases may have run out. While the
        database can't be written, what can be read is handed out once by this process.
        """
        now = self._now()
        async with self._database.read() as connection:
            if not await rows.any_due(connection, now, besides=besides, only_codes=only_codes):
                return []
        try:
            await self._catch_up()
            async with self._database.write() as connection:
                claimed = await rows.claim(connection, now, now + _LEASE, limit, besides=besides, only_codes=only_codes)
                return [await _parcel(connection, notice) for notice in claimed]
        except DatabaseFault:
            return await self._claim_without_writing(now, limit, besides, only_codes=only_codes)

    async def _claim_without_writing(
        self, now: datetime, limit: int, besides: Collection[int], *, only_codes: bool
    ) -> list[Parcel]:
        unwritten = len(self._delivered) + len(self._postponed)
        async with self._database.read() as connection:
            found = await rows.due(connection, now, limit + unwritten)
            first: dict[int, Notice] = {}
            for one in sorted(found, key=lambda notice: (lane(notice.kind), notice.id)):
                wanted = one.kind is NoticeKind.CODE or not only_codes
                if wanted and one.person_id not in besides and self._is_due(one.id, now):
                    first.setdefault(one.person_id, one)
            chosen = sorted(first.values(), key=lambda notice: (urgency(notice.kind), notice.id))[:limit]
            return [await _parcel(connection, notice) for notice in chosen]

    def _is_due(self, notice_id: int, now: datetime) -> bool:
        """By what could not be written down."""
        return notice_id not in self._delivered and self._postponed.get(notice_id, now) <= now

    async def _catch_up(self) -> None:
        """What went out, or was put off, while nothing could be written is written down now."""
        for notice_id, (parcel, message_id) in list(self._delivered.items()):
            await self._write_done(parcel, message_id)
            del self._delivered[notice_id]
            self._menus.clear()  # a push may have been taken for a menu meanwhile
        for notice_id, due in list(self._postponed.items()):
            async with self._database.write() as connection:
                await rows.postpone(connection, notice_id, due, refused=False)
            del self._postponed[notice_id]

    async def done(self, parcel: Parcel, message_id: int | None) -> None:
        """Telegram took it. A number's push becomes a card of its order. None: it can never be delivered."""
        notice = parcel.notice
        try:
            await self._write_done(parcel, message_id)
        except DatabaseFault:
            self._delivered[notice.id] = parcel, message_id
        self._menus.pop((notice.person_id, message_id or 0), None)  # a tap may have come before this was written

    async def _write_done(self, parcel: Parcel, message_id: int | None) -> None:
        notice, now = parcel.notice, self._now()
        async with self._database.write() as connection:
            await rows.done(connection, notice.id, message_id, now)
            if parcel.card is None or parcel.overtaken:
                return
            order = parcel.card.order
            if tells_the_end(notice.kind, parcel.card):
                await rows.settle_end(connection, order.id, now)
            if message_id is None:
                return
            if notice.kind is NoticeKind.NUMBER:
                card = Card(notice.person_id, message_id, order.id, order.revision, CardRole.PUSH)
                await card_rows.put(connection, card)
            elif notice.kind not in ENDS or await card_rows.pushed_for(connection, order.id) is not None:
                return
            await orders.touch(connection, order.id)  # the waiting message gives way to this one

    async def postpone(self, notice: Notice, wait: float) -> None:
        """Telegram can't take anything for now. Seconds."""
        await self._put_off(notice, timedelta(seconds=wait), refused=False)

    async def refused(self, notice: Notice) -> None:
        """Telegram called this one bad: counted, and tried ever later."""
        await self._put_off(notice, backoff(notice), refused=True)

    async def _put_off(self, notice: Notice, delay: timedelta, *, refused: bool) -> None:
        due = self._now() + delay
        try:
            async with self._database.write() as connection:
                await rows.postpone(connection, notice.id, due, refused=refused)
        except DatabaseFault:
            self._postponed[notice.id] = due

    async def unreachable(self, notice: Notice) -> None:
        """The person blocked the bot: the notice stays, due at once when they come back.

        Somebody who never wrote (an admin of the settings) is tried ever later: nothing tells that they came.
        """
        now = self._now()
        try:
            async with self._database.write() as connection:
                self._roster.forget(notice.person_id)
                known = await people.get(connection, notice.person_id) is not None
                await people.set_unreachable(connection, notice.person_id, now)
                due = now if known else now + backoff(notice)
                await rows.postpone(connection, notice.id, due, refused=not known)
        except DatabaseFault:
            self._postponed[notice.id] = now + backoff(notice)

    async def waiting(self) -> int:
        async with self._database.read() as connection:
            return await rows.waiting(connection)

    def drawing(self, person_id: int, message_id: int) -> asyncio.Lock:
        """Held while a message is drawn and what it shows is written down: no drawing lands on a later one."""
        return self._drawing.setdefault((person_id, message_id), asyncio.Lock())

    async def behind(self, limit: int, besides: Collection[int] = ()) -> Sequence[Behind]:
        """Cards to draw again, with what is true now; none for a while when the last one could not be written down.

        Else the same cards would be sent again and again, and codes have to share Telegram's limits with them.
        `besides`: people whose chats are passed over now.
        """
        failed = self._not_drawn_at
        if failed is not None and timedelta(0) <= self._now() - failed < _REST_AFTER_A_FAULT:
            return []
        async with self._database.read() as connection:
            cards = await card_rows.behind(connection, limit, besides)
            found = [await _behind(connection, card) for card in cards]
            return [one for one in found if one is not None]

    async def still_behind(self, behind: Behind) -> Behind | None:
        """The same with what is true by now; None when somebody has drawn this message meanwhile."""
        async with self._database.read() as connection:
            card = await card_rows.at(connection, behind.card.person_id, behind.card.message_id)
            now = None if card is None else await _behind(connection, card)
            return None if now is None or now.card.shown_revision >= now.facts.order.revision else now

    async def drawn(self, behind: Behind) -> None:
        try:
            async with self._database.write() as connection:
                await card_rows.shown(connection, behind.card, behind.facts.order.revision)
        except DatabaseFault:
            self._not_drawn_at = self._now()

    async def shows(self, person_id: int, message_id: int, order: tuple[int, int, CardRole] | None) -> None:
        """What a message shows from now on: (order, revision, role), or no order. A push keeps its role."""
        if order is None and (person_id, message_id) in self._menus:
            return
        await self._write_shows(person_id, message_id, order)
        if order is not None:
            self._menus.pop((person_id, message_id), None)

    async def _write_shows(self, person_id: int, message_id: int, order: tuple[int, int, CardRole] | None) -> None:
        async with self._database.read() as connection:
            known = await card_rows.at(connection, person_id, message_id)
        wanted = None
        if order is not None:
            role = CardRole.PUSH if known is not None and known.role is CardRole.PUSH else order[2]
            wanted = Card(person_id, message_id, order[0], order[1], role)
        if wanted == known:
            return
        async with self._database.write() as connection:
            if wanted is None:
                await card_rows.drop(connection, person_id, message_id)
            else:
                await card_rows.put(connection, wanted)

    async def forget_card(self, card: Card) -> None:
        """Its message is gone."""
        async with self._database.write() as connection:
            await card_rows.drop(connection, card.person_id, card.message_id)

    async def is_push(self, person_id: int, message_id: int) -> int | None:
        """Whether this message is a push: the order it belongs to (0: none), else None."""
        if (person_id, message_id) in self._menus:
            return None
        async with self._database.read() as connection:
            found = await card_rows.pushed_order(connection, person_id, message_id)
            if found is None and await card_rows.at(connection, person_id, message_id) is None:
                self._is_menu(person_id, message_id)
        return found

    def _is_menu(self, person_id: int, message_id: int) -> None:
        self._menus[person_id, message_id] = None
        if len(self._menus) > _REMEMBERED_MENUS:
            self._menus.popitem(last=False)


def backoff(notice: Notice) -> timedelta:
    """Until the next try of a notice that was refused so often."""
    ever_later: timedelta = _RETRY * 2 ** min(notice.tries, 10)
    return min(ever_later, _LONGEST_RETRY)


async def _behind(connection: AsyncConnection, card: Card) -> Behind | None:
    facts = await orders.card(connection, card.order_id)
    if facts is None:
        return None
    number = await card_rows.pushed_for(connection, card.order_id)
    if number is None and card.role is CardRole.WAITING and await rows.number_is_on_its_way(connection, card.order_id):
        return None  # else an order had two live cards for a moment, and a thumb hits the one that goes away
    below = number is not None or await rows.end_was_told(connection, card.order_id)
    return Behind(card, await people.get(connection, card.person_id), facts, below)


async def _parcel(connection: AsyncConnection, notice: Notice) -> Parcel:
    return Parcel(
        notice,
        await people.get(connection, notice.person_id),
        await orders.card(connection, notice.order_id) if notice.order_id else None,
        await orders.one_sms(connection, notice.sms_id) if notice.sms_id else None,
        await _reply_to(connection, notice),
    )


async def _reply_to(connection: AsyncConnection, notice: Notice) -> int | None:
    if notice.order_id is None or notice.kind is NoticeKind.NUMBER:
        return None
    card = await card_rows.pushed_for(connection, notice.order_id)
    return None if card is None else card.message_id
