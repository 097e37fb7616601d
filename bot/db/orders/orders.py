"""Orders and their SMS."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Update, bindparam, case, func, or_, select, true, union_all, update

from bot.db.database import Tx
from bot.db.leases import leased, owned
from bot.db.schema import cards, countries, orders, services, sms
from bot.db.upsert import upsert
from bot.domain.evidence import Evidence
from bot.domain.orders import HOLDING, IN_PROGRESS, LIVE, Order, OrderCard, OrderState, Sms, end_of
from bot.domain.price_window import Window

_IN_PROGRESS = [state.value for state in IN_PROGRESS]
_LIVE = [state.value for state in LIVE]
_HOLDING = [state.value for state in HOLDING]
_ANY = [state.value for state in OrderState]
_NO_LEASE_IS_SO_LONG = timedelta(seconds=1)
"""Of asking and of closing."""


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What a purchase starts with. Money in micro-units."""

    person_id: int
    nonce: str
    service_id: int
    country_id: int
    product_id: str | None
    window: Window
    currency: str
    held: int
    process_id: int | None = None


def _orders() -> Select[Any]:
    return (
        select(orders, services.c.name, countries.c.name, countries.c.code, countries.c.label)
        .join(services, services.c.id == orders.c.service_id)
        .join(countries, countries.c.id == orders.c.country_id)
    )


def _order(row: Row[Any]) -> Order:
    m = row._mapping
    return Order(
        id=m[orders.c.id],
        person_id=m[orders.c.person_id],
        nonce=m[orders.c.nonce],
        service_id=m[orders.c.service_id],
        service_name=m[services.c.name],
        country_id=m[orders.c.country_id],
        country_name=m[countries.c.name],
        country_code=m[countries.c.code],
        country_label=m[countries.c.label],
        product_id=m[orders.c.product_id],
        window=Window(m[orders.c.window_low], m[orders.c.window_high]),
        currency=m[orders.c.currency],
        held=m[orders.c.held],
        state=OrderState(m[orders.c.state]),
        revision=m[orders.c.revision],
        placed_at=m[orders.c.placed_at],
        operation_id=m[orders.c.operation_id],
        number=m[orders.c.number],
        price=m[orders.c.price],
        cost=m[orders.c.cost],
        charged=m[orders.c.charged],
        reason=m[orders.c.reason],
        number_at=m[orders.c.number_at],
        asked_at=m[orders.c.asked_at],
        expires_at=end_of(m[orders.c.placed_at], m[orders.c.expires_at]),
        finished_at=m[orders.c.finished_at],
        close_wanted=m[orders.c.close_wanted],
        close_at=m[orders.c.close_at],
        release_at=m[orders.c.release_at],
        evidence=m[orders.c.evidence],
        watched_until=m[orders.c.watched_until],
        cheapest=m[orders.c.cheapest],
    )


async def add(tx: Tx, new: NewOrder) -> int | None:
    """The new order's id, or None when this person's nonce is used already: the second tap of the same button."""
    statement = (
        upsert(orders)
        .values(
            person_id=new.person_id,
            nonce=new.nonce,
            service_id=new.service_id,
            country_id=new.country_id,
            product_id=new.product_id,
            window_low=new.window.low,
            window_high=new.window.high,
            currency=new.currency,
            held=new.held,
            state=OrderState.PLACING.value,
            revision=1,
            placed_at=tx.now,
            process_id=new.process_id,
        )
        .on_conflict_do_nothing(index_elements=["person_id", "nonce"])
        .returning(orders.c.id)
    )
    found: int | None = (await tx.connection.execute(statement)).scalar_one_or_none()
    return found


async def get(tx: Tx, order_id: int) -> Order | None:
    row = (await tx.connection.execute(_orders().where(orders.c.id == order_id))).one_or_none()
    return None if row is None else _order(row)


async def by_nonce(tx: Tx, person_id: int, nonce: str) -> Order | None:
    query = _orders().where(orders.c.person_id == person_id, orders.c.nonce == nonce)
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else _order(row)


_MOVED = (
    "operation_id",
    "number",
    "number_at",
    "price",
    "cost",
    "held",
    "charged",
    "reason",
    "cheapest",
    "expires_at",
    "finished_at",
    "close_wanted",
    "evidence",
    "release_at",
    "watched_until",
)
"""What a move may change beside the state; columns and fields of an order have the same names."""


