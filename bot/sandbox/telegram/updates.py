"""The queue of updates that a bot has not confirmed yet.

Rules (telegram-bot-api): types are allowed when the update is created, not when it is fetched; callbacks live 150 s,
inline queries 30 s, everything else 24 h; an offset confirms all before it; a negative offset keeps the last ones.
"""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.bell import Bell
from bot.sandbox.telegram.clock import Clock
from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.schema import update_kinds

DAY = 86400
LIFE = {"callback_query": 150, "inline_query": 30}
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Pending:
    """An update in the queue. Those of one `lane` go to a webhook strictly one after another."""

    id: int
    kind: str
    body: Json
    expires: float
    lane: int
    whole: Any = None

    def json(self) -> Any:
        return {"update_id": self.id, self.kind: self.body} if self.whole is None else self.whole


class Updates:
    """What the bot has to hear, oldest first."""

    def __init__(self, clock: Clock, first_id: int) -> None:
        self._clock = clock
        self._next = first_id
        self._pending: dict[int, Pending] = {}
        self._allowed: frozenset[str] | None = None
        self.bell = Bell()

    def add(self, kind: str, body: Json, lane: int) -> int | None:
        """Queues an update; None when the bot has not asked for its kind."""
        wanted = update_kinds() - ON_REQUEST if self._allowed is None else self._allowed
        if kind not in wanted:
            return None
        update = Pending(self._next, kind, body, self._clock.seconds() + LIFE.get(kind, DAY), lane)
        self._next += 1
        self._pending[update.id] = update
        self.bell.ring()
        return update.id

    def add_odd(self, whole: Any, lane: int = 0) -> int:
        """Queues what no Telegram of today sends, whole and unchecked. An object without `update_id` gets its own."""
        number = self._next
        if isinstance(whole, dict):
            whole = {"update_id": number, **whole}
        self._next += 1
        self._pending[number] = Pending(number, "odd", {}, self._clock.seconds() + DAY, lane, whole)
        self.bell.ring()
        return number

    def pending(self) -> list[Pending]:
        """Those still alive."""
        now = self._clock.seconds()
        for update in [update for update in self._pending.values() if update.expires <= now]:
            del self._pending[update.id]
        return list(self._pending.values())

    def fetch(self, offset: int, limit: int) -> list[Json]:
        """Forgets what the offset confirms and gives the next ones, without forgetting them."""
        waiting = self.pending()
        if offset < 0:
            offset = waiting[max(0, len(waiting) + offset)].id if waiting else 0
        for update in waiting:
            if update.id < offset:
                del self._pending[update.id]
        return [update.json() for update in waiting if update.id >= offset][:limit]

    def done(self, update_id: int) -> None:
        self._pending.pop(update_id, None)

    def clear(self) -> None:
        self._pending.clear()

    @property
    def allowed(self) -> list[str] | None:
        """The kinds asked for, None for the default."""
        return None if self._allowed is None else sorted(self._allowed)

    def allow(self, value: Any) -> None:
        """`allowed_updates`: anything but a list of texts changes nothing; without a known name it is the default."""
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            return
        self._allowed = frozenset(name.lower() for name in value) & update_kinds() or None
