"""What must hold of every chain of orders, whatever happened: each law yields a line for each offence.

They read the database, HidSim's record and what people did, never the bot's own word for what it meant.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import text

from bot.db.database import Tx
from bot.db.money import books
from bot.db.orders import orders
from bot.domain.ledger import held
from bot.domain.orders import Order
from bot.domain.sequels import MAX_TRIES
from tests.services.floor import Floor


@dataclass
class Deeds:
    """What the person of a story did, by order. `chosen`: countries that they tapped, for what follows the order."""

    person_id: int
    consented: set[int] = field(default_factory=set)
    turned_down: set[int] = field(default_factory=set)
    chosen: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    withdrawn: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Seen:
    """`by_itself`: orders that nobody tapped for; `told`: (order, kind) of each notice; `sent`: purchases at HidSim."""

    orders: dict[int, Order]
    by_itself: frozenset[int]
    told: tuple[tuple[int, str], ...]
    held: int
    apart: dict[str, int]
    sent: tuple[str, ...]

    def root(self, order: Order) -> Order:
        while order.replaces is not None:
            order = self.orders[order.replaces]
        return order

    def chains(self) -> dict[int, list[Order]]:
        found: dict[int, list[Order]] = defaultdict(list)
        for order in self.orders.values():
            found[self.root(order).id].append(order)
        return found

    def followers(self) -> Iterator[tuple[Order, Order]]:
        """(former, next)."""
        return ((self.orders[one.replaces], one) for one in self.orders.values() if one.replaces is not None)


async def look(floor: Floor, deeds: Deeds) -> Seen:
    async with floor.database.read() as tx:
        found = await orders.of_person(tx, deeds.person_id, in_progress=False, limit=200)
        return Seen(
            {one.id: one for one in reversed(found)},
            frozenset(await _by_itself(tx)),
            tuple(await _told(tx, deeds.person_id)),
            await books.balance(tx, held(deeds.person_id)),
            {str(name): amount for name, amount in (await books.differences(tx)).items()},
            tuple(one.operation_id for one in floor.sandbox.record.purchases),
        )


async def _by_itself(tx: Tx) -> list[int]:
    query = "SELECT order_id FROM audit WHERE act = 'order.follows' AND actor_id IS NULL"
    return list((await tx.connection.execute(text(query))).scalars())


async def _told(tx: Tx, person_id: int) -> list[tuple[int, str]]:
    query = (
        "SELECT order_id, CASE WHEN key LIKE 'not_followed:%' THEN 'not_followed' ELSE kind END AS kind"
        " FROM notices WHERE person_id = :person AND order_id IS NOT NULL"
    )
    rows = await tx.connection.execute(text(query), {"person": person_id})
    return [(row.order_id, row.kind) for row in rows]


def always(seen: Seen) -> Iterator[str]:
    """At any moment."""
    yield from books_add_up(seen)
    yield from one_maximum_at_a_time(seen)


def at_the_end(seen: Seen, deeds: Deeds) -> Iterator[str]:
    """Once all that was under way has come to rest."""
    yield from always(seen)
    yield from no_more_than_agreed_to(seen, deeds)
    yield from no_country_unasked(seen, deeds)
    yield from never_dearer(seen)
    yield from one_successor(seen)
    yield from nothing_after_a_withdrawal(seen, deeds)
    yield from told_once(seen)
    yield from nothing_forgotten(seen)
    yield from one_request_an_order(seen)


def books_add_up(seen: Seen) -> Iterator[str]:
    holding = sum(one.held for one in seen.orders.values() if one.in_progress)
    if seen.held != holding or seen.apart:
        yield f"{seen.held} is held, the orders in progress say {holding}; apart: {seen.apart}"


def one_maximum_at_a_time(seen: Seen) -> Iterator[str]:
    for root, chain in seen.chains().items():
        holding = [one for one in chain if one.in_progress]
        most = seen.orders[root].window.high
        if len(holding) > 1 or sum(one.held for one in holding) > most:
            yield f"chain {root} holds {[(one.id, one.held) for one in holding]}, and agreed to {most}"


def no_more_than_agreed_to(seen: Seen, deeds: Deeds) -> Iterator[str]:
    """By itself: with consent, and as number three at most; or because the number before was turned down."""
    for former, order in seen.followers():
        if order.id not in seen.by_itself or former.id in deeds.turned_down:
            continue
        if seen.root(order).id not in deeds.consented:
            yield f"order {order.id} was bought by itself, and nobody agreed to that"
        if order.attempt > MAX_TRIES:
            yield f"order {order.id} is number {order.attempt} by itself"


def no_country_unasked(seen: Seen, deeds: Deeds) -> Iterator[str]:
    for former, order in seen.followers():
        if order.service_id != former.service_id:
            yield f"order {order.id} is of another service"
        if order.country_id != former.country_id and order.country_id not in deeds.chosen[former.id]:
            yield f"order {order.id} is of country {order.country_id}, which nobody chose after {former.id}"


def never_dearer(seen: Seen) -> Iterator[str]:
    for former, order in seen.followers():
        if order.window.high > former.window.high:
            yield f"order {order.id} may cost {order.window.high}, the one before {former.window.high}"
    for order in seen.orders.values():
        if (order.charged or 0) > seen.root(order).window.high:
            yield f"order {order.id} cost {order.charged}"


def one_successor(seen: Seen) -> Iterator[str]:
    for former, count in Counter(one.replaces for one in seen.orders.values() if one.replaces).items():
        if count > 1:
            yield f"order {former} is followed {count} times"


def nothing_after_a_withdrawal(seen: Seen, deeds: Deeds) -> Iterator[str]:
    for former, order in seen.followers():
        if former.id in deeds.withdrawn and order.id in seen.by_itself:
            yield f"order {order.id} was bought by itself after {former.id} was withdrawn"


def told_once(seen: Seen) -> Iterator[str]:
    ends = Counter(order for order, kind in seen.told if kind in ("ended", "refused", "released"))
    left = Counter(order for order, kind in seen.told if kind == "not_followed")
    yield from (f"the end of order {order} is told {n} times" for order, n in (ends + Counter()).items() if n > 1)
    yield from (f"order {order} is told {n} times not to be followed" for order, n in left.items() if n > 1)
    for former, _ in seen.followers():
        if left[former.id] and former.id not in {order for order, kind in seen.told if kind == "ended"}:
            yield f"order {former.id} is followed, and its person was told that it is not"


def nothing_forgotten(seen: Seen) -> Iterator[str]:
    """What is to follow an order does, or its person was told why not."""
    for order in seen.orders.values():
        if order.sequel is not None and not order.in_progress:
            yield f"order {order.id} has ended, and what was to follow it is neither bought nor told"


def one_request_an_order(seen: Seen) -> Iterator[str]:
    named = [one.operation_id for one in seen.orders.values() if one.operation_id]
    if len(named) != len(set(named)):
        yield f"an operation belongs to two orders: {named}"
