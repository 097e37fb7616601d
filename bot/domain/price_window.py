"""Offers of one service in one country, and the window of prices that a person accepts. All prices are shown prices."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from zlib import crc32

from bot.domain.money import HALF_A_MICRO, Cost, Price, to_decimal
from bot.domain.people import Purse
from bot.domain.refusals import Reason, RefusalFacts

_MOST_RUNGS = 8


@dataclass(frozen=True, slots=True)
class Offer:
    """One product of HidSim. `price` in micro-units with the markup; `stock` None means unknown, which is not zero.

    `exact`: HidSim's own price to its last digit, which may be finer than a micro-unit; without the markup.
    """

    product_id: str
    price: Price
    stock: int | None
    name: str | None = None
    exact: Decimal | None = None

    @property
    def sold_out(self) -> bool:
        return self.stock == 0

    @property
    def mark(self) -> str:
        """Tells this offer apart from the pair's others where its id is too long."""
        return f"{crc32(self.product_id.encode()):08x}"


@dataclass(frozen=True, slots=True)
class Window:
    """A range of prices in micro-units, both ends inclusive."""

    low: int
    high: int

    def holds(self, price: int) -> bool:
        return self.low <= price <= self.high


@dataclass(frozen=True, slots=True)
class Asked:
    """A window as HidSim is asked for it: its own prices in whole units, ends included. `lowest` None: from nothing."""

    lowest: Decimal | None
    highest: Decimal


def asked(window: Window, lowest_cost: Cost, highest_cost: Cost, offers: Iterable[Offer] | None) -> Asked:
    """A window that excludes no offer which the screen counts in it. Compared in micro-units it is the same window.

    HidSim's prices may be finer than a micro-unit, so the end of a window and an offer that counts as being on it can
    differ by what rounding took. Where the outermost offer inside lies beyond the end, its exact price is the end.
    `lowest_cost` and `highest_cost`: the window's ends at HidSim. `offers` None: they are not at hand; then each end
    gives way by the most that rounding can hide.
    """
    lowest, highest = to_decimal(lowest_cost), to_decimal(highest_cost)
    if offers is None:
        lowest, highest = lowest - HALF_A_MICRO, highest + HALF_A_MICRO
    else:
        inside = [o.exact for o in offers if o.exact is not None and window.holds(o.price)]
        lowest, highest = min([lowest, *inside]), max([highest, *inside])
    return Asked(lowest if window.low > 0 else None, highest)


@dataclass(frozen=True, slots=True)
class Match:
    """How much a window catches. `stock` counts the known ones; `stock_known` says whether all were known."""

    offers: int
    stock: int
    stock_known: bool


class Preset(StrEnum):
    CHEAPEST = "c"
    MEDIAN = "m"
    ANY = "a"


