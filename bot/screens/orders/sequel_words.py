"""What a card says of what follows its order, and of when it is given up."""

from datetime import timedelta

from bot.domain.orders import Order, OrderState
from bot.domain.sequels import Sequel, is_last
from bot.i18n import Html, Translator


def ahead(order: Order, t: Translator) -> list[Html | None]:
    """Of an order in progress."""
    return [_next_if_no_code(order, t), _given_up(order, t)]


def _next_if_no_code(order: Order, t: Translator) -> Html | None:
    given = {"n": t.number(order.attempt), "most": t.number(order.tries), "price": most(order, t)}
    match order.sequel:
        case Sequel.HERE:
            return t("🔁 Then another number is bought here, for up to {price}.", **given)
        case Sequel.THERE:
            return t("🌍 Then a number of the country you chose is bought, for up to {price}.", **given)
        case Sequel.ITSELF:
            return t("🔂 Number {n} of {most}. If no code comes, the next one is bought by itself.", **given)
    if is_last(order):
        return t("🔂 Number {n} of {most}: the last one that is bought by itself.", **given)
    return t("🔂 Nothing more is bought by itself.") if order.attempt < order.tries else None


def _given_up(order: Order, t: Translator) -> Html | None:
    if order.give_up_after is None or order.close_wanted:
        return None
    if order.number_at is None:
        wait = t.wait(order.give_up_after)
        # NOTE: {wait} is a span, such as 8 minutes
        return t("⏱ If no code comes in {wait}, the number is closed by itself.", wait=wait)
    at = order.number_at + timedelta(seconds=order.give_up_after)
    # NOTE: {time} is a relative moment, such as in 8 minutes
    return t("⏱ Closed by itself {time} if no code comes.", time=t.time(at, "relative"))


def goes_on(order: Order) -> bool:
    """Whether another order follows this one, or is about to."""
    return order.followed_by is not None or order.sequel is not None


def after(order: Order, t: Translator) -> list[Html | None]:
    """Of an order that ended without a code."""
    return [_ran_out(order, t), _next(order, t)]


def _ran_out(order: Order, t: Translator) -> Html | None:
    """Its person need not have closed it themselves."""
    if order.state is not OrderState.USER_REFUNDED or order.give_up_after is None:
        return None
    if order.number_at is None or order.finished_at is None:
        return None
    if order.finished_at - order.number_at < timedelta(seconds=order.give_up_after):
        return None
    return t("⏱ No code came in {wait}.", wait=t.wait(order.give_up_after))


def _next(order: Order, t: Translator) -> Html | None:
    given = {"n": t.number(order.attempt), "most": t.number(order.tries), "next": t.number(order.attempt + 1)}
    agreed = order.attempt < order.tries
    if order.followed_by is not None and agreed:
        follows = str(order.followed_by)
        return t("🔂 No code on number {n} of {most}. Number {next} follows: #{id}.", **given, id=follows)
    if order.followed_by is not None:
        return t("🔁 Another number follows: #{id}.", id=str(order.followed_by))
    if order.sequel == Sequel.ITSELF:
        up_to = most(order, t)
        return t("🔂 No code on number {n} of {most}. Getting number {next}, for up to {price}…", **given, price=up_to)
    if order.sequel is not None:
        return t("🔁 Getting another number, for up to {price}…", price=most(order, t))
    if is_last(order):
        return t("🔂 That was number {n} of {most}. Nothing more is bought by itself.", **given)
    return t("🔂 Nothing more is bought by itself.") if agreed else None


def most(order: Order, t: Translator) -> str:
    """The most that another number may cost."""
    return t.price(order.window.high, order.currency)
