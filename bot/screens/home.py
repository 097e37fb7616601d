"""The first screen, and what those read who are not served."""

from dataclasses import replace

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.access import AccessMode, Right
from bot.domain.catalog import Favorite
from bot.domain.entry import Knock, Opening
from bot.domain.people import Purse
from bot.facts.people import HomeFacts
from bot.i18n import Html, Translator
from bot.screens import origin
from bot.screens.callbacks import (
    AskEntry,
    ToFavorites,
    ToHelp,
    ToHistory,
    ToMine,
    ToPrice,
    ToServices,
    ToSettings,
    ToWallet,
)
from bot.screens.callbacks_of_admins import ToAdmin
from bot.screens.contact import ask_line, contact_button
from bot.screens.navigation import menu
from bot.screens.pairs import ROOM, pair_label
from bot.screens.screen import Row, Screen, button, lines, rows


def home(facts: HomeFacts, t: Translator, toast: str | None = None) -> Screen:
    busy = facts.in_progress
    return Screen(
        lines(
            *_title(t),
            "",
            purse_line(facts.purse, t),
            t.n("⏳ {n} order in progress", "⏳ {n} orders in progress", busy) if busy else None,
            "",
            t("Pick a service and a country, and get the code here. Or just type, for example: telegram brazil 0.3"),
            ask_line(t),
        ),
        rows(
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)],
            *([_favorite(one, facts.purse.currency, t)] for one in facts.favorites),
            [
                button("📋 " + t.plain("My numbers"), ToMine()),
                button("⭐ " + t.plain("Favorites"), ToFavorites()),
            ],
            [button("🕘 " + t.plain("History"), ToHistory()), button("⚙️ " + t.plain("Settings"), ToSettings())],
            *_last_rows(facts.purse, t),
            [button("🛠 " + t.plain("Admin"), ToAdmin()) if facts.person.may(Right.OPEN_ADMIN) else None],
        ),
        toast=toast,
    )


def _favorite(favorite: Favorite, currency: str, t: Translator) -> InlineKeyboardButton:
    """One tap from its price, two from its number."""
    leads_to = ToPrice(
        service=favorite.service.id,
        country=favorite.country.id,
        low=favorite.low,
        high=favorite.high,
        via=origin.HOME,
    )
    return button("⭐ " + pair_label(favorite, currency, t, ROOM - 3), leads_to)


def _last_rows(purse: Purse, t: Translator) -> list[Row]:
    """Three in a row would leave no room for the name of a link: beside a wallet it has a row of its own."""
    guide, contact = button("💡 " + t.plain("Help"), ToHelp()), contact_button(t)
    if purse.daily_limit is not None:
        return [[guide, contact]]
    return [[button("👛 " + t.plain("Wallet"), ToWallet()), guide], [contact]]


def _title(t: Translator) -> tuple[Html, ...]:
    """The shop's name and what it sells."""
    if t.shop.name:
        return t("<b>{shop}</b>", shop=t.shop.name), t("Numbers for sign-ups")
    return (t("<b>Numbers for sign-ups</b>"),)


def purse_line(purse: Purse, t: Translator) -> Html:
    """What may still be spent, and what is set aside for orders in progress."""
    left, held = t.balance(purse.left, purse.currency), t.price(purse.held, purse.currency)
    if purse.own_day is not None:
        return _wallet_with_a_day(purse, purse.own_day, t)
    if purse.daily_limit is None:
        if purse.held:
            return t("💰 Balance: <b>{left}</b> · {held} set aside", left=left, held=held)
        return t("💰 Balance: <b>{left}</b>", left=left)
    limit = t.balance(purse.daily_limit, purse.currency)
    if purse.held:
        return t(
            "💰 <b>{left}</b> left to spend today (of {limit}) · {held} set aside", left=left, limit=limit, held=held
        )
    return t("💰 <b>{left}</b> left to spend today (of {limit})", left=left, limit=limit)


