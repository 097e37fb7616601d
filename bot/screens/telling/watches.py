"""What is told to who waited for a pair."""

from aiogram.enums import ButtonStyle

from bot.domain.watches import LASTS, CameBack, OfWatches, WatchOver
from bot.i18n import Html, Translator
from bot.screens import origin
from bot.screens.callbacks import ToServices
from bot.screens.callbacks_of_watches import TellMe
from bot.screens.navigation import menu
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.shop.watches import names, to_price, to_watches


def told(detail: OfWatches, t: Translator) -> Screen:
    return _came_back(detail, t) if isinstance(detail, CameBack) else _over(detail, t)


def _came_back(detail: CameBack, t: Translator) -> Screen:
    """One tap from its price, two from its number. It may be read late, so it says when this was so."""
    price, seen = t.price(detail.price, detail.currency), t.time(detail.seen_at, "relative")
    stock = None if detail.stock is None else t.number(detail.stock)
    leads_to = to_price(detail.pair, detail.high, origin.HOME)
    return Screen(
        lines(
            t(
                "🔔 <b>{service}</b> in {flag} <b>{country}</b>: from <b>{price}</b>",
                **names(detail.pair, t),
                price=price,
            ),
            # NOTE: {when} is a span, for example "5 minutes ago"
            t("{stock} in stock, seen {when}.", stock=stock, when=seen) if stock else t("Seen {when}.", when=seen),
            _wish(detail, t),
        ),
        rows(
            # NOTE: leads to the price of what somebody waited for, where it can be bought
            [button("📱 " + t.plain("Go and buy"), leads_to, ButtonStyle.PRIMARY)],
            [to_watches(t), menu(t)],
        ),
        silent=detail.silent,
    )


def _wish(detail: CameBack, t: Translator) -> Html:
    if detail.high is None:
        return t("You wanted to hear when it is available. I've stopped looking.")
    high = t.money(detail.high, detail.currency)
    return t("You wanted to hear of {high} or less. I've stopped looking.", high=high)


def _over(detail: WatchOver, t: Translator) -> Screen:
    pair, named = detail.pair, names(detail.pair, t)
    again = TellMe(service=pair.service_id, country=pair.country_id, high=detail.high, via=origin.HOME)
    if not detail.sold:
        text = t(
            "🔕 <b>{service}</b> in {flag} <b>{country}</b> isn't sold here any more. I've stopped looking.", **named
        )
        return Screen(text, rows([button("📱 " + t.plain("Buy a number"), ToServices())], [menu(t)]), silent=True)
    return Screen(
        _in_vain(detail, named, t),
        # NOTE: looks for the same thing for another week
        rows([button("🔔 " + t.plain("Watch again"), again), to_watches(t)], [menu(t)]),
        silent=True,
    )


def _in_vain(detail: WatchOver, named: dict[str, str], t: Translator) -> Html:
    if detail.high is None:
        return t.n(
            "🔕 {n} day without <b>{service}</b> in {flag} <b>{country}</b>. I've stopped looking.",
            "🔕 {n} days without <b>{service}</b> in {flag} <b>{country}</b>. I've stopped looking.",
            LASTS.days,
            **named,
        )
    return t.n(
        "🔕 {n} day without <b>{service}</b> in {flag} <b>{country}</b> for {high} or less. I've stopped looking.",
        "🔕 {n} days without <b>{service}</b> in {flag} <b>{country}</b> for {high} or less. I've stopped looking.",
        LASTS.days,
        **named,
        high=t.money(detail.high, detail.currency),
    )
