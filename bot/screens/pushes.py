"""Notices as messages: they ring, so each says by itself what it is about."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from bot.domain.notices import NoticeKind
from bot.domain.orders import CardRole, OrderCard, OrderState, Sms
from bot.i18n import Translator
from bot.screens import admin, home, origin, wallet
from bot.screens import order_card as cards
from bot.screens import order_words as words
from bot.screens.callbacks import AnotherSms, BookDifference, ToBuying, ToUnconfirmed
from bot.screens.navigation import menu
from bot.screens.screen import Screen, button, copy_button, lines, mark, rows
from bot.screens.sms import code_of, sms_push


def push(
    kind: NoticeKind, card: OrderCard | None, sms: Sms | None, detail: Mapping[str, str], t: Translator
) -> Screen | None:
    """The message of a notice; None when there is nothing left to say (its order is gone)."""
    if kind is NoticeKind.ALERT:
        return alert(detail, card, t)
    if kind is NoticeKind.MESSAGE and (said := _MESSAGES.get(detail.get("what", ""))):
        return said(detail, t)
    if kind is NoticeKind.MESSAGE:
        return wallet.told(int(detail["amount"]), int(detail["balance"]), detail["currency"], t)
    if card is None:
        return None
    if kind is NoticeKind.CODE:
        return None if sms is None else code(card, sms, t, corrected="corrected" in detail)
    if kind is NoticeKind.NUMBER:
        return number(card, t, replaces="replaces" in detail)
    if kind is NoticeKind.PRICED:
        return price(card, detail, t)
    return outcome(card, t)


_MESSAGES: dict[str, Callable[[Mapping[str, str], Translator], Screen]] = {
    "allowed": lambda d, t: home.welcome(t),
    "invited": lambda d, t: admin.invited(int(d["id"]), d["name"], t),
}


def number(card: OrderCard, t: Translator, *, replaces: bool = False) -> Screen:
    """A card that stays up to date. `replaces`: the person has got another number before."""
    whole = cards.order_card(card, t)
    changed = t("🔁 <b>The number has changed.</b> Use this one from now on:") if replaces else None
    return Screen(lines(changed, whole.text), whole.rows, card=mark(card.order, CardRole.PUSH))


def price(card: OrderCard, detail: Mapping[str, str], t: Translator) -> Screen | None:
    """What is known of a completed order's price; None for "not known" when it is known by now."""
    told = words.price_known(card.order, int(detail["back"]), t) if "back" in detail else None
    told = told or words.price_unknown(card.order, t)
    return None if told is None else Screen(lines(words.title(card.order, t), told), rows([menu(t)]))


def code(card: OrderCard, sms: Sms, t: Translator, *, corrected: bool = False) -> Screen:
    """An SMS. The first one, when it has no code, offers to ask for another: its card then does not."""
    found = code_of(sms)
    again = t("🔁 This code was corrected. Use this one:") if corrected else None
    price = words.price_unknown(card.order, t)
    ask = None
    is_first = not card.sms or card.sms[0].id == sms.id
    if found is None and is_first:
        ask = button("📨 " + t.plain("Another SMS"), AnotherSms(order=card.order.id, via=origin.STAYS))
    said = _no_code(card, t) if found is None else None
    return Screen(
        lines(words.title(card.order, t), again, said, sms_push(sms, t), price),
        rows([copy_button("🔑 " + t.plain("Copy code"), found)], [ask]),
    )


def _no_code(card: OrderCard, t: Translator) -> Markup:
    if card.order.state is not OrderState.COMPLETED:
        return t("📩 An SMS came, but I see no code in it. Here is the text:")
    price = words.paid(card.order, t)
    return t("📩 An SMS came, but I see no code in it. You paid {price}. Here is the text:", price=price)


def outcome(card: OrderCard, t: Translator) -> Screen:
    """An end without a code, or a purchase that did not become a number: what happened, what next."""
    whole = cards.order_card(card, t)
    return Screen(whole.text, whole.rows, card=mark(card.order, CardRole.TOLD))


