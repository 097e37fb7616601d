"""Between HidSim's words and ours: its errors as refusals, its operations as what the domain decides on."""

from datetime import timedelta

from bot.domain.money import Markup, to_micros
from bot.domain.progress import Seen
from bot.domain.refusals import Reason, Refusal
from bot.hidsim import (
    HidSimError,
    InvalidRequest,
    NoMatch,
    Operation,
    Rejected,
    SignInRefused,
    TooManyRequests,
)
from bot.i18n.phone import completed

_BALANCE_CODES = ("INSUFFICIENT", "BALANCE", "FUNDS")
_STOCK_CODES = ("STOCK",)
_LONGEST_NUMBER = 32


def refusal_of(error: HidSimError) -> Refusal:
    """Why HidSim did not do it, as a refusal. The structured code goes before the message (contract)."""
    wait = round(error.retry_after) if isinstance(error, Rejected) and error.retry_after else None
    match error:
        case NoMatch():
            return Refusal(Reason.NO_MATCH)
        case TooManyRequests():
            return Refusal(Reason.HIDSIM_BUSY, wait=wait)
        case SignInRefused():
            return Refusal(Reason.HIDSIM_SIGN_IN)
        case InvalidRequest() if _names(error, _BALANCE_CODES):
            return Refusal(Reason.OPERATOR_BALANCE)
        case InvalidRequest() if _names(error, _STOCK_CODES):
            return Refusal(Reason.OFFER_GONE)
        case Rejected():
            return Refusal(Reason.HIDSIM_REFUSED, said=error.message)
        case _:
            return Refusal(Reason.HIDSIM_DOWN)


def _names(error: Rejected, words: tuple[str, ...]) -> bool:
    told = (error.code or error.message or "").upper()
    return any(word in told for word in words)


def seen(operation: Operation, country_code: str | None) -> Seen:
    """`country_code`: of the order's country, whose numbers may come without it."""
    cost = None if operation.price is None else to_micros(operation.price)
    number = None if operation.number is None else completed(operation.number, country_code)[:_LONGEST_NUMBER]
    return Seen(operation.state, number, cost, operation.expires_at, _took(operation))


def _took(operation: Operation) -> timedelta | None:
    if operation.created_at is None or operation.updated_at is None:
        return None
    return operation.updated_at - operation.created_at


def shown_price(operation: Operation, markup: Markup) -> int | None:
    """What a person pays for this operation, None when HidSim gives no price."""
    return None if operation.price is None else markup.shown(to_micros(operation.price))
