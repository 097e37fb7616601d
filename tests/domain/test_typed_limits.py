"""Limits as admins type them."""

import pytest

from bot.domain.limits import LimitKind
from bot.domain.typed_limits import read_limit


@pytest.mark.parametrize(
    ("kind", "typed", "limit"),
    [
        (LimitKind.OPEN_ORDERS, " 7 ", 7),
        (LimitKind.PURCHASES, "0", 0),
        (LimitKind.CLOSES, "2.5", None),
        (LimitKind.CLOSES, "-1", None),
        (LimitKind.CLOSES, "1000000", None),
        (LimitKind.PURCHASES, "many", None),
        (LimitKind.SPEND, "0", 0),
        (LimitKind.SPEND, "$2,50", 2_500_000),
        (LimitKind.SPEND, "1,500", None),
        (LimitKind.SPEND, "5 EUR", None),
        (LimitKind.SPEND, "", None),
    ],
)
def test_a_limit_is_a_count_or_an_amount_and_nothing_that_could_be_two(
    kind: LimitKind, typed: str, limit: int | None
) -> None:
    assert read_limit(kind, typed, "USD") == limit
