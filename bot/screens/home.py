"""The first screen, and Help."""

from aiogram.enums import ButtonStyle
from markupsafe import Markup

from bot.domain.people import HomeFacts, Purse
from bot.i18n import Translator
from bot.screens.callbacks import ToAdmin, ToFavorites, ToHelp, ToHistory, ToHome, ToMine, ToServices, ToWallet
from bot.screens.navigation import menu
from bot.screens.screen import Screen, button, lines, rows


def home(facts: HomeFacts, t: Translator, toast: str | None = None) -> Screen:
    busy = facts.in_progress
    return Screen(
        lines(
            t("<b>Numbers for sign-ups</b>"),
            "",
            purse_line(facts.purse, t),
            t.n("⏳ {n} order in progress", "⏳ {n} orders in progress", busy) if busy else None,
            "",
            t("Pick a service and a country, and get the code here. Or just type, for example: telegram brazil 0.3"),
        ),
        rows(
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)],
            [
                button("📋 " + t.plain("My numbers") + (f" · {busy}" if busy else ""), ToMine()),
                button("⭐ " + t.plain("Favorites"), ToFavorites()),
            ],
            [button("👛 " + t.plain("Wallet"), ToWallet()) if facts.purse.daily_limit is None else None],
            [
                button("🕘 " + t.plain("History"), ToHistory()),
                button("❓ " + t.plain("Help"), ToHelp()),
                button("🛠 " + t.plain("Admin"), ToAdmin()) if facts.person.is_admin else None,
            ],
        ),
        toast=toast,
    )


def purse_line(purse: Purse, t: Translator) -> Markup:
    """What may still be spent, and what is reserved."""
    left, held = t.money(purse.left, purse.currency), t.money(purse.held, purse.currency)
    if purse.daily_limit is None:
        line = t("💰 Balance: <b>{left}</b>", left=left)
    else:
        limit = t.money(purse.daily_limit, purse.currency)
        line = t("💰 Left to spend today: <b>{left}</b> of {limit}", left=left, limit=limit)
    return line + t(" (reserved: {held})", held=held) if purse.held else line


def help_screen(t: Translator) -> Screen:
    return Screen(
        lines(
            t("<b>How it works</b>"),
            "",
            t("1. <b>Buy a number</b>: choose a service, a country and the most you want to pay."),
            t("2. The number comes as a new message. Type it where you sign up."),
            t("3. The code comes as a new message as soon as HidSim has it."),
            "",
            t(
                "No code? Tap <b>Close</b> under the number: the money comes back. Some numbers can't be closed in "
                "their first minutes; then the bot closes them for you when it is allowed."
            ),
            t("A number that gets no code is refunded by HidSim by itself."),
            "",
            t("You can type at any time: a service, a country and a maximum price, in any script."),
            t("Commands: /start, /menu, /help"),
        ),
        rows([button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY)], [menu(t)]),
    )


def private_bot(person_id: int, t: Translator) -> Screen:
    """What a stranger gets from a closed bot."""
    return Screen(
        t(
            "This bot is private. Your Telegram ID is <code>{id}</code>: send it to the bot's operator, "
            "who can let you in.",
            id=str(person_id),
        )
    )


def blocked_toast(t: Translator) -> str:
    return t.plain("This bot is private: ask its operator to let you in.")


def talk_in_private(username: str, t: Translator) -> Screen:
    """The one answer in a group."""
    link = Markup('<a href="https://t.me/{name}">@{name}</a>').format(name=username)
    return Screen(t("Talk to me in private: {link}", link=link))


def unknown_command(t: Translator) -> Screen:
    return Screen(
        t("There is no such command. /menu brings the menu, /help says how this works."),
        rows([button("🏠 " + t.plain("Menu"), ToHome())]),
    )


def only_text(t: Translator) -> Screen:
    return Screen(t("I only read text. Type a service to search, or use the menu."), rows([menu(t)]))


def stale_toast(t: Translator) -> str:
    return t.plain("That button is out of date. Here is the menu.")


def unreadable_toast(t: Translator) -> str:
    return t.plain("This button can't be read. Send /menu for a fresh one.")
