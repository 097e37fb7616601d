"""Watches: people wait until a pair can be bought again, or for less. Each tells once, and ends by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.price_window import Ladder, Match, Window

LASTS = timedelta(days=7)
MOST = 20
"""Of one person at once."""
BETWEEN_LOOKS = timedelta(minutes=1)
"""Between two looks at one pair, and before the first."""
KEPT = timedelta(days=1)
"""For so long the row of one that has ended stays."""
_CENT = 10_000


@dataclass(frozen=True, slots=True)
class Pair:
    """What is waited for, as people read it; names are HidSim's."""

    service_id: int
    service: str
    country_id: int
    country: str
    country_code: str | None = None
    country_label: str | None = None


@dataclass(frozen=True, slots=True)
class Watch:
    """`high`: the most it may cost, in micro-units; None: whatever it costs."""

    id: int
    pair: Pair
    high: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class CameBack:
    """Of MESSAGE, to who waited for it: what there is up to `high`, as it was `seen_at`. Micro-units.

    `stock` None: not all of it is known. `silent`: it came in its person's quiet hours.
    """

    pair: Pair
    high: int | None
    price: int
    stock: int | None
    seen_at: datetime
    currency: str
    silent: bool = False


@dataclass(frozen=True, slots=True)
class WatchOver:
    """Of MESSAGE, to who waited in vain. `sold`: it could still be waited for; else this shop sells it no more."""

    pair: Pair
    high: int | None
    currency: str
    sold: bool = True


OfWatches = CameBack | WatchOver


def covered(ladder: Ladder, high: int | None) -> Match:
    """What somebody who waits would find: offers that cost exactly as much count, and so do those of unknown stock."""
    return ladder.match(Window(0, ladder.prices[-1] if high is None else high))


def worth_waiting_for(ladder: Ladder, window: Window) -> int | None:
    """The maximum to wait for from a price screen, in micro-units: what was asked for, where all is dearer; a tenth
    less than the cheapest, in whole cents, where that is asked for. None where the window holds more than that.
    """
    cheapest = ladder.prices[0]
    if window.high < cheapest:
        return window.high or None
    if window.high > cheapest:
        return None
    return cheapest * 9 // 10 // _CENT * _CENT or None
