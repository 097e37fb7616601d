"""Alerts as messages: what admins are told without having asked, and what they can do about it here."""

from collections.abc import Callable

from aiogram.types import InlineKeyboardButton

from bot.domain.alerts import (
    OF_THE_GUARD,
    AlertFacts,
    AlertKind,
    BalanceLeft,
    Delay,
    Difference,
    PausedBy,
    Shares,
    ShortList,
    UnreadableUpdate,
)
from bot.domain.details import AlertDetail
from bot.domain.guarding import STILL_ENOUGH
from bot.domain.orders import Order, OrderCard
from bot.i18n import Html, Translator
from bot.screens.callbacks_of_admins import (
    BookDifference,
    ToBalance,
    ToBuying,
    ToGuard,
    ToRecord,
    ToStatus,
    ToUnconfirmed,
)
from bot.screens.naming import plainly, to_page
from bot.screens.navigation import menu
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.telling.ends import ended

_A_WEEK = 7 * 24
"""Hours."""


def alert(detail: AlertDetail | None, card: OrderCard | None, t: Translator) -> Screen:
    """To admins. Knows no number and no code. None: another release's kind of alert, of which only the log tells."""
    about = t("Order #{id}", id=str(card.order.id)) if card else None
    if detail is not None and detail.over is not None:
        return ended(detail.kind, detail.over, t)
    act = None if detail is None else _act(detail.kind, card.order if card else None, t)
    page = to_page(card.order.person_id, t) if card and detail and detail.kind is AlertKind.UNCONFIRMED else None
    return Screen(lines(t("🚨 <b>Alert</b>"), _what(detail, t), about), rows([act], [page], [menu(t)]))


def _act(kind: AlertKind, order: Order | None, t: Translator) -> InlineKeyboardButton | None:
    """What an admin can do about it here."""
    match kind:
        case AlertKind.UNCONFIRMED:
            return button("⚠️ " + t.plain("Unconfirmed"), ToUnconfirmed())
        case AlertKind.APART:
            return button("📒 " + t.plain("Book the difference"), BookDifference(confirmed=False))
        case AlertKind.EMPTY | AlertKind.LOW_BALANCE | AlertKind.SHORT_BALANCE:
            return button("🏦 " + t.plain("Balance"), ToBalance())
        case AlertKind.PAUSED_BY_ADMIN | AlertKind.PAUSED_BY_UNKNOWNS | AlertKind.PAUSED_BY_BOOKS:
            return button("⏯ " + t.plain("Buying"), ToBuying())
        case _ if kind in OF_THE_GUARD:
            return button("🛡 " + t.plain("Account guard"), ToGuard())
        case _ if order is not None:
            return button("🧾 " + t.plain("Order #{id}", id=str(order.id)), ToRecord(order=order.id))
        case AlertKind.SHORT_SERVICES | AlertKind.SHORT_COUNTRIES:
            return None
        case _:
            return button("🩺 " + t.plain("Status"), ToStatus())


def _what(detail: AlertDetail | None, t: Translator) -> Html:
    if detail is None:
        return _unknown(t)
    plain = _TEXTS.get(detail.kind)
    return _of_facts(detail.kind, detail.facts, t) if plain is None else plain(t)


_TEXTS: dict[AlertKind, Callable[[Translator], Html]] = {
    AlertKind.UNCONFIRMED: lambda t: t(
        "The answer to a purchase was lost. It is not sent again, and the person gets the money back. Was it bought?"
    ),
    AlertKind.OVERDUE: lambda t: t(
        "This order should have ended long ago, and HidSim still calls it open. Its money stays set aside; ask HidSim."
    ),
    AlertKind.LOST: lambda t: t(
        "HidSim does not know this order's number any more. The order stays open, and its money set aside; ask HidSim."
    ),
    AlertKind.STRANGER: lambda t: t(
        "HidSim answered about another number than this order's. Nothing of that answer was used or shown; the bot "
        "goes on asking."
    ),
    AlertKind.UNPRICED: lambda t: t(
        "This number is done, and HidSim named no price for it. If none comes later, ask HidSim what it took."
    ),
    AlertKind.DATABASE: lambda t: t(
        "The database can't be written: is the disk full? Nobody can buy; codes of open orders still arrive. Make "
        "room, then everything goes on by itself."
    ),
    AlertKind.EMPTY: lambda t: t(
        "HidSim's balance is too low for a purchase, and people are refused. Top it up; nothing else is needed."
    ),
    AlertKind.SIGN_IN: lambda t: t(
        "HidSim refuses HIDSIM_IDENTIFIER or HIDSIM_PASSWORD, and nobody can buy. Put the right ones into the settings "
        "and start the bot again."
    ),
    AlertKind.PAUSED_BY_UNKNOWNS: lambda t: t(
        "Several purchases lost their answer within ten minutes, so buying is paused. Orders in progress go on. When "
        "HidSim answers again, /resume lets people buy."
    ),
    AlertKind.PAUSED_BY_BOOKS: lambda t: t(
        "The books don't add up, so buying is paused. Run <code>hidsim-bot books</code> to see which accounts. When "
        "they add up again, /resume lets people buy."
    ),
    AlertKind.UNREACHABLE: lambda t: t(
        "HidSim does not answer. Nobody can buy, and codes come late; orders in progress go on by themselves. If it "
        "lasts, look at this machine's network and ask HidSim."
    ),
    AlertKind.LATE_PUSHES: lambda t: t(
        "Messages have waited for more than a minute, codes perhaps among them. Telegram answers but does not take "
        "them: look at the bot's log."
    ),
    AlertKind.CONFLICT: lambda t: t(
        "Another program uses this bot's token, so this one stops. Stop the other one, or make a new token with "
        "@BotFather; then start the bot again."
    ),
    AlertKind.SILENCE: lambda t: t("Telegram can't be reached."),
}
"""The kinds that need no facts."""


