"""What an order's card says of each state: what happened, what it cost, what comes next."""

from collections.abc import Callable, Sequence

from bot.domain.orders import REFUNDED, Order, OrderCard, OrderState, Sms
from bot.domain.refusals import Reason, RefusalFacts
from bot.domain.sequels import ended_without_code
from bot.i18n import Html, Translator, clean, flag
from bot.i18n.phone import international
from bot.screens import refusals
from bot.screens.flags import bare, of_any
from bot.screens.orders.first_line import elsewhere, number_line, place
from bot.screens.orders.sequel_words import after, ahead, goes_on
from bot.screens.orders.sms import code_of
from bot.screens.screen import lines

_WITH_NUMBER = frozenset({OrderState.PENDING, OrderState.COMPLETED})
"""States in which there is a number to use."""


def heading(order: Order, t: Translator, *, looked_up: bool) -> Html:
    """How a card begins: with the number, while there is one to use."""
    if order.number is None or order.state not in _WITH_NUMBER:
        return title(order, t)
    return lines(number_line(order, t, whole=looked_up), place(order, t))


def title(order: Order, t: Translator) -> Html:
    service, ident = order.service_name, str(order.id)
    if not order.country_known:
        flags = of_any(order.countries)
        # NOTE: {countries} are flags: the number may be of any of these countries
        return t("<b>{service}</b> · one of {countries} · #{id}", service=service, countries=flags, id=ident)
    return t(
        "<b>{service}</b> · {flag} {country} · #{id}",
        service=service,
        flag=flag(order.country_code),
        country=country(order, t),
        id=ident,
    )


def country(order: Order, t: Translator) -> str:
    """By its name, beside its flag."""
    if not order.country_known:
        # NOTE: stands behind the flags of several countries: the number may be of any of them
        return t.plain("one of them")
    return t.country(order.country_code, order.country_name, order.country_label)


def label(order: Order, t: Translator) -> Html | None:
    """What its person calls it by."""
    return None if order.label is None else t("🏷 {label}", label=order.label)


def erased(card: OrderCard, t: Translator) -> Html | None:
    """Where a number or an SMS once stood."""
    order = card.order
    if order.erased_at is None or (order.number_at is None and not card.sms):
        return None
    return t("🧹 The number and the SMS were deleted on {date}.", date=t.time(order.erased_at, "date"))


def line(order: Order, t: Translator, *, number: bool) -> Html:
    """All that is left of a card which a newer message has overtaken. `number`: this message brought it."""
    where, ident = bare(order), str(order.id)
    if number and order.number is not None:
        shown = international(order.number, order.region)
        return t("📞 <code>{number}</code> {flag} · #{id}", number=shown, flag=where, id=ident)
    return t("{service} {flag} · #{id}", service=clean(order.service_name, 40), flag=where, id=ident)


def status(card: OrderCard, t: Translator, *, looked_up: bool = False) -> list[Html | None]:
    """`looked_up`: no message of the order's stands below."""
    order = card.order
    if order.state in REFUNDED:
        free = t("You paid nothing.") if goes_on(order) else money_back(order, t)
        return [refunded(order, t), *after(order, t), free]
    say: dict[OrderState, Callable[[], list[Html | None]]] = {
        OrderState.PLACING: lambda: _getting(card, t),
        OrderState.CREATING: lambda: _getting(card, t),
        OrderState.PENDING: lambda: _pending(card, t),
        OrderState.COMPLETED: lambda: _completed(card, looked_up, t),
        OrderState.REFUSED: lambda: [refused(order, t)],
        OrderState.UNCONFIRMED: lambda: _unconfirmed(order, t),
        OrderState.RELEASED: lambda: [t("↩️ This order was never confirmed."), money_back(order, t)],
        OrderState.BOUGHT: lambda: [_bought(order, t)],
        OrderState.NOT_BOUGHT: lambda: [t("↩️ Nothing was bought for this order."), money_back(order, t)],
    }
    return [*say[order.state](), *(after(order, t) if ended_without_code(order) else ())]


