"""The pages of a wallet: orders and the credits between them, each once, the newest first."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.orders import Order
from bot.domain.wallets import LINES, Credit, lines_of, orders_for
from bot.facts.pages import page_of
from tests.domain.make import NOW, order

AGES = st.lists(st.integers(0, 10_000), max_size=45, unique=True)


def aged(seconds: list[int]) -> list[Order]:
    return [order(id=-age, placed_at=NOW - timedelta(seconds=age)) for age in sorted(seconds)]


@given(AGES, AGES)
def test_all_pages_together_show_every_line_once_and_the_newest_first(bought: list[int], entries: list[int]) -> None:
    orders = aged(bought)
    credit_lines = [Credit(age, NOW - timedelta(seconds=age)) for age in sorted(entries)]
    pages = page_of(len(orders) + len(credit_lines), LINES, 0).pages
    shown: list[Order | Credit] = []
    for number in range(pages):
        some = orders_for(number, len(credit_lines))
        page = lines_of(number, orders[some.offset : some.offset + some.limit], credit_lines)
        assert len(page) == LINES or number == pages - 1
        shown += page
    times = [one.placed_at if isinstance(one, Order) else one.at for one in shown]
    assert times == sorted(times, reverse=True)
    assert [one for one in shown if isinstance(one, Order)] == orders
    assert [one for one in shown if isinstance(one, Credit)] == credit_lines


def test_far_pages_skip_what_earlier_ones_showed() -> None:
    assert (orders_for(0, 3).offset, orders_for(0, 3).limit) == (0, LINES)
    assert (orders_for(500, 3).offset, orders_for(500, 3).limit) == (4_997, LINES + 3)
