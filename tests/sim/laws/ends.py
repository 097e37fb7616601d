"""Everything ends, in the time that was promised, and nothing ends that nobody has ended."""

import re
from collections import Counter
from datetime import datetime, timedelta

from bot.domain.orders import HOLDING, OrderState
from tests.sim.case import Case, Line, seconds
from tests.sim.ground import EPOCH
from tests.sim.world import LATE, TAP, TELEGRAM

FINAL = frozenset(OrderState) - HOLDING
_BEFORE, _AFTER = 45.0, 10.0
"""Seconds around a trouble in which a tap may go without its answer."""
_KEEPS = ("link", "lost on its way", "anything", "answerCallbackQuery", "flood", "database", "disk", "sold")
"""Troubles after which an answer to a tap need not even be tried."""


def everything_ends(case: Case) -> Line:
    yield from (f"order {one['id']} is {one['state']}" for one in case.orders if one["state"] not in FINAL)
    here = {one.id for one in case.people}
    waiting = [row for row in case.books.notices.values() if row["done_at"] is None and row["person_id"] in here]
    yield from (f"{row['key']} to {row['person_id']} waits" for row in waiting)
    behind = case.world.ask("SELECT person_id, order_id FROM cards WHERE shown_revision < order_revision")
    yield from (f"a card of order {order} in the chat of {person} is old" for person, order in behind)


def holds_come_back_in_time(case: Case) -> Line:
    """Not before the time that was promised; by the bot's own clock, so only where that was always right."""
    if case.world.met["clock jumps"] or case.world.met["clock stays wrong"]:
        return
    for order in case.orders:
        if order["state"] == OrderState.RELEASED and order["finished_at"] < order["release_at"]:
            yield f"order {order['id']} too early"
        promised = order["release_at"] is not None and order["release_at"] - order["placed_at"]
        if promised and not 60e6 <= promised <= 61e6:
            yield f"order {order['id']} is promised after {promised / 1e6:.1f} s"


def the_shop_works_again(case: Case) -> Line:
    """Whoever comes after all trouble has ended gets a number and its code."""
    states = [order["state"] for order in case.orders if order["person_id"] == LATE]
    if states != [OrderState.COMPLETED]:
        yield f"the orders of who came late are {states}"


def nothing_is_closed_unasked(case: Case) -> Line:
    for order in case.orders:
        asked = any(re.match(rf"(o[cw]|nt)\d+:{order['id']}(:|$)", tap.data) for one in case.people for tap in one.taps)
        if order["state"] == OrderState.USER_REFUNDED and not asked:
            yield f"order {order['id']}"
    closed = Counter(one.operation_id for one in case.world.hidsim.record.closes if one.status == 200)
    yield from (f"{operation} was closed {times} times" for operation, times in closed.items() if times > 1)


def a_close_is_sent_once(case: Case) -> Line:
    """Again only when it was too early, when it was looked at meanwhile, by another tap or in another life."""
    record, deaths = case.world.hidsim.record, [EPOCH + timedelta(seconds=at) for at in case.kills]
    owners = {order["operation_id"]: order["id"] for order in case.orders if order["operation_id"]}
    last = {}
    for close in sorted(record.closes, key=lambda one: one.at):
        before = last.get(close.operation_id)
        last[close.operation_id] = close
        died = any(before is not None and before.at <= at <= close.at for at in deaths)  # the tap comes again
        if before is None or before.status == 425 or close.operation_id not in owners or died:
            continue
        reads = (one.at for one in record.reads if one.operation_id == close.operation_id)
        if not any(before.at <= at <= close.at for at in reads) and _exceeds_taps(
            case, owners, close.operation_id, close.at
        ):
            yield f"order {owners[close.operation_id]} at {seconds(before.at):.2f} and {seconds(close.at):.2f}"


def _exceeds_taps(case: Case, owners: dict[str, int], operation_id: str, at: datetime) -> bool:
    """Whether more closes were sent in the last 15 s than taps and wishes explain."""
    order, until = owners[operation_id], seconds(at)
    data = [(tap.at, tap.data) for one in case.people for tap in one.taps]
    taps = sum(bool(re.match(rf"oc\d+:{order}(:|$)", one)) and until - 15 <= when <= until for when, one in data)
    wish = any(re.match(rf"(ow|nt)\d+:{order}(:|$)", one) for _, one in data)
    closes = (seconds(one.at) for one in case.world.hidsim.record.closes if one.operation_id == operation_id)
    return sum(until - 15 <= when <= until for when in closes) > taps + wish


def a_wish_that_was_taken_back_closes_nothing(case: Case) -> Line:
    """A close that no tap asked for goes by the wish as it stands; what is on its way when it goes is excused."""
    owners = {order["operation_id"]: order["id"] for order in case.orders if order["operation_id"]}
    for close in case.world.hidsim.record.closes:
        order, at = owners.get(close.operation_id), seconds(close.at)
        taps = [tap for one in case.people for tap in one.taps if re.match(rf"(o[cw]|nt)\d+:{order}(:|$)", tap.data)]
        wishes = [tap.at for tap in taps if tap.data.startswith("ow") and tap.at < at]
        asked = any(tap.data.startswith("nt") or (tap.data[:2] == "oc" and at - 8 <= tap.at <= at) for tap in taps)
        if wishes and len(wishes) % 2 == 0 and at - wishes[-1] > 1.0 and not asked and not case.kills:
            yield f"order {order} at {at:.2f}, taken back at {wishes[-1]:.2f}"


def every_tap_is_answered(case: Case) -> Line:
    """But for one that something kept from it: a death, a link, an answer of Telegram's."""
    troubled = [at for at, said in case.world.told if said.startswith("***") or "dead" in said or "stop" in said]
    calm = case.world.calm or 0.0
    for one in case.people:
        for tap in one.taps:
            kept = any(tap.at - _BEFORE <= at <= tap.at + TAP for at in troubled) and tap.at - 1 < calm + _AFTER
            if not one.is_answered(tap) and not kept:
                yield f"{one.name}'s tap on {tap.label!r} at {tap.at:.3f}"


def every_tap_is_heard(case: Case) -> Line:
    """An answer to it is tried, whatever fails beside: only a death, the network or the disk may keep it."""
    calls = (call for call in case.world.telegram.calls if call.method == "answerCallbackQuery")
    tried = {str(call.params.get("callback_query_id")) for call in calls}
    kept = [*case.kills, *(at for at, said in case.world.told if _keeps_from_answering(said))]
    for one in case.people:
        for tap in one.taps:
            if tap.query_id not in tried and not any(tap.at - _BEFORE <= at <= tap.at + TAP for at in kept):
                yield f"{one.name}'s tap on {tap.label!r} at {tap.at:.3f}"


def _keeps_from_answering(said: str) -> bool:
    struck = said.startswith("***") and any(word in said for word in _KEEPS)
    return struck or "can't" in said


def a_tap_is_answered_once(case: Case) -> Line:
    stops = [at for at, said in case.world.told if "stop" in said]
    excuses, last = [*case.kills, *case.lost_answers(TELEGRAM.address), *stops], dict[str, float]()
    for call in case.world.telegram.calls:
        if call.method != "answerCallbackQuery":
            continue
        at, query = seconds(datetime.fromisoformat(call.at)), str(call.params["callback_query_id"])
        if query in last and not any(last[query] - 1 <= one <= at for one in excuses):
            yield f"{query} at {last[query]:.2f} and {at:.2f}"
        if call.status == 200:
            last[query] = at