def timeline(card: OrderCard, t: Translator) -> list[Html | None]:
    """When what happened, where an order is looked up; when its first code came is HidSim's word."""
    order = card.order
    codes = [sms.received_at for sms in card.sms if sms.received_at is not None and has_code([sms])]
    ended = t("🏁 Ended {time}", time=t.time(order.finished_at, "datetime")) if order.finished_at else None
    return [
        Html(""),
        t("🛒 Placed {time}", time=t.time(order.placed_at, "datetime")),
        t("🌍 Asked for one of {countries}", countries=of_any(order.countries)) if order.countries else None,
        t("🔁 In place of #{id}, which got no code", id=str(order.replaces)) if order.replaces is not None else None,
        t("📞 Number {time}", time=t.time(order.number_at, "datetime")) if order.number_at else None,
        t("🔑 Code {time}", time=t.time(codes[0], "datetime")) if codes else None,
        t("✅ Done {time}", time=t.time(order.finished_at, "datetime"))
        if order.finished_at and order.state is OrderState.COMPLETED
        else ended,
    ]


def money_back(order: Order, t: Translator) -> Html:
    if not order.held:
        return t("You paid nothing.")
    return t("You paid nothing, and your {amount} is free again.", amount=t.price(order.held, order.currency))


def _getting(card: OrderCard, t: Translator) -> list[Html | None]:
    order = card.order
    aside = t("{amount} is set aside.", amount=t.price(order.held, order.currency)) if order.held else None
    return [
        t("⏳ <b>Getting a number…</b>"),
        aside,
        t("The number comes as a new message; you can go on meanwhile."),
        *_closing(card, t),
        *ahead(order, t),
    ]


def _pending(card: OrderCard, t: Translator) -> list[Html | None]:
    order = card.order
    return [
        elsewhere(order, t),
        t("⏳ Waiting for the SMS. The code comes as a new message."),
        t("Price: {price}", price=t.price(order.price, order.currency)) if order.price is not None else None,
        t("Expires {time}", time=t.time(order.expires_at, "relative")) if order.expires_at is not None else None,
        *_closing(card, t),
        *ahead(order, t),
    ]


def has_code(found: Sequence[Sms]) -> bool:
    """Of an erased SMS it is known that it had one."""
    return any((sms.code is not None) if sms.erased else (code_of(sms) is not None) for sms in found)


def _completed(card: OrderCard, looked_up: bool, t: Translator) -> list[Html | None]:
    order = card.order
    price = paid(order, t)
    if has_code(card.sms):
        said = t("✅ <b>Done</b>: the code came. You paid {price}.", price=price)
    elif card.sms and not looked_up:
        said = t("📩 An SMS without a code is below.")
    elif card.sms:
        said = t("📩 An SMS came, but I see no code in it. You paid {price}.", price=price)
    else:
        said = t("📩 An SMS came, but without any text. You paid {price}. Tap “Another SMS” to ask again.", price=price)
    return [said, price_unknown(order, t)]


def paid(order: Order, t: Translator) -> str:
    return t.price(order.charged if order.charged is not None else order.held, order.currency)


def price_unknown(order: Order, t: Translator) -> Html | None:
    """The maximum was taken because no price was told: nobody may learn that from their balance alone."""
    if not order.unpriced:
        return None
    return t(
        "⚠️ The price of this number is not known yet. {amount}, the most you agreed to, was taken for now. "
        "If it turns out lower, the rest comes back by itself.",
        amount=paid(order, t),
    )


def price_known(order: Order, back: int, t: Translator) -> Html:
    """The price came after the code."""
    price = t.price(order.charged or 0, order.currency)
    if not back:
        return t("💵 The price is known now: {price}. That is what you paid.", price=price)
    return t(
        "💵 The price is known now: you paid {price}, and {amount} came back to you.",
        price=price,
        amount=t.price(back, order.currency),
    )


