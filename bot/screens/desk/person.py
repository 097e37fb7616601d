"""A person's page, for admins: who they are, what they may still do, what they did and what was done about them."""

from aiogram.types import InlineKeyboardButton

from bot.domain.access import Right, Role, Standing
from bot.domain.orders import Order
from bot.domain.people import Person
from bot.facts.people import Done, PersonFacts
from bot.i18n import Html, Translator, clean
from bot.screens.callbacks_of_admins import (
    Appoint,
    AskStanding,
    ToAudit,
    ToCredit,
    ToLimits,
    ToPeople,
    ToRecords,
)
from bot.screens.desk.acts import words
from bot.screens.flags import of_order
from bot.screens.home import purse_line
from bot.screens.naming import plainly, who
from bot.screens.navigation import back, menu
from bot.screens.orders.words import outcome
from bot.screens.people import limits as limits_screens
from bot.screens.screen import Screen, button, grid, lines, rows, typing_at


def person(
    facts: PersonFacts, behind: ToPeople, t: Translator, *, looking: Person, putting_away: Html | None = None
) -> Screen:
    """`behind`: the page of the list that Back leads to. `looking`: who sees it. `putting_away`: as in `Screen`."""
    return Screen(
        lines(*_who_they_are(facts, t), "", *_money(facts, t), *_orders(facts, t), *_done(facts, t)),
        rows(*grid(_acts(facts, looking, t), 2), [back(t, behind), menu(t)]),
        place=typing_at(behind),
        putting_away=putting_away,
    )


def _who_they_are(facts: PersonFacts, t: Translator) -> list[Html | None]:
    one = facts.person
    username = t("@{name}", name=clean(one.username)) if one.username else None
    roles = {
        Role.OWNER: t("🛠 Owner, by the settings"),
        Role.ADMIN: t("🛠 Admin"),
        Role.BUYER: t("✅ May use the bot"),
        Role.STRANGER: t("🔒 May not use the bot"),
    }
    blocked = one.standing is Standing.BLOCKED and one.role is not Role.OWNER
    language = t("Language: {language}", language=clean(one.language, 16)) if one.language else None
    return [
        t("👤 {who}", who=who(one.id, one.name, t)),
        username,
        t("⛔ Blocked") if blocked else roles[one.role],
        t("This is you.") if facts.yourself else None,
        t("Here since {time}", time=t.time(facts.since, "datetime")) if facts.met and facts.since else None,
        None if facts.met else t("They never wrote to the bot, or deleted their data."),
        language,
        t(
            "🔕 Out of reach since {time}: they stopped the bot or never started it. What is for them waits.",
            time=t.time(one.unreachable_at, "datetime"),
        )
        if one.unreachable_at
        else None,
    ]


def _money(facts: PersonFacts, t: Translator) -> list[Html]:
    month = t.balance(facts.spent_month, facts.purse.currency)
    return [
        purse_line(facts.purse, t),
        *limits_screens.each(facts.limits, t),
        t("Spent in 30 days: {amount}", amount=month),
    ]


def _orders(facts: PersonFacts, t: Translator) -> list[Html]:
    if not facts.orders:
        return []
    return [
        Html(""),
        t("<b>Last orders</b>"),
        *(_order(one, one.id in facts.with_code, t) for one in facts.orders),
    ]


def _order(order: Order, code: bool, t: Translator) -> Html:
    """Without its number and its code, which are its person's."""
    price = t.price(order.charged, order.currency) if order.charged else ""
    end = " ".join(part for part in (outcome(order, t, code=code), price) if part)
    return t(
        "{time} #{id} {service} {country} {end}",
        time=t.time(order.placed_at, "datetime"),
        id=str(order.id),
        service=clean(order.service_name, 30).replace("\n", " "),
        country=of_order(order),
        end=end,
    )


def _done(facts: PersonFacts, t: Translator) -> list[Html]:
    said = [_act(one, facts.person, t) for one in facts.done]
    return [Html(""), t("<b>Last decisions</b>"), *said] if said else []


def _act(done: Done, about: Person, t: Translator) -> Html:
    """By whom is left out where it was the person, or nobody."""
    said = words(done.act, "…", t)
    at = t.time(done.at, "datetime")
    if done.actor_id is None or done.actor_id == about.id:
        return t("{time} {act}", time=at, act=said)
    # NOTE: what was done about a person, such as "⛔ kept out", and the name of who did it
    return t("{time} {act}, by {admin}", time=at, act=said, admin=plainly(done.by) or who(done.actor_id, "", t))


def _acts(facts: PersonFacts, looking: Person, t: Translator) -> list[InlineKeyboardButton]:
    """What the looking admin may do about them, or see of them."""
    one = facts.person.id
    credit = button("💳 " + t.plain("Credit"), ToCredit(person=one)) if facts.purse.daily_limit is None else None
    found = (
        (Right.LIMIT, button("🎚 " + t.plain("Limits"), ToLimits(person=one))),
        (Right.GIVE_CREDIT, credit),
        (Right.SEE_ORDERS, button("🧾 " + t.plain("Orders"), ToRecords(person=one))),
        (Right.SEE_AUDIT, button("📜 " + t.plain("Audit"), ToAudit(person=one))),
        (Right.APPOINT, _role(facts, t)),
        (Right.LET_IN, _standing(facts, looking, t)),
    )
    return [leads for right, leads in found if leads is not None and looking.may(right)]


def _role(facts: PersonFacts, t: Translator) -> InlineKeyboardButton | None:
    one = facts.person
    if one.role is Role.OWNER:
        return None
    if one.role is Role.ADMIN:
        return button("🛠 " + t.plain("Make buyer"), Appoint(person=one.id, admin=False))
    return button("🛠 " + t.plain("Make admin"), Appoint(person=one.id, admin=True))


def _standing(facts: PersonFacts, looking: Person, t: Translator) -> InlineKeyboardButton | None:
    """No block reaches an owner, nobody keeps themselves out, and only an owner decides about an admin."""
    one = facts.person
    if one.role is Role.OWNER or facts.yourself or (one.role is Role.ADMIN and not looking.may(Right.APPOINT)):
        return None
    if one.standing is Standing.BLOCKED or one.role is Role.STRANGER:
        return button("✅ " + t.plain("Allow"), AskStanding(person=one.id, standing=Standing.ALLOWED))
    return button("⛔ " + t.plain("Block"), AskStanding(person=one.id, standing=Standing.BLOCKED))
