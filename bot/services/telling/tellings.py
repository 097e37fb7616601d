"""A notice with all that its text needs, read for many notices at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.db import people
from bot.db.database import Tx
from bot.db.orders import orders
from bot.db.telling import cards
from bot.domain.cards import Card, CardRole
from bot.domain.details import AlertDetail
from bot.domain.notices import IN_PLACE, STILL_LOOKED_AT, Notice, NoticeKind, overtaken
from bot.domain.orders import OrderCard, Sms
from bot.domain.people import Person

_BEING_DRAWN = timedelta(seconds=5)
"""After a tap on Buy, the time in which its message is written down as one that waits."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A notice with all that its text needs. `reply_to`: the message that brought the number.

    `over`: the waiting message, which tells it while its person still looks at it. `early`: that one is not there yet.
    `withheld`: its person has no right to hear it any more.
    """

    notice: Notice
    person: Person | None
    card: OrderCard | None
    sms: Sms | None
    reply_to: int | None
    over: Card | None = None
    early: bool = False
    withheld: bool = False

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

    @property
    def becomes_card(self) -> bool:
        """Whether its message shows the order from then on, so that older ones fold."""
        return self.notice.kind in (NoticeKind.NUMBER, NoticeKind.NOT_FOLLOWED) or self.notice.kind in IN_PLACE


async def of_notices(tx: Tx, notices: Sequence[Notice]) -> list[Telling]:
    """In the same order. As many statements for forty as for one."""
    ids = {notice.order_id for notice in notices if notice.order_id is not None}
    facts, messages = await orders.cards_of(tx, ids), await cards.of_orders(tx, ids)
    known = await people.these(tx, {notice.person_id for notice in notices})
    found = []
    for notice in notices:
        card = None if notice.order_id is None else facts.get(notice.order_id)
        shown = [] if card is None else messages.get(card.order.id, [])
        found.append(_telling(notice, known.get(notice.person_id), card, shown, tx.now))
    return found


def _telling(
    notice: Notice, person: Person | None, card: OrderCard | None, shown: Sequence[Card], now: datetime
) -> Telling:
    """`shown`: the messages that show the order, the live one first."""
    newest = shown[0] if shown else None
    age = now - card.order.placed_at if card else timedelta(0)
    in_place = notice.kind in IN_PLACE and notice.tries == 0 and timedelta(0) <= age
    waiting = newest is not None and newest.role is CardRole.WAITING
    return Telling(
        notice,
        person,
        card,
        next((one for one in card.sms if one.id == notice.sms_id), None) if card else None,
        _reply_to(notice, shown),
        over=newest if in_place and waiting and age < STILL_LOOKED_AT else None,
        early=in_place and newest is None and age < _BEING_DRAWN,
    )


def _reply_to(notice: Notice, shown: Sequence[Card]) -> int | None:
    """The message that brought the number, the last one if it was replaced."""
    if notice.kind is NoticeKind.NUMBER:
        return None
    return next((card.message_id for card in shown if card.role is CardRole.PUSH), None)
