"""HidSim's partner API for the pollers' benches: operations whose codes come by themselves, and a limit.

It answers with the canonical dialect's bytes, made once for each state of an operation, so that it is not what is
measured. Times are Unix seconds.
"""

import json
from collections import Counter, deque
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from bench.arrivals import Arrivals, Live

SERVICE, COUNTRY, PRODUCT, USER = (f"{number:024x}" for number in (0xA1, 0xB1, 0xC1, 0xD1))
PRICE = 0.2
Shape = Literal["sliding", "fixed", "none"]
State = Literal["creating", "pending", "completed", "system_refunded"]


def iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def operation_id(short_id: int) -> str:
    return f"{0xE1:016x}{short_id:08x}"


def number_of(short_id: int) -> str:
    return f"+55119{60_000_000 + short_id}"


def code_of(short_id: int) -> str:
    """Six digits; no two of an order's ids below 900,000 have the same."""
    return str(100_000 + short_id * 7919 % 900_000)


@dataclass
class Operation:
    short_id: int
    person: int
    placed_at: float
    number_at: float
    code_at: float | None
    ends_at: float
    told_at: float | None = None
    over: bool = False
    _bodies: dict[str, bytes] = field(default_factory=dict)

    def state(self, now: float) -> State:
        if self.code_at is not None and now >= self.code_at:
            return "completed"
        if now >= self.ends_at:
            return "system_refunded"
        return "pending" if now >= self.number_at else "creating"

    def body(self, state: State) -> bytes:
        if state not in self._bodies:
            self._bodies[state] = json.dumps(self._fields(state)).encode()
        return self._bodies[state]

    def _fields(self, state: State) -> dict[str, object]:
        code = code_of(self.short_id) if state == "completed" else None
        text = None if code is None else f"Telegram code: {code}. Do not share it with anyone."
        times = {"creating": self.placed_at, "pending": self.number_at, "completed": self.code_at}
        came = iso(times.get(state) or self.ends_at)
        return {
            "_id": operation_id(self.short_id),
            "id": self.short_id,
            "state": state,
            "number": None if state == "creating" else number_of(self.short_id),
            "code": code,
            "message": text,
            "messages": [] if text is None else [{"text": text, "code": code, "from": "Telegram", "date": came}],
            "price": PRICE,
            "_service": SERVICE,
            "_country": COUNTRY,
            "_product": PRODUCT,
            "_user": USER,
            "createdAt": iso(self.placed_at),
            "updatedAt": came,
            "expiresAt": iso(self.ends_at),
        }


class Limit:
    """`n` requests in any second before now (sliding) or in each of the clock (fixed). Refused ones don't count."""

    def __init__(self, n: int, shape: Shape) -> None:
        self._n = n
        self._shape = shape
        self._taken: deque[float] = deque()

    def take(self, now: float) -> bool:
        if self._shape == "none":
            return True
        since = float(int(now)) if self._shape == "fixed" else now - 1
        while self._taken and self._taken[0] < since:
            self._taken.popleft()
        if len(self._taken) >= self._n:
            return False
        self._taken.append(now)
        return True


class Partner:
    """One account. Counts what was asked by route and status."""

    def __init__(self, arrivals: Arrivals, limit: Limit) -> None:
        self._arrivals = arrivals
        self._limit = limit
        self._known: dict[str, Operation] = {}
        self._by_code: dict[str, Operation] = {}
        self._money = 1_000_000.0
        self.counts: Counter[tuple[str, int]] = Counter()
        self.first_poll_at: float | None = None

    def take(self, route: str, now: float) -> bool:
        """Whether the limit lets this request pass; it is counted when it does not."""
        free = self._limit.take(now)
        if not free:
            self.counts[route, 429] += 1
        return free

    def add(self, live: Live) -> None:
        ends = live.placed_at + self._arrivals.life
        self._keep(Operation(live.short_id, live.person, live.placed_at, live.number_at, live.code_at, ends))

    def buy(self, person: int, now: float) -> bytes:
        """The answer to a purchase, whose operation is still being created."""
        short_id = len(self._known) + 1
        number, wait = self._arrivals.waits(short_id)
        code_at = None if wait is None else now + number + wait
        bought = Operation(short_id, person, now, now + number, code_at, now + self._arrivals.life)
        self._keep(bought)
        self._money -= PRICE
        return bought.body("creating" if number else "pending")

    def read(self, one_id: str, now: float) -> tuple[bytes | None, bool]:
        """(the operation's JSON, or None when there is none; whether this is how its refund became known)."""
        found = self._known.get(one_id)
        if found is None:
            return None, False
        if self.first_poll_at is None:
            self.first_poll_at = now
        state = found.state(now)
        refunded = state == "system_refunded" and not found.over
        if refunded:
            found.over = True
            self._money += PRICE
        return found.body(state), refunded

    def told(self, code: str, now: float) -> bool:
        """A message with this code left the bot; whether it is the first of its operation."""
        found = self._by_code.get(code)
        if found is None or found.over:
            return False
        found.told_at, found.over = now, True
        return True

    def me(self) -> bytes:
        user = {"_id": USER, "id": 1, "email": "demo@hidsim.example", "balance": round(self._money, 2)}
        return json.dumps({**user, "currency": "USD"}).encode()

    def delays(self, since: float, until: float) -> tuple[list[float], int]:
        """(seconds from a code's arrival to its message, how many codes have none yet) of codes that came between."""
        due = [one for one in self._known.values() if one.code_at is not None and since <= one.code_at < until]
        told = [one.told_at - one.code_at for one in due if one.told_at is not None and one.code_at is not None]
        return told, len(due) - len(told)

    def live(self) -> list[tuple[str, int]]:
        return [(operation_id(one.short_id), one.person) for one in self._known.values() if not one.over]

    def _keep(self, one: Operation) -> None:
        self._known[operation_id(one.short_id)] = one
        self._by_code[code_of(one.short_id)] = one
