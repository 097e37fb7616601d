"""People as a list: everybody, some of them, or those who were looked for; and what is decided about one of them."""

from unicodedata import bidirectional

from aiogram.types import InlineKeyboardButton

from bot.domain.access import AccessMode, Role, Standing
from bot.domain.limits import Limits
from bot.domain.people import Among, Person
from bot.facts.people import Decision, PeopleFacts
from bot.i18n import Html, Translator, clean
from bot.i18n.direction import isolate
from bot.screens.asking import admin_row, confirm_or_cancel
from bot.screens.callbacks_of_admins import Decide, PickPerson, ToAdmin, ToInvitations, ToPeople, ToPerson
from bot.screens.labels import ROW, fitted, width
from bot.screens.naming import who
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, grid, lines, rows, typing_at

_ROOM, _SHORTEST_NAME = ROW - 4, 10


def people(facts: PeopleFacts, t: Translator, *, putting_away: Html | None = None) -> Screen:
    """Typed words search in it. `putting_away`: as in `Screen`."""

    def leads_to(number: int) -> ToPeople:
        return ToPeople(number=number, among=facts.among, words=facts.words)

    return Screen(
        lines(*_heading(facts, t), "", t("Type a name, a username or an ID to find somebody.")),
        rows(
            *([button(label(one), _person(one, facts))] for one in facts.people),
            arrows(facts.page, leads_to),
            *_others(facts, t),
            [button("🔎 " + t.plain("Pick a person"), PickPerson()), _invite(facts, t)],
            [back(t, ToAdmin() if _is_whole(facts) else ToPeople()), menu(t)],
        ),
        place=typing_at(leads_to(facts.page.number)),
        putting_away=putting_away,
    )


def _is_whole(facts: PeopleFacts) -> bool:
    return facts.among is Among.ALL and not facts.words and facts.typed is None


def _person(person: Person, facts: PeopleFacts) -> ToPerson:
    return ToPerson(person=person.id, number=facts.page.number, among=facts.among, words=facts.words)


def _heading(facts: PeopleFacts, t: Translator) -> list[Html]:
    if facts.typed is not None or facts.words:
        found = clean(facts.typed or facts.words, 60).replace("\n", " ")
        if not facts.total:
            return [t("👥 <b>People</b>"), t("Nobody found for “{words}”.", words=found)]
        return [t.n("👥 “{words}”: {n} person", "👥 “{words}”: {n} people", facts.total, words=found)]
    counted = t.n("👥 <b>People</b>: {n}", "👥 <b>People</b>: {n}", facts.total)
    if facts.limits is not None:
        return [*shops(facts.limits, facts.spend_is_limited, facts.currency, t), Html(""), _of_whom(facts, t)]
    return [counted, _access(facts.mode, t)] if facts.among is Among.ALL else [_of_whom(facts, t)]


def _of_whom(facts: PeopleFacts, t: Translator) -> Html:
    n = facts.total
    match facts.among:
        case Among.ADMINS:
            return t.n("👥 <b>Admins</b>: {n}", "👥 <b>Admins</b>: {n}", n)
        case Among.BLOCKED:
            return t.n("👥 <b>Blocked</b>: {n}", "👥 <b>Blocked</b>: {n}", n)
        case Among.UNREACHABLE:
            return t.n(
                "👥 <b>Out of reach</b>, they stopped the bot or never started it: {n}",
                "👥 <b>Out of reach</b>, they stopped the bot or never started it: {n}",
                n,
            )
        case _:
            return t.n("👥 <b>With limits of their own</b>: {n}", "👥 <b>With limits of their own</b>: {n}", n)


