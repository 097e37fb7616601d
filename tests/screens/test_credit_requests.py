"""Asking for credit: where an answer leads, and words of people among ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.details import CreditGranted, CreditRequested
from bot.domain.refusals import Reason, RefusalFacts
from bot.screens import refusals
from bot.screens.callbacks import AskCredit, RequestCredit, ToPrice
from bot.screens.money import credit_requests
from tests.screens.phone import ENGLISH, buttons, check, read

FIVE = 5_000_000


def labels(basket: str | None) -> list[str]:
    screen = credit_requests.granted(CreditGranted(FIVE, FIVE, "USD", basket), ENGLISH)
    check(screen)
    return [one.text for one in buttons(screen)]


def test_a_grant_leads_to_the_very_window_that_was_left() -> None:
    basket = credit_requests.basket(RequestCredit(service=7, country=9, low=1, high=3, amount=FIVE))
    assert basket is not None
    left = ToPrice.unpack(basket)
    assert (left.service, left.country, left.low, left.high) == (7, 9, 1, 3)
    assert labels(basket) == ["📱 Continue buying", "👛 Wallet", "🏠 Menu"]


@pytest.mark.parametrize("basket", [None, "", "p9:1", "p1:x:1:1:1:h", "nonsense"])
def test_a_basket_that_nobody_can_read_any_more_is_left_out(basket: str | None) -> None:
    assert labels(basket) == ["👛 Wallet", "🏠 Menu"]


def test_nothing_is_kept_where_no_purchase_was_left() -> None:
    assert credit_requests.basket(AskCredit(amount=FIVE)) is None


@given(st.text(max_size=400), st.text(max_size=80))
def test_whatever_somebody_writes_stays_text_in_the_admins_message(reason: str, name: str) -> None:
    screen = credit_requests.requested(CreditRequested(7, 2**52, FIVE, 0, "USD", name, reason), ENGLISH)
    check(screen)
    assert "asks for $5.00." in read(screen)[0]


@pytest.mark.parametrize(
    ("many", "few", "said"),
    [
        (1_500_000_000, 1_500_000, "Write 1500 or 1.50."),
        (12_345_000_000, 12_345_000, "Write 12345 or 12.3450."),
        (999_001_000_000, 999_001_000, "Write 999001 or 999.0010."),
    ],
)
def test_both_readings_are_written_so_that_each_is_read_in_one_way(many: int, few: int, said: str) -> None:
    screen = refusals.refusal(RefusalFacts(Reason.TWO_AMOUNTS, amount=many, limit=few), ENGLISH)
    assert said in read(screen)[0]