async def move(tx: Tx, order: Order, after: Order) -> bool:
    """Writes what differs, if the order is still as the caller saw it; False when somebody else was quicker.

    Raises its revision. What does not differ stays as it stands: it may have been noted since the caller looked.
    """
    changes = {name: getattr(after, name) for name in _MOVED if getattr(after, name) != getattr(order, name)}
    statement = (
        update(orders)
        .where(orders.c.id == order.id, orders.c.state == order.state.value, orders.c.revision == order.revision)
        .values(state=after.state.value, revision=orders.c.revision + 1, **changes)
    )
    moved = (await tx.connection.execute(statement)).rowcount == 1
    if moved:
        await tx.connection.execute(_CARDS_BEHIND, {"id_of_order": order.id})
    return moved


_CARDS_BEHIND = (
    update(cards)
    .where(cards.c.order_id == bindparam("id_of_order"), cards.c.folded.is_(False))
    .values(order_revision=select(orders.c.revision).where(orders.c.id == cards.c.order_id).scalar_subquery())
)


async def show_anew(tx: Tx, order_id: int) -> None:
    """Its cards show less than is true: an SMS came, or was completed."""
    await _shown(tx, order_id, _one(order_id))


async def _shown(tx: Tx, order_id: int, change: Update) -> None:
    await tx.connection.execute(change.values(revision=orders.c.revision + 1))
    await tx.connection.execute(_CARDS_BEHIND, {"id_of_order": order_id})


def _one(order_id: int) -> Update:
    return update(orders).where(orders.c.id == order_id)


async def wish_closed(tx: Tx, order_id: int, *, wanted: bool) -> None:
    """Its person wants it closed as soon as HidSim allows; or does not want it any more. Cards show it."""
    await _shown(tx, order_id, _one(order_id).values(close_wanted=wanted))


async def close_later(tx: Tx, order_id: int, at: datetime) -> None:
    """When closing is tried next. Cards show it."""
    await _shown(tx, order_id, _one(order_id).values(close_at=at))


async def watch(tx: Tx, order_id: int, until: datetime | None) -> None:
    """Until when it is asked about after its end; None: nothing is looked for any more."""
    await tx.connection.execute(_one(order_id).values(watched_until=until))


async def name_operation(tx: Tx, order_id: int, operation_id: str) -> None:
    """Raises DatabaseConflict for the operation of another order."""
    await tx.connection.execute(_one(order_id).values(operation_id=operation_id))


async def keep_evidence(tx: Tx, order_id: int, evidence: Evidence) -> None:
    """What is known of HidSim's balance around a lost purchase."""
    await tx.connection.execute(_one(order_id).values(evidence=evidence))


async def live(tx: Tx, owner: int | None = None, *, even_leased: bool = False) -> list[Order]:
    """Every order that HidSim works on, or whose further SMS is looked for, and that nobody has leased.

    A watch that is over is among them until `end_watches`: whether it is over, no wall clock can say. `owner`: only
    those that name this process, here and below; None: whatever they name.
    """
    looked_at = union_all(
        select(orders.c.id).where(orders.c.state.in_(_LIVE)),
        select(orders.c.id).where(orders.c.watched_until.is_not(None)),
    )
    free = true() if even_leased else ~_leased(tx.now)
    query = _orders().where(orders.c.id.in_(looked_at), free, owned(orders.c.process_id, owner))
    return [_order(row) for row in await tx.connection.execute(query)]


async def lease(tx: Tx, ids: Collection[int], lasts: timedelta, owner: int | None = None) -> set[int]:
    """Claims orders for one ask each, in one statement; those that somebody else has are left out."""
    statement = (
        update(orders)
        .where(orders.c.id.in_(ids), ~_leased(tx.now), owned(orders.c.process_id, owner))
        .values(leased_until=tx.now + lasts, asked_at=tx.now)
        .returning(orders.c.id)
    )
    return set((await tx.connection.execute(statement)).scalars())


def _leased(now: datetime) -> ColumnElement[bool]:
    return leased(orders.c.leased_until, now, _NO_LEASE_IS_SO_LONG)


