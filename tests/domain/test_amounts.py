"""Amounts as people type them: exact, or refused with the reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.amounts import MOST, around, read_amount, rounded_up, to_choose
from bot.domain.money import to_decimal
from bot.domain.refusals import Reason, Refusal, RefusalFacts

READ = {
    "5": "5",
    "1,50": "1.5",
    "1.50": "1.5",
    "1,5": "1.5",
    "12,50": "12.5",
    "40,23": "40.23",
    "1.2345": "1.2345",
    "$1.5": "1.5",
    "US$ 1.5": "1.5",
    "1.5$": "1.5",
    "2 USD": "2",
    "usd 2": "2",
    "2usd.": "2",
    "5 dollars": "5",
    "1 500": "1500",
    "1 500,25": "1500.25",
    "1'500": "1500",
    "1’500.50": "1500.5",
    "1.500,00": "1500",
    "1,500.00": "1500",
    "1,127.54": "1127.54",
    "1.127,54": "1127.54",
    "1,500.000": "1500",
    "100,000,0": None,
    "1,00,000": "100000",
    "999,999.999999": "999999.999999",
    "0,500": "0.5",
    "0.500": "0.5",
    ".5": "0.5",
    ",25": "0.25",
    "0.000001": "0.000001",
    "1.5000000": "1.5",
    "007": "7",
    "1000000": "1000000",
    "1\N{NO-BREAK SPACE}500": "1500",
    "1\N{NARROW NO-BREAK SPACE}500,5": "1500.5",
    "1\N{THIN SPACE}500": "1500",
    "\N{RIGHT-TO-LEFT MARK}5\N{ZERO WIDTH SPACE}": "5",
    "١٫٥": "1.5",
    "١٬٥٠٠": "1500",
    "۱۲۳": "123",
    "１２．５": "12.5",
    "1٫500": "1.5",
}
"""None: no writing of a number."""


@pytest.mark.parametrize(("typed", "amount"), [(typed, amount) for typed, amount in READ.items() if amount])
def test_an_amount_is_read_in_any_usual_writing(typed: str, amount: str) -> None:
    assert to_decimal(read_amount(typed, "USD")) == Decimal(amount)


def refused(typed: str, currency: str = "USD") -> RefusalFacts:
    with pytest.raises(Refusal) as caught:
        read_amount(typed, currency, "credit")
    assert caught.value.facts.command == "credit"
    return caught.value.facts


@pytest.mark.parametrize(
    "typed",
    [
        *(typed for typed, amount in READ.items() if amount is None),
        *["", " ", "x", "-5", "\N{MINUS SIGN}5", "+5", "(5)", "0", "0.00", "1e3", "1e99", "nan", "inf", "Infinity"],
        *["1/2", "½", "1½", "5²", "①", "5k", "5 or 6", "5-6", "1_500", "0x10", "1..5", "1,,5", "1.5.0", "1,5.0,0"],
        *["1 50", "0 500", "1.50,00", "1,500,00", "5.", "5,", "$", "USD", "9" * 41, "9" * 4_000, "5\n6"],
    ],
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert refused(typed).reason is Reason.BAD_AMOUNT


@pytest.mark.parametrize(
    "typed", ["1000000.01", "2 000 000", "2,000,000.00", "123,456,789", "12,34,567", "1 000 000.5"]
)
def test_more_than_a_million_is_refused_as_such(typed: str) -> None:
    assert refused(typed).reason is Reason.TOO_MUCH


@pytest.mark.parametrize(
    ("typed", "many", "few"),
    [("1,500", 1_500, "1.5"), ("1.500", 1_500, "1.5"), ("$12,345", 12_345, "12.345"), ("999.001", 999_001, "999.001")],
)
def test_what_can_be_read_in_two_ways_is_refused_with_both(typed: str, many: int, few: str) -> None:
    facts = refused(typed)
    assert facts.reason is Reason.TWO_AMOUNTS
    assert (to_decimal(facts.amount or 0), to_decimal(facts.limit or 0)) == (many, Decimal(few))


@pytest.mark.parametrize("typed", ["5 €", "€5", "5 EUR", "eur 5", "R$ 5", "5 руб", "£5", "5 zł", "¥5", "$5 €"])
def test_another_currency_than_the_shops_is_refused(typed: str) -> None:
    facts = refused(typed)
    assert (facts.reason, facts.currency) == (Reason.OTHER_CURRENCY, "USD")


@pytest.mark.parametrize(
    ("typed", "currency"), [("€ 2", "EUR"), ("2 ₽", "RUB"), ("2 руб.", "RUB"), ("$2", "USDT"), ("2 gems", "Gems")]
)
def test_the_shops_own_currency_may_stand_on_either_side(typed: str, currency: str) -> None:
    assert read_amount(typed, currency) == 2_000_000


@pytest.mark.parametrize("typed", ["0.0000001", "1,0000005"])
def test_more_decimals_than_the_books_keep_are_refused(typed: str) -> None:
    assert refused(typed).reason is Reason.FINE_AMOUNT


@given(st.integers(1, MOST))
def test_what_we_write_ourselves_is_read_to_the_last_micro_unit(micros: int) -> None:
    plain = f"{to_decimal(micros):f}"
    whole, _, part = plain.partition(".")
    if len(part) != 3:
        assert read_amount(plain, "USD") == micros
    assert read_amount(f"{int(whole):,}.{part or '0'}".replace(",", " "), "USD") == micros


@given(st.text(max_size=60))
def test_nothing_that_is_typed_is_more_than_refused(typed: str) -> None:
    try:
        assert 0 < read_amount(typed, "USD") <= MOST
    except Refusal as refusal:
        assert refusal.facts.reason in {  # noqa: PT017
            Reason.BAD_AMOUNT,
            Reason.TOO_MUCH,
            Reason.TWO_AMOUNTS,
            Reason.OTHER_CURRENCY,
            Reason.FINE_AMOUNT,
        }


def test_what_is_missing_is_rounded_up_and_stands_first() -> None:
    assert rounded_up(381_000) == 400_000
    assert rounded_up(400_000) == 400_000
    assert rounded_up(0) == 0
    assert to_choose(250_000, 381_000) == (400_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000)
    assert to_choose(120_000) == (1_000_000, 2_000_000, 5_000_000, 10_000_000)
    assert around(5_000_000) == (2_000_000, 10_000_000, 20_000_000)
    assert around(1) == (2, 5)


@given(st.integers(0, 10**13), st.integers(0, 10**13))
def test_no_button_offers_nothing_or_too_much_or_less_than_is_missing(usual: int, missing: int) -> None:
    found = to_choose(usual, missing)
    assert len(set(found)) == len(found) <= 5
    assert all(max(1, min(missing, MOST)) <= one <= MOST for one in found)


@given(st.integers(1, MOST))
def test_the_amounts_beside_the_one_that_was_asked_for_are_others(amount: int) -> None:
    assert all(0 < one <= MOST and one != amount for one in around(amount))
