"""The price screen, which is the confirmation of a purchase."""

from dataclasses import replace

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Country, Sort
from bot.domain.price_window import Window
from bot.domain.refusals import Reason
from bot.domain.sequels import coded, plan_of
from bot.facts.shop import PriceFacts, SoldOut, Unsold
from bot.i18n import Html, Translator, flag
from bot.screens import origin, refusals
from bot.screens.home import purse_line
from bot.screens.navigation import back, menu
from bot.screens.screen import Row, Screen, button, lines, rows
from bot.screens.shop.drafts import named
from bot.screens.shop.favorites import save_button, share_button
from bot.screens.shop.more_credit import more_credit
from bot.screens.shop.plan import plan_line, plan_row
from bot.screens.shop.price_words import window_lines
from bot.screens.shop.results import sentence
from bot.screens.shop.steppers import presets, steppers
from bot.screens.shop.watches import on_sold_out, under, waited_for
from bot.screens.shop.ways import elsewhere, look_again, place, purchase, to, to_offers

TYPED = origin.countries(Sort.USUAL, 0, origin.HOME)
"""Where Back leads from the price of a pair that was typed: to the other countries of its service."""


_PASS = (Reason.BUYING_PAUSED, Reason.BUYING_SLOWED, Reason.TOO_MANY_OPEN, Reason.TOO_MANY_PURCHASES)
"""What is over by itself after a while."""


def price(facts: PriceFacts | SoldOut, via: str, t: Translator, toast: str | None = None) -> Screen:
    if isinstance(facts, SoldOut):
        return sold_out(facts, via, t, toast)
    shown = prices(facts, t)
    return Screen(
        lines(
            title(facts, t),
            t("⚠️ Prices can't be refreshed right now. These are from {when}.", when=t.time(facts.read_at, "relative"))
            if facts.old
            else None,
            "",
            t("No number here costs more.") if facts.dearest and facts.match.offers else None,
            *window_lines(facts, shown, t),
            "",
            *aside(facts, shown, t),
            *_planned(facts, shown, t),
        ),
        rows(*_rows(facts, via, shown, t)),
        toast=toast,
        place=place(facts, to(facts, facts.window, via)),
    )


def _share(facts: PriceFacts, via: str, t: Translator) -> InlineKeyboardButton | None:
    """A link names one country."""
    return None if facts.countries else share_button(facts, via, t)


def _rows(facts: PriceFacts, via: str, shown: dict[int, str], t: Translator) -> list[Row]:
    return [
        *steppers(facts, via, shown, t),
        presets(facts, via, t),
        [_buy(facts, via, shown, t)],
        _plan_row(facts, via, t),
        more_credit(facts, t),
        way_out(facts, to(facts, facts.window, via), t),
        [elsewhere(facts.service, t) if facts.dearest else None],
        *_aside_rows(facts, via, t),
        [back(t, origin.back(via, facts.service.id)), _share(facts, via, t), menu(t)],
    ]


def planned(facts: PriceFacts | SoldOut, code: int | None) -> PriceFacts | SoldOut:
    """The same with what a button says is agreed to."""
    return replace(facts, plan=plan_of(code)) if isinstance(facts, PriceFacts) else facts


def _planned(facts: PriceFacts, shown: dict[int, str], t: Translator) -> list[Html | None]:
    return [] if at_a_standstill(facts) else [plan_line(facts.plan, shown[facts.window.high], t)]


def _plan_row(facts: PriceFacts, via: str, t: Translator) -> Row:
    if at_a_standstill(facts):
        return []
    return plan_row(facts.plan, lambda plan: to(replace(facts, plan=plan), facts.window, via), t)


def _aside_rows(facts: PriceFacts, via: str, t: Translator) -> list[Row]:
    """None of them where countries are several: a watch, one offer and a favorite are of one."""
    if facts.countries:
        return []
    exact = button("🎯 " + t.plain("Exact offer"), to_offers(facts, via, 0))
    saved = facts.saved == facts.window
    save = save_button(
        (facts.service.id, facts.country.id), facts.window, t, saved=saved, via=via, plan=coded(facts.plan)
    )
    return [under(facts, via, t), [None if at_a_standstill(facts) else exact, save]]


def sold_out(facts: SoldOut, via: str, t: Translator, toast: str | None = None) -> Screen:
    service, window = facts.service, facts.window
    again = to(facts, window, via)
    return Screen(
        lines(_sold_out(facts, t), waited_for(facts, t)),
        rows(
            [None if facts.countries else on_sold_out(facts, via, t)],
            [elsewhere(service, t)],
            [look_again(again, t)],
            [back(t, origin.back(via, service.id)), menu(t)],
        ),
        toast=toast,
        place=place(facts, again),
    )


def _sold_out(facts: SoldOut, t: Translator) -> Html:
    if facts.countries:
        return t(
            "😕 Sold out: <b>{service}</b> in {countries}.",
            service=facts.service.name,
            countries=named(facts.countries, t),
        )
    return t(
        "😕 Sold out: <b>{service}</b> in {flag} <b>{country}</b>.",
        service=facts.service.name,
        flag=flag(facts.country.code),
        country=_named(facts.country, t),
    )