async def in_state(
    tx: Tx, state: OrderState, before: datetime | None = None, *, owner: int | None = None
) -> list[Order]:
    """Orders in a state, oldest first; `before`: only those placed until then; `owner`: of this process alone."""
    where = [orders.c.state == state.value, owned(orders.c.process_id, owner)]
    if before is not None:
        where.append(orders.c.placed_at <= before)
    return [_order(row) for row in await tx.connection.execute(_orders().where(*where).order_by(orders.c.id))]


async def to_release(tx: Tx) -> list[Order]:
    """Lost purchases whose hold was promised back by now, oldest first.

    Those placed after now are among them: they are older than a clock says that was set back.
    """
    promised = or_(orders.c.release_at <= tx.now, orders.c.placed_at > tx.now, orders.c.release_at.is_(None))
    query = _orders().where(orders.c.state == OrderState.UNCONFIRMED.value, promised).order_by(orders.c.id)
    return [_order(row) for row in await tx.connection.execute(query)]


async def end_watches(tx: Tx, ids: Collection[int]) -> None:
    await tx.connection.execute(update(orders).where(orders.c.id.in_(ids)).values(watched_until=None))


async def to_close(tx: Tx, owner: int | None = None) -> list[Order]:
    """Orders whose person wants them closed as soon as HidSim allows, those whose time comes first at the front."""
    wanted = (orders.c.state.in_(_LIVE), orders.c.close_wanted.is_(True), owned(orders.c.process_id, owner))
    query = _orders().where(*wanted).order_by(orders.c.close_at)
    return [_order(row) for row in await tx.connection.execute(query)]


async def lease_close(tx: Tx, order_id: int, lasts: timedelta, owner: int | None = None) -> bool:
    """Claims one close of an order that is still to be closed; False when somebody else has it."""
    wanted = (orders.c.state.in_(_LIVE), orders.c.close_wanted.is_(True), owned(orders.c.process_id, owner))
    held = leased(orders.c.closing_until, tx.now, _NO_LEASE_IS_SO_LONG)
    statement = update(orders).where(orders.c.id == order_id, *wanted, ~held).values(closing_until=tx.now + lasts)
    return (await tx.connection.execute(statement)).rowcount == 1


async def of_person(tx: Tx, person_id: int, *, in_progress: bool, limit: int, offset: int = 0) -> Sequence[Order]:
    """A person's orders, newest first: those in progress, or all."""
    own = select(orders.c.id).where(orders.c.person_id == person_id)
    if in_progress:
        own, query = own.where(orders.c.state.in_(_IN_PROGRESS)), _orders().limit(limit).offset(offset)
    else:  # a page is found by the index alone: what is skipped is not joined
        own, query = own.order_by(orders.c.id.desc()).limit(limit).offset(offset), _orders()
    query = query.where(orders.c.id.in_(own)).order_by(orders.c.id.desc())
    return [_order(row) for row in await tx.connection.execute(query)]


_COUNT = select(func.count()).select_from(orders).where(orders.c.person_id == bindparam("person_id"))
_COUNT_IN_PROGRESS = _COUNT.where(orders.c.state.in_(_IN_PROGRESS))


async def count(tx: Tx, person_id: int, *, in_progress: bool) -> int:
    query = _COUNT_IN_PROGRESS if in_progress else _COUNT
    return (await tx.connection.execute(query, {"person_id": person_id})).scalar_one()


_SPENT = select(
    func.coalesce(
        func.sum(case((orders.c.state.in_(_HOLDING), orders.c.held), else_=func.coalesce(orders.c.charged, 0))), 0
    )
).where(orders.c.state.in_(_ANY), orders.c.placed_at >= bindparam("since"))
"""Naming every state lets the indexes find the times: they begin with the state."""
SPENT_BY = _SPENT.where(orders.c.person_id == bindparam("person_id"))


async def spent_since(tx: Tx, since: datetime, person_id: int | None = None) -> int:
    """What was charged, and what is still held, of orders placed since then; of one person or of all."""
    if person_id is None:
        return int((await tx.connection.execute(_SPENT, {"since": since})).scalar_one())
    return int((await tx.connection.execute(SPENT_BY, {"since": since, "person_id": person_id})).scalar_one())


