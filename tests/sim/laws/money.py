"""The books are even, at the end and at every moment that was looked at; and nobody pays what HidSim did not charge."""

from collections.abc import Callable, Iterator

from bot.domain.money import Markup, to_micros
from bot.domain.orders import HOLDING
from tests.invariants import laws
from tests.sim.case import Case, Line

EVEN: tuple[Callable[[laws.Books], None], ...] = (
    laws.money_is_neither_made_nor_lost,
    laws.held_is_what_orders_hold,
    laws.a_hold_ends_once_and_not_before_its_order,
    laws.nobody_pays_more_than_the_window,
    laws.nothing_above_a_known_price_stays_set_aside,
    laws.the_books_of_the_partner_follow_the_costs,
    laws.states_follow_allowed_moves,
)


def uneven(books: laws.Books) -> Iterator[str]:
    for law in EVEN:
        try:
            law(books)
        except AssertionError as error:
            yield f"{law.__name__.replace('_', ' ')}: {str(error)[:300]}"


def the_books_are_even(case: Case) -> Line:
    yield from case.world.uneven
    yield from uneven(case.books)


def people_pay_what_hidsim_charged(case: Case) -> Line:
    markup = Markup(int(case.world.given.settings.get("markup_percent", 0)))
    for order in case.orders:
        operation = case.operation_of(order)
        if operation is None or order["state"] in HOLDING:
            continue
        sold = operation.state == "completed"
        due = min(order["held"], markup.shown(to_micros(operation.price))) if sold else 0
        if order["charged"] != due:
            yield f"order {order['id']} paid {order['charged']} for what costs {due}"
        if sold and order["cost"] != to_micros(operation.price):
            yield f"order {order['id']}: HidSim took {operation.price}, the books say {order['cost']}"
