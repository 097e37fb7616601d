"""HidSim at the client's seam: the calls that the bot makes, answered from a truth of its own.

What really happened (`Truth`) and what the bot is told are two things here: an answer may be lost before or after the
work, be an old one, or use words that nobody knows. A purchase may wait at its gate until a test says how it ends.
"""

import asyncio
import math
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from bot.domain.money import to_decimal, to_micros
from bot.hidsim import (
    Account,
    InvalidRequest,
    NoMatch,
    NotFound,
    NotSent,
    Operation,
    OutcomeUnknown,
    Product,
    SignInRefused,
    Sms,
    TooEarly,
    TooManyRequests,
    Turn,
    Urgency,
)

REFUNDS = ("no_number_refunded", "system_refunded", "user_refunded")
OPEN = ("creating", "pending")


class Crash(BaseException):
    """The process ends here. No code of the bot's may catch it."""


class Verdict(StrEnum):
    """What becomes of one call."""

    DONE = "done"
    LOST_BEFORE = "lost before the work"
    LOST_AFTER = "lost after the work"
    NOT_SENT = "not sent"
    REFUSED = "400"
    UNPAID = "400, the operator's balance"
    SIGN_IN = "401"
    NOT_FOUND = "404"
    NO_MATCH = "406"
    TOO_EARLY = "425"
    TOO_EARLY_WAIT = "425 with a wait"
    BUSY = "429"
    BROKEN = "something that nobody foresaw"
    TWIN = "answered with the operation of another purchase"


_ERRORS: dict[Verdict, Callable[[], Exception]] = {
    Verdict.LOST_BEFORE: lambda: OutcomeUnknown("cut"),
    Verdict.LOST_AFTER: lambda: OutcomeUnknown("cut", status=502),
    Verdict.NOT_SENT: lambda: NotSent("refused"),
    Verdict.REFUSED: lambda: InvalidRequest(400, "not allowed"),
    Verdict.UNPAID: lambda: InvalidRequest(400, "no", "INSUFFICIENT_BALANCE"),
    Verdict.SIGN_IN: lambda: SignInRefused(401),
    Verdict.NOT_FOUND: lambda: NotFound(404),
    Verdict.NO_MATCH: lambda: NoMatch(406),
    Verdict.TOO_EARLY: lambda: TooEarly(425),
    Verdict.TOO_EARLY_WAIT: lambda: TooEarly(425, retry_after=7),
    Verdict.BUSY: lambda: TooManyRequests(429, retry_after=3),
    Verdict.BROKEN: lambda: RuntimeError("a fault in the client"),
    Verdict.TWIN: lambda: RuntimeError("no other purchase yet"),
}


