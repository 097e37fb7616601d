"""A number's end as people type it."""

import pytest

from bot.domain.history import Sought, digits_of
from bot.domain.outcomes import Outcome


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("0451", "0451"),
        (" …0451 ", "0451"),
        ("*451", "451"),
        ("+55 (11) 96123-9275", "239275"),
        ("٠٤٥١", "0451"),
        ("۰۴۵۱", "0451"),
        ("12", "12"),
        ("0.3", None),
        ("0,3", None),
        ("12.50", None),
        ("telegram 0451", None),
        ("²³⁴", None),
        ("", None),
        ("...", None),
        ("1" * 41, None),
    ],
)
def test_the_last_digits_of_what_is_typed_and_nothing_of_what_is_no_number(typed: str, digits: str | None) -> None:
    assert digits_of(typed) == digits


def test_nothing_sought_is_false_and_digits_are_not_shown_to_logs() -> None:
    assert not Sought()
    assert Sought(outcome=Outcome.CODE)
    assert "0451" not in repr(Sought(digits="0451"))
