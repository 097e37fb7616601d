"""Another number, here or in the next country; a number that the service refused; and a number's time limit."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Country, Sort
from bot.domain.details import NotFollowed
from bot.domain.orders import Order, OrderCard
from bot.domain.sequels import TIME_LIMITS, Sequel, may_be_followed, may_be_the_countrys_fault, may_be_turned_down
from bot.facts.orders import Onward
from bot.i18n import Html, Translator, flag
from bot.screens import origin, refusals
from bot.screens.callbacks import ToCountries, ToOrder
from bot.screens.callbacks_of_sequels import (
    AnotherNumber,
    KeepNumber,
    SetTimeLimit,
    ToNextCountry,
    ToTimeLimit,
    ToTurnDown,
    TurnDown,
)
from bot.screens.flags import flagged
from bot.screens.navigation import back, menu
from bot.screens.orders.sequel_words import most
from bot.screens.orders.words import title
from bot.screens.screen import Row, Screen, button, lines, rows
from bot.screens.shop.plan import minutes


def steps_onward(order: Order, via: str | None, t: Translator) -> list[Row]:
    """On the card of an order that brought nothing, before all else that can be done."""
    if order.followed_by is not None:
        return [[button(t.plain("To the new number"), ToOrder(order=order.followed_by, via=via))]]
    if order.sequel is not None or not may_be_followed(order):
        return []
    # NOTE: {price} is the most that another number may cost; the tap buys it
    label = t.plain("Another number · up to {price}", price=most(order, t))
    leads_to = AnotherNumber(order=order.id, via=via)
    dearer = order.cheapest is not None  # the same again would find nothing again
    another = None if dearer else button("🔁 " + label, leads_to, ButtonStyle.SUCCESS)
    elsewhere = button("🌍 " + t.plain("Next country"), ToNextCountry(order=order.id, via=via))
    return [[another], [elsewhere if may_be_the_countrys_fault(order) else None, _other_countries(order, via, t)]]


def _other_countries(order: Order, via: str | None, t: Translator) -> InlineKeyboardButton:
    behind = origin.order(order.id, via)
    leads_to = ToCountries(service=order.service_id, sort=Sort.USUAL, number=0, via=behind)
    return button(t.plain("Other countries"), leads_to)


def live_steps(order: Order, via: str | None, t: Translator) -> list[Row]:
    """On the card of an order that waits."""
    if order.sequel in (Sequel.HERE, Sequel.THERE):
        return []
    refused = button(t.plain("Number refused"), ToTurnDown(order=order.id, via=via))
    limit = None if order.close_wanted else button(_limit_label(order, t), ToTimeLimit(order=order.id, via=via))
    stop = button(t.plain("Stop after this number"), KeepNumber(order=order.id, via=via))
    return [
        [refused if may_be_turned_down(order) else None, limit],
        [stop if order.sequel == Sequel.ITSELF else None],
    ]


def keep_button(order: Order, via: str | None, t: Translator) -> InlineKeyboardButton:
    return button(t.plain("Keep this number"), KeepNumber(order=order.id, via=via))


def _limit_label(order: Order, t: Translator) -> str:
    return "⏱ " + (t.plain("Time limit") if order.give_up_after is None else minutes(order.give_up_after, t))


def next_country(facts: Onward, via: str | None, t: Translator) -> Screen:
    """Names the country and what may be paid there, before anything is bought."""
    order, country = facts.order, facts.country
    if country is None:
        none = t("No other country has a number for {price} or less right now.", price=most(order, t))
        return Screen(lines(title(order, t), none), rows([_other_countries(order, via, t)], _way_back(order, via, t)))
    said = t("🌍 Next: {flag} <b>{country}</b>, for up to {price}.", **_named(country, t), price=most(order, t))
    aside = t("The price range stays the same. You pay when the code arrives. No code, no charge.")
    leads_to = AnotherNumber(order=order.id, country=country.id, via=via)
    buys = button("✅ " + _there(order, country, t), leads_to, ButtonStyle.SUCCESS)
    return Screen(
        lines(title(order, t), said, aside),
        rows([buys], [_other_countries(order, via, t)], _way_back(order, via, t)),
    )


def _there(order: Order, country: Country, t: Translator) -> str:
    there = flagged(country.code, country.label)
    # NOTE: {country} is a flag; {price} is the most that a number there may cost
    return t.plain("Next country · {country} up to {price}", country=there, price=most(order, t))


def _named(country: Country, t: Translator) -> dict[str, str]:
    return {"flag": flag(country.code), "country": t.country(country.code, country.name, country.label)}


def _way_back(order: Order, via: str | None, t: Translator) -> Row:
    return [back(t, ToOrder(order=order.id, via=via)), menu(t)]


def turn_down(facts: Onward, via: str | None, t: Translator) -> Screen:
    """Before a number is given back because the service did not take it."""
    order, country = facts.order, facts.country
    if not may_be_turned_down(order):
        return Screen(
            lines(title(order, t), t("This order has moved on. Tap Back to see it.")), rows(_way_back(order, via, t))
        )
    here = t.plain("Another number · up to {price}", price=most(order, t))
    rest: list[Row] = [[button("🔁 " + here, TurnDown(order=order.id, via=via), ButtonStyle.SUCCESS)]]
    if country is not None:
        leads_to = TurnDown(order=order.id, country=country.id, via=via)
        rest.append([button("🌍 " + _there(order, country, t), leads_to)])
    keep = button(t.plain("Keep this number"), ToOrder(order=order.id, via=via))
    return Screen(lines(title(order, t), *_what_happens(facts, t)), rows(*rest, [keep], [menu(t)]))


def _what_happens(facts: Onward, t: Translator) -> list[Html | None]:
    order, country = facts.order, facts.country
    elsewhere = t("🌍 Next country: {flag} <b>{country}</b>.", **_named(country, t)) if country else None
    return [
        t("The service doesn't take this number? It is closed as soon as that is allowed, and costs nothing."),
        t(
            "Then another one is bought, for up to {price}. A code that comes before is still yours.",
            price=most(order, t),
        ),
        elsewhere,
    ]


def turned_down_toast(card: OrderCard, t: Translator) -> str:
    if card.order.sequel is None:
        return t.plain("This order has moved on. This is how it stands.")
    return t.plain("The number is closed as soon as that is allowed. Then you get another one.")


def time_limit(card: OrderCard, via: str | None, t: Translator) -> Screen:
    order = card.order
    said = t("⏱ <b>Time limit</b>: if no code comes in time, the number is closed by itself and costs nothing.")
    chosen = [_choice(order, seconds, via, t) for seconds in TIME_LIMITS]
    none = [] if order.give_up_after is None else [button(t.plain("No time limit"), _sets(order, None, via))]
    return Screen(lines(title(order, t), said), rows(chosen, none, _way_back(order, via, t)))


def _choice(order: Order, seconds: int, via: str | None, t: Translator) -> InlineKeyboardButton:
    chosen = order.give_up_after == seconds
    style = ButtonStyle.PRIMARY if chosen else None
    return button(minutes(seconds, t), _sets(order, seconds, via), style)


def _sets(order: Order, seconds: int | None, via: str | None) -> SetTimeLimit:
    return SetTimeLimit(order=order.id, seconds=seconds, via=via)


def limited_toast(card: OrderCard, t: Translator) -> str:
    seconds = card.order.give_up_after
    if seconds is None:
        return t.plain("No time limit: the number stays until you close it.")
    return t.plain("Closed by itself if no code comes in {wait}.", wait=t.wait(seconds))


def not_followed(whole: Screen, detail: NotFollowed, t: Translator) -> Screen:
    """`whole`: the card of an order after which nothing was bought. Why not, and what helps."""
    known = {one.callback_data for row in whole.rows for one in row}
    helps = [one for one in refusals.next_step(detail.why, t) if one and one.callback_data not in known]
    text = lines(whole.text, "", t("No further number was bought:"), refusals.text(detail.why, t))
    return Screen(text, rows(*whole.rows[:-1], helps, whole.rows[-1]), card=whole.card)
