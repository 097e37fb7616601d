"""What a shop learns of arrivals."""

import random
from math import log

import pytest

from bot.domain.polling.arrivals import BUCKETS, Curve, bucket_of
from bot.domain.polling.learning import ENOUGH, Awaited, Curves, Learned

CODE, SERVICE, OTHER = Awaited.CODE, 7, 8


def live_through(curves: Curves, service: int, wait: float | None, gap: float = 2.0, life: float = 1_200.0) -> None:
    """One order, asked every `gap` seconds until its code was there, or until it ended."""
    age = 0.0
    while age < life:
        if wait is not None and wait <= age + gap:
            curves.came(CODE, service, age, age + gap)
            return
        curves.waited(CODE, service, age, age + gap)
        age += gap


def waits(median: float, sigma: float, share: float, count: int, seed: int = 3) -> list[float | None]:
    luck = random.Random(seed)
    return [luck.lognormvariate(log(median), sigma) if luck.random() < share else None for _ in range(count)]


def half_of(curve: Curve, share: float) -> float:
    """The age by which half of those have it that ever get it."""
    return next(age for age in range(1, 1_200) if curve.probability(age) >= share / 2)


@pytest.mark.parametrize(("median", "sigma", "share"), [(9, 0.5, 0.95), (72, 0.9, 0.8), (72, 1.4, 0.4)])
def test_a_wrong_prior_is_overrun_by_three_hundred_orders(median: float, sigma: float, share: float) -> None:
    curves = Curves()
    for wait in waits(median, sigma, share, 300):
        live_through(curves, SERVICE, wait)
    learned = curves.of(CODE, SERVICE)
    assert learned.probability(1_200) == pytest.approx(share, abs=0.07)
    assert half_of(learned, share) == pytest.approx(median, rel=0.25)


def test_orders_without_a_code_count() -> None:
    some, more = Curves(), Curves()
    for wait in waits(18, 0.9, 1.0, 100):
        live_through(some, SERVICE, wait)
        live_through(more, SERVICE, wait)
        live_through(more, SERVICE, None)
    assert some.of(CODE, SERVICE).probability(1_200) > 0.9
    assert more.of(CODE, SERVICE).probability(1_200) == pytest.approx(0.5, abs=0.05)


def test_a_service_without_orders_is_expected_to_be_like_all_others() -> None:
    curves = Curves()
    for wait in waits(60, 0.5, 0.9, 300):
        live_through(curves, SERVICE, wait)
    assert half_of(curves.of(CODE, OTHER), 0.9) == pytest.approx(60, rel=0.2)


def test_a_service_with_many_orders_has_a_curve_of_its_own() -> None:
    curves = Curves()
    for slow, quick in zip(waits(90, 0.5, 0.9, 400), waits(9, 0.5, 0.9, 400), strict=True):
        live_through(curves, SERVICE, slow)
        live_through(curves, OTHER, quick)
    assert half_of(curves.of(CODE, SERVICE), 0.9) == pytest.approx(90, rel=0.25)
    assert half_of(curves.of(CODE, OTHER), 0.9) == pytest.approx(9, rel=0.25)


def test_numbers_teach_nothing_about_codes() -> None:
    curves = Curves()
    before = curves.of(CODE, SERVICE).probability(30)
    for _ in range(500):
        curves.waited(Awaited.NUMBER, SERVICE, 0.0, 40.0)
    assert curves.of(CODE, SERVICE).probability(30) == before
    assert curves.of(Awaited.NUMBER, SERVICE).probability(36) < 0.2


def test_what_was_learned_is_told_once() -> None:
    curves = Curves()
    curves.waited(CODE, SERVICE, 0.0, 3.0)
    curves.came(CODE, SERVICE, 3.0, 5.0)
    told = list(curves.learned())
    assert sum(one.events for one in told) == 1
    assert sum(one.milliseconds for one in told) == pytest.approx(4_000, abs=BUCKETS)
    assert {(one.awaited, one.service_id) for one in told} == {(CODE, SERVICE)}
    assert list(curves.learned()) == []


def test_parts_of_a_millisecond_are_told_when_they_are_one() -> None:
    curves, told = Curves(), 0
    for _ in range(25):
        curves.waited(CODE, SERVICE, 0.0, 0.0004)
        told += sum(one.milliseconds for one in curves.learned())
    assert told == 10


def test_a_restart_forgets_nothing() -> None:
    before, after = Curves(), Curves()
    stored: dict[int, tuple[int, int]] = {}
    for wait in waits(72, 0.9, 0.7, 400):
        live_through(before, SERVICE, wait)
        for one in before.learned():
            events, milliseconds = stored.get(one.bucket, (0, 0))
            stored[one.bucket] = events + one.events, milliseconds + one.milliseconds
    after.remember(Learned(CODE, SERVICE, bucket, *sums) for bucket, sums in stored.items())
    assert list(after.learned()) == []
    for age in (10.0, 72.0, 200.0, 1_000.0):
        known = before.of(CODE, SERVICE).probability(age)
        assert after.of(CODE, SERVICE).probability(age) == pytest.approx(known, abs=0.01)


def test_a_partner_that_has_changed_is_learned_anew_however_long_it_was_otherwise() -> None:
    curves = Curves()
    curves.remember([Learned(CODE, SERVICE, bucket_of(10.0), 1_000_000, 20_000_000_000)])
    for wait in waits(72, 0.5, 0.9, 3 * int(ENOUGH)):
        if wait is not None:
            curves.waited(CODE, SERVICE, 0.0, wait)
            curves.came(CODE, SERVICE, wait, wait)
        list(curves.learned())
    assert half_of(curves.of(CODE, SERVICE), 1.0) == pytest.approx(72, rel=0.25)


def test_a_curve_is_not_made_again_for_every_answer() -> None:
    curves = Curves()
    made = set()
    for _ in range(5_000):
        curves.waited(CODE, SERVICE, 10.0, 11.0)
        made.add(id(curves.of(CODE, SERVICE)))
    assert len(made) < 250
