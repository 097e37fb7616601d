"""Notices as messages: they ring, so each says by itself what it is about."""

from aiogram.types import InlineKeyboardButton

from bot.domain.cards import CardRole
from bot.domain.details import (
    AlertDetail,
    CodeCorrected,
    CreditDeclined,
    CreditGranted,
    CreditMoved,
    CreditRequested,
    DailyDigest,
    Detail,
    EntryAsked,
    InvitationUsed,
    LetIn,
    NotFollowed,
    NotLetIn,
    NumberReplaced,
    PriceTold,
    RoleTurned,
    SmsLate,
)
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderCard, OrderState, Sms
from bot.domain.watches import CameBack, WatchOver
from bot.i18n import Html, Translator
from bot.screens import home, origin
from bot.screens.callbacks import AnotherSms
from bot.screens.desk import digest
from bot.screens.money import credit, credit_requests
from bot.screens.navigation import menu
from bot.screens.orders import cards, words
from bot.screens.orders.first_line import code_lines, place
from bot.screens.orders.sequels import not_followed
from bot.screens.orders.sms import code_of, sms_text
from bot.screens.people import entry, roles
from bot.screens.screen import Screen, button, copy_button, lines, mark, rows
from bot.screens.telling import watches
from bot.screens.telling.alerts import alert
from bot.screens.telling.late import sms_late


def push(
    kind: NoticeKind, card: OrderCard | None, sms: Sms | None, detail: Detail | None, t: Translator
) -> Screen | None:
    """The message of a notice; None when there is nothing left to say, or nothing that this release can read."""
    if kind is NoticeKind.ALERT:
        return alert(detail if isinstance(detail, AlertDetail) else None, card, t)
    if kind is NoticeKind.MESSAGE and not isinstance(detail, SmsLate):
        return _message(detail, t)
    if card is None:
        return None
    if isinstance(detail, SmsLate):
        return sms_late(card, t)
    if kind is NoticeKind.CODE:
        return None if sms is None else code(card, sms, t, corrected=isinstance(detail, CodeCorrected))
    if kind is NoticeKind.NUMBER:
        return number(card, t, replaces=isinstance(detail, NumberReplaced))
    if kind is NoticeKind.NOT_FOLLOWED:
        return not_followed(outcome(card, t), detail, t) if isinstance(detail, NotFollowed) else None
    if kind is NoticeKind.PRICED:
        return price(card, detail.back if isinstance(detail, PriceTold) else None, t)
    return outcome(card, t)


def _message(detail: Detail | None, t: Translator) -> Screen | None:
    match detail:
        case LetIn():
            return home.welcome(t)
        case NotLetIn():
            return home.not_let_in(t)
        case InvitationUsed(person_id, name):
            return entry.invited(person_id, name, t)
        case EntryAsked(person_id, name, username):
            return entry.asked(person_id, name, username, t)
        case RoleTurned(admin):
            return roles.turned(t, admin=admin)
        case DailyDigest():
            return digest.told(detail, t)
        case CameBack() | WatchOver():
            return watches.told(detail, t)
        case _:
            return _of_credit(detail, t)


def _of_credit(detail: Detail | None, t: Translator) -> Screen | None:
    match detail:
        case CreditMoved(amount, balance, currency):
            return credit.told(amount, balance, currency, t)
        case CreditRequested():
            return credit_requests.requested(detail, t)
        case CreditGranted():
            return credit_requests.granted(detail, t)
        case CreditDeclined():
            return credit_requests.declined(detail, t)
        case _:
            return None


def number(card: OrderCard, t: Translator, *, replaces: bool = False) -> Screen:
    """A card that stays up to date. `replaces`: the person has got another number before."""
    changed = t("🔁 <b>The number has changed.</b> Use this one from now on.") if replaces else None
    whole = cards.order_card(card, t, news=changed)
    return Screen(whole.text, whole.rows, card=mark(card.order, CardRole.PUSH))


def price(card: OrderCard, back: int | None, t: Translator) -> Screen | None:
    """What is known of a completed order's price; None for "not known" when it is known by now.

    `back`: what came back when it was told, in micro-units; None while it is not known.
    """
    told = None if back is None else words.price_known(card.order, back, t)
    told = told or words.price_unknown(card.order, t)
    return None if told is None else Screen(lines(words.title(card.order, t), told), rows([menu(t)]))


def code(card: OrderCard, sms: Sms, t: Translator, *, corrected: bool = False) -> Screen:
    """An SMS. The first one, when it has no code, offers to ask for another: its card then does not."""
    return Screen(
        lines(
            code_lines(card.order, sms, t),
            t("🔁 This code was corrected. Use this one.") if corrected else None,
            place(card.order, t),
            _doubt(card, sms, t),
            sms_text(sms, t),
            words.price_unknown(card.order, t),
        ),
        rows([copy_button("🔑 " + t.plain("Copy code"), code_of(sms))], [another_sms(card, sms, t)]),
    )


def another_sms(card: OrderCard, sms: Sms, t: Translator) -> InlineKeyboardButton | None:
    """Below a first SMS without a code."""
    is_first = not card.sms or card.sms[0].id == sms.id
    if code_of(sms) is not None or not is_first:
        return None
    return button("📨 " + t.plain("Another SMS"), AnotherSms(order=card.order.id, via=origin.STAYS))


def _doubt(card: OrderCard, sms: Sms, t: Translator) -> Html | None:
    """What its person has to know of a code that is our guess, and of an SMS without one."""
    if code_of(sms) is not None:
        return t("🔎 This is our guess from the text; check it below.") if sms.guessed else None
    if card.order.state is not OrderState.COMPLETED:
        return t("An SMS came, but I see no code in it. Here is the text:")
    price = words.paid(card.order, t)
    return t("An SMS came, but I see no code in it. You paid {price}. Here is the text:", price=price)


def outcome(card: OrderCard, t: Translator) -> Screen:
    """An end without a code, or a purchase that did not become a number: what happened, what next."""
    whole = cards.order_card(card, t)
    return Screen(whole.text, whole.rows, card=mark(card.order, CardRole.TOLD))
