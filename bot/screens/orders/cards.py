"""An order's card: one order in any of its states, with what can be done next."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.cards import CardRole
from bot.domain.catalog import Sort
from bot.domain.orders import REFUNDED, Order, OrderCard, OrderState
from bot.domain.refusals import Reason
from bot.domain.sequels import Sequel
from bot.i18n import Html, Translator, clean
from bot.i18n.phone import completed
from bot.screens import origin
from bot.screens.callbacks import (
    AnotherSms,
    Close,
    CloseWhenAllowed,
    RaiseMaximum,
    Refresh,
    ShowCode,
    ToCountries,
    ToMine,
    ToPrice,
)
from bot.screens.callbacks_of_drafts import SameCountries
from bot.screens.callbacks_of_orders import ToLabel
from bot.screens.callbacks_of_watches import TellMe
from bot.screens.navigation import back, menu
from bot.screens.orders.sequel_words import goes_on
from bot.screens.orders.sequels import keep_button, live_steps, steps_onward
from bot.screens.orders.sms import sms_lines
from bot.screens.orders.words import erased, has_code, heading, label, line, status, timeline
from bot.screens.screen import Row, Screen, button, copy_button, lines, mark, rows
from bot.screens.shop.favorites import save_button
from bot.screens.shop.watches import when_available

_PRICE_MATTERS = REFUNDED | {OrderState.REFUSED}
"""Ends after which a higher maximum may bring a number."""
_NOT_THERE = (Reason.NO_MATCH, Reason.OFFER_GONE)
"""Of a purchase: why waiting may help."""


def order_card(
    card: OrderCard,
    t: Translator,
    *,
    via: str | None = None,
    toast: str | None = None,
    alert: bool = False,
    news: Html | None = None,
) -> Screen:
    """The whole card. `via`: the list it was opened from; then it says all that came, and when.

    Else its messages stand around it and it repeats none of them. `news`: what stands below its heading.
    """
    order = card.order
    looked_up = [*sms_lines(card.sms, t), *timeline(card, t)] if via is not None else []
    return Screen(
        lines(
            heading(order, t, looked_up=via is not None),
            label(order, t),
            news,
            *status(card, t, looked_up=via is not None),
            erased(card, t),
            *looked_up,
        ),
        rows(_show(card, via, t), *_buttons(card, via, t)),
        toast=toast,
        alert=alert,
        card=mark(order, via=via),
    )


def waiting_card(card: OrderCard, t: Translator) -> Screen:
    """The message in which Buy was tapped: gives way to the push that brings the number."""
    whole = order_card(card, t)
    return Screen(whole.text, whole.rows, card=mark(card.order, CardRole.WAITING))


def folded(card: OrderCard, role: CardRole, t: Translator) -> Screen:
    """A card whose order lives in a newer message: a line, and nothing to tap."""
    return Screen(line(card.order, t, number=role is CardRole.PUSH))


def closed_toast(card: OrderCard, t: Translator) -> str:
    """What came of a tap on Close: the card below says the rest."""
    order = card.order
    if card.early_wait is not None:
        return too_early_toast(card, t)
    if order.state in REFUNDED:
        return t.plain("Closed. You paid nothing.")
    if order.state is OrderState.COMPLETED:
        return t.plain("The code came first: it is yours.")
    return t.plain("Closing… the result appears here.")


def another_sms_toast(t: Translator, *, new: bool) -> str:
    if new:
        return t.plain("A new SMS came.")
    return t.plain("No new SMS yet. I'll keep looking for 5 minutes.")


def after_another_sms(card: OrderCard, t: Translator, *, via: str | None, new: bool) -> Screen:
    """Asked for below an SMS only the toast says what came of it: the message with the SMS stays as it is."""
    toast = another_sms_toast(t, new=new)
    if via == origin.STAYS:
        return Screen(lines(), toast=toast, stays=True)
    return order_card(card, t, via=via, toast=toast)


def too_early_toast(card: OrderCard, t: Translator) -> str:
    if card.early_wait:
        return t.plain("Too early: you can close it in {wait}. Nothing is lost.", wait=t.wait(card.early_wait))
    return t.plain("Too early: it can't be closed yet. Nothing is lost.")


def _show(card: OrderCard, via: str | None, t: Translator) -> Row:
    """Where an SMS is hidden."""
    hidden = via is not None and any(sms.hidden and not sms.erased for sms in card.sms)
    return [button("👁 " + t.plain("Show"), ShowCode(order=card.order.id, via=via))] if hidden else []


def _buttons(card: OrderCard, via: str | None, t: Translator) -> list[Row]:
    order = card.order
    first = button("📋 " + t.plain("My numbers"), ToMine()) if via is None else _back(order, via, t)
    navigation: Row = [first, menu(t)]
    if order.live:
        return [*_live_buttons(order, via, t), navigation]
    labelling = label_button(order, via, t)
    if order.state is OrderState.COMPLETED:
        again: Row = [_another_sms(card, via, t), button("🔁 " + t.plain("Same again"), _same(order, via))]
        save = None if order.countries else save_button((order.service_id, order.country_id), order.window, t)
        return [[_copy_number(order, t), save], again, [labelling], navigation]
    if order.state in (OrderState.PLACING, OrderState.UNCONFIRMED):
        return [[button("🔄 " + t.plain("Refresh"), Refresh(order=order.id, via=via)), labelling], navigation]
    return [*next_steps(order, via, t), [labelling], navigation]


def _back(order: Order, via: str, t: Translator) -> InlineKeyboardButton:
    return back(t, origin.back(via, order.service_id))


def _live_buttons(order: Order, via: str | None, t: Translator) -> list[Row]:
    refresh = button("🔄 " + t.plain("Refresh"), Refresh(order=order.id, via=via))
    leads_to = CloseWhenAllowed(order=order.id, via=via)
    first = [_copy_number(order, t), label_button(order, via, t)]
    if order.sequel in (Sequel.HERE, Sequel.THERE):
        return [first, [refresh], [keep_button(order, via, t)]]
    more = live_steps(order, via, t)
    if order.close_wanted:
        wanted = button("✓ " + t.plain("Close when allowed"), leads_to)
        return [first, [refresh], [wanted], *more]
    close = button(t.plain("Close"), Close(order=order.id, via=via), ButtonStyle.DANGER)
    later = button("🕓 " + t.plain("Close when allowed"), leads_to) if order.close_at is not None else None
    return [first, [close, refresh], [later], *more]


def label_button(order: Order, via: str | None, t: Translator) -> InlineKeyboardButton:
    return button("🏷 " + t.plain("Label"), ToLabel(order=order.id, via=via))


def _another_sms(card: OrderCard, via: str | None, t: Translator) -> InlineKeyboardButton | None:
    """Where a first SMS without a code came it stands on that SMS itself."""
    if via is None and card.sms and not has_code(card.sms[:1]):
        return None
    return button("📨 " + t.plain("Another SMS"), AnotherSms(order=card.order.id, via=via))


def _copy_number(order: Order, t: Translator) -> InlineKeyboardButton | None:
    if order.number is None:
        return None
    number = clean(completed(order.number, order.region))
    return copy_button("📞 " + t.plain("Copy number"), number.replace(" ", ""))


def _same(order: Order, via: str | None) -> ToPrice | SameCountries:
    window = order.window
    if order.countries:
        return SameCountries(order=order.id, via=origin.order(order.id, via))
    exact = order.product_id is not None
    return ToPrice(
        service=order.service_id,
        country=order.country_id,
        low=None if exact else window.low,
        high=None if exact else window.high,
        via=origin.order(order.id, via),
    )


def next_steps(order: Order, via: str | None, t: Translator) -> list[Row]:
    """After an order that brought nothing."""
    onward = steps_onward(order, via, t)
    if goes_on(order):
        return onward
    behind = origin.order(order.id, via)
    elsewhere = ToCountries(service=order.service_id, sort=Sort.USUAL, number=0, via=behind)
    label, style = t.plain("Try again"), None if onward else ButtonStyle.PRIMARY
    again = button(label if onward else "🔁 " + label, _same(order, via), style)
    price = order.state in _PRICE_MATTERS and order.reason in (None, Reason.NO_MATCH)
    raised = button("⬆️ " + t.plain("Raise the maximum"), RaiseMaximum(order=order.id)) if price else None
    others = None if onward else button(t.plain("Other countries"), elsewhere)
    return [*onward, [again, others], [raised], [_tell_me(order, behind, t)]]


def _tell_me(order: Order, behind: str, t: Translator) -> InlineKeyboardButton | None:
    """Where there was no number of this pair to be had at this price."""
    if order.countries or (order.reason not in _NOT_THERE and order.state is not OrderState.NO_NUMBER_REFUNDED):
        return None
    wish = TellMe(service=order.service_id, country=order.country_id, high=order.window.high, via=behind)
    return when_available(wish, t)
