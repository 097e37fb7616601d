"""Everything is told, at once, to whom it concerns, truly, and not more often than it must be."""

import re
from collections import Counter
from functools import partial
from typing import Any

from bot.domain.orders import CLOSED_WITHOUT_HIDSIM, HOLDING, REFUNDED, OrderState
from tests.crash.judge import ALERT, MUST_SHOW, answers_a_tap
from tests.crash.people import CLOSED, CODE_BUTTON, REFUSED, RELEASED, UNSURE
from tests.crash.people import REFUNDED as GIVEN_BACK
from tests.sim.case import Case, Line, Order, digits, seconds
from tests.sim.ground import EPOCH
from tests.sim.world import ADMIN

AT_ONCE = 12.0
"""Seconds in which a code is in its chat, from HidSim's having it or from the end of all trouble."""
_UNSAVED = "The database can't be written"
"""The alert that no table can hold, and every process tells by itself."""
_KINDS = {UNSURE: "unconfirmed", RELEASED: "released", REFUSED: "refused", CLOSED: "ended", GIVEN_BACK: "ended"}


def every_number_and_code_is_told(case: Case) -> Line:
    for order in case.orders:
        operation, chat = case.operation_of(order), order["person_id"]
        number = digits(order["number"])
        needed = number and order["state"] not in REFUNDED  # then nobody can use it any more
        if needed and not case.saw(chat, lambda text, number=number: number in digits(text)):
            yield f"order {order['id']}: the number"
        for sms in operation.messages if operation is not None else ():
            if not case.saw(chat, partial(_holds, _code(sms))):
                yield f"order {order['id']}: an SMS of {seconds(sms.received_at):.3f}"


def _code(sms: Any) -> str:
    return sms.code or digits(sms.text)[:4]


def _holds(code: str, text: str) -> bool:
    return code in text


def codes_come_at_once(case: Case) -> Line:
    """From the end of all trouble on, or from their own time or their person's return when that is later."""
    calm = case.world.calm or 0.0
    back = {one.id: one.came_back for one in case.people}
    for order in case.orders:
        operation, chat = case.operation_of(order), order["person_id"]
        for sms in operation.messages if operation is not None else ():
            shown = case.saw(chat, partial(_holds, _code(sms)))
            begun = max(seconds(sms.received_at), calm, back.get(chat, 0.0))
            if shown is not None and shown.at > begun + AT_ONCE:
                yield f"order {order['id']}: {shown.at - begun:.1f} s"


def nothing_is_told_to_another(case: Case) -> Line:
    owners = {order["operation_id"]: order["person_id"] for order in case.orders if order["operation_id"]}
    for operation in case.operations.values():
        owner, service = owners.get(operation.object_id), operation.offer.service.name
        number = digits(operation.number)
        codes = [re.compile(rf"(?<!\d){_code(sms)}(?!\d)") for sms in operation.messages]
        for one in case.drawn:
            told = service in one.text and any(code.search(one.text) for code in codes)
            if one.chat != owner and (told or (number and number in digits(one.text))):
                yield f"{operation.object_id} of {owner} to {one.chat}"


def alarms_are_for_admins(case: Case) -> Line:
    for one in case.sent:
        if ALERT in one.text and one.chat != ADMIN:
            yield f"to {one.chat} at {one.at:.1f}: {one.text[:40]!r}"


def what_is_told_is_true(case: Case) -> Line:
    """States against HidSim's, and what each chat showed against them."""
    cards = not case.world.met["Telegram: bad entities"]  # else a card that was called bad is given up
    for order in case.orders:
        operation, state = case.operation_of(order), order["state"]
        for text in _must_show(order) if cards else ():
            if not case.saw(order["person_id"], partial(_holds, text)):
                yield f"order {order['id']} is {state}, and its person never saw {text!r}"
        if operation is not None and state != operation.state:
            yield f"order {order['id']} is {state}, at HidSim it is {operation.state}"
        if order["operation_id"] is not None and operation is None:
            yield f"order {order['id']} has an operation that does not exist"
        if order["operation_id"] is None and state not in CLOSED_WITHOUT_HIDSIM | HOLDING:
            yield f"order {order['id']} is {state} without HidSim's word"


def _must_show(order: Order) -> tuple[str, ...]:
    if order["state"] == OrderState.REFUSED:
        return ("You paid nothing",)
    return MUST_SHOW.get(order["state"], ())


def nothing_is_told_twice_without_need(case: Case) -> Line:
    """Codes, each by itself: a second time only after a kill, or after an answer that was lost.

    What is on its way when its sender dies arrives as late as the link lets it.
    """
    met, excuses, last = case.world.met, case.excuses, dict[tuple[int, str], float]()
    on_its_way = 0.1 if not (met["link slow"] or met["link mute"]) else 30.0
    for one in case.sent:
        if CODE_BUTTON not in one.buttons:
            continue
        before = last.get((one.chat, one.text))
        if before is not None and not any(before - on_its_way <= at <= one.at for at in excuses):
            yield f"to {one.chat} at {before:.3f} and {one.at:.3f}: {one.text[:60]!r}"
        last[one.chat, one.text] = one.at


def an_end_is_told_no_oftener_than_it_happened(case: Case) -> Line:
    """Once for each notice, and once more for each kill and each answer that was lost.

    A card that answers a tap on an old message is a new message with the same words, and tells nobody anything unasked.
    """
    allowed = len(case.excuses)
    rang = [
        one for one in case.sent if not answers_a_tap(case.world.telegram, one.chat, one.at + EPOCH.timestamp(), 5.0)
    ]
    told = Counter((one.chat, kind) for one in rang for said, kind in _KINDS.items() if said in one.text)
    told.update((one.chat, "alert") for one in rang if ALERT in one.text and _UNSAVED not in one.text)
    notices = Counter((row["person_id"], row["kind"]) for row in case.books.notices.values())
    for (chat, kind), times in told.items():
        if times > notices[chat, kind] + allowed:
            yield f"{kind} {times} times to {chat}, for {notices[chat, kind]} notices and {allowed} excuses"
