"""A notice's detail as its JSON column has it: an object of texts, the same in every release that reads it.

What another release wrote is read as far as it is understood and never raises: the notice may be one of many that are
claimed together, and the others must not wait for it.
"""

from collections.abc import Mapping

from bot.domain.alerts import OF_THE_GUARD, AlertFacts, AlertKind, Difference, Shares, ShortList, UnreadableUpdate
from bot.domain.details import (
    AlertDetail,
    CodeCorrected,
    CreditMoved,
    Detail,
    InvitationUsed,
    LetIn,
    NumberReplaced,
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
        case CreditMoved(amount, balance, currency):
            return {"what": "credit", "amount": str(amount), "balance": str(balance), "currency": currency}
        case LetIn():
            return {"what": "allowed"}
        case InvitationUsed(person_id, name):
            return {"what": "invited", "id": str(person_id), "name": name}
        case None:
            return {}


def _facts_written(facts: AlertFacts | None) -> dict[str, str]:
    match facts:
        case ShortList(found, known):
            return {"found": str(found), "known": str(known)}
        case Difference(amount, currency):
            return {"amount": str(amount), "currency": currency}
        case UnreadableUpdate(kind, field):
            return {"kind": kind, "field": field}
        case Shares(ended, success, closes):
            return {"ended": str(ended), "success": str(success), "closes": str(closes)}
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
        case _ if kind in OF_THE_GUARD:
            return Shares(*(_whole(stored, name) or 0 for name in ("ended", "success", "closes")))
        case _:
            return None


def _message(stored: Stored) -> CreditMoved | LetIn | InvitationUsed | None:
    if stored.get("what") == "allowed":
        return LetIn()
    if stored.get("what") == "invited":
        person_id = _whole(stored, "id")
        return None if person_id is None else InvitationUsed(person_id, stored.get("name", ""))
    amount, balance = _whole(stored, "amount"), _whole(stored, "balance")
    if amount is None or balance is None or "currency" not in stored:
        return None
    return CreditMoved(amount, balance, stored["currency"])


def _whole(stored: Stored, name: str) -> int | None:
    """None where there is none, or nothing that can be read."""
    try:
        return int(stored[name])
    except (KeyError, ValueError):
        return None
