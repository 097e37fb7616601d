"""Text in a table for other programs: no spreadsheet takes it for a formula, and numbers stay numbers."""

import re
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.exporting import COLUMNS, ExportRow, cells, harmless, one_line
from bot.domain.orders import OrderState
from bot.domain.outcomes import Outcome, outcome_of

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49 151", "'+49 151"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("\n=1", "'=1"),
        ("   =1", "'=1"),
        ("\u00a0=1", "'=1"),
        ("\u200b\ufeff=1", "'=1"),
        ("\x00=1", "'=1"),
        ("＝1", "'＝1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠x", "'＠x"),
        ('"=1', "\"'=1"),
        ("'=1", "''=1"),
        ("a;=1", "a;'=1"),
        ("a,\n=1", "a, '=1"),
        ("a|@x", "a|'@x"),
        ('=cmd|" /C calc"!A0', '\'=cmd|" /C calc"!A0'),
        ("Tom & Jerry", "Tom & Jerry"),
        ("a=b", "a=b"),
        ("x@y.example", "x@y.example"),
        ("Guinea-Bissau", "Guinea-Bissau"),
        ("", ""),
    ],
)
def test_what_begins_a_formula_gets_an_apostrophe(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(st.text(st.sampled_from("=+-@＝ \t\r\n'\",;|a1\u200b\u00a0\x00")))
def test_no_text_of_signs_and_blanks_begins_a_formula_behind_any_separator(text: str) -> None:
    for cell in re.split(r"[,;\t\n\r|]", harmless(text)):
        bare = cell.strip(' \u00a0"`')
        assert not bare or unicodedata.normalize("NFKC", bare)[0] not in "=+-@"


@given(st.text())
def test_a_cell_is_one_line_that_xml_can_hold(text: str) -> None:
    shown = one_line(text)
    assert len(shown) <= 200
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]", shown)


def test_amounts_are_exact_numbers_in_whole_units_and_not_text() -> None:
    row = ExportRow(
        7, NOW, 100, "=1", "Telegram", "Brazil", "BR", "completed", Outcome.CODE, None,
        100_000, 123_456_789, "USD", 1, 0, -1_000_000, None, NOW, 1,
    )  # fmt: skip
    shown = dict(zip(COLUMNS, cells(row), strict=True))
    assert [str(shown[name]) for name in ("lowest_price", "highest_price", "price", "cost", "charged")] == [
        "0.1", "123.456789", "0.000001", "0", "-1",
    ]  # fmt: skip
    assert {type(shown[name]) for name in ("price", "cost", "charged")} == {Decimal}
    assert (shown["person"], shown["number_at_utc"], shown["order"]) == ("=1", None, 7)


def test_failures_are_told_apart() -> None:
    assert {state: outcome_of(state, code=False).value for state in OrderState} == {
        OrderState.PLACING: "in_progress",
        OrderState.CREATING: "in_progress",
        OrderState.PENDING: "in_progress",
        OrderState.COMPLETED: "sms",
        OrderState.NO_NUMBER_REFUNDED: "no_number",
        OrderState.SYSTEM_REFUNDED: "no_code",
        OrderState.USER_REFUNDED: "closed",
        OrderState.REFUSED: "refused",
        OrderState.UNCONFIRMED: "unconfirmed",
        OrderState.RELEASED: "unconfirmed",
        OrderState.BOUGHT: "unconfirmed",
        OrderState.NOT_BOUGHT: "unconfirmed",
    }
    assert outcome_of(OrderState.COMPLETED, code=True) is Outcome.CODE
