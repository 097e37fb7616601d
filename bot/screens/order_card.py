"""An order's card: one order in any of its states, with what can be done next."""

from collections.abc import Callable

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton
from markupsafe import Markup

from bot.domain.catalog import Sort
from bot.domain.orders import REFUNDED, CardRole, Order, OrderCard, OrderState
from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Translator, clean, flag
from bot.i18n.phone import completed, international
from bot.screens import origin, refusals
from bot.screens.callbacks import (
    AnotherSms,
    Close,
    CloseWhenAllowed,
    RaiseMaximum,
    Refresh,
    ToCountries,
    ToMine,
    ToPrice,
)
from bot.screens.favorites import save_button
from bot.screens.navigation import menu
from bot.screens.screen import Screen, button, copy_button, lines, mark, rows
from bot.screens.sms import sms_lines

Row = list[InlineKeyboardButton | None]


def order_card(card: OrderCard, t: Translator, *, toast: str | None = None, alert: bool = False) -> Screen:
    """The whole card, as a push or as a view."""
    order = card.order
    return Screen(
        lines(title(order, t), *_status(card, t), *sms_lines(card.sms, t)),
        rows(*_buttons(card, t)),
        toast=toast,
        alert=alert,
        card=mark(order),
    )


def waiting_card(card: OrderCard, t: Translator, *, number_below: bool) -> Screen:
    """The message in which Buy was tapped: gives way to the push that brought the number."""
    order = card.order
    if not number_below:
        whole = order_card(card, t)
        return Screen(whole.text, whole.rows, card=mark(order, CardRole.WAITING))
    ended = t("This order has ended: see the message below.")
    below = t("📲 The number is in a message below.") if order.live else ended
    return Screen(
        lines(title(order, t), below),
        rows([button("📋 " + t.plain("My numbers"), ToMine()), menu(t)]),
        card=mark(order, CardRole.WAITING),
    )


def title(order: Order, t: Translator) -> Markup:
    return t(
        "<b>{service}</b> · {flag} {country} · #{id}",
        service=order.service_name,
        flag=flag(order.country_code),
        country=t.country(order.country_code, order.country_name, order.country_label),
        id=str(order.id),
    )


def money_back(order: Order, t: Translator) -> Markup:
    return t("The reserved {amount} are back; you paid nothing.", amount=t.money(order.held, order.currency))


def _status(card: OrderCard, t: Translator) -> list[Markup | None]:
    order = card.order
    if order.state in REFUNDED:
        return [refunded(order, t), money_back(order, t)]
    say: dict[OrderState, Callable[[], list[Markup | None]]] = {
        OrderState.PLACING: lambda: _getting(order, t),
        OrderState.CREATING: lambda: _getting(order, t),
        OrderState.PENDING: lambda: _pending(card, t),
        OrderState.COMPLETED: lambda: _completed(card, t),
        OrderState.REFUSED: lambda: [refusal_text(order, t), t("Nothing was bought.")],
        OrderState.UNCONFIRMED: lambda: [unconfirmed(order, t)],
        OrderState.RELEASED: lambda: [released(order, t)],
        OrderState.BOUGHT: lambda: [released(order, t)],
        OrderState.NOT_BOUGHT: lambda: [released(order, t)],
    }
    return say[order.state]()


def _getting(order: Order, t: Translator) -> list[Markup | None]:
    maximum = t.money(order.window.high, order.currency)
    return [
        t("⏳ <b>Getting a number…</b>"),
        t("At most {maximum}. The number comes as a new message; you can go on meanwhile.", maximum=maximum),
        _closing(order, t),
    ]


def _pending(card: OrderCard, t: Translator) -> list[Markup | None]:
    order = card.order
    return [
        _number(order, t),
        t("⏳ Waiting for the SMS. The code comes as a new message."),
        t("Price: {price}", price=t.money(order.price, order.currency)) if order.price is not None else None,
        t("Expires at {time}", time=t.time(order.expires_at)) if order.expires_at is not None else None,
        _too_early(card, t) if card.early_wait is not None or order.close_at is not None else None,
        _closing(order, t),
    ]


def _completed(card: OrderCard, t: Translator) -> list[Markup | None]:
    order = card.order
    paid = order.charged if order.charged is not None else order.held
    price = t.money(paid, order.currency)
    if card.sms:
        return [
            t("✅ <b>Done</b>: the code came. You paid {price}.", price=price),
            price_unknown(order, t),
            _number(order, t),
        ]
    return [
        t("✅ <b>Done</b>. You paid {price}.", price=price),
        price_unknown(order, t),
        _number(order, t),
        t("HidSim says that the SMS came, but gave no text. Tap “Another SMS” to ask again."),
    ]


def price_unknown(order: Order, t: Translator) -> Markup | None:
    """The maximum was taken because no price was told: nobody may learn that from their balance alone."""
    if not order.unpriced:
        return None
    taken = t.money(order.charged if order.charged is not None else order.held, order.currency)
    return t(
        "⚠️ The price of this number is not known yet. {amount}, the most you agreed to, was taken for now. "
        "If it turns out lower, the rest comes back by itself.",
        amount=taken,
    )


def price_known(order: Order, back: int, t: Translator) -> Markup:
    """The price came after the code."""
    paid = t.money(order.charged or 0, order.currency)
    if not back:
        return t("💵 The price is known now: {price}. That is what you paid.", price=paid)
    return t(
        "💵 The price is known now: you paid {price}, and {amount} came back to you.",
        price=paid,
        amount=t.money(back, order.currency),
    )