def _inside(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The lowest and the highest price of six decimals, which all are here, inside a window that may have more."""
    return to_decimal(math.ceil(low * 1_000_000)), to_decimal(math.floor(high * 1_000_000))


def _error(verdict: Verdict) -> Exception:
    return _ERRORS[verdict]()


class View(StrEnum):
    """How an operation is shown."""

    TRUE = "as it is"
    OLD = "as it was when it was first shown"
    STRANGE = "in a state that nobody knows"
    BARE = "with its id and nothing else"
    PRICELESS = "without its price"


@dataclass
class Told:
    """An answer that reached the bot. `taken`: whether it is in the books; None while that is under way."""

    operation: Operation
    taken: bool | None = None


@dataclass
class Truth:
    """One purchase as HidSim knows it, and what the bot was told of it."""

    id: str
    intent: str
    cost: Decimal
    created_at: datetime
    state: str = "creating"
    number: str | None = None
    texts: list[str] = field(default_factory=list)
    past: list[Operation] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)

    @property
    def refunded(self) -> bool:
        return self.state in REFUNDS

    @property
    def open(self) -> bool:
        return self.state in OPEN

    def texts_told(self, *, surely: bool) -> set[str]:
        """Texts that are in the books; not `surely`: those that may be."""
        told = (one.operation for one in self.told if one.taken or not surely)
        return {sms.text for operation in told for sms in operation.texts}

    def prices_told(self) -> set[Decimal | None]:
        return {one.operation.price for one in self.told}

    def operation(self, now: datetime) -> Operation:
        return Operation(
            id=self.id,
            short_id=None,
            state=self.state,
            number=self.number,
            texts=tuple(Sms(text) for text in self.texts),
            price=self.cost,
            created_at=self.created_at,
            updated_at=now,
            expires_at=self.created_at + timedelta(minutes=20),
        )


@dataclass
class Gate:
    """A call that waits for its answer. `intent` None: a read, whose answer stands already and is on its way."""

    intent: str | None
    task: "asyncio.Task[object] | None"
    answer: "asyncio.Future[Callable[[], Operation | None]]"


class HidSimModel:
    """The truth. It outlives every process of the bot."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.balance = Decimal(1000)
        self.truths: dict[str, Truth] = {}
        self.sent: Counter[str] = Counter()
        self.executed: Counter[str] = Counter()
        self.windows: dict[str, tuple[Decimal, Decimal]] = {}
        # no window of the people here lies beside these, or is cut by them
        self.products = {"the cheapest": Decimal("0.000001"), "the dearest": Decimal(100)}
        self.gates: list[Gate] = []
        self.verdicts: deque[Verdict] = deque()
        self.views: deque[View] = deque()
        self.slow_reads = False
        self.new_gate: asyncio.Future[None] | None = None

    # --- what happens there -------------------------------------------------------------------------------------------

    def execute(self, intent: str, part: int = 100, *, over: bool = False) -> Truth:
        """Buys at `part` percent of the way from the window's lowest to its highest cost; `over`: above all of it."""
        low, high = (to_micros(end) for end in self.windows[intent])
        cost = to_decimal(high * 2 + 10_000 if over else low + (high - low) * part // 100)
        self.executed[intent] += 1
        self.balance -= cost
        made = Truth(f"{len(self.truths) + 1:024x}", intent, cost, self.now())
        self.truths[made.id] = made
        return made

    def give_number(self, truth: Truth) -> None:
        if truth.state == "creating":
            truth.state, truth.number = "pending", f"+5511{int(truth.id, 16):08d}"

    def give_sms(self, truth: Truth) -> None:
        """A code: the first one completes the operation, a later one is appended (contract: refetch)."""
        self.give_number(truth)
        if not truth.refunded:
            truth.texts.append(f"Your code is {100_000 + 1_000 * int(truth.id, 16) + len(truth.texts)}")
            truth.state = "completed"

    def complete(self, truth: Truth) -> None:
        """Without any SMS."""
        self.give_number(truth)
        if truth.open:
            truth.state = "completed"

    def refund(self, truth: Truth, state: str) -> None:
        if truth.open:
            truth.state = state
            self.balance += truth.cost

    def reprice(self, truth: Truth, cost: Decimal) -> None:
        """HidSim took another price after all: the balance moves with it."""
        if truth.open:
            self.balance += truth.cost - cost
            truth.cost = cost

    def of_intent(self, intent: str) -> list[Truth]:
        return [truth for truth in self.truths.values() if truth.intent == intent]

    # --- what is told of it -------------------------------------------------------------------------------------------

    def show(self, truth: Truth, view: View) -> Operation:
        true = truth.operation(self.now())
        shown = {
            View.TRUE: true,
            View.OLD: truth.past[0] if truth.past else true,
            View.STRANGE: replace(true, state="verifying") if truth.open else true,
            View.BARE: Operation(truth.id, None, ""),
            View.PRICELESS: replace(true, price=None),
        }[view]
        truth.past.append(shown)
        return shown

    def heard(self, operation: Operation) -> Operation:
        """An answer that leaves for the bot, and is not lost."""
        self.truths[operation.id].told.append(Told(operation))
        return operation

    def settle(self, *, alive: bool) -> None:
        """The process came to rest, so what it heard is in the books; or it died, and nobody knows."""
        for truth in self.truths.values():
            for one in truth.told:
                if one.taken is None:
                    one.taken = alive

    def next_verdict(self) -> Verdict:
        return self.verdicts.popleft() if self.verdicts else Verdict.DONE

    def next_view(self) -> View:
        return self.views.popleft() if self.views else View.TRUE

    @property
    def purchases(self) -> list[Gate]:
        return [gate for gate in self.gates if gate.intent is not None]

    def open_gate(self, gate: Gate, answer: Callable[[], Operation | None]) -> None:
        """Lets the waiting call go on. `answer` returns or raises what the bot is told."""
        self.gates.remove(gate)
        gate.answer.set_result(answer)

    def let_reads_go(self) -> None:
        for gate in [gate for gate in self.gates if gate.intent is None]:
            self.open_gate(gate, lambda: None)

    def answer_purchase(self, gate: Gate, verdict: Verdict, view: View, deed: "Deed") -> None:
        """Ends a purchase: HidSim does its work, if it does, and the bot is told what the verdict lets through."""
        if gate.intent is None:
            raise ValueError("a read is no purchase")
        if verdict is Verdict.TWIN and self.truths:
            first = next(iter(self.truths.values()))
            self.open_gate(gate, lambda: self.show(first, view))
            return
        if verdict not in (Verdict.DONE, Verdict.LOST_AFTER):
            self.open_gate(gate, lambda: _fail(verdict))
            return
        made = self.execute(gate.intent, deed.part, over=deed.over)
        deed.then(self, made)
        if verdict is Verdict.DONE:
            self.open_gate(gate, lambda: self.heard(self.show(made, view)))
        else:
            self.open_gate(gate, lambda: _fail(verdict))

    def kill_gates(self, *, executed: bool) -> None:
        """The process behind them died. `executed`: its purchases arrive all the same."""
        for gate in list(self.gates):
            if executed and gate.intent is not None:
                self.execute(gate.intent)
            self.open_gate(gate, _die)


@dataclass(frozen=True)
class Deed:
    """What HidSim does with a purchase before it answers."""

    part: int = 100
    over: bool = False
    then: Callable[[HidSimModel, Truth], None] = lambda far, truth: None


def _die() -> None:
    raise Crash


def _fail(verdict: Verdict) -> None:
    raise _error(verdict)


class Line:
    """One process's client of the far end: the methods of `bot.hidsim.HidSim` that services call."""

    def __init__(self, far: HidSimModel, now: Callable[[], datetime]) -> None:
        self._far = far
        self.now = now
        self.dead = False
        self.rate = 20.0

    def _alive(self) -> None:
        if self.dead:
            raise Crash

    async def me(self, *, urgency: Urgency = Urgency.TAP) -> Account:
        self._alive()
        return Account("a" * 24, balance=self._far.balance, currency="USD")

    async def products(self, service_id: str, country_id: str, *, urgency: Urgency = Urgency.TAP) -> list[Product]:
        self._alive()
        return [Product(name, None, service_id, country_id, price, 9) for name, price in self._far.products.items()]

    async def buy_product(self, product_id: str) -> Operation:
        price = self._far.products[product_id]
        return await self._buy(product_id, price, price)

    async def buy_service(
        self,
        service_id: str,
        *,
        country_ids: Sequence[str] = (),
        min_price: Decimal | None = None,
        max_price: Decimal | None = None,
    ) -> Operation:
        assert max_price is not None, "a purchase without a maximum"
        low, high = _inside(min_price or Decimal(0), max_price)
        return await self._buy(str(high), low, high)

    async def _buy(self, intent: str, low: Decimal, high: Decimal) -> Operation:
        self._alive()
        self._far.sent[intent] += 1
        self._far.windows[intent] = (min(low, high), high)
        operation = await self._wait(intent)
        assert operation is not None
        return operation

    async def _wait(self, intent: str | None) -> Operation | None:
        far = self._far
        gate = Gate(intent, asyncio.current_task(), asyncio.get_running_loop().create_future())
        far.gates.append(gate)
        if far.new_gate is not None and not far.new_gate.done():
            far.new_gate.set_result(None)
        return (await gate.answer)()

    async def operation(self, operation_id: str, *, urgency: Urgency = Urgency.POLL) -> Operation:
        self._alive()
        far = self._far
        verdict, view = far.next_verdict(), far.next_view()
        if verdict is not Verdict.DONE:
            raise _error(verdict)
        shown = far.show(far.truths[operation_id], view)
        if not far.slow_reads:
            return far.heard(shown)
        await self._wait(None)
        return far.heard(shown)

    async def turn(self) -> Turn:
        self._alive()
        return Turn(0.0)

    def give_back(self, turn: Turn) -> None:
        """There are enough."""

    async def poll(self, operation_id: str, *, turn: Turn, known: bytes | None) -> Operation | None:
        """Never byte for byte what it was: each answer is looked at."""
        return await self.operation(operation_id)

    async def close(self, operation_id: str) -> Operation:
        return self._act(operation_id, lambda t: t.open, lambda t: self._far.refund(t, "user_refunded"))

    async def refetch(self, operation_id: str) -> Operation:
        return self._act(operation_id, lambda t: not t.refunded, lambda _: None)

    def _act(self, operation_id: str, possible: Callable[[Truth], bool], work: Callable[[Truth], None]) -> Operation:
        self._alive()
        far = self._far
        verdict, view, truth = far.next_verdict(), far.next_view(), far.truths[operation_id]
        if verdict is Verdict.DONE and not possible(truth):
            verdict = Verdict.REFUSED
        if verdict in (Verdict.DONE, Verdict.LOST_AFTER):
            work(truth)
        if verdict is not Verdict.DONE:
            raise _error(verdict)
        return far.heard(far.show(truth, view))
