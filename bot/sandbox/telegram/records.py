"""What happened, for tests and for the page: calls of the Bot API, and the talk as lines."""

from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.sandbox.telegram.bell import Bell
from bot.sandbox.telegram.params import Json

KEPT = 50_000


@dataclass(slots=True)
class Call:
    """One call of the Bot API. `took` is real seconds; `answer` the envelope, None when the connection was dropped."""

    id: int
    at: str
    method: str
    params: Json
    status: int = 0
    answer: Json | None = None
    took: float = 0.0
    fault: int | None = None

    def json(self) -> Json:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said or done in a chat."""

    at: str
    person: int
    chat_id: int
    who: str
    kind: str
    text: str
    message_id: int | None = None
    buttons: list[list[str]] = field(default_factory=list)

    def json(self) -> Json:
        return {name: value for name, value in asdict(self).items() if value not in (None, [])}


class Records:
    """The last calls and lines; older ones are forgotten. The bell rings when a call comes and when it is answered."""

    def __init__(self) -> None:
        self.calls: deque[Call] = deque(maxlen=KEPT)
        self.lines: deque[Line] = deque(maxlen=KEPT)
        self.bell = Bell()
        self._ids = 0

    def open_call(self, at: str, method: str, params: Json) -> Call:
        self._ids += 1
        call = Call(self._ids, at, method, params)
        self.calls.append(call)
        self.bell.ring()
        return call

    def clear(self) -> None:
        self.calls.clear()
        self.lines.clear()


def labels(message: Json) -> list[list[str]]:
    """The texts of the inline buttons of a message, row by row."""
    rows: list[list[Any]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]
