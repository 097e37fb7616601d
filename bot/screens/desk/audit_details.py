"""What a line of the audit says beside who and what: what changed from what to what, and what was noted, in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.domain.acts import Act
from bot.facts.record import Done
from bot.i18n import Html, Translator, clean

_NAME, _VALUE, _NOTE, _FIELDS = 24, 40, 80, 4
_ROOM = 280
"""Characters that a line may say beside when, who and what: eight of them have to fit into a message."""
_BEFORE, _AFTER, _SPEND = "before", "after", "daily_spend"
_ACTS_OF_MONEY = frozenset(
    {
        Act.CREDIT_ASKED, Act.CREDIT_DONE, Act.CREDIT_REQUESTED, Act.CREDIT_WITHDRAWN, Act.CREDIT_DECLINED,
        Act.BOOKS_APART, Act.BOOKS_FIXED,
    }
)  # fmt: skip
_SHARES = frozenset({"success", "closes"})
_SAID_BY_THE_ACT = frozenset({Act.ENTRY_IGNORED})
"""What was so before and after would repeat the act."""

_FIELD: Mapping[str, Callable[[Translator], str]] = {
    "amount": lambda t: t.plain("amount"),
    "asked": lambda t: t.plain("asked for"),
    "role": lambda t: t.plain("role"),
    "standing": lambda t: t.plain("access"),
    "people": lambda t: t.plain("people"),
    "open_orders": lambda t: t.plain("orders in progress"),
    "daily_spend": lambda t: t.plain("spent a day"),
    "purchases_an_hour": lambda t: t.plain("purchases in an hour"),
    "closes_an_hour": lambda t: t.plain("closes in an hour"),
    # NOTE: in a line of the audit: how many orders of the last day the account guard looked at
    "ended": lambda t: t.plain("orders looked at"),
    # NOTE: in a line of the audit: the share of orders that got a code
    "success": lambda t: t.plain("with a code"),
    # NOTE: in a line of the audit: the share of orders that their people closed
    "closes": lambda t: t.plain("closed"),
    # NOTE: in a line of the audit: an export of so many days
    "days": lambda t: t.plain("days"),
    # NOTE: in a line of the audit: of which kind the exported file is
    "kind": lambda t: t.plain("file"),
    # NOTE: in a line of the audit: how many orders the exported file has
    "rows": lambda t: t.plain("orders"),
}
"""Fields that a line shows; what else was written is for the program (which entry, which request)."""

_WORD: Mapping[str, Callable[[Translator], str]] = {
    # NOTE: nothing was decided about a person
    "unknown": lambda t: t.plain("undecided"),
    "allowed": lambda t: t.plain("let in"),
    "blocked": lambda t: t.plain("kept out"),
    "owner": lambda t: t.plain("owner"),
    "buyer": lambda t: t.plain("buyer"),
    "stranger": lambda t: t.plain("may not use the bot"),
    "calm": lambda t: t.plain("calm"),
    "warning": lambda t: t.plain("warning"),
    "slow": lambda t: t.plain("slowed down"),
    "paused": lambda t: t.plain("paused"),
    "unknowns": lambda t: t.plain("paused, answers were lost"),
    "books": lambda t: t.plain("paused, the books are apart"),
    "guard": lambda t: t.plain("paused by the account guard"),
    "other": lambda t: t.plain("paused"),
    "unconfirmed": lambda t: t.plain("unconfirmed"),
    "released": lambda t: t.plain("unconfirmed, the money is back"),
    "bought": lambda t: t.plain("bought"),
    "not_bought": lambda t: t.plain("not bought"),
    "csv": lambda _: "CSV",
    "xlsx": lambda _: "XLSX",
}
"""Standings, roles, the guard's levels, causes of a pause, and states of lost purchases; `admin` is two of them."""


def details(one: Done, currency: str, t: Translator) -> list[Html]:
    """The note, what changed from what to what, then what else there is: as much as a line of the list has room for."""
    found, room = list[Html](), _ROOM
    for said in (*_note(one, t), *_changes(one, currency, t), *_rest(one, currency, t)):
        room -= len(said.striptags())
        if room < 0:
            return [*found, Html("…")]
        found.append(said)
    return found


