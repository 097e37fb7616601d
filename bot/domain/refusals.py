"""Why something was not done. Services raise a refusal; one screen per reason says it and what to do next."""

from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Every reason has a text on `screens/refusals.py`; a test walks this list."""

    NO_SERVICE = "no_service"  # the service left HidSim's catalog, or never was there
    NO_COUNTRY = "no_country"
    SERVICE_DENIED = "service_denied"  # the operator does not sell it
    COUNTRY_HIDDEN = "country_hidden"
    TOO_MANY_COUNTRIES = "too_many_countries"  # for one order; `limit`
    COUNTRIES_CHANGED = "countries_changed"  # of a draft, since its price was shown
    NO_MATCH = "no_match"  # HidSim's 406: nothing inside the window now
    OFFER_GONE = "offer_gone"
    PRICE_MOVED = "price_moved"
    TOO_MANY_OPEN = "too_many_open"
    TOO_MANY_PURCHASES = "too_many_purchases"  # `count` in an hour; `wait`: until the next, None: never
    TOO_MANY_CLOSES = "too_many_closes"  # likewise
    DAILY_LIMIT = "daily_limit"
    NO_CREDIT = "no_credit"  # a prepaid wallet that does not reach
    OPERATOR_BALANCE = "operator_balance"  # HidSim says that the operator's balance does not reach
    BUYING_PAUSED = "buying_paused"
    STILL_APART = "still_apart"  # resuming: the books don't add up
    PAUSED_ANEW = "paused_anew"  # resuming: another pause stands than the one that was shown
    SEQUEL_LAPSED = "sequel_lapsed"  # another number that could not be bought for an hour
    BUYING_SLOWED = "buying_slowed"  # the guard lets the whole shop buy one number at a time
    HIDSIM_BUSY = "hidsim_busy"  # 429
    HIDSIM_DOWN = "hidsim_down"  # not reached, or no readable answer
    HIDSIM_SIGN_IN = "hidsim_sign_in"  # HidSim refuses the operator's credentials
    HIDSIM_REFUSED = "hidsim_refused"  # another business rule of HidSim's
    NOT_YOURS = "not_yours"
    NO_ORDER = "no_order"
    BAD_LABEL = "bad_label"  # nothing that can be seen, or more than a label holds
    LABEL_GONE = "label_gone"  # the last order that bore it has another one by now
    NOT_NOW = "not_now"  # the order's state does not allow it
    BAD_ID = "bad_id"  # `command`: the admin's command behind which it stood
    BAD_AMOUNT = "bad_amount"
    TOO_MUCH = "too_much"  # an amount of more than a million
    NOTE_OR_AMOUNT = "note_or_amount"  # `5 100 codes`: nobody can tell where the amount ends
    TWO_AMOUNTS = "two_amounts"  # `1,500`: `amount` to some, `limit` to others
    OTHER_CURRENCY = "other_currency"  # an amount in another one than the shop's
    FINE_AMOUNT = "fine_amount"  # more decimals than the books keep
    NOT_IN_WALLET = "not_in_wallet"  # an admin takes more than a wallet holds
    OWN_CREDIT = "own_credit"  # an admin who is no owner gives credit to herself
    WALLET_FULL = "wallet_full"  # credit beyond what a wallet may hold
    NOTHING_ASKED = "nothing_asked"  # credit that nobody asked for, by a button of no number that we gave
    KEPT_OUT = "kept_out"  # credit for somebody who may not use the bot
    ASKED_OFTEN = "asked_often"  # requests for credit, one after the other
    NOBODY_TO_ASK = "nobody_to_ask"  # a shop without an admin who may give credit
    NOT_PREPAID = "not_prepaid"  # credit while billing is shared
    CLOSE_UNKNOWN = "close_unknown"  # the answer to a close was lost, and HidSim can't be asked what became of it
    NOT_CLOSED = "not_closed"  # HidSim took a close in no way: the operation was read, and is open
    BALANCE_MOVES = "balance_moves"  # orders are on their way: HidSim's balance and the books can't be compared
    NOT_SAVED = "not_saved"  # our own database can't be written: disk full, locked
    TOO_MANY_WATCHES = "too_many_watches"  # `count`: as many as a person may have
    SLOW_DOWN = "slow_down"
    NO_RECORD = "no_record"  # an order that an admin asks for
    BAD_PERIOD = "bad_period"  # days behind a command that are no number of days
    NOTHING_TO_EXPORT = "nothing_to_export"
    EXPORT_UNDER_WAY = "export_under_way"  # the same person's
    CODES_COMING = "codes_coming"  # likewise: codes that are just being told; `count`
    ORDERS_OPEN = "orders_open"  # own data is deleted when no order is in progress: a code would be lost; `count`
    NO_REQUEST = "no_request"  # of a stranger who asked to be let in
    BAD_ROLE = "bad_role"
    OWNERS_ONLY = "owners_only"  # an admin's act about another admin
    NOT_ALLOWED = "not_allowed"  # an act that this role has no right to; its button does not exist for them


class Step(StrEnum):
    """The one thing that helps after a refusal, where a dialog would leave the person alone with it."""

    SHOP = "shop"
    MY_NUMBERS = "my_numbers"
    WALLET = "wallet"
    WATCHES = "watches"


@dataclass(frozen=True, slots=True)
class RefusalFacts:
    """What the refusal's text may use. Money in micro-units; `wait` in seconds; `said` is HidSim's own, hostile.

    `person_id`: whose wallet an admin's act is about.
    `step`: a tap that is refused shows a screen that leads there instead of a dialog.
    """

    reason: Reason
    amount: int | None = None
    limit: int | None = None
    count: int | None = None
    currency: str | None = None
    wait: int | None = None
    said: str | None = field(default=None, repr=False)
    order_id: int | None = None
    command: str | None = None
    step: Step | None = None
    person_id: int | None = None


class Refusal(Exception):
    """Raised below, shown by one middleware as the refusal's screen. Carries facts, never words."""

    def __init__(
        self,
        reason: Reason,
        *,
        amount: int | None = None,
        limit: int | None = None,
        count: int | None = None,
        currency: str | None = None,
        wait: int | None = None,
        said: str | None = None,
        order_id: int | None = None,
        command: str | None = None,
        step: Step | None = None,
        person_id: int | None = None,
    ) -> None:
        super().__init__(reason.value)
        self.facts = RefusalFacts(
            reason, amount, limit, count, currency, wait, said, order_id, command, step, person_id
        )
