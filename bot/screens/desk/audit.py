"""What admins did: when, who, what, about whom, what was so before and what is so since."""

from collections.abc import Iterator, Mapping

from bot.domain.acts import Act
from bot.facts.record import AuditPage, Done, Names
from bot.i18n import Html, Translator, clean
from bot.screens.callbacks_of_admins import ToAdmin, ToAudit
from bot.screens.desk.acts import words
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, lines, rows, typing_at

_NAME, _VALUE, _NOTE, _FIELDS = 24, 40, 80, 4
_ROOM = 280
"""Characters that a line may say beside when, who and what: eight of them have to fit into a message."""
_BEFORE, _AFTER = "before", "after"
_MONEY = frozenset({"amount", "daily_spend", "credit"})
_ACTS_OF_MONEY = frozenset({Act.CREDIT_ASKED, Act.CREDIT_DONE, Act.BOOKS_APART, Act.BOOKS_FIXED})


def audit(facts: AuditPage, t: Translator) -> Screen:
    about = None
    if facts.person_id is not None:
        about = t("About {who}", who=named(facts.person_id, facts.names, t))
    none = t("Nothing has been done yet.") if not facts.lines else None
    told = [part for one in facts.lines for part in ("", *_line(one, facts, t))]
    return Screen(
        lines(t("📜 <b>Audit</b>"), about, none, *told),
        rows(
            arrows(facts.page, lambda number: ToAudit(number=number, person=facts.person_id)),
            [back(t, ToAdmin()), menu(t)],
        ),
        place=typing_at(ToAudit(number=facts.page.number, person=facts.person_id)),
    )


def named(person_id: int | None, names: Names, t: Translator) -> Html:
    """A person by name and id; the clock and the bot's own checks are nobody."""
    if person_id is None:
        # NOTE: who did it, where no person did
        return t("the bot")
    name = clean(names.get(person_id, ""), _NAME).strip()
    if not name:
        return Html("<code>{}</code>").format(person_id)
    return t("{name} <code>{id}</code>", name=name, id=str(person_id))


def _line(one: Done, facts: AuditPage, t: Translator) -> Iterator[Html]:
    yield t(
        "{when} · {who}",
        when=t.time(one.at, "datetime"),
        who=named(one.actor_id, facts.names, t),
    )
    yield _what(one, facts, t)
    yield from details(one, facts.currency, t)


def _what(one: Done, facts: AuditPage, t: Translator) -> Html:
    said = words(one.act, one.word, t)
    if one.person_id is not None and one.person_id != one.actor_id:
        return t("{what}: {whom}", what=said, whom=named(one.person_id, facts.names, t))
    if one.order_id is not None:
        return t("{what}: order #{id}", what=said, id=str(one.order_id))
    return said


def details(one: Done, currency: str, t: Translator) -> list[Html]:
    """What changed from what to what, then what else was noted: as much as a line of the list has room for."""
    found, room = list[Html](), _ROOM
    for said in (*_note(one, t), *_changes(one, currency, t)):
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
    shown: Mapping[str, object] = one.detail
    named_pairs = [key.removeprefix(_BEFORE) for key in shown if key.startswith(_BEFORE)]
    for end in dict.fromkeys([*named_pairs, *(key.removeprefix(_AFTER) for key in shown if key.startswith(_AFTER))]):
        given = {"before": _value(one, _BEFORE + end, currency, t), "after": _value(one, _AFTER + end, currency, t)}
        field = _on_a_line(end.removeprefix("_").replace("_", " "), _NAME)
        yield (t("{field}: {before} → {after}", field=field, **given) if field else t("{before} → {after}", **given))
    rest = [key for key in shown if not key.startswith((_BEFORE, _AFTER)) and key not in ("note", "why", "text")]
    if rest:
        yield Html(" · ").join(
            t("{field}: {value}", field=_on_a_line(key.replace("_", " "), _NAME), value=_value(one, key, currency, t))
            for key in rest[:_FIELDS]
        )


def _value(one: Done, key: str, currency: str, t: Translator) -> str:
    value = one.detail.get(key)
    field = key.removeprefix(_BEFORE).removeprefix(_AFTER).removeprefix("_")
    match value:
        case None:
            return "–"
        case bool():
            return t.plain("yes") if value else t.plain("no")
        case int() if field in _MONEY or (not field and one.act in _ACTS_OF_MONEY):
            return t.money(value, currency)
        case int():
            return t.number(value)
        case _:
            return _on_a_line(str(value), _VALUE)


def _on_a_line(text: str, limit: int) -> str:
    return clean(text.replace("\n", " "), limit)