def _note(one: Done, t: Translator) -> Iterator[Html]:
    note = one.detail.get("note")
    if isinstance(note, str) and note.strip():
        yield t("“{note}”", note=_on_a_line(note, _NOTE))


def _changes(one: Done, currency: str, t: Translator) -> Iterator[Html]:
    if one.act in _SAID_BY_THE_ACT:
        return
    keys = [key for key in one.detail if key.startswith((_BEFORE, _AFTER))]
    for end in dict.fromkeys(key.removeprefix(_BEFORE).removeprefix(_AFTER) for key in keys):
        name = end.removeprefix("_") or str(one.detail.get("limit") or "")
        before, after = (one.detail.get(begin + end) for begin in (_BEFORE, _AFTER))
        if end and before == after:
            continue
        given = {"before": _value(one, name, before, currency, t), "after": _value(one, name, after, currency, t)}
        field = _field(one, name, t)
        yield (t("{field}: {before} → {after}", field=field, **given) if field else t("{before} → {after}", **given))


def _rest(one: Done, currency: str, t: Translator) -> Iterator[Html]:
    """In a row. An amount that is also what is so since stands there already."""
    told = (_BEFORE, _AFTER, "note", "why", "text", "limit")
    rest = [key for key in one.detail if not key.startswith(told) and _field(one, key, t)]
    if one.detail.get("amount") == one.detail.get(_AFTER):
        rest = [key for key in rest if key != "amount"]
    if rest:
        yield Html(" · ").join(
            t("{field}: {value}", field=_field(one, key, t), value=_value(one, key, one.detail[key], currency, t))
            for key in rest[:_FIELDS]
        )


def _field(one: Done, name: str, t: Translator) -> str:
    """Empty for what isn't shown. An act of another release shows all, as it is written."""
    if one.act is None:
        return _on_a_line(name.replace("_", " "), _NAME)
    say = _FIELD.get(name)
    return "" if say is None else say(t)


def _value(one: Done, name: str, value: object, currency: str, t: Translator) -> Html | str:
    match value:
        case None:
            return _none(one, t)
        case bool():
            return t.plain("yes") if value else t.plain("no")
        case int() if name in (_SPEND, "amount") or one.act in _ACTS_OF_MONEY:
            return t.money(value, currency)
        case int() if name in _SHARES and one.act is Act.GUARD_LEVEL:
            return t.percent(value)
        case int() if one.act is Act.DIGEST_SET:
            return f"{value:02}:00 UTC"
        case int() if one.act is Act.ORDERS_EXPORTED and name == "days" and not value:
            return t.plain("all")
        case int():
            return t.number(value)
        case _:
            return _said(one, str(value), t)


def _none(one: Done, t: Translator) -> str:
    match one.act:
        case Act.PERSON_LIMITED:
            return t.plain("as for everybody")
        case Act.DIGEST_SET:
            # NOTE: in a line of the audit: at which hour the daily digest comes
            return t.plain("never")
        case Act.BUYING_PAUSED | Act.BUYING_RESUMED:
            # NOTE: in a line of the audit: buying isn't paused
            return t.plain("open")
        case _:
            return "–"


def _said(one: Done, word: str, t: Translator) -> Html | str:
    if word == "admin":
        paused = one.act in (Act.BUYING_PAUSED, Act.BUYING_RESUMED)
        return t.plain("paused by an admin") if paused else t.plain("admin")
    if one.act in (Act.PERSON_INVITE, Act.INVITATION_REVOKED) and (moment := _moment(word)) is not None:
        return t.time(moment, "datetime")
    say = _WORD.get(word) if one.act is not None else None
    return _on_a_line(word.replace("_", " "), _VALUE) if say is None else say(t)


def _moment(word: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None


def _on_a_line(text: str, limit: int) -> str:
    return clean(text, limit).replace("\n", " ")
