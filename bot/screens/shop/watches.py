"""Watches: the buttons that begin them, what is said then, and the list."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Sort
from bot.domain.watches import LASTS, Pair, Watch, worth_waiting_for
from bot.facts.shop import PriceFacts, SoldOut, Watched, WatchPage
from bot.i18n import Html, Translator, clean, flag
from bot.screens import origin
from bot.screens.callbacks import ToCountries, ToFavorites, ToPrice, ToServices
from bot.screens.callbacks_of_watches import StopWatching, TellMe, ToWatches
from bot.screens.flags import flagged
from bot.screens.labels import HALF, fitted, width
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Row, Screen, button, lines, rows

_NAME = 60
_SHORTEST_NAME = 5


def to_watches(t: Translator) -> InlineKeyboardButton:
    # NOTE: leads to the list of what somebody waits for
    return button("🔔 " + t.plain("Watches"), ToWatches())


def when_available(leads_to: TellMe, t: Translator) -> InlineKeyboardButton:
    return button("🔔 " + t.plain("Tell me when available"), leads_to)


def on_sold_out(facts: SoldOut, via: str, t: Translator) -> InlineKeyboardButton:
    """Where the person waits for it already, the way to where that can be stopped."""
    if facts.watch is not None and facts.watch.high is None:
        return to_watches(t)
    return when_available(_here(facts, None, via), t)


def _here(facts: PriceFacts | SoldOut, high: int | None, via: str) -> TellMe:
    return TellMe(service=facts.service.id, country=facts.country.id, high=high, via=via, price=True)


def waited_for(facts: SoldOut, t: Translator) -> Html | None:
    """Of a sold-out pair: that its person will hear of it."""
    if facts.watch is None or facts.watch.high is not None:
        return None
    return t("🔔 I'm looking, and tell you here when it is available.")


def under(facts: PriceFacts, via: str, t: Translator) -> Row:
    """Where the person looks for less than there is."""
    high = worth_waiting_for(facts.ladder, facts.window)
    if high is None:
        return []
    if facts.watch is not None and facts.watch.high == high:
        return [to_watches(t)]
    # NOTE: {price} is the most that a number may cost; a message comes when one costs that or less
    label = t.plain("Tell me under {price}", price=t.money(high, facts.currency))
    return [button("🔔 " + label, _here(facts, high, via))]


def begun(facts: Watched, leads_back: CallbackData, t: Translator) -> Screen:
    """What will happen, and until when."""
    watch = facts.watch
    pair, until = watch.pair, t.time(watch.expires_at, "date")
    elsewhere = ToCountries(service=pair.service_id, sort=Sort.USUAL, number=0, via=origin.HOME)
    return Screen(
        lines(
            _promise(facts, t),
            t.n(
                "I look every few minutes for {n} day, until {when}, and tell you once.",
                "I look every few minutes for {n} days, until {when}, and tell you once.",
                LASTS.days,
                when=until,
            ),
            t("In your quiet hours it comes without a sound, but at once: it may soon be gone again.")
            if facts.quiet
            else None,
        ),
        rows(
            [to_watches(t), button(t.plain("Other countries"), elsewhere)],
            [back(t, leads_back), menu(t)],
        ),
    )


def back_from(tapped: TellMe) -> CallbackData:
    """To the price where the button stood, or to what the button's `via` names."""
    if not tapped.price:
        return origin.back(tapped.via, tapped.service)
    low = None if tapped.high is None else 0
    return ToPrice(service=tapped.service, country=tapped.country, low=low, high=tapped.high, via=tapped.via)


def _promise(facts: Watched, t: Translator) -> Html:
    named, high = names(facts.watch.pair, t), facts.watch.high
    if high is None:
        return t("🔔 I'll tell you when <b>{service}</b> in {flag} <b>{country}</b> is available.", **named)
    return t(
        "🔔 I'll tell you when <b>{service}</b> in {flag} <b>{country}</b> costs <b>{high}</b> or less.",
        **named,
        high=t.money(high, facts.currency),
    )


def names(pair: Pair, t: Translator) -> dict[str, str]:
    """What messages name it by."""
    country = t.country(pair.country_code, pair.country, pair.country_label)
    return {"service": clean(pair.service, _NAME), "flag": flag(pair.country_code), "country": country}


def watches(facts: WatchPage, t: Translator) -> Screen:
    """The list: a tap on one opens its price, and each can be stopped in place."""
    via = origin.watches(facts.page.number)
    return Screen(
        lines(
            t("<b>Watches</b>"),
            _stopped(facts.stopped, t) if facts.stopped else None,
            t("I'll tell you here, once for each:")
            if facts.watches
            else t("Nothing is watched yet. “Tell me when available” stands where something is sold out."),
            *(_line(one, facts.currency, t) for one in facts.watches),
        ),
        rows(
            *(_row(one, facts, via, t) for one in facts.watches),
            arrows(facts.page, lambda number: ToWatches(number=number)),
            [_undo(facts.stopped, via, t) if facts.stopped else None],
            [button("📱 " + t.plain("Buy a number"), ToServices()) if not facts.watches else None],
            [back(t, ToFavorites()), menu(t)],
        ),
    )


def _line(watch: Watch, currency: str, t: Translator) -> Html:
    named, until = names(watch.pair, t), t.time(watch.expires_at, "date")
    if watch.high is None:
        return t("• {service} · {flag} {country}, until {when}", **named, when=until)
    high = t.money(watch.high, currency)
    return t("• {service} · {flag} {country} · {high} or less, until {when}", **named, high=high, when=until)


def _row(watch: Watch, facts: WatchPage, via: str, t: Translator) -> Row:
    pair = watch.pair
    country = flagged(pair.country_code, pair.country_label)
    name = fitted(pair.service, max(_SHORTEST_NAME, HALF - 1 - width(country)))
    # NOTE: ends one of the things that somebody waits for
    stop = button("🔕 " + t.plain("Stop"), StopWatching(watch=watch.id, number=facts.page.number))
    return [button(f"{name} {country}", to_price(pair, watch.high, via)), stop]


def to_price(pair: Pair, high: int | None, via: str) -> ToPrice:
    """The price screen with what was waited for as its maximum."""
    low = None if high is None else 0
    return ToPrice(service=pair.service_id, country=pair.country_id, low=low, high=high, via=via)


def _stopped(watch: Watch, t: Translator) -> Html:
    named = names(watch.pair, t)
    return t("Stopped: {service} · {flag} {country}.", **named)


def _undo(watch: Watch, via: str, t: Translator) -> InlineKeyboardButton:
    pair = watch.pair
    leads_to = TellMe(service=pair.service_id, country=pair.country_id, high=watch.high, via=via)
    return button("↩️ " + t.plain("Undo"), leads_to)
