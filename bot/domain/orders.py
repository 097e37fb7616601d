"""An order: what a person asked for, and the states it can be in.

    placing ─► creating ─► pending ─► completed | no_number_refunded | system_refunded | user_refunded
       ├──► refused                        (HidSim said no: nothing was bought, the hold is released)
       └──► unconfirmed ─► creating …      (the answer came late)
                     └──► released ─► bought | not_bought   (hold given back; an admin says what was true)

`creating` to `user_refunded` are HidSim's own words. A state that HidSim adds later is read as `creating` or `pending`
(contract: an unknown state is not terminal).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.catalog import Country
from bot.domain.evidence import Evidence
from bot.domain.money import Cost, Price
from bot.domain.price_window import Window


class OrderState(StrEnum):
    PLACING = "placing"
    REFUSED = "refused"
    UNCONFIRMED = "unconfirmed"
    RELEASED = "released"
    BOUGHT = "bought"
    NOT_BOUGHT = "not_bought"
    CREATING = "creating"
    PENDING = "pending"
    COMPLETED = "completed"
    NO_NUMBER_REFUNDED = "no_number_refunded"
    SYSTEM_REFUNDED = "system_refunded"
    USER_REFUNDED = "user_refunded"


LIVE = frozenset({OrderState.CREATING, OrderState.PENDING})
"""HidSim is working on it: the poller asks about these and no others."""

WATCH = timedelta(minutes=5)
"""How long a completed order is asked about again: its person asked for another SMS, or its price is not known."""

LONGEST_LIFE = timedelta(days=366)
"""No number is rented for longer."""

REFUNDED = frozenset({OrderState.NO_NUMBER_REFUNDED, OrderState.SYSTEM_REFUNDED, OrderState.USER_REFUNDED})
IN_PROGRESS = LIVE | {OrderState.PLACING, OrderState.UNCONFIRMED}
"""Counts towards MAX_OPEN_ORDERS and stands in My numbers."""

CLOSABLE = LIVE | {OrderState.PLACING}
"""Its person can have it closed, if not at once then as soon as there is an operation to close."""

CLOSED_WITHOUT_HIDSIM = frozenset({OrderState.REFUSED, OrderState.RELEASED, OrderState.BOUGHT, OrderState.NOT_BOUGHT})
"""The money is back already: an answer that comes later than that changes nothing any more."""

HOLDING = IN_PROGRESS
"""Exactly these have an open hold on the wallet."""

_ENDS = frozenset({OrderState.COMPLETED}) | REFUNDED
MOVES: dict[OrderState, frozenset[OrderState]] = {
    OrderState.PLACING: LIVE | _ENDS | {OrderState.REFUSED, OrderState.UNCONFIRMED},
    OrderState.UNCONFIRMED: LIVE
    | _ENDS
    | {OrderState.REFUSED, OrderState.RELEASED, OrderState.BOUGHT, OrderState.NOT_BOUGHT},
    OrderState.RELEASED: frozenset({OrderState.BOUGHT, OrderState.NOT_BOUGHT}),
    OrderState.CREATING: frozenset({OrderState.PENDING}) | _ENDS,
    OrderState.PENDING: _ENDS,
}


def end_of(placed_at: datetime, said: datetime | None) -> datetime | None:
    """When an order ends, by HidSim's word; None for a moment that is no order's end.

    One that lies before the order, or far beyond any rent of a number, is a zero time, a sentinel or a span.
    """
    return said if said is not None and placed_at < said and said - placed_at <= LONGEST_LIFE else None


def may_move(old: OrderState, new: OrderState) -> bool:
    return new in MOVES.get(old, frozenset())


@dataclass(frozen=True, slots=True)
class Sms:
    """One SMS. `guessed`: the code was taken out of the text by us, HidSim gave none.

    `erased`: its text and sender are gone, and of a code nothing is left but that there was one (empty, and not None).
    `hidden`: its person wants to see it only when asked for.
    """

    id: int
    text: str = field(repr=False)
    code: str | None = field(repr=False)
    sender: str | None = field(repr=False)
    received_at: datetime | None
    guessed: bool = False
    erased: bool = False
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """All that is remembered of an order. Money in micro-units of `currency`; times UTC.

    `held` is what is set aside, or was when the order ended: the maximum, and from when the number came with its price
    that price; `price` what the person pays for the number, never more than `held`; `charged` what they paid in the end
    (None before the end); `cost` what HidSim took; `cheapest` what the pair cost at least when nothing matched;
    `release_at` when an unconfirmed hold comes back at the latest; `watched_until` when a further SMS, or a price that
    was not told, is no longer looked for after the end. `revision` grows with every change that a card would show.
    `country_label` tells the country apart from others of its code. `erased_at`: when its number and SMS were erased.
    `replaces`: the order without a code that this one follows, as number `attempt` of its chain, by itself up to
    `tries`; `sequel`, `sequel_country_id`: what follows it when it brings no code; `give_up_after`: seconds from its
    number after which it is closed by itself. `followed_by`: the order that follows it. `label`: what its person calls
    it by. `hinted_at`: when they were told what helps against a late SMS; `turned_down_at`: when they said that the
    service did not take the number. `countries`: all that were asked for, where they were several; while the number's
    own is not known (`country_known`), `country_id` is the first of them.
    """

    id: int
    person_id: int
    nonce: str
    service_id: int
    service_name: str
    country_id: int
    country_name: str
    country_code: str | None
    product_id: str | None
    window: Window
    currency: str
    held: int
    state: OrderState
    revision: int
    placed_at: datetime
    operation_id: str | None = None
    number: str | None = field(default=None, repr=False)
    price: Price | None = None
    cost: Cost | None = None
    charged: int | None = None
    reason: str | None = None
    number_at: datetime | None = None
    expires_at: datetime | None = None
    finished_at: datetime | None = None
    close_wanted: bool = False
    close_at: datetime | None = None
    release_at: datetime | None = None
    evidence: Evidence | None = None
    watched_until: datetime | None = None
    country_label: str | None = None
    cheapest: int | None = None
    erased_at: datetime | None = None
    replaces: int | None = None
    attempt: int = 1
    tries: int = 1
    sequel: str | None = None
    sequel_country_id: int | None = None
    give_up_after: int | None = None
    label_id: int | None = None
    label: str | None = field(default=None, repr=False)
    hinted_at: datetime | None = None
    turned_down_at: datetime | None = None
    followed_by: int | None = None
    countries: tuple[Country, ...] = ()
    country_known: bool = True

    @property
    def region(self) -> str | None:
        """The ISO code of the country whose numbers may come without it; None while nobody knows which it is."""
        return self.country_code if self.country_known else None

    @property
    def elsewhere(self) -> bool:
        """The number is of a country that was not among those asked for."""
        asked = {one.id for one in self.countries}
        return bool(asked) and self.country_known and self.country_id not in asked

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def unpriced(self) -> bool:
        """The maximum was taken for it, because HidSim has named no price yet."""
        return self.state is OrderState.COMPLETED and self.price is None

    @property
    def in_progress(self) -> bool:
        return self.state in IN_PROGRESS


@dataclass(frozen=True, slots=True)
class Tracked:
    """What has to be known of an order in order to ask about it in its turn. `state`: a live one, or watched."""

    id: int
    operation_id: str
    service_id: int
    state: OrderState
    placed_at: datetime
    number_at: datetime | None
    expires_at: datetime | None
    watched_until: datetime | None

    @property
    def live(self) -> bool:
        return self.state in LIVE


@dataclass(frozen=True, slots=True)
class OrderCard:
    """What an order's card shows: the order and its SMS, oldest first."""

    order: Order
    sms: tuple[Sms, ...] = ()
    early_wait: int | None = None
