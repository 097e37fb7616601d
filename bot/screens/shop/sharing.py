"""A link to a service, or to a pair with a maximum, that leads others to the same screen."""

from urllib.parse import quote

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.access import AccessMode
from bot.facts.shop import SharedFacts
from bot.i18n import Html, Translator, flag
from bot.screens import origin
from bot.screens.callbacks import ToPrice, ToServices
from bot.screens.callbacks_of_sharing import ToShare
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, copy_button, lines, rows


def share(facts: SharedFacts, username: str, here: ToShare, mode: AccessMode, t: Translator) -> Screen:
    """`username`: the bot's. `here`: the button that leads to this screen."""
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
            [_all_countries(here, t)],
            [back(t, _behind(here)), menu(t)],
        ),
    )


def _what(facts: SharedFacts, t: Translator) -> Html:
    country, window = facts.country, facts.link.window
    if country is None or window is None:
        return t("🔗 <b>{service}</b> in all countries", service=facts.service.name)
    return t(
        "🔗 <b>{service}</b> · {flag} <b>{country}</b>, up to {price}",
        service=facts.service.name,
        flag=flag(country.code),
        country=t.country(country.code, country.name, country.label),
        price=t.price(window.high, facts.currency),
    )


def _all_countries(here: ToShare, t: Translator) -> InlineKeyboardButton | None:
    if here.everywhere:
        return None
    # NOTE: makes the link lead to the list of countries of a service
    return button("🌍 " + t.plain("Share all countries"), here.model_copy(update={"everywhere": True}))


def _behind(here: ToShare) -> CallbackData:
    """From the service to the pair; from there to its price, or to the list of what can be shared."""
    if here.everywhere:
        return here.model_copy(update={"everywhere": False})
    if here.via.startswith("g"):
        return origin.back(here.via, here.service)
    return ToPrice(service=here.service, country=here.country, low=here.low, high=here.high, via=here.via)


def unreadable(t: Translator) -> Screen:
    """A link of another release, or one that somebody made up."""
    return Screen(
        t("This link doesn't lead anywhere any more. Pick a service instead."),
        rows([button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)], [menu(t)]),
    )
