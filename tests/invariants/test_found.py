"""Lives of the shop in which a law was once broken, each told in its shortest form."""

from tests.db.fresh import ANN, BEN
from tests.invariants.machine import Shop
from tests.invariants.model import Verdict, View


def _buys(shop: Shop) -> None:
    shop.buy(ANN, 400_000, 0, 1)
    shop.answer_a_purchase(0, Verdict.DONE, View.TRUE, 100, False, "a number")
    shop.the_laws_hold()


def _is_told_a_price(shop: Shop, cost: int) -> None:
    """`cost`: 0 is 0.05 more, 1 is nothing, 2 is 0.30."""
    shop.something_happens_at_hidsim(cost, "price")
    shop.poll([], [], False)
    shop.the_laws_hold()


def test_a_price_that_falls_to_nothing_and_comes_back_is_in_the_books(shop: Shop) -> None:
    _buys(shop)
    _is_told_a_price(shop, 1)
    _is_told_a_price(shop, 2)
    _is_told_a_price(shop, 0)


def test_the_operation_of_another_purchase_is_not_taken_for_ones_own(shop: Shop) -> None:
    shop.buy(ANN, 400_000, 0, 1)
    shop.answer_a_purchase(0, Verdict.DONE, View.TRUE, 100, False, "a number and its code")
    shop.buy(BEN, 400_000, 0, 1)
    shop.answer_a_purchase(0, Verdict.TWIN, View.TRUE, 100, False, "nothing yet")
    shop.push([])
    assert shop.books.orders[2]["state"] == "unconfirmed"
    assert not [
        one for one in shop.phones.deliveries if one.person_id == BEN and not one.key.startswith("unconfirmed:")
    ]
    shop.the_laws_hold()
