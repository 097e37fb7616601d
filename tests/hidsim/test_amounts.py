"""Amounts in every spelling in use; one that can be read in two ways is none."""

import json
from decimal import Decimal
from typing import Any

import pytest

from bot.hidsim import reading
from bot.hidsim.amounts import money
from bot.hidsim.jsontext import loads

READ: list[tuple[Any, str]] = [
    (0.1, "0.1"),
    ("0,10", "0.10"),
    (",5", "0.5"),
    ("$0.10", "0.10"),
    ("0.10 USD", "0.10"),
    ("USD 0.10", "0.10"),
    ("usd0.10", "0.10"),
    ("US$ 0.10", "0.10"),
    ("R$ 0,10", "0.10"),
    ("€0,10", "0.10"),
    ("0,10 €", "0.10"),
    ("10 ₽", "10"),
    ("10 руб.", "10"),
    ("1.234,56", "1234.56"),
    ("1,234.56", "1234.56"),
    ("1 234,56", "1234.56"),
    ("1\u202f234,56\u00a0€", "1234.56"),
    ("1'234.50 CHF", "1234.50"),
    ("1’234.50", "1234.50"),
    ("1,234,567.89", "1234567.89"),
    ("1.234.567", "1234567"),
    ("12,34,567.89", "1234567.89"),
    ("1 234,500", "1234.5"),
    ("1500,500", "1500.5"),
    ("0,500", "0.5"),
    ("1.500", "1.5"),
    ("٠٫١٠", "0.10"),
    ("۱٬۲۳۴٫۵", "1234.5"),
    ("０．１０", "0.10"),
    ("\u200e$0.10\u200e", "0.10"),
    ("+0.10", "0.10"),
    ("1e-7", "1e-7"),
    ("10¢", "0.1"),
    ("10 cents", "0.1"),
    ({"amount": 0.1, "currency": "USD"}, "0.1"),
    ({"value": "0,10"}, "0.10"),
    ({"amount": {"value": "0.10"}, "currencyCode": "USD"}, "0.10"),
    ({"USD": 0.1}, "0.1"),
    ({"cents": 10}, "0.1"),
    ({"amount": 0.1, "cents": 10}, "0.1"),
    ({"$numberDecimal": "0.10"}, "0.10"),
]
UNREAD = [
    *["1,500", "12,345", "1.2.3", "1,2,3", "1 23", "0.10/sms", "~0.10", "from 0.10", "0.10-0.20", "10%", "10k", "free"],
    *["n/a", "null", "-", "", " ", "$", "USD", "0.10 0.20", "1..5", "5.", "½", "--1", "1_000", "0x10", "١,٥٠٠"],
    *[True, False, None, [], {}, [0.1], {"amount": 10, "unit": "cents"}, {"amount": 10, "precision": 2}],
    *[{"amount": 10, "cents": True}, {"amount": 1, "cents": 10}, {"USD": 0.1, "EUR": 0.2}, {"min": 0.1}, {"id": 7}],
]


@pytest.mark.parametrize(("told", "meant"), READ, ids=[repr(told) for told, _ in READ])
def test_an_amount_is_read_in_every_usual_spelling(told: Any, meant: str) -> None:
    assert money(loads(json.dumps(told).encode())) == Decimal(meant)


@pytest.mark.parametrize("told", UNREAD, ids=repr)
def test_what_is_no_amount_or_could_be_two_is_none(told: Any) -> None:
    assert money(loads(json.dumps(told).encode())) is None


@pytest.mark.parametrize("told", ["-1.5", "-$1.50", "$-1.50", "(1.50)", "($1.50)", "−1,50 €"])
def test_a_debt_is_read_where_one_can_be(told: str) -> None:
    assert money(told) is None
    account = reading.account({"_id": "a" * 24, "balance": told})
    assert account is not None
    assert account.balance == Decimal("-1.5")


@pytest.mark.parametrize("length", [10, 100_000])
def test_a_long_row_of_digits_takes_no_time(length: int) -> None:
    assert money("1," * length) is None
    assert money("1 " * length) is None
