"""A notice's detail as its JSON column has it: an object of texts, the same in every release that reads it.

What another release wrote is read as far as it is understood and never raises: the notice may be one of many that are
claimed together, and the others must not wait for it.
"""

from collections.abc import Mapping

from bot.domain.alerts import AlertFacts, AlertKind, Difference, ShortList, UnreadableUpdate
from bot.domain.details import (
    AlertDetail,
    CodeCorrected,
    CreditMoved,
    Detail,
    Door,
    EntryAsked,
    InvitationUsed,
    LetIn,
    NotLetIn,
    NumberReplaced,
    PriceTold,
    RoleTurned,
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
        case LetIn() | NotLetIn() | InvitationUsed() | EntryAsked() | RoleTurned():
            return _door_written(detail)
        case None:
            return {}


def _door_written(detail: Door) -> dict[str, str]:
    match detail:
        case LetIn():
            return {"what": "allowed"}
        case NotLetIn():
            return {"what": "not allowed"}
        case InvitationUsed(person_id, name):
            return {"what": "invited", "id": str(person_id), "name": name}
        case EntryAsked(person_id, name, username):
            return {"what": "asks", "id": str(person_id), "name": name, "username": username}
        case RoleTurned(admin):
            return {"what": "role", "admin": "yes" if admin else "no"}


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


def _message(stored: Stored) -> Detail | None:
    match stored.get("what"):
        case "allowed":
            return LetIn()
        case "not allowed":
            return NotLetIn()
        case "role":
            return RoleTurned(stored.get("admin") == "yes")
        case "invited" | "asks":
            return _about_somebody(stored)
        case _:
            return _credit(stored)


def _about_somebody(stored: Stored) -> InvitationUsed | EntryAsked | None:
    person_id, name = _whole(stored, "id"), stored.get("name", "")
    if person_id is None:
        return None
    if stored["what"] == "invited":
        return InvitationUsed(person_id, name)
    return EntryAsked(person_id, name, stored.get("username", ""))


def _credit(stored: Stored) -> CreditMoved | None:
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
