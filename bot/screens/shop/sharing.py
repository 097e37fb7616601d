"""A link to a service, or to a pair with a maximum, that leads others to the same screen."""

from urllib.parse import quote

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.access import AccessMode
from bot.domain.shared_links import SharedLink
from bot.facts.shop import SharedFacts
from bot.i18n import Html, Translator, flag
from bot.screens import origin
from bot.screens.callbacks import ToPrice, ToServices
from bot.screens.callbacks_of_sharing import ToShare
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, copy_button, lines, rows


def share(facts: SharedFacts, username: str, via: str, mode: AccessMode, t: Translator) -> Screen:
    """`username`: the bot's. `via`: of the price screen, or of the list of favorites that can be shared."""
    link = f"https://t.me/{username}?start={facts.link.payload}"
    send = InlineKeyboardButton(
        # NOTE: opens Telegram's list of chats, to send the link to one of them
        text="📨 " + t.plain("Send to a chat"),
        url=f"https://t.me/share/url?url={quote(link, safe='')}",
        style=ButtonStyle.PRIMARY,
    )
    return Screen(
        lines(
            _what(facts, t),
            t("<code>{link}</code>", link=link),
            "",
            t("Who opens it sees the prices here and chooses. Opening buys nothing."),
            t("Strangers have to be let in first.") if mode is not AccessMode.OPEN else None,
        ),
        rows(
            [copy_button("📋 " + t.plain("Copy link"), link), send],
            [_all_countries(facts, via, t)],
            [back(t, _behind(facts.link, via)), menu(t)],
        ),
    )


def _what(facts: SharedFacts, t: Translator) -> Html:
    country, window = facts.country, facts.link.window
    if country is None:
        return t("🔗 <b>{service}</b> in all countries", service=facts.service.name)
    given = {
        "service": facts.service.name,
        "flag": flag(country.code),
        "country": t.country(country.code, country.name, country.label),
    }
    if window is None:
        return t("🔗 <b>{service}</b> · {flag} <b>{country}</b>", **given)
    price = t.price(window.high, facts.currency)
    return t("🔗 <b>{service}</b> · {flag} <b>{country}</b>, up to {price}", **given, price=price)


def _all_countries(facts: SharedFacts, via: str, t: Translator) -> InlineKeyboardButton | None:
    if facts.country is None:
        return None
    # NOTE: makes the link lead to the list of countries of a service
    label = t.plain("Share all countries")
    return button("🌍 " + label, ToShare(service=facts.service.id, country=None, low=None, high=None, via=via))


def _behind(link: SharedLink, via: str) -> CallbackData:
    if via.startswith("g") or link.country is None:
        return origin.back(via, link.service)
    low, high = (None, None) if link.window is None else (link.window.low, link.window.high)
    return ToPrice(service=link.service, country=link.country, low=low, high=high, via=via)


def unreadable(t: Translator) -> Screen:
    """A link of another release, or one that somebody made up."""
    return Screen(
        t("This link doesn't lead anywhere any more. Pick a service instead."),
        rows([button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)], [menu(t)]),
    )
