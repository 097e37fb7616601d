"""A notice's detail as its JSON column has it: an object of texts, the same in every release that reads it.

What another release wrote is read as far as it is understood and never raises: the notice may be one of many that are
claimed together, and the others must not wait for it.
"""

from collections.abc import Mapping
from datetime import date

from bot.db import details_of_watches as of_watches
from bot.domain.alerts import (
    OF_THE_GUARD,
    AlertFacts,
    AlertKind,
    BalanceLeft,
    Delay,
    Difference,
    Over,
    PausedBy,
    Shares,
    ShortList,
    UnreadableUpdate,
)
from bot.domain.details import (
    AlertDetail,
    CodeCorrected,
    CreditDeclined,
    CreditGranted,
    CreditMoved,
    CreditRequested,
    DailyDigest,
    Detail,
    Door,
    EntryAsked,
    InvitationUsed,
    LetIn,
    NotFollowed,
    NotLetIn,
    NumberReplaced,
    OfCredit,
    PriceTold,
    RoleTurned,
    SmsLate,
)
from bot.domain.notices import NoticeKind
from bot.domain.outcomes import Outcome
from bot.domain.refusals import Reason, RefusalFacts
from bot.domain.watches import CameBack, OfWatches, WatchOver

Stored = Mapping[str, str]
_DIGEST = ("spent", "median", "newcomers", "incidents", "balance", "lasts")
_COUNT = "count_"
_OF_REFUSAL = ("amount", "limit", "count", "wait")
_BARE: Mapping[type[Detail], Stored] = {
    NumberReplaced: {"replaces": "yes"},
    CodeCorrected: {"corrected": "yes"},
    SmsLate: {"what": "late"},
}
"""Details that have nothing to say but that they are there."""


def written(detail: Detail | None) -> dict[str, str]:
    match detail:
        case NumberReplaced() | CodeCorrected() | SmsLate():
            return dict(_BARE[type(detail)])
        case NotFollowed(why):
            return _refusal_written(why)
        case PriceTold(back):
            return {"back": str(back)}
        case AlertDetail(kind, of_kind, over):
            return {"what": kind.value, **facts_written(of_kind), **_over_written(over)}
        case CreditMoved() | CreditRequested() | CreditGranted() | CreditDeclined():
            return _credit_written(detail)
        case LetIn() | NotLetIn() | InvitationUsed() | EntryAsked() | RoleTurned():
            return _door_written(detail)
        case CameBack() | WatchOver():
            return of_watches.written(detail)
        case DailyDigest():
            return _digest_written(detail)
        case None:
            return {}


def _refusal_written(why: RefusalFacts) -> dict[str, str]:
    known = {name: str(value) for name in _OF_REFUSAL if (value := getattr(why, name)) is not None}
    return {"reason": why.reason.value, **known} | ({"currency": why.currency} if why.currency else {})


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


def _over_written(over: Over | None) -> dict[str, str]:
    if over is None:
        return {}
    return {"over": str(over.seconds), **({"by": over.by} if over.by else {})}


def _digest_written(digest: DailyDigest) -> dict[str, str]:
    whole = {one: getattr(digest, one) for one in _DIGEST}
    known = {name: str(value) for name, value in whole.items() if value is not None}
    counts = {f"{_COUNT}{outcome.value}": str(count) for outcome, count in digest.counts.items()}
    return {"what": "digest", "day": digest.day.isoformat(), "currency": digest.currency, **known, **counts}


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


def facts_written(told: AlertFacts | None) -> dict[str, str]:
    """Of an alert or an incident."""
    match told:
        case ShortList(found, known):
            return {"found": str(found), "known": str(known)}
        case Difference(amount, currency):
            return {"amount": str(amount), "currency": currency}
        case UnreadableUpdate(kind, field):
            return {"kind": kind, "field": field}
        case BalanceLeft(amount, currency, hours):
            lasts = {} if hours is None else {"hours": str(hours)}
            return {"amount": str(amount), "currency": currency, **lasts}
        case PausedBy(name):
            return {"name": name}
        case Delay(seconds):
            return {"seconds": str(seconds)}
        case Shares(ended, success, closes):
            return {"ended": str(ended), "success": str(success), "closes": str(closes)}
        case None:
            return {}


