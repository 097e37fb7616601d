"""When the guard warns, slows down and pauses: by whole bounds, on enough orders, and without flapping."""

import pytest

from bot.domain.guarding import Bounds, GuardLevel, Sample, Thresholds, judged

CALM, WARNING, SLOW, PAUSED = GuardLevel
BOTH = Thresholds(Bounds(40, 25, 15), Bounds(50, 65, 80))


@pytest.mark.parametrize(
    ("sample", "level"),
    [
        (Sample(50, 25, 25), CALM),
        (Sample(50, 20, 25), CALM),  # exactly on both bounds
        (Sample(200, 79, 0), WARNING),  # 39.5 % is below 40
        (Sample(200, 100, 101), WARNING),  # 50.5 % is above 50
        (Sample(50, 12, 0), SLOW),
        (Sample(50, 25, 33), SLOW),
        (Sample(50, 7, 0), PAUSED),
        (Sample(50, 0, 50), PAUSED),
        (Sample(50, 19, 41), PAUSED),  # the stricter of the two
        (Sample(49, 0, 49), CALM),
        (Sample(), CALM),
    ],
)
def test_a_level_is_reached_where_a_share_crosses_its_bound_on_fifty_orders(sample: Sample, level: GuardLevel) -> None:
    assert judged(sample, CALM, BOTH) is level


@pytest.mark.parametrize(
    ("sample", "was", "level"),
    [
        (Sample(200, 80, 100), WARNING, WARNING),  # on the bounds again: not yet
        (Sample(200, 90, 90), WARNING, CALM),
        (Sample(200, 90, 91), WARNING, WARNING),
        (Sample(200, 89, 90), WARNING, WARNING),
        (Sample(200, 58, 0), SLOW, SLOW),
        (Sample(200, 60, 0), SLOW, WARNING),
        (Sample(200, 90, 0), SLOW, CALM),
        (Sample(200, 34, 0), PAUSED, PAUSED),
        (Sample(200, 40, 0), PAUSED, SLOW),
        (Sample(49, 0, 49), WARNING, WARNING),  # never stricter on fewer than fifty
        (Sample(25, 25, 0), WARNING, CALM),
        (Sample(24, 0, 24), SLOW, CALM),  # so few say nothing any more
    ],
)
def test_a_level_is_left_with_a_margin(sample: Sample, was: GuardLevel, level: GuardLevel) -> None:
    assert judged(sample, was, BOTH) is level


def test_shares_on_a_bound_do_not_flap() -> None:
    level, changes = CALM, 0
    for codes in (80, 79, 80, 79, 80, 81, 79, 80):
        found = judged(Sample(200, codes, 0), level, BOTH)
        changes, level = changes + (found is not level), found
    assert (level, changes) == (WARNING, 1)


def test_a_share_without_bounds_is_not_looked_at() -> None:
    worst = Sample(200, 0, 200)
    assert judged(worst, PAUSED, Thresholds()) is CALM
    assert judged(worst, CALM, Thresholds(success=BOTH.success)) is PAUSED
    assert judged(Sample(200, 100, 100), CALM, Thresholds(closes=Bounds(10, 20, 60))) is SLOW


def test_percents_are_shown_on_the_side_of_the_bound_where_they_are() -> None:
    assert (Sample(200, 79, 101).success, Sample(200, 79, 101).closes) == (39, 51)
    assert (Sample(200, 80, 100).success, Sample(200, 80, 100).closes) == (40, 50)
    assert (Sample().success, Sample().closes) == (0, 0)


def test_a_word_of_another_release_is_calm() -> None:
    assert GuardLevel("frozen") is CALM