async def held_in_progress(tx: Tx) -> int:
    """What the orders in progress hold, by their own word."""
    query = select(func.coalesce(func.sum(orders.c.held), 0)).where(orders.c.state.in_(_HOLDING))
    return int((await tx.connection.execute(query)).scalar_one())


async def all_quiet(tx: Tx) -> bool:
    """No purchase in flight, unconfirmed or open: HidSim's balance and ours should agree."""
    query = select(orders.c.id).where(orders.c.state.in_([*_IN_PROGRESS, OrderState.RELEASED.value])).limit(1)
    return (await tx.connection.execute(query)).first() is None


async def last_id(tx: Tx) -> int:
    """The newest order's id, 0 before the first."""
    return (await tx.connection.execute(select(func.max(orders.c.id)))).scalar_one() or 0


async def any_without_cost(tx: Tx) -> bool:
    """A number was bought whose price HidSim never told: then the balances can't be compared."""
    where = (orders.c.state == OrderState.COMPLETED.value, orders.c.cost.is_(None))
    return (await tx.connection.execute(select(orders.c.id).where(*where).limit(1))).first() is not None


async def last_window(tx: Tx, person_id: int, service_id: int, country_id: int) -> Window | None:
    """The window this person last bought this pair with."""
    query = (
        select(orders.c.window_low, orders.c.window_high)
        .where(
            orders.c.person_id == person_id,
            orders.c.service_id == service_id,
            orders.c.country_id == country_id,
            orders.c.product_id.is_(None),
        )
        .order_by(orders.c.id.desc())
        .limit(1)
    )
    row = (await tx.connection.execute(query)).one_or_none()
    return None if row is None else Window(row.window_low, row.window_high)


async def add_sms(tx: Tx, order_id: int, fingerprint: str, message: Sms) -> int | None:
    """The id of a new SMS, or None when it is known: the same SMS is read many times."""
    statement = (
        upsert(sms)
        .values(
            order_id=order_id,
            fingerprint=fingerprint,
            text=message.text,
            code=message.code,
            guessed=message.guessed,
            sender=message.sender,
            received_at=message.received_at,
        )
        .on_conflict_do_nothing(index_elements=["order_id", "fingerprint"])
        .returning(sms.c.id)
    )
    found: int | None = (await tx.connection.execute(statement)).scalar_one_or_none()
    return found


async def complete_sms(tx: Tx, sms_id: int, fingerprint: str, message: Sms) -> None:
    """An SMS gets the text, or the code, that HidSim gave only later."""
    statement = (
        update(sms)
        .where(sms.c.id == sms_id)
        .values(
            fingerprint=fingerprint,
            text=message.text,
            code=message.code,
            guessed=message.guessed,
            sender=message.sender,
            received_at=message.received_at,
        )
    )
    await tx.connection.execute(statement)


async def keyed_sms(tx: Tx, order_id: int) -> dict[str, Sms]:
    """An order's SMS by their fingerprints, oldest first."""
    found = await tx.connection.execute(select(sms).where(sms.c.order_id == order_id).order_by(sms.c.id))
    return {r.fingerprint: Sms(r.id, r.text, r.code, r.sender, r.received_at, r.guessed) for r in found}


async def sms_of(tx: Tx, order_id: int) -> tuple[Sms, ...]:
    rows = await tx.connection.execute(select(sms).where(sms.c.order_id == order_id).order_by(sms.c.id))
    return tuple(Sms(r.id, r.text, r.code, r.sender, r.received_at, r.guessed) for r in rows)


async def with_code(tx: Tx, ids: Collection[int]) -> frozenset[int]:
    """Which of these orders have an SMS with a code."""
    query = select(sms.c.order_id).where(sms.c.order_id.in_(ids), sms.c.code.is_not(None))
    return frozenset((await tx.connection.execute(query)).scalars())


async def one_sms(tx: Tx, sms_id: int) -> Sms | None:
    r = (await tx.connection.execute(select(sms).where(sms.c.id == sms_id))).one_or_none()
    return None if r is None else Sms(r.id, r.text, r.code, r.sender, r.received_at, r.guessed)


async def card(tx: Tx, order_id: int) -> OrderCard | None:
    order = await get(tx, order_id)
    return None if order is None else OrderCard(order, await sms_of(tx, order_id))