def read(kind: NoticeKind, stored: Stored) -> Detail | None:
    """None for a notice that says nothing beside its order, and for words that another release wrote."""
    stored = _object(stored)
    match kind:
        case NoticeKind.NUMBER:
            return NumberReplaced() if "replaces" in stored else None
        case NoticeKind.CODE:
            return CodeCorrected() if "corrected" in stored else None
        case NoticeKind.PRICED:
            back = _whole(stored, "back")
            return None if back is None else PriceTold(back)
        case NoticeKind.NOT_FOLLOWED | NoticeKind.ENDED:
            return _not_followed(stored)
        case NoticeKind.ALERT:
            return _alert(stored)
        case NoticeKind.MESSAGE:
            return _message(stored)
        case _:
            return None


def _not_followed(stored: Stored) -> NotFollowed | None:
    word = stored.get("reason", "")
    if word not in set(Reason):
        return None
    amount, limit, count, wait = (_whole(stored, name) for name in _OF_REFUSAL)
    currency = stored.get("currency")
    return NotFollowed(RefusalFacts(Reason(word), amount, limit, count, currency=currency, wait=wait))


def _alert(stored: Stored) -> AlertDetail | None:
    word = stored.get("what", "")
    if word not in set(AlertKind):
        return None
    kind, seconds = AlertKind(word), _whole(stored, "over")
    over = None if seconds is None else Over(seconds, stored.get("by", ""))
    return AlertDetail(kind, facts(kind, stored), over)


def facts(kind: AlertKind, stored: Stored) -> AlertFacts | None:
    """Of an alert or an incident of this kind; None for a kind that has none."""
    stored = _object(stored)
    match kind:
        case AlertKind.SHORT_SERVICES | AlertKind.SHORT_COUNTRIES:
            return ShortList(_whole(stored, "found") or 0, _whole(stored, "known") or 0)
        case AlertKind.APART:
            return Difference(_whole(stored, "amount") or 0, stored.get("currency", "USD"))
        case AlertKind.UNREADABLE:
            return UnreadableUpdate(stored.get("kind", "message"), stored.get("field", "text"))
        case AlertKind.LOW_BALANCE | AlertKind.SHORT_BALANCE:
            amount, currency = _whole(stored, "amount") or 0, stored.get("currency", "USD")
            return BalanceLeft(amount, currency, _whole(stored, "hours"))
        case AlertKind.PAUSED_BY_ADMIN:
            return PausedBy(stored.get("name", ""))
        case AlertKind.SLOW_CODES:
            return Delay(_whole(stored, "seconds") or 0)
        case _ if kind in OF_THE_GUARD:
            return Shares(*(_whole(stored, name) or 0 for name in ("ended", "success", "closes")))
        case _:
            return None


def _message(stored: Stored) -> OfCredit | OfWatches | Door | DailyDigest | SmsLate | None:
    match stored.get("what"):
        case what if what in of_watches.WORDS:
            return of_watches.read(stored)
        case "digest":
            return _digest(stored)
        case "late":
            return SmsLate()
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


def _digest(stored: Stored) -> DailyDigest | None:
    """An outcome that another release knows is left out."""
    try:
        day = date.fromisoformat(stored.get("day", ""))
    except ValueError:
        return None
    counts = {one: _whole(stored, f"{_COUNT}{one.value}") or 0 for one in Outcome}
    return DailyDigest(
        day=day,
        counts={one: count for one, count in counts.items() if count},
        spent=_whole(stored, "spent") or 0,
        currency=stored.get("currency", "USD"),
        median=_whole(stored, "median"),
        newcomers=_whole(stored, "newcomers") or 0,
        incidents=_whole(stored, "incidents") or 0,
        balance=_whole(stored, "balance"),
        lasts=_whole(stored, "lasts"),
    )


def _object(stored: object) -> Stored:
    """JSON that is no object holds nothing, nor do values in one that are no texts."""
    return {k: v for k, v in stored.items() if isinstance(v, str)} if isinstance(stored, Mapping) else {}


def _whole(stored: Stored, name: str) -> int | None:
    """None where there is none, or nothing that can be read."""
    try:
        return int(stored[name])
    except (KeyError, ValueError):
        return None
