"""Telegram at the messenger's seam: it takes a message, refuses it, or takes it and loses the answer."""

import sqlite3
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aiogram.exceptions import (
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import SendMessage

from bot.screens.screen import Screen
from tests.invariants.model import Crash

_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class Post(StrEnum):
    """What becomes of one message."""

    TAKEN = "taken"
    FAILED = "502"
    FLOOD = "429"
    BLOCKED = "403"
    LOST = "taken, and the answer lost"


@dataclass
class Delivery:
    """A message that a person has seen. `excused`: the bot can't know that it arrived, so it may send it again."""

    key: str
    person_id: int
    message_id: int
    excused: bool = False


class Phones:
    """All chats. They outlive every process of the bot."""

    def __init__(self, eye: sqlite3.Connection, now: Callable[[], datetime]) -> None:
        self._eye = eye
        self._now = now
        self.posts: deque[Post] = deque()
        self.deliveries: list[Delivery] = []
        self.by_key: defaultdict[str, list[Delivery]] = defaultdict(list)

    def take(self, person_id: int) -> int:
        """Raises aiogram's errors for what is not taken."""
        post = self.posts.popleft() if self.posts else Post.TAKEN
        method = SendMessage(chat_id=person_id, text="x")
        if post is Post.FAILED:
            raise TelegramServerError(method, "Bad Gateway")
        if post is Post.FLOOD:
            raise TelegramRetryAfter(method, "Too Many Requests", 5)
        if post is Post.BLOCKED:
            raise TelegramForbiddenError(method, "Forbidden: bot was blocked by the user")
        made = Delivery(self._in_hand(person_id), person_id, len(self.deliveries) + 1)
        again = [one for one in self.by_key[made.key] if not one.excused]
        assert not again, f"{made.key} was delivered again although its mark was not lost"
        self.deliveries.append(made)
        self.by_key[made.key].append(made)
        if post is Post.LOST:
            made.excused = True
            raise TelegramNetworkError(method, "reset")
        return made.message_id

    def _in_hand(self, person_id: int) -> str:
        """The notice that is being sent: the one of this person's that is leased."""
        now = (self._now() - _EPOCH).total_seconds() * 1_000_000
        found = self._eye.execute(
            "SELECT key FROM notices WHERE person_id = ? AND done_at IS NULL AND leased_until > ?", (person_id, now)
        ).fetchall()
        assert len(found) == 1, f"{len(found)} notices of one person are leased at once"
        return str(found[0][0])

    def process_died(self) -> None:
        """What was sent and not marked may be sent again."""
        marked = {row[0] for row in self._eye.execute("SELECT message_id FROM notices WHERE message_id IS NOT NULL")}
        for one in self.deliveries:
            one.excused |= one.message_id not in marked


class Mouth:
    """One process's messenger: what the pusher calls of `bot.telegram.messenger.Messenger`."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones
        self.dead = False

    async def send(self, chat_id: int, screen: Screen, *, reply_to: int | None = None, quiet: bool = False) -> int:
        if self.dead:
            raise Crash
        return self._phones.take(chat_id)

    async def edit(self, chat_id: int, message_id: int, screen: Screen) -> bool:
        if self.dead:
            raise Crash
        return True
