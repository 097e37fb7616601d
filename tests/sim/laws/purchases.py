"""Bought once, and never without right."""

import re
from collections import Counter
from typing import Any

from bot.domain.access import Billing
from tests.sim.case import Case, Line, Order, seconds, stored
from tests.sim.world import HIDSIM

_MAY_BE_SOLD = {"placing", "unconfirmed", "released", "bought", "not_bought"}


def bought_once(case: Case) -> Line:
    """What HidSim sold is an order's, or may be that of one whose answer was lost."""
    owners = Counter(order["operation_id"] for order in case.orders if order["operation_id"])
    yield from (f"{one} is {count} orders'" for one, count in owners.items() if count > 1)
    sold = case.world.hidsim.record.purchases
    nobodys = [one for one in sold if one.operation_id not in owners]
    lost = [order for order in case.orders if order["operation_id"] is None and order["state"] in _MAY_BE_SOLD]
    if len(nobodys) > len(lost):
        yield f"{len(nobodys)} purchases are no order's, and {len(lost)} orders may have bought"
    if len(sold) > len(case.orders):
        yield f"{len(sold)} purchases of {len(case.orders)} orders"


def sent_once(case: Case) -> Line:
    """Never more requests than orders, but for those that a worn-out token kept from being one."""
    counted = [one for one in _requests(case) if one.status != 401]
    if len(counted) > len(case.orders):
        yield f"{len(counted)} requests of {len(case.orders)} orders"


def _requests(case: Case) -> list[Any]:
    return [one for one in case.world.hidsim.record.requests if "purchase" in one.path and one.method == "POST"]


def a_tap_is_one_order(case: Case) -> Line:
    """What follows another order is not of such a tap: the laws of sequels speak of it."""
    for one in case.people:
        own = [order for order in case.orders if order["person_id"] == one.id and order["replaces"] is None]
        tapped = {tap.data for tap in one.taps if re.match(r"(b|x|kb)\d+:", tap.data)}
        if len(own) > len(tapped):
            yield f"{one.name} has {len(own)} orders of {len(tapped)} buttons"


def nothing_is_bought_while_buying_is_paused(case: Case) -> Line:
    paused = False
    for act, order in case.world.ask("SELECT act, order_id FROM audit ORDER BY id"):
        paused = act == "buying.paused" or (paused and act != "buying.resumed")
        if paused and act == "order.placing":
            yield f"order {order}"


def limits_are_kept(case: Case) -> Line:
    given = case.world.given.settings
    if case.world.met["clock jumps"] or case.world.met["clock stays wrong"]:
        return
    for one in case.orders:
        at_once = [other for other in case.orders if _in_progress(other, one)]
        if len(at_once) > given["max_open_orders"]:
            yield f"order {one['id']} is one of {len(at_once)} in progress"
    if given["billing"] == Billing.SHARED:
        paid: Counter[int] = Counter()
        for order in case.orders:
            paid[order["person_id"]] += order["charged"] or 0
        most = given["daily_spend"] * 1_000_000
        yield from (f"{who} paid {amount} on one day" for who, amount in paid.items() if amount > most)
    else:
        wallets = ((name, left) for name, left in case.books.accounts.items() if name.startswith("wallet:"))
        yield from (f"{name} is at {left}" for name, left in wallets if left < 0)


def _in_progress(other: Order, when_placed: Order) -> bool:
    """Whether it was on its way when the same person placed that one."""
    begun = other["person_id"] == when_placed["person_id"] and other["placed_at"] <= when_placed["placed_at"]
    return begun and (other["finished_at"] is None or other["finished_at"] > when_placed["placed_at"])


def doubt_has_a_reason(case: Case) -> Line:
    """Not sure only where an answer was lost or was no word of HidSim's, or where its process died."""
    world = case.world
    if world.met["clock jumps"] or world.met["clock stays wrong"]:
        return
    doubts = dict(world.ask("SELECT order_id, at FROM audit WHERE act = 'order.unconfirmed'"))
    excuses = [*case.kills, *case.lost_answers(HIDSIM.address)]
    for order in case.orders:
        if order["id"] in doubts:
            begun, ended = stored(order["placed_at"]) - 0.1, stored(doubts[order["id"]]) + 0.1
            if not any(begun <= at <= ended for at in excuses) and not _answered_strangely(case, begun, ended):
                yield f"order {order['id']} at {ended:.1f}"


def _answered_strangely(case: Case, begun: float, ended: float) -> bool:
    met = case.world.met
    strange = any(count and name.startswith(_STRANGE) for name, count in met.items())
    own = [one.status for one in _requests(case) if begun <= seconds(one.at) <= ended]
    return (strange and not own) or any(one is None or one >= 500 or (one < 300 and strange) for one in own)


_STRANGE = ("purchase ", "a purchase is lost", "HidSim", "link slow", "link mute")
"""How troubles begin after which an answer may be none."""
