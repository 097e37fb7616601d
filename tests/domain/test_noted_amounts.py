"""An amount and a note in one line: no amount silently becomes another one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.noted_amounts import means_amount, read_noted
from bot.domain.refusals import Reason, Refusal

FIVE, MANY = 5_000_000, 1_500_000_000


@pytest.mark.parametrize(
    ("typed", "amount", "note"),
    [
        ("5 rent", FIVE, "rent"),
        ("5, rent", FIVE, "rent"),
        ("5. rent", FIVE, "rent"),
        ("1 500", MANY, ""),
        ("1 500.", MANY, ""),
        ("1 500, first month", MANY, "first month"),
        ("1 500; rent", MANY, "rent"),
        ("1 500USD,", MANY, ""),
        ("1 500 USD first month", MANY, "first month"),
        ("1 500.00 100 codes", MANY, "100 codes"),
        ("1500.00 100 codes", MANY, "100 codes"),
        ("$5.00 100 codes", FIVE, "100 codes"),
        ("5 USD 100 codes", FIVE, "100 codes"),
        ("5 #1234", FIVE, "#1234"),
    ],
)
def test_what_ends_an_amount_is_not_taken_for_a_part_of_it(typed: str, amount: int, note: str) -> None:
    assert read_noted(typed, "USD") == (amount, note)


def refused(typed: str) -> Reason:
    with pytest.raises(Refusal) as caught:
        read_noted(typed, "USD", "credit")
    assert caught.value.facts.command == "credit"
    return caught.value.facts.reason


@pytest.mark.parametrize(
    "typed", ["2 000 000", "2 000 000 rent", "1 000 000.5", "1 500 000", "1 500 000, rent", "1 000 000.01"]
)
def test_more_than_a_million_does_not_become_less(typed: str) -> None:
    assert refused(typed) is Reason.TOO_MUCH


@pytest.mark.parametrize(
    "typed",
    [
        "5 100 codes",
        "1 500 rent",
        "$ 1 500 rent",
        "5 000k",
        "5 0000",
        "5 1000",
        "5 50",
        "5, 500 rent",
        "5 .50",
        "5 k rent",
    ],
)
def test_where_nobody_can_tell_where_the_amount_ends_it_is_refused(typed: str) -> None:
    assert refused(typed) is Reason.NOTE_OR_AMOUNT


@pytest.mark.parametrize("typed", ["5 EUR, rent", "5 EUR/month", "5, EUR", "5€; rent", "1 500 EUR. rent"])
def test_another_currency_is_no_note(typed: str) -> None:
    assert refused(typed) is Reason.OTHER_CURRENCY


@given(
    st.integers(1, 999_999),
    st.sampled_from(["", ",", ";", ".", " USD", ".00"]),
    st.sampled_from(["", " rent", " 12 codes"]),
)
def test_a_sum_with_groups_is_read_whole_or_refused(units: int, end: str, note: str) -> None:
    try:
        amount, _ = read_noted(f"{units:,}".replace(",", " ") + end + note, "USD")
    except Refusal as refusal:
        assert refusal.facts.reason is Reason.NOTE_OR_AMOUNT  # noqa: PT017
    else:
        assert amount == units * 1_000_000


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("-20", True), ("0", True), ("20k", True), ("1/2", True), ("for 2 codes", False), ("2fa", False), ("rent", False)],
)
def test_digits_alone_are_meant_as_an_amount(typed: str, meant: bool) -> None:
    assert means_amount(typed) is meant
