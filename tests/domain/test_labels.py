"""What people type to call an order by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.labels import LONGEST_LABEL, folded, label_of
from bot.domain.refusals import Reason, Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("work", "work"),
        ("  two\n\twords  ", "two words"),
        ("\u202eevil\u202c", "evil"),
        ("a\u2066b\u2069\u200e\u200f\u061c", "ab"),
        ("\x00\x1b[31mred", "[31mred"),
        ("<b>&", "<b>&"),
        ("👨\u200d👩\u200d👧 family", "👨\u200d👩\u200d👧 family"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301", "é"),
        ("x" * LONGEST_LABEL, "x" * LONGEST_LABEL),
    ],
)
def test_a_label_is_one_line_of_what_can_be_seen(typed: str, kept: str) -> None:
    assert label_of(typed) == kept


@pytest.mark.parametrize(
    "typed", ["", "   ", "\u200d\u200c", "\u202e\u202c", "\u3164\u2800", "\ud800", "\u0301", "x" * (LONGEST_LABEL + 1)]
)
def test_nothing_and_too_much_are_no_label(typed: str) -> None:
    with pytest.raises(Refusal) as refusal:
        label_of(typed)
    assert refusal.value.facts.reason is Reason.BAD_LABEL


@given(st.text(max_size=60))
def test_whatever_is_typed_a_label_stays_the_same_when_it_is_typed_again(typed: str) -> None:
    try:
        once = label_of(typed)
    except Refusal:
        return
    assert label_of(once) == once
    assert len(once) <= LONGEST_LABEL


def test_capitals_and_widths_make_no_other_word() -> None:
    assert folded("ＷＯＲＫ ") == folded("work")
