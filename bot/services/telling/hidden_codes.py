"""Codes leave the chat after as many minutes as their person wants; nothing is deleted, and a tap shows them again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.db import people
from bot.db.database import Database
from bot.db.leases import Lease
from bot.db.orders import orders
from bot.db.telling import hiding
from bot.db.telling.hiding import Exposed
from bot.domain.orders import OrderCard, Sms
from bot.domain.people import Person
from bot.services.processes import Processes

_LEASE = timedelta(seconds=60)
"""Telegram's answer takes a minute at the most."""


@dataclass(frozen=True, slots=True)
class ToHide:
    """A message that is to show its code no more, with all that its new words need."""

    exposed: Exposed
    person: Person | None
    card: OrderCard
    sms: Sms


class HiddenCodes:
    """Draws nothing itself. What is due stands in the database: who starts hides what a dead process had to."""

    def __init__(self, database: Database, processes: Processes) -> None:
        self._database = database
        self._processes = processes

    async def due(self, limit: int, besides: Collection[int] = ()) -> Sequence[ToHide]:
        """Leased to this process for a minute. `besides`: people whose chats are passed over now."""
        async with self._database.glance() as tx:
            if not await hiding.any_due(tx, besides):
                return []
        async with self._database.write() as tx:
            found = await hiding.claim(tx, Lease(self._processes.id, _LEASE), limit, besides)
            facts = await orders.cards_of(tx, {one.order_id for one in found})
            known = await people.these(tx, {one.person_id for one in found})
        return [
            ToHide(one, known.get(one.person_id), card, sms)
            for one in found
            if (card := facts.get(one.order_id)) is not None
            for sms in card.sms
            if sms.id == one.sms_id
        ]

    async def still_due(self, one: ToHide) -> bool:
        """Whether nobody has asked to see it for longer since it was handed out."""
        async with self._database.read() as tx:
            return await hiding.is_due(tx, one.exposed)

    async def hidden(self, one: ToHide) -> None:
        """Its message shows it no more, or never can. Raises DatabaseFault: then it is drawn a second time."""
        async with self._database.write() as tx:
            await hiding.hidden(tx, one.exposed)

    async def show(self, person_id: int, order_id: int) -> None:
        """What is hidden of an order is shown again for the same time; of somebody else's order nothing changes."""
        async with self._database.write() as tx:
            await hiding.show(tx, person_id, order_id)
