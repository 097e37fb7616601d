"""Which ticks there are, and how often. Seconds."""

from dataclasses import dataclass

from bot.jobs.clock import Clock
from bot.services.bookkeeping import Bookkeeping
from bot.services.catalog import Catalog
from bot.services.desk import Desk
from bot.services.tracker import Tracker
from bot.services.unconfirmed import Unconfirmed
from bot.telegram.push import Pusher


@dataclass(frozen=True, slots=True)
class Tempo:
    """Stories in tests run in milliseconds; the values here are for people."""

    poll: float = 0.5
    push: float = 0.25
    redraw: float = 0.5
    close: float = 1.0
    catalog: float = 15
    unconfirmed: float = 5
    overdue: float = 60
    books: float = 60
    compare: float = 120
    take_over: float = 3


def wind(
    clock: Clock,
    tempo: Tempo,
    *,
    tracker: Tracker,
    pusher: Pusher,
    desk: Desk,
    catalog: Catalog,
    unconfirmed: Unconfirmed,
    bookkeeping: Bookkeeping,
) -> None:
    """Hangs every tick on the clock; starts nothing."""
    clock.every(tempo.poll, "poll", tracker.tick)
    clock.every(tempo.push, "push", pusher.push_due)
    clock.every(tempo.redraw, "redraw", pusher.redraw_due)
    clock.every(tempo.close, "close", desk.close_due)
    clock.every(tempo.catalog, "catalog", catalog.refresh_if_due)
    clock.every(tempo.unconfirmed, "unconfirmed", unconfirmed.release_due)
    clock.every(tempo.overdue, "overdue", tracker.tell_overdue)
    clock.every(tempo.books, "books", bookkeeping.check)
    clock.every(tempo.compare, "compare", bookkeeping.compare)
