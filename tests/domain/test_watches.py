"""What a watch waits for: prices, maxima and the quiet hours in which it makes no sound."""

from datetime import timedelta

import pytest

from bot.domain.preferences import Preferences
from bot.domain.price_window import Ladder, Window
from bot.domain.watches import covered, worth_waiting_for
from tests.domain.make import NOW, offers

MIDNIGHT = NOW.replace(hour=0)


@pytest.mark.parametrize(
    ("high", "worth"),
    [
        (305_000, 305_000),  # all is dearer: what was asked for
        (500_000, 450_000),  # the cheapest alone: a tenth less
        (600_000, None),  # there is enough
        (800_000, None),
        (0, None),  # no number costs nothing
    ],
)
def test_less_than_there_is_can_be_waited_for(high: int, worth: int | None) -> None:
    assert worth_waiting_for(Ladder(offers(500_000, 600_000)), Window(0, high)) == worth


@pytest.mark.parametrize(
    ("cheapest", "worth"), [(125_000, 110_000), (30_000, 20_000), (12_345, 10_000), (10_000, None), (1, None)]
)
def test_a_tenth_less_is_whole_cents_and_below_the_cheapest(cheapest: int, worth: int | None) -> None:
    assert worth_waiting_for(Ladder(offers(cheapest)), Window(cheapest, cheapest)) == worth


def test_an_offer_of_exactly_the_maximum_and_one_of_unknown_stock_are_what_was_waited_for() -> None:
    found = covered(Ladder(offers(200_000, stock=None)), 200_000)
    assert (found.offers, found.stock_known) == (1, False)
    assert covered(Ladder(offers(200_000, 300_000)), 250_000).offers == 1
    assert covered(Ladder(offers(200_000, 300_000)), None).offers == 2


@pytest.mark.parametrize(
    ("since", "until", "quiet"),
    [
        (22 * 60, 8 * 60, {22, 23, 0, 7}),
        (8 * 60, 22 * 60, {8, 12, 21}),
        (0, 60, {0}),
        (60, 60, set()),
        (None, 60, set()),
        (60, None, set()),
    ],
)
def test_quiet_hours_may_pass_midnight_and_end_before_their_last_minute(
    since: int | None, until: int | None, quiet: set[int]
) -> None:
    preferred = Preferences(quiet_from=since, quiet_until=until)
    asked = {0, 7, 8, 12, 21, 22, 23}
    assert {hour for hour in asked if preferred.is_quiet(MIDNIGHT + timedelta(hours=hour))} == quiet
