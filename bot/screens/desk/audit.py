"""What admins did: when, who, what, about whom, what was so before and what is so since."""

from collections.abc import Iterator

from bot.facts.record import AuditPage, Done, Names
from bot.i18n import Html, Translator, clean, unlinked
from bot.screens.callbacks_of_admins import ToAdmin, ToAudit, ToPerson
from bot.screens.desk.acts import words
from bot.screens.desk.audit_details import details
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, lines, rows, typing_at

_NAME = 24


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
            [back(t, ToAdmin() if facts.person_id is None else ToPerson(person=facts.person_id)), menu(t)],
        ),
        place=typing_at(ToAudit(number=facts.page.number, person=facts.person_id)),
    )


def named(person_id: int | None, names: Names, t: Translator) -> Html:
    """A person by name and id; the clock and the bot's own checks are nobody."""
    if person_id is None:
        # NOTE: who did it, where no person did
        return t("the bot")
    name = unlinked(clean(names.get(person_id, ""), _NAME).strip())
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
