"""A person's page, for admins: who they are, what they may still do, what they did and what was done about them."""

from aiogram.types import InlineKeyboardButton

from bot.domain.access import Right, Role, Standing
from bot.domain.acts import Act
from bot.domain.orders import Order
from bot.domain.people import Person
from bot.facts.people import Done, PersonFacts
from bot.i18n import Html, Translator, clean
from bot.screens.callbacks_of_admins import AskStanding, ToLimits, ToPeople
from bot.screens.flags import flagged
from bot.screens.home import purse_line
from bot.screens.navigation import back, menu
from bot.screens.orders.words import outcome
from bot.screens.people import limits as limits_screens
from bot.screens.people.naming import who
from bot.screens.screen import Screen, button, lines, rows


def person(
    facts: PersonFacts, behind: ToPeople, t: Translator, *, looking: Person, putting_away: Html | None = None
) -> Screen:
    """`behind`: the page of the list that Back leads to. `looking`: who sees it. `putting_away`: as in `Screen`."""
    return Screen(
        lines(*_who_they_are(facts, t), "", *_money(facts, t), *_orders(facts, t), *_done(facts, t)),
        rows([_limits(facts, looking, t), _standing(facts, looking, t)], [back(t, behind), menu(t)]),
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
        None if facts.met else t("They never wrote to the bot, so it can't write to them."),
        language,
        t("🔕 They stopped the bot {time}. What is for them waits.", time=t.time(one.unreachable_at, "datetime"))
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
        country=flagged(order.country_code, order.country_label),
        end=end,
    )


def _done(facts: PersonFacts, t: Translator) -> list[Html]:
    said = [_act(one, t) for one in facts.done]
    return [Html(""), t("<b>Last decisions</b>"), *said] if said else []


def _act(done: Done, t: Translator) -> Html:
    words = {
        Act.PERSON_ALLOWED: t("let in"),
        Act.PERSON_BLOCKED: t("blocked"),
        Act.PERSON_LIMITED: t("a limit was changed"),
        Act.PERSON_ACCEPTED: t("came by an invitation"),
        Act.CREDIT_DONE: t("credit was changed"),
    }
    said = words.get(done.act, Html("…")) if done.act is not None else Html("…")
    at = t.time(done.at, "datetime")
    if done.actor_id is None:
        return t("{time} {act}", time=at, act=said)
    # NOTE: what was done about a person, such as "blocked", and the id of who did it
    return t("{time} {act}, by {id}", time=at, act=said, id=Html("<code>{}</code>").format(done.actor_id))


def _limits(facts: PersonFacts, looking: Person, t: Translator) -> InlineKeyboardButton | None:
    if not looking.may(Right.LIMIT):
        return None
    return button("🎚 " + t.plain("Limits"), ToLimits(person=facts.person.id))


def _standing(facts: PersonFacts, looking: Person, t: Translator) -> InlineKeyboardButton | None:
    """No block reaches an owner, and nobody keeps themselves out."""
    one = facts.person
    if not looking.may(Right.LET_IN) or one.role is Role.OWNER or facts.yourself:
        return None
    if one.standing is Standing.BLOCKED or one.role is Role.STRANGER:
        return button("✅ " + t.plain("Allow"), AskStanding(person=one.id, standing=Standing.ALLOWED))
    return button("⛔ " + t.plain("Block"), AskStanding(person=one.id, standing=Standing.BLOCKED))
