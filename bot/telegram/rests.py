"""Whom to leave alone, and until when."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Chat = TypeVar("Chat", bound=Hashable)


class Rests(Generic[Chat]):
    """Remembers at most `remembered` chats. Monotonic seconds, so that nobody's wall clock makes a rest longer."""

    def __init__(self, clock: Callable[[], float], remembered: int = 10_000) -> None:
        self._clock = clock
        self._remembered = remembered
        self._ends: OrderedDict[Chat, float] = OrderedDict()

    def begin(self, chat: Chat, seconds: float) -> None:
        """Never makes a rest shorter."""
        ends = self._clock() + seconds
        self._ends[chat] = max(ends, self._ends.pop(chat, ends))
        if len(self._ends) > self._remembered:
            self._ends.popitem(last=False)

    def left(self, chat: Chat) -> float:
        """Seconds until the chat may be spoken to again."""
        left = self._ends.get(chat, 0.0) - self._clock() if chat in self._ends else 0.0
        if left <= 0:
            self._ends.pop(chat, None)
        return max(0.0, left)

    def chats(self) -> set[Chat]:
        """All that rest now."""
        return {chat for chat in list(self._ends) if self.left(chat)}
