"""Every order's story, and what admins did: for admins, without numbers and codes."""

from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from bot.db import people
from bot.db.database import Database, Tx
from bot.db.desk import audit_lines
from bot.db.desk import record as rows
from bot.db.orders import figures, orders
from bot.db.orders import sms as sms_rows
from bot.domain.access import Right
from bot.domain.orders import Order
from bot.domain.outcomes import net_cost, outcome_of
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.domain.whole_numbers import read_whole
from bot.facts.pages import page_of
from bot.facts.record import AuditPage, Done, Happening, Moved, Names, OrderRecord, RecordPage, RecordRow, Told
from bot.services.account import Account

_ORDERS_A_PAGE = 8
_HAPPENINGS_A_PAGE = 20
_LINES_A_PAGE = 8


class Record:
    """Reads alone. A buyer's own card is another screen, with the number on it."""

    def __init__(self, database: Database, account: Account) -> None:
        self._database = database
        self._account = account

    async def orders(self, actor: Person, wanted: int = 0, person_id: int | None = None) -> RecordPage:
        """A page of everybody's orders, or of one person's. Raises Refusal when the actor may not see them."""
        actor.must_have(Right.SEE_ORDERS)
        async with self._database.survey() as tx:
            of_all = await figures.last_id(tx) if person_id is None else None
            total = await figures.count(tx, person_id, in_progress=False) if person_id is not None else of_all or 0
            page = page_of(total, _ORDERS_A_PAGE, wanted)
            passed = page.number * _ORDERS_A_PAGE
            if person_id is None:
                found = await rows.between(tx, total - passed - _ORDERS_A_PAGE, total - passed)
            else:
                found = await orders.of_person(tx, person_id, in_progress=False, limit=_ORDERS_A_PAGE, offset=passed)
            with_code = await sms_rows.with_code(tx, [order.id for order in found])
            names = await _names(tx, [person_id, *(order.person_id for order in found)])
        listed = [RecordRow(_without_number(o), outcome_of(o.state, code=o.id in with_code)) for o in found]
        return RecordPage(listed, page, total, person_id, names)

    async def typed(self, actor: Person, words: str | None) -> OrderRecord | RecordPage:
        """What `/orders` and `/orders ID` show. Raises Refusal: no such order, or the actor may not see it."""
        actor.must_have(Right.SEE_ORDERS)
        text = (words or "").strip().removeprefix("#")
        if not text:
            return await self.orders(actor)
        if (order_id := read_whole(text)) is None:
            raise Refusal(Reason.NO_RECORD)
        return await self.order(actor, order_id)

    async def order(self, actor: Person, order_id: int, wanted: int = 0) -> OrderRecord:
        """An order's whole story, a page of it. Raises Refusal: no such order, or the actor may not see it."""
        actor.must_have(Right.SEE_ORDERS)
        async with self._database.survey() as tx:
            order = await orders.get(tx, order_id)
            if order is None:
                raise Refusal(Reason.NO_RECORD)
            story = await _story(tx, order_id)
            sms, codes = await rows.sms_and_codes(tx, order_id)
            page = page_of(len(story), _HAPPENINGS_A_PAGE, wanted)
            first = page.number * _HAPPENINGS_A_PAGE
            shown = story[first : first + _HAPPENINGS_A_PAGE]
            names = await _names(tx, [order.person_id, *_people_in(shown)])
        outcome = outcome_of(order.state, code=codes > 0)
        cost = net_cost(order.state, order.cost, _doubted(story))
        return OrderRecord(
            _without_number(order), _digits(order), outcome, sms, codes, cost, shown, len(story), page, names
        )

    async def audit(self, actor: Person, wanted: int = 0, person_id: int | None = None) -> AuditPage:
        """A page of what admins did, or of what they did about one person.

        Raises Refusal when the actor may not see it.
        """
        actor.must_have(Right.SEE_AUDIT)
        async with self._database.survey() as tx:
            total = await audit_lines.count(tx, person_id)
            page = page_of(total, _LINES_A_PAGE, wanted)
            found = await audit_lines.page(tx, _LINES_A_PAGE, page.number * _LINES_A_PAGE, person_id)
            names = await _names(tx, [person_id, *_people_in(found)])
        return AuditPage(found, page, total, person_id, names, self._account.currency)


async def _story(tx: Tx, order_id: int) -> list[Happening]:
    """In the order of time; what was written at one moment stays as it was written, deeds before money before words."""
    found: list[Happening] = [
        *await rows.deeds(tx, order_id),
        *await rows.moves(tx, order_id),
        *await rows.tellings(tx, order_id),
    ]
    return sorted(found, key=attrgetter("at"))


def _doubted(story: Iterable[Happening]) -> int | None:
    """What was booked as the cost of a lost purchase."""
    return next((one.amount for one in story if isinstance(one, Moved) and one.what == "suspense"), None)


def _people_in(found: Iterable[Happening]) -> Iterable[int | None]:
    for one in found:
        if isinstance(one, Done):
            yield from (one.actor_id, one.person_id)
        elif isinstance(one, Told):
            yield one.person_id


async def _names(tx: Tx, ids: Iterable[int | None]) -> Names:
    found = await people.these(tx, {one for one in ids if one is not None})
    return {one.id: one.name for one in found.values()}


def _without_number(order: Order) -> Order:
    """And without its label, which is between its person and us."""
    return replace(order, number=None, label=None)


def _digits(order: Order) -> str | None:
    """Enough to tell two numbers of one order apart, and not to use one."""
    return None if order.number is None else "".join(one for one in order.number if one.isdecimal())[-2:]
