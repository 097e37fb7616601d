"""Orders, each with what its names need."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, Update, bindparam, select, update

from bot.db.database import Tx
from bot.db.leases import owned
from bot.db.orders import sms as sms_rows
from bot.db.schema import cards, countries, labels, orders, services
from bot.db.shop import catalog
from bot.db.upsert import upsert
from bot.domain.evidence import Evidence
from bot.domain.orders import IN_PROGRESS, Order, OrderCard, OrderState, end_of
from bot.domain.price_window import Window

TABLE = orders.name
_IN_PROGRESS = [state.value for state in IN_PROGRESS]


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What a purchase starts with, by the columns' names. Money in micro-units."""

    person_id: int
    nonce: str
    service_id: int
    country_id: int
    product_id: str | None
    window: Window
    currency: str
    held: int
    process_id: int | None = None
    replaces: int | None = None
    attempt: int = 1
    tries: int = 1
    sequel: str | None = None
    give_up_after: int | None = None
    label_id: int | None = None
    countries: tuple[int, ...] = ()


_OF_COUNTRIES = (countries.c.name, countries.c.code, countries.c.label)
_next = orders.alias("next_order")
_FOLLOWED_BY = select(_next.c.id).where(_next.c.replaces == orders.c.id).scalar_subquery().label("followed_by")


def selected() -> Select[Any]:
    """Orders with what their names need; each row is read by `order_of`."""
    return (
        select(orders, services.c.name, *_OF_COUNTRIES, labels.c.text, _FOLLOWED_BY)
        .join(services, services.c.id == orders.c.service_id)
        .join(countries, countries.c.id == orders.c.country_id)
        .outerjoin(labels, labels.c.id == orders.c.label_id)
    )


def order_of(row: Row[Any]) -> Order:
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
        expires_at=end_of(m[orders.c.placed_at], m[orders.c.expires_at]),
        finished_at=m[orders.c.finished_at],
        close_wanted=m[orders.c.close_wanted],
        close_at=m[orders.c.close_at],
        release_at=m[orders.c.release_at],
        evidence=m[orders.c.evidence],
        watched_until=m[orders.c.watched_until],
        cheapest=m[orders.c.cheapest],
        erased_at=m[orders.c.erased_at],
        replaces=m[orders.c.replaces],
        attempt=m[orders.c.attempt],
        tries=m[orders.c.tries],
        sequel=m[orders.c.sequel],
        sequel_country_id=m[orders.c.sequel_country_id],
        give_up_after=m[orders.c.give_up_after],
        label_id=m[orders.c.label_id],
        label=m[labels.c.text],
        hinted_at=m[orders.c.hinted_at],
        turned_down_at=m[orders.c.turned_down_at],
        country_known=m[orders.c.country_known],
        followed_by=m["followed_by"],
    )


async def read(tx: Tx, query: Select[Any], given: Mapping[str, object] | None = None) -> list[Order]:
    """Orders of a query that was `selected`, each with the countries that were asked for."""
    rows = (await tx.connection.execute(query, given)).all()
    asked = [row._mapping[orders.c.countries] for row in rows]
    found = [order_of(row) for row in rows]
    known = await catalog.countries_by_id(tx, {one for ids in asked for one in ids})
    return [replace(order, countries=tuple(known[one] for one in ids)) for order, ids in zip(found, asked, strict=True)]


async def _one_of(tx: Tx, query: Select[Any]) -> Order | None:
    found = await read(tx, query)
    return found[0] if found else None


async def add(tx: Tx, new: NewOrder) -> int | None:
    """The new order's id, or None when this person's nonce is used already: the second tap of the same button."""
    given = {one.name: getattr(new, one.name) for one in fields(new) if one.name != "window"}
    given |= {"window_low": new.window.low, "window_high": new.window.high, "country_known": not new.countries}
    statement = (
        upsert(orders)
        .values(state=OrderState.PLACING.value, revision=1, placed_at=tx.now, **given)
        .on_conflict_do_nothing(index_elements=["person_id", "nonce"])
        .returning(orders.c.id)
    )
    found: int | None = (await tx.connection.execute(statement)).scalar_one_or_none()
    return found


async def get(tx: Tx, order_id: int) -> Order | None:
    return await _one_of(tx, selected().where(orders.c.id == order_id))


async def by_nonce(tx: Tx, person_id: int, nonce: str) -> Order | None:
    return await _one_of(tx, selected().where(orders.c.person_id == person_id, orders.c.nonce == nonce))


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
    "sequel",
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
        await _fall_behind(tx, order.id)
    return moved