def _number(order: Order, t: Translator) -> Markup | None:
    if order.number is None:
        return None
    return t("📞 <code>{number}</code>", number=international(order.number, order.country_code))


def _too_early(card: OrderCard, t: Translator) -> Markup:
    if card.order.close_at is not None:
        return t("HidSim does not allow closing before about {time}.", time=t.time(card.order.close_at))
    return t("HidSim does not allow closing yet.")


def _closing(order: Order, t: Translator) -> Markup | None:
    if not order.close_wanted:
        return None
    return t("🕓 Will be closed as soon as HidSim allows it. A code that comes before is still delivered.")


def closed_toast(card: OrderCard, t: Translator) -> str:
    """What came of a tap on Close: the card below says the rest."""
    order = card.order
    if card.early_wait is not None:
        return too_early_toast(card, t)
    if order.state in REFUNDED:
        return t.plain("Closed. The money is back.")
    if order.state is OrderState.COMPLETED:
        return t.plain("The code came first: it is yours.")
    return t.plain("HidSim has the request; the card will show the end.")


def another_sms_toast(t: Translator, *, new: bool) -> str:
    if new:
        return t.plain("A new SMS came.")
    return t.plain("HidSim was asked again: no new SMS yet. If one comes in the next 5 minutes, you get it.")


def too_early_toast(card: OrderCard, t: Translator) -> str:
    if card.early_wait:
        return t.plain("Too early: HidSim allows closing in {wait}. Nothing is lost.", wait=t.duration(card.early_wait))
    return t.plain("Too early: HidSim does not allow closing yet. Nothing is lost.")


def refunded(order: Order, t: Translator) -> Markup:
    match order.state:
        case OrderState.NO_NUMBER_REFUNDED:
            return t("↩️ <b>No number</b>: HidSim found none in this window.")
        case OrderState.SYSTEM_REFUNDED:
            return t("↩️ <b>Refunded</b>: HidSim could not deliver a code on this number.")
        case _:
            return t("↩️ <b>Closed</b>: the number is given back.")


def refusal_text(order: Order, t: Translator) -> Markup:
    """Why the purchase was refused; a reason of an older release reads as HidSim's own rule."""
    known = {reason.value: reason for reason in Reason}
    reason = known.get(order.reason or "", Reason.HIDSIM_REFUSED)
    return refusals.text(RefusalFacts(reason, order_id=order.id, currency=order.currency), t)


def unconfirmed(order: Order, t: Translator) -> Markup:
    amount = t.money(order.held, order.currency)
    unsure = t(
        "⚠️ <b>We are not sure that HidSim took your order.</b> Your {amount} are reserved; you will not be charged "
        "twice.",
        amount=amount,
    )
    if order.release_at is None:
        return unsure
    return lines(unsure, t("By {time} you get the number or the money back.", time=t.time(order.release_at)))


def released(order: Order, t: Translator) -> Markup:
    return t(
        "↩️ HidSim never confirmed this order. Your {amount} are back; you paid nothing.",
        amount=t.money(order.held, order.currency),
    )


def _buttons(card: OrderCard, t: Translator) -> list[Row]:
    order = card.order
    navigation: Row = [button("📋 " + t.plain("My numbers"), ToMine()), menu(t)]
    if order.live:
        return [*_live_buttons(order, t), navigation]
    if order.state is OrderState.COMPLETED:
        again: Row = [
            button("📨 " + t.plain("Another SMS"), AnotherSms(order=order.id)),
            button("🔁 " + t.plain("Same again"), _same(order)),
        ]
        save = save_button(order.service_id, order.country_id, order.window, t)
        return [[_copy_number(order, t), save], again, navigation]
    if order.state in (OrderState.PLACING, OrderState.UNCONFIRMED):
        return [[button("🔄 " + t.plain("Refresh"), Refresh(order=order.id))], navigation]
    return [*next_steps(order, t), navigation]


def _live_buttons(order: Order, t: Translator) -> list[Row]:
    close = button("✖️ " + t.plain("Close"), Close(order=order.id), ButtonStyle.DANGER)
    refresh = button("🔄 " + t.plain("Refresh"), Refresh(order=order.id))
    wanted = order.close_wanted
    label = ("✓ " if wanted else "") + t.plain("Close when allowed")
    when_allowed = button("🕓 " + label, CloseWhenAllowed(order=order.id))
    return [
        [_copy_number(order, t)],
        [close, refresh],
        [when_allowed if wanted or order.close_at is not None else None],
    ]


def _copy_number(order: Order, t: Translator) -> InlineKeyboardButton | None:
    if order.number is None:
        return None
    number = clean(completed(order.number, order.country_code))
    return copy_button("📞 " + t.plain("Copy number"), number.replace(" ", ""))


def _same(order: Order) -> ToPrice:
    window = order.window
    exact = order.product_id is not None
    return ToPrice(
        service=order.service_id,
        country=order.country_id,
        low=None if exact else window.low,
        high=None if exact else window.high,
        via=origin.order(order.id),
    )


def next_steps(order: Order, t: Translator) -> list[Row]:
    """After an order that brought nothing."""
    elsewhere = ToCountries(service=order.service_id, sort=Sort.CHEAPEST, number=0, via=origin.HOME)
    return [
        [
            button("🔁 " + t.plain("Try again"), _same(order), ButtonStyle.PRIMARY),
            button("⬆️ " + t.plain("Raise the maximum"), RaiseMaximum(order=order.id)),
        ],
        [button("🌍 " + t.plain("Other countries"), elsewhere)],
    ]