def alert(detail: Mapping[str, str], card: OrderCard | None, t: Translator) -> Screen:
    """To admins. Knows no number and no code."""
    about = t("Order #{id}", id=str(card.order.id)) if card else None
    what = detail.get("what", "")
    act = {
        "unconfirmed": button("⚠️ " + t.plain("Unconfirmed"), ToUnconfirmed()),
        "apart": button("📒 " + t.plain("Book the difference"), BookDifference(confirmed=False)),
    }
    if what.startswith("paused-"):
        act[what] = button("⏯ " + t.plain("Buying"), ToBuying())
    return Screen(lines(t("🚨 <b>Alert</b>"), _what(detail, t), about), rows([act.get(what)], [menu(t)]))


ALERTS: dict[str, Callable[[Mapping[str, str], Translator], Markup]] = {
    "unconfirmed": lambda d, t: t(
        "The answer to a purchase was lost. It is not sent again, and the person gets the money back. Was it bought?"
    ),
    "overdue": lambda d, t: t(
        "This order should have ended long ago, and HidSim still calls it open. Its money stays set aside; ask HidSim."
    ),
    "lost": lambda d, t: t(
        "HidSim does not know this order's number any more. The order stays open, and its money set aside; ask HidSim."
    ),
    "stranger": lambda d, t: t(
        "HidSim answered about another number than this order's. Nothing of that answer was used or shown; the bot "
        "goes on asking."
    ),
    "unpriced": lambda d, t: t(
        "This number is done, and HidSim named no price for it. If none comes later, ask HidSim what it took."
    ),
    "database": lambda d, t: t(
        "The database can't be written: is the disk full? Nobody can buy; codes of open orders still arrive. Make "
        "room, then everything goes on by itself."
    ),
    "empty": lambda d, t: t(
        "HidSim's balance is too low for a purchase, and people are refused. Top it up; nothing else is needed."
    ),
    "sign-in": lambda d, t: t(
        "HidSim refuses HIDSIM_IDENTIFIER or HIDSIM_PASSWORD, and nobody can buy. Put the right ones into the settings "
        "and start the bot again."
    ),
    "paused-unknowns": lambda d, t: t(
        "Several purchases lost their answer within ten minutes, so buying is paused. Orders in progress go on."
    ),
    "paused-books": lambda d, t: t(
        "The books don't add up, so buying is paused. Run <code>hidsim-bot books</code> to see which accounts."
    ),
    "short-services": lambda d, t: t(
        "HidSim listed only {found} of {known} services. The others stay on sale until three lists in a row lack "
        "them. Did HidSim take them out? If not, ask its support.",
        found=t.number(int(d.get("found", "0"))),
        known=t.number(int(d.get("known", "0"))),
    ),
    "short-countries": lambda d, t: t(
        "HidSim listed only {found} of {known} countries. The others stay on sale until three lists in a row lack "
        "them. Did HidSim take them out? If not, ask its support.",
        found=t.number(int(d.get("found", "0"))),
        known=t.number(int(d.get("known", "0"))),
    ),
    "apart": lambda d, t: t(
        "HidSim's balance and the books differ by {amount}. A top-up or a fee? Then book it; else look at the last "
        "orders.",
        amount=t.money(int(d.get("amount", "0")), d.get("currency", "USD")),
    ),
    "unreadable": lambda d, t: t(
        "Telegram sent something that this bot can't read ({kind}: {field}). It was passed over, and everything else "
        "goes on. A newer version of the bot may read it.",
        kind=d.get("kind", "message"),
        field=d.get("field", "text"),
    ),
}
"""One text for each kind of alert that services raise."""


def _what(detail: Mapping[str, str], t: Translator) -> Markup:
    known = ALERTS.get(detail.get("what", ""))
    return t("Look at the bot's log.") if known is None else known(detail, t)