async def _fall_behind(tx: Tx, order_id: int) -> None:
    await tx.connection.execute(_CARDS_BEHIND, {"id_of_order": order_id})
    tx.wrote(cards.name)
    tx.wrote(TABLE)


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
    await _fall_behind(tx, order_id)


def _one(order_id: int) -> Update:
    return update(orders).where(orders.c.id == order_id)


async def wish_closed(tx: Tx, order_id: int, *, wanted: bool) -> None:
    """Its person wants it closed as soon as HidSim allows; or does not want it any more. Cards show it.

    Either is a word of their own: nothing is done by itself after it, neither what was to follow nor a time limit.
    """
    await _shown(tx, order_id, _one(order_id).values(close_wanted=wanted, sequel=None, give_up_after=None))


async def wish_all_closed(tx: Tx, ids: Collection[int]) -> None:
    """Their person wants all of them closed as soon as HidSim allows, and nothing more by itself. Cards show it."""
    change = update(orders).where(orders.c.id.in_(ids), orders.c.close_wanted.is_(False) | orders.c.sequel.is_not(None))
    values = {"close_wanted": True, "sequel": None, "give_up_after": None}
    await tx.connection.execute(change.values(**values, revision=orders.c.revision + 1))
    for order_id in ids:
        await _fall_behind(tx, order_id)


async def close_later(tx: Tx, order_id: int, at: datetime) -> None:
    """When closing is tried next. Cards show it."""
    await _shown(tx, order_id, _one(order_id).values(close_at=at))


async def never_close(tx: Tx, order_id: int) -> None:
    """It is closed by nobody: neither now nor by itself. Cards show it."""
    values = {"close_wanted": False, "close_at": None, "give_up_after": None}
    await _shown(tx, order_id, _one(order_id).values(**values))


async def bear_label(tx: Tx, order_id: int, label_id: int | None) -> None:
    """Its person calls it by this from now on. Cards show it."""
    await _shown(tx, order_id, _one(order_id).values(label_id=label_id))


async def watch(tx: Tx, order_id: int, until: datetime | None, process_id: int | None = None) -> None:
    """Until when it is asked about after its end, and by whom, if not by its owner; None: it is not any more."""
    named = {} if process_id is None else {"process_id": process_id}
    await tx.connection.execute(_one(order_id).values(watched_until=until, **named))


async def name_operation(tx: Tx, order_id: int, operation_id: str) -> None:
    """Raises DatabaseConflict for the operation of another order."""
    await tx.connection.execute(_one(order_id).values(operation_id=operation_id))


async def settle_country(tx: Tx, order_id: int, country_id: int) -> None:
    """Of the countries that were asked for it is this one, or it is none of them. Cards show it."""
    await _shown(tx, order_id, _one(order_id).values(country_id=country_id, country_known=True))


async def keep_evidence(tx: Tx, order_id: int, evidence: Evidence) -> None:
    """What is known of HidSim's balance around a lost purchase."""
    await tx.connection.execute(_one(order_id).values(evidence=evidence))


async def in_state(
    tx: Tx, state: OrderState, before: datetime | None = None, *, owner: int | None = None
) -> list[Order]:
    """Orders in a state, oldest first; `before`: only those placed until then; `owner`: of this process alone."""
    where = [orders.c.state == state.value, owned(orders.c.process_id, owner)]
    if before is not None:
        where.append(orders.c.placed_at <= before)
    return await read(tx, selected().where(*where).order_by(orders.c.id))


async def of_person(tx: Tx, person_id: int, *, in_progress: bool, limit: int, offset: int = 0) -> Sequence[Order]:
    """A person's orders, newest first: those in progress, or all."""
    own = select(orders.c.id).where(orders.c.person_id == person_id)
    if in_progress:
        own, query = own.where(orders.c.state.in_(_IN_PROGRESS)), selected().limit(limit).offset(offset)
    else:  # a page is found by the index alone: what is skipped is not joined
        own, query = own.order_by(orders.c.id.desc()).limit(limit).offset(offset), selected()
    return await read(tx, query.where(orders.c.id.in_(own)).order_by(orders.c.id.desc()))


async def card(tx: Tx, order_id: int) -> OrderCard | None:
    return (await cards_of(tx, [order_id])).get(order_id)


_THESE = selected().where(orders.c.id.in_(bindparam("ids", expanding=True)))


async def cards_of(tx: Tx, ids: Collection[int]) -> dict[int, OrderCard]:
    """By order; without those that there are none of."""
    if not ids:
        return {}
    found = await read(tx, _THESE, {"ids": list(ids)})
    texts = await sms_rows.of_orders(tx, ids)
    return {order.id: OrderCard(order, texts.get(order.id, ())) for order in found}
