"""Ids and days as people type them."""

import pytest

from bot.domain.whole_numbers import read_whole


@pytest.mark.parametrize("typed", ["123", "١٢٣", "۱۲۳", "१२३", "１２３", "0123"])
def test_the_digits_of_any_script_are_read(typed: str) -> None:
    assert read_whole(typed) == 123


@pytest.mark.parametrize("typed", ["", " 1", "1 ", "-1", "+1", "1.0", "²", "½", "Ⅷ", "1_0", "one", "9" * 17, "十"])
def test_what_is_no_whole_number_is_none(typed: str) -> None:
    assert read_whole(typed) is None


def test_a_number_that_is_too_large_is_none() -> None:
    assert (read_whole("99", below=100), read_whole("100", below=100)) == (99, None)
