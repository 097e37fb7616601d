"""Judges a run by what the far ends saw and the database holds, never by what the bot says of itself."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from math import inf
from typing import Any

from bot.db.database import Database, read_only
from bot.domain.ledger import Books
from bot.domain.money import to_micros
from bot.sandbox.telegram import TelegramSandbox
from bot.services.safety.book_check import check
from tests.crash.keeper import Keeper
from tests.crash.people import CLOSED, CODE_BUTTON, JUDGED, NUMBER, REFUNDED, REFUSED, RELEASED, UNSURE, Buyer

OUR_OWN_MISTAKES = ("a handler failed", "a tick fails", "background work failed")
HELD = ("bought_twice", "undelivered", "forgotten", "books", "untrue", "repeated", "mistakes")
FINAL = ("refused", "released", "not_bought", "completed", "no_number_refunded", "system_refunded", "user_refunded")
MUST_SHOW = {
    "refused": (REFUSED,),
    "released": (RELEASED,),
    "not_bought": (JUDGED,),
    "completed": (NUMBER, "Done"),
    "user_refunded": (CLOSED,),
    "system_refunded": (REFUNDED,),
}
ALERT = "🚨"


@dataclass(slots=True)
class Verdict:
    """What did not hold, each with a line that says where.

    `allowed`: how often one message may come again, once for each kill and each answer of Telegram's that was lost.
    `repeats` counts all that came again.
    """

    kills: int
    stops: int = 0
    allowed: int = 0
    states: list[str] = field(default_factory=list)
    repeats: int = 0
    repeated: list[str] = field(default_factory=list)
    bought_twice: list[str] = field(default_factory=list)
    undelivered: list[str] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)
    books: list[str] = field(default_factory=list)
    untrue: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    @property
    def orders(self) -> int:
        return len(self.states)

    @property
    def wrong(self) -> list[str]:
        """Everything in one list, for the message of a failure."""
        return [f"{name}: {line}" for name in HELD for line in getattr(self, name)]


async def judge(keeper: Keeper, buyers: Sequence[Buyer], lost_answers: int = 0, *, cards: bool = True) -> Verdict:
    """After the bot has ended. Every buyer has one intent: one service, at most one order that was ever sent.

    `lost_answers`: how many of Telegram's answers to a message that it took were cut. `cards`: they were all drawn.
    """
    rows = [Row(*row) for row in keeper.ask(_ROWS)]
    verdict = Verdict(
        keeper.kills, keeper.stops, allowed=keeper.kills + lost_answers, states=[row.state for row in rows]
    )
    for buyer in buyers:
        own = [row for row in rows if row.person == buyer.id]
        verdict.bought_twice += _bought_twice(buyer, own)
        verdict.undelivered += _undelivered(buyer, own)
        verdict.untrue += _untrue(buyer, own, cards=cards)
        verdict.forgotten += [f"{buyer.service}: {in_vain}" for in_vain in buyer.gave_up]
    verdict.forgotten += [f"order {row.id} is {row.state}" for row in rows if row.state not in FINAL]
    verdict.forgotten += [f"{kind} to {who} waits" for kind, who in keeper.ask(_WAITING)]
    verdict.books += _off(await _books(keeper), rows, buyers)
    rang = _rang(keeper)
    verdict.repeats = sum(times - 1 for times in rang.values())
    verdict.repeated += [f"{times} times: {what}" for what, times in rang.items() if times - 1 > verdict.allowed]
    verdict.mistakes += [*_mistakes(keeper), *_leaks(keeper), *keeper.world.telegram.problems]
    return verdict


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    person: int
    state: str
    operation: str | None
    number: str | None


_ROWS = "SELECT id, person_id, state, operation_id, number FROM orders ORDER BY person_id, id"
_WAITING = "SELECT kind, person_id FROM notices WHERE done_at IS NULL"


def _bought_twice(buyer: Buyer, own: Sequence[Row]) -> Iterator[str]:
    """An intent is a tap on one screen's button, so it is an order: never more purchases than orders."""
    bought = len(buyer.operations())
    if bought > 1 or bought > len(own):
        yield f"{buyer.service}: {bought} purchases of {len(own)} orders"


def _undelivered(buyer: Buyer, own: Sequence[Row]) -> Iterator[str]:
    """Every number that the bot knows, and every SMS of an operation that it knows or has shown."""
    if any(row.number for row in own) and not buyer.has_seen(NUMBER):
        yield f"{buyer.service}: the number"
    known = {row.operation for row in own}
    chat = [one.text for one in buyer.codes()]
    for operation in buyer.operations():
        missing = [text for text in operation["texts"] if not any(text in shown for shown in chat)]
        if missing and (operation["id"] in known or buyer.has_seen(NUMBER)):
            yield f"{buyer.service}: {len(missing)} of {len(operation['texts'])} SMS"


