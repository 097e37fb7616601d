"""Our books of HidSim's balance beside HidSim's own word: told when they stay apart, mended by an admin only."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from bot.domain.refusals import Reason
from tests.db.fresh import ANN
from tests.invariants.machine import OPENING, Shop
from tests.invariants.model import Verdict, View
from tests.invariants.process import ADA


@pytest.fixture
def shop(shop: Shop) -> Iterator[Shop]:
    yield shop
    shop.broken = True  # the far end's balance was moved by hand: the last laws don't apply


def _apart(shop: Shop) -> list[str]:
    """Its alerts: nothing else has an end here."""
    return [key for key in shop.books.notices if key.startswith("incident:")]


def _compare(shop: Shop, times: int) -> None:
    for _ in range(times):
        shop.time_passes(61)
        shop.do(shop.process.shop.book_check.compare())


def test_a_balance_that_stays_apart_is_told_once_at_the_third_reading_and_booked_by_an_admin(shop: Shop) -> None:
    assert shop.books.accounts["hidsim"] == OPENING
    shop.far.balance += Decimal("2.5")
    _compare(shop, 2)
    assert not _apart(shop)
    _compare(shop, 3)
    assert len(_apart(shop)) == 1
    assert shop.do(shop.process.shop.book_check.book_difference(ADA)) == 2_500_000
    assert shop.books.accounts["hidsim"] == OPENING + 2_500_000
    assert shop.do(shop.process.shop.book_check.book_difference(ADA)) == 0
    shop.far.balance -= 3
    assert shop.do(shop.process.shop.book_check.book_difference(ADA)) == -3_000_000
    _compare(shop, 3)
    assert len(_apart(shop)) == 1
    shop.the_laws_hold()


def test_a_difference_that_moves_or_goes_away_is_no_alarm(shop: Shop) -> None:
    for step in ("1", "1", "1", "-3"):
        shop.far.balance += Decimal(step)
        _compare(shop, 2 if step == "-3" else 1)
    _compare(shop, 3)
    assert not _apart(shop)


def test_balances_are_compared_in_quiet_moments_only(shop: Shop) -> None:
    shop.buy(ANN, 400_000, 0, 1)
    shop.answer_a_purchase(0, Verdict.LOST_AFTER, View.TRUE, 100, False, "nothing yet")
    _compare(shop, 9)
    shop.another_tick("release", [])
    _compare(shop, 9)
    assert not _apart(shop)
    assert shop.do(shop.process.shop.lost.judge(ADA, 1, bought=True)) is not Reason.NOT_NOW
    _compare(shop, 3)
    assert shop.books.accounts["suspense"] == 400_000
    assert not _apart(shop)
