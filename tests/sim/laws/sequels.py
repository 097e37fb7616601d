"""What follows an order without a code: once, as its person agreed to, and never dearer."""

import re
from collections import Counter
from collections.abc import Iterator

from bot.domain.sequels import MAX_TRIES, plan_of
from bot.screens.callbacks import Buy
from tests.sim.case import Case, Line, Order
from tests.sim.people import Tap


def an_order_is_followed_once(case: Case) -> Line:
    followed = Counter(order["replaces"] for order in case.orders if order["replaces"] is not None)
    yield from (f"order {former} by {count}" for former, count in followed.items() if count > 1)


def what_follows_was_agreed_to(case: Case) -> Line:
    """By a tap on this or on that it was not taken; or before, here and up to the cap."""
    by_itself = {order for (order,) in case.world.ask(_BY_ITSELF)}
    for former, order in _followers(case):
        if order["service_id"] != former["service_id"]:
            yield f"order {order['id']} is of another service than {former['id']}"
        there = None if order["country_id"] == former["country_id"] else order["country_id"]
        if order["id"] not in by_itself:
            asked = _tapped(case, "na", former, there)
        elif there is not None:
            asked = _tapped(case, "nt", former, there)
        else:
            agreed = _has_agreed(case, former) and order["attempt"] <= MAX_TRIES
            asked = agreed or _tapped(case, "nt", former, None)
        if not asked:
            yield f"order {order['id']}, number {order['attempt']} after {former['id']}"


def what_follows_is_not_dearer(case: Case) -> Line:
    for former, order in _followers(case):
        if order["window_high"] > former["window_high"] or (order["charged"] or 0) > former["window_high"]:
            yield f"order {order['id']} after {former['id']}"


def nothing_is_left_to_follow(case: Case) -> Line:
    """It was bought, or its person was told why not."""
    ended = (order for order in case.orders if order["finished_at"] is not None)
    yield from (f"order {order['id']}: {order['sequel']}" for order in ended if order["sequel"] is not None)


def _followers(case: Case) -> Iterator[tuple[Order, Order]]:
    """Each with the one before."""
    orders = case.books.orders
    return ((orders[one["replaces"]], one) for one in case.orders if one["replaces"] is not None)


def _tapped(case: Case, prefix: str, former: Order, country: int | None) -> bool:
    """Without a country: where it was, which a button may name, too."""
    where = f"(:{former['country_id']}|:)?" if country is None else f":{country}"
    wanted = re.compile(rf"{prefix}\d+:{former['id']}{where}(:|$)")
    return any(wanted.match(tap.data) for tap in _taps(case, former))


def _has_agreed(case: Case, order: Order) -> bool:
    bought = (Buy.unpack(tap.data) for tap in _taps(case, order) if re.match(r"b\d+:", tap.data))
    pair = (order["service_id"], order["country_id"])
    return any((one.service, one.country) == pair and plan_of(one.plan).by_itself for one in bought)


def _taps(case: Case, order: Order) -> list[Tap]:
    return [tap for one in case.people if one.id == order["person_id"] for tap in one.taps]


_BY_ITSELF = "SELECT order_id FROM audit WHERE act = 'order.follows' AND actor_id IS NULL"
