"""Who may be told what about a pair's last numbers, and what a share promises."""

from datetime import timedelta

import pytest

from bot.domain.results import Result, Trial, results


def trials(codes: int, failures: int, people: int, country: int = 1) -> list[Trial]:
    """Of so many people in turn; codes after 10, 20, 30… seconds."""
    seconds = [10 * (n + 1) for n in range(codes)] + [None] * failures
    return [Trial(country, n % people, one) for n, one in enumerate(seconds)]


@pytest.mark.parametrize(("ended", "people"), [(7, 7), (30, 2), (8, 1)])
def test_too_few_numbers_or_people_tell_nothing(ended: int, people: int) -> None:
    assert results(trials(ended, 0, people)) == {}


def test_eight_numbers_of_three_people_tell_their_share_and_the_median() -> None:
    assert results(trials(5, 3, 3)) == {1: Result(5, 8, timedelta(seconds=30))}


def test_each_country_stands_for_itself() -> None:
    found = results([*trials(8, 0, 3), *trials(0, 9, 4, country=2), *trials(7, 0, 7, country=3)])
    assert found == {1: Result(8, 8, timedelta(seconds=45)), 2: Result(0, 9)}


def test_a_median_needs_the_codes_of_three_people() -> None:
    two = [Trial(1, person, 5) for person in (1, 2) for _ in range(5)]
    assert results([*two, Trial(1, 3, None)]) == {1: Result(10, 11)}


def test_a_code_that_seems_older_than_its_number_counts_and_tells_no_time() -> None:
    """The clock was set back in between."""
    assert results([*trials(8, 0, 4), Trial(1, 9, -40)]) == {1: Result(9, 9, timedelta(seconds=45))}


@pytest.mark.parametrize(
    ("codes", "ended", "bound"), [(30, 30, 0.886), (28, 30, 0.787), (8, 8, 0.676), (4, 8, 0.215), (0, 30, 0.0)]
)
def test_the_lower_bound_is_wilsons(codes: int, ended: int, bound: float) -> None:
    assert Result(codes, ended).lower_bound == pytest.approx(bound, abs=0.001)


@pytest.mark.parametrize(
    ("codes", "ended", "percent"), [(0, 30, 0), (30, 30, 100), (22, 30, 73), (299, 300, 99), (1, 300, 1)]
)
def test_all_but_one_is_not_all_and_one_is_not_none(codes: int, ended: int, percent: int) -> None:
    assert Result(codes, ended).percent == percent
