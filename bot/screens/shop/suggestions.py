"""Suggestions while somebody types after the bot's name: what each says, and the message that it sends."""

from dataclasses import dataclass

from bot.facts.shop import Suggestion, SuggestionFacts
from bot.i18n import Html, Translator, clean, flag

_TITLE = 64


@dataclass(frozen=True, slots=True)
class Article:
    """`id`: of at most 64 bytes. `text`: what is sent when it is chosen; `link`: of a button below, None for none."""

    id: str
    title: str
    description: str
    text: Html
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Articles:
    """`label`: on the button above, which leads to the chat with the bot. `open_label`: on each message's button."""

    found: tuple[Article, ...]
    label: str
    open_label: str = ""


def suggestions(facts: SuggestionFacts, username: str, t: Translator, *, at_home: bool) -> Articles:
    """`at_home`: in the chat with the bot, where the message itself is the way. `username`: the bot's.

    Elsewhere others read along, so nothing there says what anybody wants to pay.
    """
    found = tuple(_at_home(one, facts.currency, t) if at_home else _elsewhere(one, username, t) for one in facts.found)
    # NOTE: on the button of a message that names a service; leads to the bot
    return Articles(found, open_the_bot(t), t.plain("See prices"))


def open_the_bot(t: Translator) -> str:
    # NOTE: a button that leads to the chat with the bot
    return t.plain("Open the bot")


def _at_home(one: Suggestion, currency: str, t: Translator) -> Article:
    payload = one.link.payload
    return Article(payload, _title(one, t), _description(one, currency, t), Html("/start {}").format(payload))


def _elsewhere(one: Suggestion, username: str, t: Translator) -> Article:
    payload = Suggestion(one.service, one.country).link.payload
    said = t("📱 A number for <b>{what}</b>", what=_title(one, t))
    return Article(payload, _title(one, t), _where(one, t), said, f"https://t.me/{username}?start={payload}")


def _title(one: Suggestion, t: Translator) -> str:
    if one.country is None:
        return clean(one.service.name, _TITLE)
    country = t.country(one.country.code, one.country.name, one.country.label)
    return t.plain(
        "{service} · {flag} {country}",
        service=clean(one.service.name, _TITLE),
        flag=flag(one.country.code),
        country=country,
    )


def _description(one: Suggestion, currency: str, t: Translator) -> str:
    if one.window is None:
        return _where(one, t)
    return t.plain("⭐ up to {price}", price=t.price(one.window.high, currency))


def _where(one: Suggestion, t: Translator) -> str:
    return t.plain("Choose a price") if one.country else t.plain("Choose a country")
