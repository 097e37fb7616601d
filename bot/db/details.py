"""A notice's detail as its JSON column has it: an object of texts, the same in every release that reads it.

What another release wrote is read as far as it is understood and never raises: the notice may be one of many that are
claimed together, and the others must not wait for it.
"""

from collections.abc import Mapping

from bot.domain.alerts import AlertFacts, AlertKind, Difference, ShortList, UnreadableUpdate
from bot.domain.details import (
    AlertDetail,
    CodeCorrected,
    CreditDeclined,
    CreditGranted,
    CreditMoved,
    CreditRequested,
    Detail,
    InvitationUsed,
    LetIn,
    NumberReplaced,
    OfCredit,
    PriceTold,
)
from bot.domain.notices import NoticeKind

Stored = Mapping[str, str]


def written(detail: Detail | None) -> dict[str, str]:
    match detail:
        case NumberReplaced():
            return {"replaces": "yes"}
        case CodeCorrected():
            return {"corrected": "yes"}
        case PriceTold(back):
            return {"back": str(back)}
        case AlertDetail(kind, facts):
            return {"what": kind.value, **_facts_written(facts)}
        case CreditMoved() | CreditRequested() | CreditGranted() | CreditDeclined():
            return _credit_written(detail)
        case LetIn():
            return {"what": "allowed"}
        case InvitationUsed(person_id, name):
            return {"what": "invited", "id": str(person_id), "name": name}
        case None:
            return {}


def _credit_written(detail: OfCredit) -> dict[str, str]:
    match detail:
        case CreditMoved(amount, balance, currency):
            return {"what": "credit", "amount": str(amount), "balance": str(balance), "currency": currency}
        case CreditGranted(amount, balance, currency, basket):
            given = {"what": "granted", "amount": str(amount), "balance": str(balance), "currency": currency}
            return given if basket is None else {**given, "basket": basket}
        case CreditDeclined(amount, currency):
            return {"what": "declined", "amount": str(amount), "currency": currency}
        case CreditRequested(request_id, person_id, amount, balance, currency, name, reason):
            asked = {"what": "requested", "amount": str(amount), "balance": str(balance), "currency": currency}
            return {**asked, "request": str(request_id), "id": str(person_id), "name": name, "reason": reason}


def _facts_written(facts: AlertFacts | None) -> dict[str, str]:
    match facts:
        case ShortList(found, known):
            return {"found": str(found), "known": str(known)}
        case Difference(amount, currency):
            return {"amount": str(amount), "currency": currency}
        case UnreadableUpdate(kind, field):
            return {"kind": kind, "field": field}
        case None:
            return {}


def read(kind: NoticeKind, stored: Stored) -> Detail | None:
    """None for a notice that says nothing beside its order, and for words that another release wrote."""
    match kind:
        case NoticeKind.NUMBER:
            return NumberReplaced() if "replaces" in stored else None
        case NoticeKind.CODE:
            return CodeCorrected() if "corrected" in stored else None
        case NoticeKind.PRICED:
            back = _whole(stored, "back")
            return None if back is None else PriceTold(back)
        case NoticeKind.ALERT:
            return _alert(stored)
        case NoticeKind.MESSAGE:
            return _message(stored)
        case _:
            return None


def _alert(stored: Stored) -> AlertDetail | None:
    word = stored.get("what", "")
    if word not in set(AlertKind):
        return None
    kind = AlertKind(word)
    return AlertDetail(kind, _facts(kind, stored))


def _facts(kind: AlertKind, stored: Stored) -> AlertFacts | None:
    match kind:
        case AlertKind.SHORT_SERVICES | AlertKind.SHORT_COUNTRIES:
            return ShortList(_whole(stored, "found") or 0, _whole(stored, "known") or 0)
        case AlertKind.APART:
            return Difference(_whole(stored, "amount") or 0, stored.get("currency", "USD"))
        case AlertKind.UNREADABLE:
            return UnreadableUpdate(stored.get("kind", "message"), stored.get("field", "text"))
        case _:
            return None


def _message(stored: Stored) -> OfCredit | LetIn | InvitationUsed | None:
    if stored.get("what") == "allowed":
        return LetIn()
    if stored.get("what") == "invited":
        person_id = _whole(stored, "id")
        return None if person_id is None else InvitationUsed(person_id, stored.get("name", ""))
    return _credit(stored)


def _credit(stored: Stored) -> OfCredit | None:
    """Of before other words than "credit" were written there, and of after."""
    amount, balance, currency = _whole(stored, "amount"), _whole(stored, "balance"), stored.get("currency")
    if amount is None or currency is None:
        return None
    if stored.get("what") == "declined":
        return CreditDeclined(amount, currency)
    if balance is None:
        return None
    if stored.get("what") == "granted":
        return CreditGranted(amount, balance, currency, stored.get("basket"))
    if stored.get("what") != "requested":
        return CreditMoved(amount, balance, currency)
    request_id, person_id = _whole(stored, "request"), _whole(stored, "id")
    if request_id is None or person_id is None:
        return None
    named = stored.get("name", ""), stored.get("reason", "")
    return CreditRequested(request_id, person_id, amount, balance, currency, *named)


def _whole(stored: Stored, name: str) -> int | None:
    """None where there is none, or nothing that can be read."""
    try:
        return int(stored[name])
    except (KeyError, ValueError):
        return None
