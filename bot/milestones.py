"""Named moments in the life of an order, so that a test can end the process exactly there.

In production nobody listens and a milestone costs one comparison. Crash tests `listen` in a process of their own.
"""

from collections.abc import Callable

_listener: Callable[[str], None] | None = None

NAMES = (
    "hold.before-commit",
    "hold.committed",
    "purchase.answered",
    "outcome.before-commit",
    "outcome.committed",
    "lost.before-commit",
    "lost.committed",
    "takeover.before-commit",
    "takeover.committed",
    "poll.answered",
    "final.before-commit",
    "final.committed",
    "close.before-send",
    "close.answered",
    "close.committed",
    "push.claimed",
    "push.sent",
    "push.marked",
    "release.before-commit",
    "release.committed",
    "judged.before-commit",
    "judged.committed",
)
"""All of them, in the order of a life; a test walks this list."""


def listen(listener: Callable[[str], None] | None) -> None:
    """Calls `listener` with each milestone's name from now on; None: nobody listens."""
    global _listener
    _listener = listener


def reached(name: str) -> None:
    """Raises ValueError for a name that is none of NAMES, where somebody listens: its crash would never be tried."""
    if _listener is None:
        return
    if name not in NAMES:
        raise ValueError(f"no milestone is called {name}")
    _listener(name)