def _of_facts(kind: AlertKind, facts: AlertFacts | None, t: Translator) -> Html:
    match facts:
        case ShortList():
            return _short_list(kind, facts, t)
        case Difference(amount, currency):
            return _difference(t.money(amount, currency), t)
        case UnreadableUpdate(update, field):
            return _unreadable(update, field, t)
        case BalanceLeft():
            return _balance(kind, facts, t)
        case PausedBy(""):
            return t("An admin paused buying. Orders in progress go on. /resume lets people buy again.")
        case PausedBy(name):
            return t(
                "{name} paused buying. Orders in progress go on. /resume lets people buy again.", name=plainly(name)
            )
        case Delay(seconds):
            return t(
                "Codes wait {wait} at HidSim until the bot reads them: there are more orders than "
                "HIDSIM_RATE_PER_SECOND allows for, or HidSim answers slowly.",
                wait=t.wait(seconds),
            )
        case Shares():
            return _guarded(kind, facts, t)
        case None:
            return _unknown(t)


def _difference(amount: str, t: Translator) -> Html:
    return t(
        "HidSim's balance and the books differ by {amount}. A top-up or a fee? Then book it; else look at the last "
        "orders.",
        amount=amount,
    )


def _unreadable(kind: str, field: str, t: Translator) -> Html:
    return t(
        "Telegram sent something that this bot can't read ({kind}: {field}). It was passed over, and everything else "
        "goes on. A newer version of the bot may read it.",
        kind=kind,
        field=field,
    )


def _balance(kind: AlertKind, left: BalanceLeft, t: Translator) -> Html:
    """How long it lasts is left out where that is no reason to hurry."""
    amount = t.balance(left.amount, left.currency)
    lasts = None if left.hours is None or left.hours > _A_WEEK else t.wait(left.hours * 3_600)
    if kind is AlertKind.SHORT_BALANCE and lasts is not None:
        return t("HidSim's balance is {amount}. At today's pace it lasts {time}: top it up.", amount=amount, time=lasts)
    if lasts is None:
        return t("HidSim's balance is down to {amount}: top it up, or purchases will be refused.", amount=amount)
    return t(
        "HidSim's balance is down to {amount}, which lasts {time} at today's pace: top it up, or purchases will be "
        "refused.",
        amount=amount,
        time=lasts,
    )


def _guarded(kind: AlertKind, shares: Shares, t: Translator) -> Html:
    if kind is AlertKind.GUARD_EASED and shares.ended < STILL_ENOUGH:
        return t("The account guard has too few numbers to judge by: people buy at full speed.")
    return lines(_shares(shares, t), _GUARDS[kind](t)) if kind in _GUARDS else _unknown(t)


def _shares(shares: Shares, t: Translator) -> Html:
    return t.n(
        "Of the last {n} number, {success} got a code and {closes} were closed.",
        "Of the last {n} numbers, {success} got a code and {closes} were closed.",
        shares.ended,
        success=t.percent(shares.success),
        closes=t.percent(shares.closes),
    )


_GUARDS: dict[AlertKind, Callable[[Translator], Html]] = {
    AlertKind.GUARD_WARNS: lambda t: t(
        "HidSim may limit an account that does so. Who closes so much, or for which service does no code come?"
    ),
    AlertKind.GUARD_SLOWS: lambda t: t(
        "Buying is slowed down, so that HidSim does not limit the account. Keep out whoever closes so much; it goes on "
        "by itself when the shares are better."
    ),
    AlertKind.PAUSED_BY_GUARD: lambda t: t(
        "Buying is paused, before HidSim stops the account. Orders in progress go on. When you know why, resume it "
        "under Buying or with /resume; the guard then counts anew."
    ),
    AlertKind.GUARD_EASED: lambda t: t("It is over: the account does better, and people buy at full speed."),
}


def _short_list(kind: AlertKind, short: ShortList, t: Translator) -> Html:
    found, known = t.number(short.found), t.number(short.known)
    if kind is AlertKind.SHORT_COUNTRIES:
        return t(
            "HidSim listed only {found} of {known} countries. The others stay on sale until three lists in a row lack "
            "them. Did HidSim take them out? If not, ask its support.",
            found=found,
            known=known,
        )
    return t(
        "HidSim listed only {found} of {known} services. The others stay on sale until three lists in a row lack "
        "them. Did HidSim take them out? If not, ask its support.",
        found=found,
        known=known,
    )


def _unknown(t: Translator) -> Html:
    return t("Look at the bot's log.")
