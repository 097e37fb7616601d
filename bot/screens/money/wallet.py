"""Prepaid wallets: what a person sees."""

from bot.domain.orders import Order, OrderState
from bot.domain.people import Purse
from bot.domain.wallets import Credit
from bot.facts.money import WalletFacts
from bot.i18n import Html, Translator, clean
from bot.screens import origin
from bot.screens.callbacks import ToHome, ToOrder, ToWallet
from bot.screens.contact import ask_for_credit, contact_button
from bot.screens.flags import of_order
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, grid, lines, rows

_NAME_LIMIT = 20
_NOT_BOUGHT = (OrderState.REFUSED, OrderState.NOT_BOUGHT)


def wallet(facts: WalletFacts, t: Translator) -> Screen:
    """What is left, what is set aside, then a line an order with the credits between them."""
    page, currency = facts.page, facts.purse.currency
    orders = [one for one in facts.lines if isinstance(one, Order)]
    via = origin.wallet(page.number)
    empty = None if facts.lines else t("Nothing was added or bought yet.")
    return Screen(
        lines(
            t("👛 <b>Wallet</b>"),
            *_purse(facts.purse, t),
            "",
            empty,
            *(_order(one, t) if isinstance(one, Order) else _credit(one, currency, t) for one in facts.lines),
            *([] if facts.purse.daily_limit is None else _more_credit(t)),
        ),
        rows(
            *grid([button(f"#{order.id}", ToOrder(order=order.id, via=via)) for order in orders], 3),
            arrows(page, lambda number: ToWallet(number=number)),
            [ask_for_credit(t) if facts.purse.daily_limit is None else None, contact_button(t)],
            [back(t, ToHome()), menu(t)],
        ),
    )


def _purse(purse: Purse, t: Translator) -> list[Html]:
    left = t.balance(purse.left, purse.currency)
    said = [t("Balance: <b>{amount}</b>", amount=left)]
    if purse.daily_limit is not None:
        limit = t.balance(purse.daily_limit, purse.currency)
        said = [t("You can spend <b>{amount}</b> more today (of {limit}).", amount=left, limit=limit)]
    if purse.held:
        said.append(t("Set aside: {amount}", amount=t.price(purse.held, purse.currency)))
    return said


def _more_credit(t: Translator) -> list[Html]:
    if not t.shop.contact:
        return []
    # NOTE: {contact} is a @username or a web address
    return [Html(), t("More credit? Ask {contact}.", contact=t.shop.contact)]


def _order(order: Order, t: Translator) -> Html:
    what = clean(order.service_name, _NAME_LIMIT)
    flag = of_order(order)
    number = str(order.id)
    if order.in_progress:
        held = t.price(order.held, order.currency)
        # NOTE: a line of the wallet: a service, a flag, an order's number, and the money that waits for it
        return t("{service} {flag} · #{id} · {amount} set aside", service=what, flag=flag, id=number, amount=held)
    amount = t.price(order.charged or 0, order.currency)
    if order.unpriced:
        # NOTE: what was taken until the number's price is known
        return t("{service} {flag} · #{id} · −{amount} for now", service=what, flag=flag, id=number, amount=amount)
    if order.state is OrderState.COMPLETED and order.charged:
        return t("{service} {flag} · #{id} · −{amount}", service=what, flag=flag, id=number, amount=amount)
    if order.state is OrderState.COMPLETED:
        # NOTE: an order whose number cost nothing
        return t("{service} {flag} · #{id} · free · {amount}", service=what, flag=flag, id=number, amount=amount)
    if order.state in _NOT_BOUGHT:
        # NOTE: an order that came to nothing: no number was bought
        return t("{service} {flag} · #{id} · not bought · {amount}", service=what, flag=flag, id=number, amount=amount)
    # NOTE: an order that ended without a code
    return t("{service} {flag} · #{id} · closed · {amount}", service=what, flag=flag, id=number, amount=amount)


def _credit(credit: Credit, currency: str, t: Translator) -> Html:
    when = t.time(credit.at, "date")
    if credit.amount < 0:
        return t("−{amount} · taken back · {when}", amount=t.price(-credit.amount, currency), when=when)
    return t("+{amount} · credit · {when}", amount=t.balance(credit.amount, currency), when=when)
