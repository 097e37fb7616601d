"""When what is awaited is to be expected."""

import random
from math import exp, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.polling.arrivals import BUCKETS, EDGES, FAR, Curve, Tally, bucket_of, expected, log_normal

ages = st.floats(0, 3_000)
gaps = st.floats(0.01, 900)
curves = st.lists(st.floats(1e-7, 0.1), min_size=BUCKETS, max_size=BUCKETS).map(Curve)


def hazards_of(median: float, sigma: float, share: float) -> list[float]:
    return [events / exposure for events, exposure in zip(*log_normal(median, sigma, share), strict=True)]


@given(curves, ages, ages)
def test_a_probability_only_grows_with_age(curve: Curve, one: float, other: float) -> None:
    sooner, later = sorted((one, other))
    assert 0.0 <= curve.probability(sooner) <= curve.probability(later) <= 1.0


@pytest.mark.parametrize(("median", "sigma", "share"), [(18, 0.9, 0.8), (9, 0.5, 0.95), (72, 1.4, 0.4)])
def test_a_curve_of_buckets_is_near_the_law_that_it_was_made_of(median: float, sigma: float, share: float) -> None:
    curve = Curve(hazards_of(median, sigma, share))
    luck = random.Random(5)
    waits = [luck.lognormvariate(log(median), sigma) if luck.random() < share else FAR for _ in range(20_000)]
    for age in (5.0, 12.0, 30.0, 70.0, 200.0, 900.0):
        assert curve.probability(age) == pytest.approx(sum(wait <= age for wait in waits) / len(waits), abs=0.03)


@given(curves, ages, gaps)
def test_staleness_is_its_brute_force_integral(curve: Curve, asked: float, gap: float) -> None:
    age, parts = asked + gap, 2_000
    known = curve.probability(asked)
    step = gap / parts
    unread = [curve.probability(asked + (part + 0.5) * step) - known for part in range(parts)]
    assert curve.staleness(age, gap) == pytest.approx(sum(unread) * step / (1 - known), rel=1e-2, abs=1e-4 * gap)


@given(curves, ages, gaps)
def test_staleness_is_no_more_than_the_time_since_the_ask(curve: Curve, age: float, gap: float) -> None:
    assert 0.0 <= curve.staleness(age, gap) <= gap + 1e-9


@given(curves, ages, gaps)
def test_an_order_is_ripe_when_its_staleness_is_as_wanted(curve: Curve, asked: float, gap: float) -> None:
    wanted = curve.staleness(asked + gap, gap)
    assert curve.staleness(asked + (found := curve.ripe_after(asked, wanted)), found) == pytest.approx(
        wanted, rel=1e-3, abs=1e-5
    )


def test_what_never_ripens_takes_as_long_as_there_is() -> None:
    assert Curve([0.0] * BUCKETS).ripe_after(10.0, 0.5) == FAR


def test_a_stretch_is_counted_in_every_bucket_it_touches() -> None:
    tally = Tally()
    tally.waited(1.5, 3.0)
    assert tally.exposure[:4] == pytest.approx([0.5, 0.7, 0.3, 0.0])
    assert sum(tally.events) == 0


@given(st.floats(-5, 5_000), st.floats(0, 5_000))
def test_every_second_of_waiting_is_counted_once(start: float, length: float) -> None:
    tally = Tally()
    tally.waited(start, start + length)
    assert sum(tally.exposure) == pytest.approx(max(0.0, start + length - max(0.0, start)), abs=1e-6)


def test_what_came_between_two_asks_came_in_their_middle() -> None:
    tally = Tally()
    tally.came(10.0, 14.0)
    assert tally.events[bucket_of(12.0)] == 1
    assert sum(tally.exposure) == pytest.approx(2.0)


def test_an_age_is_in_the_bucket_that_begins_with_it() -> None:
    assert [bucket_of(edge) for edge in EDGES] == list(range(BUCKETS))
    assert bucket_of(-1.0) == 0
    assert bucket_of(1e9) == BUCKETS - 1


def test_what_one_order_is_expected_to_do_gives_its_hazards_back() -> None:
    hazards = hazards_of(18, 0.9, 0.8)
    events, exposure = expected(hazards)
    assert [one / other for one, other in zip(events, exposure, strict=True)] == pytest.approx(hazards)
    assert sum(events) == pytest.approx(Curve(hazards).probability(FAR), abs=0.01)
    assert exposure[0] == pytest.approx((1 - exp(-hazards[0] * 2)) / hazards[0])
