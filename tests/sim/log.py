"""All that the bot logs, as its own log would have it, with the world's time."""

import logging
from collections.abc import Callable

from bot import logs


class LogBook(logging.Handler):
    """Takes the place of standard error. `lines`: the loop's time, and one line of JSON."""

    def __init__(self, now: Callable[[], float]) -> None:
        logs.configure("WARNING", "json")
        root = logging.getLogger()
        super().__init__()
        self.setFormatter(root.handlers[0].formatter)
        root.handlers[:] = [self]
        self.lines: list[tuple[float, str]] = []
        self._now = now

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append((self._now(), self.format(record)))