def _closing(card: OrderCard, t: Translator) -> list[Html | None]:
    """When it can be closed, and that it will be. Nobody edits the card when that moment comes."""
    order = card.order
    if not order.live:
        return []
    wanted = (
        t("🕓 Will be closed as soon as that is allowed. A code that comes before is still yours.")
        if order.close_wanted
        else None
    )
    if order.close_at is not None:
        # NOTE: {time} is relative: “in 50 seconds”, later “2 minutes ago”
        return [wanted, t("Earliest close: {time}", time=t.time(order.close_at, "relative"))]
    if wanted is not None:
        return [wanted]
    return [t("It can't be closed yet.")] if card.early_wait is not None else []


def refunded(order: Order, t: Translator) -> Html:
    match order.state:
        case OrderState.NO_NUMBER_REFUNDED:
            return t("↩️ <b>No number</b> was free this time.")
        case OrderState.SYSTEM_REFUNDED:
            return t("↩️ <b>No code</b> came to this number.")
        case _:
            return t("↩️ <b>Closed</b>: the number is given back.")


def refused(order: Order, t: Translator) -> Html:
    """Why nothing was bought; a reason of an older release reads as a plain no."""
    told = RefusalFacts(Reason.OPERATOR_BALANCE)
    say: dict[str, Callable[[], Html]] = {
        Reason.NO_MATCH: lambda: _no_match(order, t),
        Reason.OFFER_GONE: lambda: t("😕 This number was sold a moment ago. You paid nothing."),
        Reason.PRICE_MOVED: lambda: t("😕 The price has just changed. You paid nothing."),
        **dict.fromkeys((Reason.OPERATOR_BALANCE, Reason.HIDSIM_SIGN_IN), lambda: refusals.text(told, t)),
        Reason.HIDSIM_BUSY: lambda: t("🚦 Too many want a number right now. You paid nothing. Try again in a minute."),
        Reason.HIDSIM_DOWN: lambda: t(
            "🔌 The shop can't buy numbers right now. You paid nothing. Try again in a minute."
        ),
    }
    plain_no = t("😕 This order was refused. You paid nothing. Choose something else, or try again later.")
    return say.get(order.reason or "", lambda: plain_no)()


def _no_match(order: Order, t: Translator) -> Html:
    if order.product_id is not None:
        return t(
            "😕 The number at {price} is gone. You paid nothing.", price=t.price(order.window.high, order.currency)
        )
    facts = RefusalFacts(Reason.NO_MATCH, amount=order.cheapest, limit=order.window.high, currency=order.currency)
    return refusals.text(facts, t)


def _unconfirmed(order: Order, t: Translator) -> list[Html | None]:
    by = (
        t("By {time} you get the number, or your money back.", time=t.time(order.release_at))
        if order.release_at
        else None
    )
    return [
        t("⚠️ <b>We are not sure that this order went through.</b>"),
        t("{amount} stays set aside; you will not be charged twice.", amount=t.price(order.held, order.currency)),
        by,
    ]


def _bought(order: Order, t: Translator) -> Html:
    if not order.held:
        return t("↩️ A number was bought for this order, but it can't be shown any more. You paid nothing.")
    return t(
        "↩️ A number was bought for this order, but it can't be shown any more. You paid nothing; your {amount} is free "
        "again.",
        amount=t.price(order.held, order.currency),
    )


def outcome(order: Order, t: Translator, *, code: bool) -> str:
    """In a word, for a row of a list. `code`: one of its SMS has a code."""
    match order.state:
        case OrderState.COMPLETED:
            # NOTE: an order's outcome in a list, as short as can be: its code came, or an SMS without a code
            return t.plain("code") if code else t.plain("SMS")
        case OrderState.SYSTEM_REFUNDED:
            return t.plain("no code")
        case OrderState.NO_NUMBER_REFUNDED:
            return t.plain("no number")
        case OrderState.USER_REFUNDED:
            return t.plain("closed")
        case OrderState.UNCONFIRMED:
            return t.plain("unsure")
        case OrderState.PLACING | OrderState.CREATING | OrderState.PENDING:
            return t.plain("waiting")
        case OrderState.REFUSED:
            return t.plain("refused")
        case _:
            return t.plain("not confirmed")
