"""Faults on order: errors, delays and lost connections for the calls that match."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from bot.sandbox.telegram.errors import ApiError
from bot.sandbox.telegram.params import Json


@dataclass(slots=True)
class Fault:
    """Strikes calls of `method` (all when None) whose parameters contain `contains`, `times` times.

    Without `status` and `drop` a fault only delays. `latency` is real seconds. `merge` goes into the answer's envelope
    (a JSON merge patch, RFC 7396: null takes a field away), `body` stands in its place; the work is done all the same.
    """

    method: str | None = None
    times: int = 1
    contains: str | None = None
    status: int | None = None
    description: str | None = None
    retry_after: int | None = None
    latency: float = 0.0
    drop: Literal["before", "after"] | None = None
    html_body: bool = False
    merge: Json | None = None
    body: str | None = None
    id: int = 0
    left: int = 0

    def json(self) -> Json:
        return asdict(self)

    def error(self) -> ApiError:
        """The answer that the fault gives instead of the method's own."""
        status = self.status or 500
        wait = {"retry_after": self.retry_after} if self.retry_after is not None else None
        text = f"Too Many Requests: retry after {self.retry_after or 1}" if status == 429 else f"Fault {self.id}"
        if status == 429 and wait is None:
            wait = {"retry_after": 1}
        return ApiError(status, self.description or text, wait)

    def spoiled(self, envelope: Json) -> Any:
        return envelope if self.merge is None else _merged(envelope, self.merge)

    def _matches(self, method: str, text: str) -> bool:
        return (self.method is None or self.method.lower() == method.lower()) and (self.contains or "") in text


class Faults:
    """The faults waiting to strike, oldest first."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._ids = 0

    def add(self, **facts: Any) -> Fault:
        """Fields as in Fault. Raises TypeError for an unknown field."""
        self._ids += 1
        fault = Fault(**facts)
        fault.id, fault.left = self._ids, fault.times
        self._faults.append(fault)
        return fault

    def strike(self, method: str, text: str) -> Fault | None:
        """The first fault that matches; one of its times is used up."""
        for fault in self._faults:
            if fault.left > 0 and fault._matches(method, text):
                fault.left -= 1
                return fault
        return None

    def list(self) -> list[Fault]:
        return [fault for fault in self._faults if fault.left > 0]

    def clear(self) -> None:
        self._faults.clear()


def _merged(target: Any, patch: Any) -> Any:
    if not isinstance(patch, dict):
        return patch
    kept = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            kept.pop(name, None)
        else:
            kept[name] = _merged(kept.get(name), value)
    return kept