class Ladder:
    """The prices really offered, lowest first. Sold out offers are none of them.

    `rungs` are what the steppers climb: every price where there are few, else eight of them with as many offers in
    between, the cheapest and the dearest always among them. With the presets no rung is more than four taps away.
    """

    def __init__(self, offers: tuple[Offer, ...]) -> None:
        self.offers = tuple(sorted((o for o in offers if not o.sold_out), key=lambda o: (o.price, o.product_id)))
        self.prices = tuple(sorted({o.price for o in self.offers}))
        self.rungs = self.prices if len(self.prices) <= _MOST_RUNGS else self._spread()

    def _spread(self) -> tuple[int, ...]:
        last, parts = len(self.offers) - 1, _MOST_RUNGS - 1
        return tuple(sorted({self.offers[part * last // parts].price for part in range(parts + 1)}))

    def __bool__(self) -> bool:
        return bool(self.prices)

    def match(self, window: Window) -> Match:
        inside = [o for o in self.offers if window.holds(o.price)]
        return Match(len(inside), sum(o.stock or 0 for o in inside), all(o.stock is not None for o in inside))

    def everything(self) -> Window:
        """The whole ladder. Raises IndexError when it is empty."""
        return Window(self.prices[0], self.prices[-1])

    def preset(self, preset: Preset) -> Window:
        """One tap's window: the cheapest price alone, up to the median offer, or any price. Needs a rung."""
        if preset is Preset.CHEAPEST:
            return Window(self.prices[0], self.prices[0])
        if preset is Preset.MEDIAN:
            return Window(self.prices[0], self.offers[(len(self.offers) - 1) // 2].price)
        return self.everything()

    def clamped(self, window: Window) -> Window:
        """The window without what nobody offers at its ends. One that lies beside all prices stays there, and empty."""
        cheapest, dearest = self.prices[0], self.prices[-1]
        if window.high < cheapest:
            return Window(window.high, window.high)
        return Window(max(window.low, cheapest), max(min(window.high, dearest), window.low))

    def raised(self, window: Window) -> Window | None:
        """The same with more offers in it, up to the next rung; None when nothing dearer is there."""
        high = self.above(window.high)
        return None if high is None else self.clamped(Window(window.low, high))

    def within(self, window: Window, most: int) -> Window | None:
        """The window as far as its maximum is at most this; from the cheapest if need be. None when all is dearer."""
        at = bisect_right(self.prices, most)
        if at == 0:
            return None
        high = self.prices[at - 1]
        return Window(window.low if self.prices[0] <= window.low <= high else self.prices[0], high)

    def below(self, price: int) -> int | None:
        """The next rung under `price`."""
        at = bisect_left(self.rungs, price)
        return self.rungs[at - 1] if at > 0 else None

    def above(self, price: int) -> int | None:
        """The next rung over `price`."""
        at = bisect_right(self.rungs, price)
        return self.rungs[at] if at < len(self.rungs) else None


@dataclass(frozen=True, slots=True)
class Steps:
    """Where the four stepper buttons lead; None is a stepper at its end."""

    low_down: Window | None
    low_up: Window | None
    high_down: Window | None
    high_up: Window | None


def steps(ladder: Ladder, window: Window) -> Steps:
    """The four neighbours of a window along the ladder. The ends never cross: a step that would cross is absent."""

    def to(low: int | None, high: int | None) -> Window | None:
        return Window(low, high) if low is not None and high is not None and low <= high else None

    return Steps(
        low_down=to(ladder.below(window.low), window.high),
        low_up=to(ladder.above(window.low), window.high),
        high_down=to(window.low, ladder.below(window.high)),
        high_up=to(window.low, ladder.above(window.high)),
    )


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a tap on Buy could not work now: what the purchase would be refused with. `instead`: what could be bought."""

    why: RefusalFacts
    instead: Window | None = None


@dataclass(frozen=True, slots=True)
class Standstill:
    """What keeps a person from buying anything at all: `paused`, or as many orders in progress as are allowed.

    `wait`: seconds until anybody may buy the next, while buying is slowed down.
    `hourly`: why not, where they have bought as many in the last hour as they may.
    """

    paused: bool
    in_progress: int
    most: int
    wait: int = 0
    hourly: RefusalFacts | None = None


def obstacle(ladder: Ladder, window: Window, purse: Purse, still: Standstill) -> Obstacle | None:
    """By the rules of a purchase. None when a tap on Buy should work."""
    if still.paused:
        return Obstacle(RefusalFacts(Reason.BUYING_PAUSED))
    if still.in_progress >= still.most:
        return Obstacle(RefusalFacts(Reason.TOO_MANY_OPEN, count=still.in_progress, limit=still.most))
    if still.wait:
        return Obstacle(RefusalFacts(Reason.BUYING_SLOWED, wait=still.wait))
    if still.hourly is not None:
        return Obstacle(still.hourly)
    cheapest = ladder.prices[0]
    nothing = not ladder.match(window).offers
    wanted = Window(cheapest, cheapest) if nothing else window
    if wanted.high > purse.spendable:
        return Obstacle(_short(purse, wanted.high), ladder.within(wanted, purse.spendable))
    if nothing:
        return Obstacle(RefusalFacts(Reason.NO_MATCH, cheapest, window.high, currency=purse.currency), wanted)
    return None


def _short(purse: Purse, wanted: int) -> RefusalFacts:
    """What does not reach: the wallet, or what a day's limit leaves of it."""
    left, limit = purse.own_day or (purse.left, purse.daily_limit)
    if purse.daily_limit is None and wanted > purse.left:
        return RefusalFacts(Reason.NO_CREDIT, purse.left, wanted, currency=purse.currency)
    return RefusalFacts(Reason.DAILY_LIMIT, left, limit, currency=purse.currency)