def shops(limits: Limits, spend_is_limited: bool, currency: str, t: Translator) -> list[Html]:
    """Everybody's limits, which stand in the settings. A wallet has no limit a day."""
    spend = t("Spend a day: {amount} (DAILY_SPEND)", amount=t.balance(limits.daily_spend, currency))
    return [
        t("🎚 <b>Limits for everybody</b>"),
        t("Orders in progress: {n} (MAX_OPEN_ORDERS)", n=t.number(limits.open_orders)),
        t("Purchases an hour: {n} (MAX_PURCHASES_PER_HOUR)", n=t.number(limits.purchases_an_hour)),
        spend if spend_is_limited else t("Spend a day: no limit (prepaid)"),
        t("Closes an hour: {n} (MAX_CLOSES_PER_HOUR)", n=t.number(limits.closes_an_hour)),
    ]


def _access(mode: AccessMode, t: Translator) -> Html:
    modes = {
        AccessMode.CLOSED: t("Access: closed. Only admins and those they allow."),
        AccessMode.INVITE: t("Access: by invitation. /invite makes a link for one person."),
        AccessMode.OPEN: t("Access: open to everybody who is not blocked."),
    }
    return modes[mode]


def _others(facts: PeopleFacts, t: Translator) -> list[tuple[InlineKeyboardButton, ...]]:
    """The other lists, two in a row."""
    names = {
        Among.ALL: t.plain("Everybody"),
        Among.ADMINS: t.plain("Admins"),
        Among.BLOCKED: t.plain("Blocked"),
        Among.UNREACHABLE: t.plain("Out of reach"),
        Among.LIMITED: t.plain("Own limits"),
    }
    here = None if facts.words or facts.typed is not None else facts.among
    wanted = [one for one in Among if one is not here]
    return grid([button(names[one], ToPeople(among=one)) for one in wanted[:4]], 2)


def _invite(facts: PeopleFacts, t: Translator) -> InlineKeyboardButton | None:
    return None if facts.mode is AccessMode.CLOSED else button("✉️ " + t.plain("Invite"), ToInvitations())


def label(person: Person) -> str:
    """A person on a button: their name, else their id; and their username, whose @ stays before it behind any name."""
    name = clean(person.name).replace("\n", " ").strip() or str(person.id)
    if not person.username:
        return f"{_sign(person)} {fitted(name, _ROOM)}"
    username = fitted(f"@{person.username}", _ROOM - _SHORTEST_NAME)
    turns = any(bidirectional(one) in ("R", "AL") for one in name)
    return f"{_sign(person)} {fitted(name, _ROOM - width(username))} {isolate(username) if turns else username}"


def _sign(person: Person) -> str:
    if person.standing is Standing.BLOCKED and person.role is not Role.OWNER:
        return "⛔"
    if person.is_admin:
        return "🛠"
    if person.role is Role.STRANGER:
        return "🔒"
    return "👤" if person.unreachable_at is None else "🔕"


def confirm(person: Person, standing: Standing, t: Translator) -> Screen:
    """Acts on people ask back."""
    them = who(person.id, person.name, t)
    ask = (
        t("Let {who} in?", who=them)
        if standing is Standing.ALLOWED
        else t("Keep {who} out? Their orders in progress go on, but they can't use the bot.", who=them)
    )
    return Screen(ask, confirm_or_cancel(t, Decide(person=person.id, standing=standing), ToPerson(person=person.id)))


def decided(facts: Decision, t: Translator) -> Screen:
    person = facts.person
    them = who(person.id, person.name, t)
    if person.role is Role.OWNER:
        text = t("{who} is an admin by the settings (ADMIN_IDS) and stays in.", who=them)
    elif person.standing is not Standing.ALLOWED:
        text = t("⛔ {who} is kept out now.", who=them)
    elif facts.was_in:
        text = t("✅ {who} could use the bot already, and still can.", who=them)
    elif facts.met:
        text = t("✅ {who} may use the bot now, and is told so.", who=them)
    else:
        text = t(
            "✅ {who} may use the bot now, and is told so. Somebody who never wrote to the bot can't be told: then "
            "they have to send it /start first.",
            who=them,
        )
    return Screen(text, rows([button(label(person), ToPerson(person=person.id))], *admin_row(t)), over=True)
