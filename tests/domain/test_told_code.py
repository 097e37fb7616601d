"""A code beside its text: whose it is, and the zeros that a JSON number has lost."""

import time

import pytest

from bot.domain.told_code import alike, better, holds, restored


@pytest.mark.parametrize(
    ("code", "text", "shown"),
    [
        ("82913", "Your code is 082913", "082913"),
        ("82913", "Your code is 082 913.", "082913"),
        ("82913", "Your code is 08-29-13", "082913"),
        ("7", "PIN 0007", "0007"),
        ("82913", "رمز التحقق: ٠٨٢٩١٣", "082913"),
        ("82913", "Code 82913, order 082913", "82913"),
        ("82913", "You owe 10.082913", "82913"),
        ("82913", "Call 1082913", "82913"),
        ("82913", "Code 0829134", "82913"),
        ("82913", "No digits here", "82913"),
        ("082913", "Your code is 082913", "082913"),
        ("AB12", "Your code is 0AB12", "AB12"),
    ],
)
def test_zeros_come_back_from_the_text_that_shows_them(code: str, text: str, shown: str) -> None:
    assert restored(code, text) == shown


@pytest.mark.parametrize(
    ("text", "code", "held"),
    [
        ("Your code is 111222", "111222", True),
        ("Your code is 111-222", "111222", True),
        ("Your code is 082913", "82913", True),
        ("Account 91112224", "111222", False),
        ("Use xk7-9qp", "XK79QP", True),
        ("Welcome", "111222", False),
    ],
)
def test_a_text_holds_a_code_however_it_groups_it(text: str, code: str, held: bool) -> None:
    assert holds(text, code) is held


@pytest.mark.parametrize(
    ("told", "known", "same", "replaces"),
    [
        ("111222", "111-222", True, False),
        ("082913", "82913", True, True),
        ("82913", "082913", True, False),
        ("abc1", "ABC1", True, False),
        ("333444", "111222", False, True),
    ],
)
def test_a_code_replaces_another_and_never_one_with_more_zeros(
    told: str, known: str, same: bool, replaces: bool
) -> None:
    assert (alike(told, known), better(told, known)) == (same, replaces)


@pytest.mark.parametrize("text", ["0" * 100_000, "0 " * 50_000, "0-" * 50_000, "82913" * 20_000, "8 2 9 1 " * 12_000])
def test_a_long_text_takes_no_time(text: str) -> None:
    begun = time.thread_time()
    restored("82913", text)
    holds(text, "82913")
    assert time.thread_time() - begun < 0.2
