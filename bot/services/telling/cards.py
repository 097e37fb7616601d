"""The messages that show orders: which is the live one of an order, which fold, which have to be drawn again."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

from bot.db import people
from bot.db.database import Database, Tx
from bot.db.leases import Lease
from bot.db.orders import orders
from bot.db.telling import cards, notices
from bot.domain.cards import Card, CardRole
from bot.domain.orders import LIVE, OrderCard, OrderState
from bot.domain.people import Person
from bot.faults import DatabaseFault
from bot.services.processes import Processes
from bot.services.quiet import Quiet
from bot.services.telling.marks import Drawn, Marks

_REST_AFTER_A_FAULT = timedelta(seconds=10)
_LEASE = timedelta(seconds=60)
"""Telegram's answer takes a minute at the most."""
_ABOUT_TO_BE_TOLD = timedelta(seconds=30)
"""A message that did not go out in this time may be waiting for long: the card says meanwhile what is true."""
_REMEMBERED_MENUS = 20_000
_TOLD_LATER = LIVE | {OrderState.PLACING}
"""States after which a message of its own is still to come."""
_KEEPS_ITS_ROLE = frozenset({CardRole.PUSH, CardRole.WAITING, CardRole.TOLD})


@dataclass(frozen=True, slots=True)
class StaleCard:
    """A card that shows less than is true. `folds`: a newer message of the order has taken over.

    `goes`: it then needs no line of its own: it brought nothing that the newer one does not say.
    """

    card: Card
    person: Person | None
    facts: OrderCard
    folds: bool = False
    goes: bool = False


