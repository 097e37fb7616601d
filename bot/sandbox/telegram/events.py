"""Events for pages and scripted people: what just changed on a person's screen."""

import asyncio

from bot.sandbox.telegram.bell import Bell
from bot.sandbox.telegram.clock import Clock
from bot.sandbox.telegram.params import Json


class Stream:
    """One listener. `person` None hears everybody."""

    def __init__(self, person: int | None) -> None:
        self.person = person
        self.queue: asyncio.Queue[Json | None] = asyncio.Queue()


class Events:
    """Hands every event to its listeners and rings the bell. Nothing is kept for those who come later."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._streams: set[Stream] = set()
        self.bell = Bell()
        self.count = 0

    def listen(self, person: int | None) -> Stream:
        stream = Stream(person)
        self._streams.add(stream)
        return stream

    def leave(self, stream: Stream) -> None:
        self._streams.discard(stream)

    @property
    def watched(self) -> bool:
        """Whether a page is open somewhere."""
        return bool(self._streams)

    def send(self, kind: str, person: int | None, **facts: object) -> None:
        """Without a person the event goes to everybody."""
        self.count += 1
        event = {"type": kind, "person": person, "at": self._clock.iso(), **facts}
        for stream in self._streams:
            if None in (stream.person, person) or stream.person == person:
                stream.queue.put_nowait(event)
        self.bell.ring()

    def close(self) -> None:
        """Ends every stream: the server is going down."""
        for stream in self._streams:
            stream.queue.put_nowait(None)