def _wallet_with_a_day(purse: Purse, own_day: tuple[int, int], t: Translator) -> Html:
    day, limit, left = (t.balance(one, purse.currency) for one in (*own_day, purse.left))
    given = {"left": left, "day": day, "limit": limit}
    if purse.held:
        given["held"] = t.price(purse.held, purse.currency)
        return t("💰 Balance: <b>{left}</b> · {held} set aside · {day} left to spend today (of {limit})", **given)
    return t("💰 Balance: <b>{left}</b> · {day} left to spend today (of {limit})", **given)


def welcome(t: Translator) -> Screen:
    """To somebody whom an admin has just let in."""
    text = t("🎉 You're in at {shop}. Tap Menu to start.", shop=t.shop.name)
    return Screen(text if t.shop.name else t("🎉 You're in. Tap Menu to start."), rows([menu(t)]))


def private_bot(person_id: int, mode: AccessMode, t: Translator, knock: Knock = Knock.SILENT) -> Screen:
    """What a stranger gets: what this is, their id, and how they are let in. `knock`: how their wish stands."""
    asks = None if knock is Knock.SILENT else button("🙋 " + t.plain("Ask to be let in"), AskEntry())
    return Screen(
        lines(
            *_title(t),
            t("You get a phone number for a service, and its code arrives in this chat."),
            "",
            t("🔒 This bot is private. Your Telegram ID is <code>{id}</code>.", id=str(person_id)),
            _way_in(knock, t),
            t("An invitation link lets you in at once.") if mode is AccessMode.INVITE else None,
        ),
        rows([asks], [contact_button(t)]),
    )


def asked_for_entry(person_id: int, mode: AccessMode, knock: Knock, t: Translator) -> Screen:
    """The same after a tap on the button, which goes once the admins have been asked."""
    screen = private_bot(person_id, mode, t, knock)
    return screen if knock is Knock.LATER else replace(screen, rows=rows([contact_button(t)]))


def _way_in(knock: Knock, t: Translator) -> Html:
    if knock is Knock.WAITS:
        return t("📨 The admins have been asked. You'll hear of their answer here.")
    if knock is Knock.LATER:
        return t("🚦 Many people ask to be let in right now. Try again in an hour.")
    if knock is Knock.FREE:
        return t("Ask to be let in, and the admins answer you here.")
    if t.shop.contact:
        return t("To be let in, send this number to {contact}.", contact=t.shop.contact)
    return t("Only those who run it can let you in; they need this number.")


def knock_toast(knock: Knock, t: Translator) -> str:
    """What a tap on the button is answered with."""
    return blocked_toast(t) if knock is Knock.SILENT else _way_in(knock, t).striptags()


def spent_invitation(opening: Opening, t: Translator) -> Screen:
    """An invitation that lets nobody in any more."""
    if opening is Opening.USED:
        return Screen(t("✉️ This invitation has been used. Ask for a new one."), rows([contact_button(t)]))
    return Screen(t("✉️ This invitation is no longer good. Ask for a new one."), rows([contact_button(t)]))


def not_let_in(t: Translator) -> Screen:
    """To a stranger who asked, once."""
    return Screen(lines(t("The admins didn't let you in this time."), ask_line(t)), rows([contact_button(t)]))


def blocked_toast(t: Translator) -> str:
    if t.shop.contact.startswith("@"):
        return t.plain("This bot is private. Ask {contact} to let you in.", contact=t.shop.contact)
    return t.plain("This bot is private. Send /start to see how you can be let in.")


def talk_in_private(username: str, t: Translator) -> Screen:
    """The one answer in a group."""
    link = Html('<a href="https://t.me/{name}">@{name}</a>').format(name=username)
    return Screen(t("Talk to me in private: {link}", link=link))


def unknown_command(t: Translator) -> Screen:
    return Screen(
        t("There is no such command. /menu brings the menu, /help says how this works."),
        rows([menu(t)]),
    )


def only_text(t: Translator) -> Screen:
    return Screen(t("I only read text. Type a service to search, or use the menu."), rows([menu(t)]))


def stale_toast(t: Translator) -> str:
    return t.plain("That button is out of date. Here is the menu.")


def unreadable_toast(t: Translator) -> str:
    return t.plain("This button can't be read. Send /menu for a fresh one.")