def _untrue(buyer: Buyer, own: Sequence[Row], *, cards: bool) -> Iterator[str]:
    """What the person was told against what happened at HidSim."""
    states = {one["id"]: one["state"] for one in buyer.operations()}
    for row in own:
        missing = [text for text in MUST_SHOW.get(row.state, ()) if not buyer.shown(text)]
        if missing and cards:
            yield f"order {row.id} is {row.state}, and the person never saw {missing}"
        if row.state == "refused" and states:
            yield f"order {row.id} was called refused, and HidSim sold it"
        if row.operation is not None and states.get(row.operation) != row.state:
            yield f"order {row.id} is {row.state}, at HidSim it is {states.get(row.operation)}"
    kept = buyer.shown(RELEASED) or buyer.shown(JUDGED) or buyer.has_seen(NUMBER)
    if buyer.has_seen(UNSURE) and not kept:
        yield f"{buyer.service}: the promise to bring number or money was not kept"
    if not own:
        yield f"{buyer.service}: no order at all"


async def _books(keeper: Keeper) -> Books:
    database = Database(read_only(keeper.database))
    try:
        async with database.read() as tx:
            return await check(tx)
    finally:
        await database.close()


def _off(books: Books, rows: Sequence[Row], buyers: Sequence[Buyer]) -> Iterator[str]:
    """The ledger in itself, and every wallet against what HidSim sold."""
    if not books.sound:
        yield f"differences {books.differences}, sum {books.total}, held {books.held} for {books.holding}"
    if books.held or books.holding:
        yield f"{books.held} are still held, {books.holding} by orders"
    for buyer in buyers:
        known = {row.operation for row in rows if row.person == buyer.id}
        sold = [one for one in buyer.operations() if one["id"] in known and one["state"] == "completed"]
        due = sum(to_micros(Decimal(one["price"])) for one in sold)
        paid = -books.balances.get(f"wallet:{buyer.id}", 0)
        if paid != due:
            yield f"{buyer.service}: paid {paid} for what costs {due}"


def _rang(keeper: Keeper) -> Counter[tuple[str, ...]]:
    """How often each push rang."""
    telegram = keeper.world.telegram
    sent = (call for call in telegram.calls if call.method == "sendMessage" and call.status == 200)
    rang = (call for call in sent if not answers_a_tap(telegram, int(call.params["chat_id"]), _seconds(call.at)))
    return Counter(found for call in rang if (found := _push(call.params)) is not None)


def answers_a_tap(telegram: TelegramSandbox, chat: int, at: float, drawn: float = 0.0) -> bool:
    """Whether a message that was sent then (Unix time) stands between a tap of this person's and the answer to it.

    A button of a message that is not the chat's newest is answered below it: by a new message, which may say in the
    same words what a push has said, and repeats nothing. `drawn`: seconds in which it comes when the answer went first.
    """
    calls = (call for call in telegram.calls if call.method == "answerCallbackQuery" and call.status == 200)
    answered = {str(call.params["callback_query_id"]): _seconds(call.at) for call in calls}
    taps = (one for one in telegram.state.taps.all() if one.person == chat)
    return any(tap.at <= at <= answered.get(tap.id, inf) + drawn for tap in taps)


def _seconds(at: str) -> float:
    return datetime.fromisoformat(at).timestamp()


def _push(params: Mapping[str, Any]) -> tuple[str, ...] | None:
    """Whom a message was sent to, and for what; None for the answer to something that a person did."""
    who, text = str(params["chat_id"]), str(params["text"])
    if CODE_BUTTON in str(params.get("reply_markup")) or ALERT in text:
        return who, text
    plain = re.sub(r"<[^>]*>", "", text)
    return next(((who, kind) for kind in (UNSURE, RELEASED, REFUSED, CLOSED, NUMBER) if kind in plain), None)


def _mistakes(keeper: Keeper) -> Iterator[str]:
    """Errors of our own in the bot's log, which is JSON but for what comes from outside of it."""
    for line in keeper.log.read_text(errors="replace").splitlines():
        event = json.loads(line).get("event") if line.startswith("{") else line
        if event in OUR_OWN_MISTAKES or not line.startswith("{"):
            yield line[:2000]


def _leaks(keeper: Keeper) -> Iterator[str]:
    """What concerns a person alone, in the log."""
    log = keeper.log.read_text(errors="replace")
    for operation in keeper.world.hidsim.director.operations():
        own = [operation["number"], *operation["texts"]]
        yield from (f"the log tells {secret!r}" for secret in own if secret and secret in log)