def unsold(facts: Unsold, via: str | None, t: Translator, plan: int | None = None) -> Screen:
    """Nothing was bought: why, and what there is now."""
    shown = price(planned(facts.prices, plan), via or TYPED, t, toast=refusals.toast(facts.why, t))
    return alarming(shown)


def alarming(screen: Screen) -> Screen:
    """Its toast as a dialog, which keeps a second tap of the same thumb from what has just moved under it."""
    return replace(screen, alert=True)


def prices(facts: PriceFacts, t: Translator) -> dict[int, str]:
    """Every price that this screen shows, told apart from the others."""
    ladder, window = facts.ladder, facts.window
    instead = facts.obstacle.instead if facts.obstacle else None
    ends = [window.low, window.high, *([instead.low, instead.high] if instead else [])]
    return t.prices([*ladder.rungs, *ends], facts.currency)


def title(facts: PriceFacts, t: Translator) -> Html:
    ladder, shown = facts.ladder, prices(facts, t)
    everything = ladder.match(ladder.everything())
    first, last = shown[ladder.prices[0]], shown[ladder.prices[-1]]
    given = {"prices": first if first == last else f"{first}–{last}", "stock": t.number(everything.stock)}
    offered = (
        t.n(
            "{n} offer, {prices}, {stock} in stock",
            "{n} offers, {prices}, {stock} in stock",
            everything.offers,
            **given,
        )
        if everything.stock_known
        else t.n("{n} offer, {prices}", "{n} offers, {prices}", everything.offers, **given)
    )
    return lines(_of_what(facts, t), offered, sentence(facts.result, t))


def _of_what(facts: PriceFacts, t: Translator) -> Html:
    service = facts.service.name
    if facts.countries:
        # NOTE: {countries} are a few flags with names: the number may be of any of them
        return t("<b>{service}</b> · any of {countries}", service=service, countries=named(facts.countries, t))
    return t(
        "<b>{service}</b> · {flag} <b>{country}</b>",
        service=service,
        flag=flag(facts.country.code),
        country=_named(facts.country, t),
    )


def _named(country: Country, t: Translator) -> str:
    return t.country(country.code, country.name, country.label)


def aside(facts: PriceFacts, shown: dict[int, str], t: Translator) -> list[Html]:
    """What a tap on Buy sets aside, or why there is none; and what there is to spend, unless that is why."""
    met, purse = facts.obstacle, purse_line(facts.purse, t)
    if met is None or met.why.reason is Reason.NO_MATCH:
        buys = met.instead if met and met.instead else facts.window
        return [
            t(
                "Buying sets {high} aside. You pay the number's own price when the code arrives. No code, no charge.",
                high=shown[buys.high],
            ),
            purse,
        ]
    if met.why.reason is Reason.DAILY_LIMIT and not met.why.limit:
        return [refusals.text(met.why, t)]
    if met.why.reason not in (Reason.NO_CREDIT, Reason.DAILY_LIMIT):
        return [refusals.text(met.why, t), purse]
    if met.instead is not None:
        return [refusals.text(met.why, t)]
    given = {"left": t.balance(met.why.amount or 0, facts.currency), "cheapest": shown[facts.ladder.prices[0]]}
    if met.why.reason is Reason.NO_CREDIT:
        return [t("💰 Your balance is {left}. Numbers here start at {cheapest}.", **given)]
    return [t("💰 You can spend {left} more today. Numbers here start at {cheapest}. Go on tomorrow (UTC).", **given)]


def at_a_standstill(facts: PriceFacts) -> bool:
    """Nothing at all can be bought now, at whatever price."""
    met = facts.obstacle
    return met is not None and met.instead is None


def way_out(facts: PriceFacts, again: CallbackData, t: Translator) -> Row:
    """What helps where no price would. `again`: this screen, for what passes by itself."""
    met = facts.obstacle
    if met is None or met.instead is not None:
        return []
    passes = met.why.reason in _PASS
    return [*refusals.next_step(met.why, t), look_again(again, t) if passes else None]


def _buy(facts: PriceFacts, via: str, shown: dict[int, str], t: Translator) -> InlineKeyboardButton | None:
    """The purchase; where it would be refused, the next best thing; None where there is none."""
    met, window = facts.obstacle, facts.window
    if met is None:
        # NOTE: {price} is the most that the number may cost
        return _buys(facts, window, via, t.plain("Buy · up to {price}", price=shown[window.high]))
    if met.instead is None:
        return None
    if met.why.reason is Reason.NO_MATCH:
        return _buys(facts, met.instead, via, t.plain("Buy · {price}", price=shown[met.instead.high]))
    # NOTE: on a button that lowers the most one is willing to pay, to what the balance covers
    label = t.plain("Up to {price}", price=shown[met.instead.high])
    return button("⬇️ " + label, to(facts, met.instead, via), ButtonStyle.PRIMARY)


def _buys(facts: PriceFacts, window: Window, via: str, label: str) -> InlineKeyboardButton:
    return button("✅ " + label, purchase(facts, window, via), ButtonStyle.SUCCESS)