class Cards:
    """Draws nothing itself. An order's newest message is live; `behind` says what has to be drawn or folded."""

    def __init__(self, database: Database, processes: Processes, marks: Marks) -> None:
        self._database = database
        self._marks = marks
        self._processes = processes
        self._quiet = Quiet(database, processes, cards.TABLE)
        self._not_drawn_at: datetime | None = None
        self._drawing: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()
        self._menus: OrderedDict[tuple[int, int], None] = OrderedDict()
        """(person, message) of messages known to be no push and no card, so that a tap on a menu asks nothing.

        A message never becomes a push, and only `shows` makes it a card. Nothing is remembered where another process
        may do so.
        """

    def drawing(self, person_id: int, message_id: int) -> asyncio.Lock:
        """Held while a message is drawn and what it shows is written down: no drawing lands on a later one."""
        return self._drawing.setdefault((person_id, message_id), asyncio.Lock())

    async def behind(self, limit: int, besides: Collection[int] = ()) -> Sequence[StaleCard]:
        """Cards to draw again, with what is true now; leased to this process for a minute where there are others.

        None for a while when the last one could not be written down: else the same cards would be sent again and again,
        and codes have to share Telegram's limits with them. `besides`: people whose chats are passed over now.
        """
        if self._quiet.rests():
            return []
        failed = self._not_drawn_at
        if failed is not None and timedelta(0) <= self._database.now() - failed < _REST_AFTER_A_FAULT:
            return []
        search, lease = (
            cards.Search(limit, self._database.now() - _ABOUT_TO_BE_TOLD, besides),
            Lease(self._processes.id, _LEASE),
        )
        begun = self._quiet.begin()
        async with self._database.glance() as tx:
            if not await cards.any_behind(tx):
                self._quiet.found_nothing(begun)
                return []
        async with self._database.read() as tx:
            found = await cards.behind(tx, search, lease)
            if not found or self._processes.alone:
                return await _all_behind(tx, found, search.since)
        try:
            async with self._database.write() as tx:
                return await _all_behind(tx, await cards.claim(tx, search, lease), search.since)
        except DatabaseFault:  # who can't lease them can't keep others from them either
            async with self._database.read() as tx:
                return await _all_behind(tx, await cards.behind(tx, search, lease), search.since)

    async def still_behind(self, stale: StaleCard) -> StaleCard | None:
        """The same with what is true by now; None when somebody has drawn this message meanwhile."""
        async with self._database.read() as tx:
            card = await cards.at(tx, stale.card.person_id, stale.card.message_id)
            now = next(iter(await _all_behind(tx, [card] if card else [], tx.now - _ABOUT_TO_BE_TOLD)), None)
            return None if now is None or now.card.shown_revision >= now.facts.order.revision else now

    async def drawn(self, stale: StaleCard) -> None:
        """As the whole card, or as the line into which it folds."""

        async def drawn(tx: Tx) -> None:
            if stale.folds:
                await cards.folded(tx, stale.card)
            else:
                await cards.shown(tx, stale.card, stale.facts.order.revision)

        await self._mark(drawn)

    async def forget(self, card: Card) -> None:
        """Its message is gone."""
        await self._mark(lambda tx: cards.drop(tx, card.person_id, card.message_id))

    async def _mark(self, write: Callable[[Tx], Awaitable[None]]) -> None:
        try:
            await self._marks.write(Drawn(write))
        except DatabaseFault:
            self._not_drawn_at = self._database.now()

    async def newest(self, order_id: int) -> Card | None:
        async with self._database.read() as tx:
            return await cards.newest(tx, order_id)

    async def shows(self, person_id: int, message_id: int, card: Card | None, *, drawn: bool = True) -> None:
        """What a message shows from now on: an order as of a revision, or none. All but a view keep their role.

        `drawn` False: a newer message shows it, and this one is to fold.
        """
        if card is None and (person_id, message_id) in self._menus:
            return
        await self._write_shows(person_id, message_id, card, drawn=drawn)
        if card is not None:
            self._menus.pop((person_id, message_id), None)

    async def _write_shows(self, person_id: int, message_id: int, card: Card | None, *, drawn: bool) -> None:
        async with self._database.read() as tx:
            known = await cards.at(tx, person_id, message_id)
            pushed = await cards.pushed_role(tx, person_id, message_id) if card and known is None else None
        if card is not None and pushed is not None:
            card = replace(card, role=pushed)
        if card is not None and known is not None and known.order_id == card.order_id:
            role = known.role if known.role in _KEEPS_ITS_ROLE else card.role
            card = Card(person_id, message_id, card.order_id, card.shown_revision, role, card.via)
        if card == known:
            return
        async with self._database.write() as tx:
            if card is None or (known is not None and known.order_id != card.order_id):
                await cards.drop(tx, person_id, message_id)
            if card is not None:
                await cards.put(tx, card)
            if card is not None and drawn:
                await self._settle(tx, card)

    async def _settle(self, tx: Tx, card: Card) -> None:
        """A tap has drawn how it stands: an end that is shown there is not told a second time."""
        order = await orders.get(tx, card.order_id)
        if order is not None and order.revision == card.shown_revision and order.state not in _TOLD_LATER:
            await notices.settle_ends(tx, card.order_id)

    async def is_push(self, person_id: int, message_id: int) -> int | None:
        """Whether this message is a push: the order whose card it is (0: none), else None."""
        if (person_id, message_id) in self._menus:
            return None
        async with self._database.read() as tx:
            found = await cards.pushed_order(tx, person_id, message_id)
            if found is None and await cards.at(tx, person_id, message_id) is None:
                self._is_menu(person_id, message_id)
        return found

    async def is_behind(self, person_id: int, message_id: int, card: Card) -> bool | None:
        """Whether a newer message shows this order: then nothing is drawn here. None when this one shows none of it."""
        newest = await self.newest(card.order_id)
        if newest is None or newest.message_id <= message_id:
            return False
        async with self._database.read() as tx:
            here = await cards.at(tx, person_id, message_id)
        mine = here is not None and here.order_id == card.order_id
        return True if mine or card.role is CardRole.WAITING else None

    def _is_menu(self, person_id: int, message_id: int) -> None:
        if not self._processes.alone:
            return
        self._menus[person_id, message_id] = None
        if len(self._menus) > _REMEMBERED_MENUS:
            self._menus.popitem(last=False)

    def may_be_push(self, person_id: int, message_id: int | None) -> None:
        """A tap on it may have come before it was written down as a push."""
        self._menus.pop((person_id, message_id or 0), None)

    def any_may_be_push(self) -> None:
        self._menus.clear()


async def _all_behind(tx: Tx, found: Sequence[Card], since: datetime) -> Sequence[StaleCard]:
    """With what is true of each; without those of which a message of their order's own is about to say it."""
    ids = {card.order_id for card in found}
    facts, messages = await orders.cards_of(tx, ids), await cards.of_orders(tx, ids)
    known = await people.these(tx, {card.person_id for card in found})
    stale = []
    for card in found:
        if card.order_id in facts and card.order_id in messages:
            one = _stale(card, known.get(card.person_id), facts[card.order_id], messages[card.order_id][0])
            if one.folds or not await cards.is_about_to_be_told(tx, card, since):
                stale.append(one)
    return stale


def _stale(card: Card, person: Person | None, facts: OrderCard, newest: Card) -> StaleCard:
    if newest.message_id <= card.message_id:
        return StaleCard(card, person, facts)
    superseded = card.role is CardRole.TOLD and newest.role in (CardRole.PUSH, CardRole.TOLD)
    goes = superseded or card.role in (CardRole.WAITING, CardRole.VIEW)
    return StaleCard(card, person, facts, folds=True, goes=goes)
