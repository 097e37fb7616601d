"""The polling plan: what is asked next, how long what lies there has waited, and what own waits teach."""

import random
from dataclasses import replace
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.polling_plan import CODES, ArrivalCurve, Pacing, Waiting, choose, is_old, staleness

SECONDS = st.floats(0, 5_000)


def pending(order_id: int, age: float, asked: float | None = None, *, life: float = 1200) -> Waiting:
    return Waiting(order_id, "pending", age, asked, age - life)


def creating(order_id: int, age: float, asked: float | None = None) -> Waiting:
    return replace(pending(order_id, age, asked), state="creating")


curves = st.builds(
    ArrivalCurve, median=st.floats(1, 300), sigma=st.floats(0.2, 2), share=st.floats(0, 0.99), weight=st.just(50.0)
)
orders = st.lists(
    st.builds(
        lambda age, asked, state, life: (age, asked, state, life),
        SECONDS,
        st.none() | SECONDS,
        st.sampled_from(["creating", "pending", "something new"]),
        st.floats(60, 3_600),
    ),
    max_size=40,
).map(lambda drawn: [replace(pending(n, a, q, life=x), state=s) for n, (a, q, s, x) in enumerate(drawn)])


def test_half_of_the_codes_that_come_are_there_at_the_median() -> None:
    assert CODES.probability(18) == pytest.approx(0.4)
    assert CODES.probability(0) == CODES.probability(-5) == 0
    assert CODES.probability(1e6) == pytest.approx(0.8)


@given(curves, SECONDS, SECONDS)
def test_a_code_is_never_less_likely_later(curve: ArrivalCurve, one: float, other: float) -> None:
    earlier, later = sorted((one, other))
    assert 0 <= curve.probability(earlier) <= curve.probability(later) <= curve.share


@given(curves, st.floats(0.01, 2_000))
def test_the_area_in_closed_form_is_the_area_by_small_steps(curve: ArrivalCurve, age: float) -> None:
    steps = 2_000
    by_steps = sum(curve.probability(age * (n + 0.5) / steps) for n in range(steps)) * age / steps
    assert curve.area(age) == pytest.approx(by_steps, rel=0.01, abs=0.01)


@given(curves, SECONDS, SECONDS)
def test_staleness_lies_between_nothing_and_the_time_since_the_last_ask(
    curve: ArrivalCurve, age: float, since_asked: float
) -> None:
    assert 0 <= staleness(curve, age, since_asked) <= min(age, since_asked) + 1e-6


@given(curves, SECONDS, SECONDS, SECONDS)
def test_an_order_asked_longer_ago_is_staler(curve: ArrivalCurve, age: float, one: float, other: float) -> None:
    sooner, longer = sorted((one, other))
    assert staleness(curve, age, sooner) <= staleness(curve, age, longer) + 1e-6


def test_staleness_is_the_mean_wait_of_unread_codes() -> None:
    luck, age, since_asked = random.Random(7), 30.0, 12.0
    waits = []
    for _ in range(100_000):
        arrival = luck.lognormvariate(log(18), 0.9) if luck.random() < 0.8 else float("inf")
        if arrival > age - since_asked:
            waits.append(max(0.0, age - arrival))
    assert staleness(CODES, age, since_asked) == pytest.approx(sum(waits) / len(waits), rel=0.02)


@given(orders, st.integers(-1, 20))
def test_never_more_than_the_budget_and_nobody_twice(waiting: list[Waiting], budget: int) -> None:
    chosen = choose(waiting, budget)
    assert len(chosen) == len(set(chosen)) <= max(0, budget)
    assert set(chosen) <= {order.order_id for order in waiting}


@given(orders, st.integers(0, 20), st.randoms(use_true_random=False))
def test_the_choice_does_not_depend_on_the_order_of_the_list(
    waiting: list[Waiting], budget: int, luck: random.Random
) -> None:
    shuffled = luck.sample(waiting, len(waiting))
    assert choose(shuffled, budget) == choose(waiting, budget)


@given(orders, st.floats(0.5, 30))
def test_nobody_is_asked_twice_within_the_gap(waiting: list[Waiting], gap: float) -> None:
    chosen = set(choose(waiting, 100, pacing=Pacing(min_gap=gap)))
    for order in waiting:
        if order.order_id in chosen:
            assert (order.age if order.since_asked is None else order.since_asked) >= gap


@given(orders)
def test_a_smaller_budget_asks_the_first_of_a_larger_one(waiting: list[Waiting]) -> None:
    assert choose(waiting, 5) == choose(waiting, 20)[:5]


def test_the_likeliest_unread_code_comes_first() -> None:
    waiting = [pending(1, age=600, asked=2), pending(2, age=15, asked=2), pending(3, age=60, asked=2)]
    assert choose(waiting, 3) == [2, 3, 1]


def test_of_two_alike_the_one_asked_longer_ago_comes_first() -> None:
    assert choose([pending(1, 20, 2), pending(2, 20, 6)], 1) == [2]


def test_an_order_is_left_alone_for_a_second() -> None:
    assert choose([pending(1, 20, 0.9)], 5) == []
    assert choose([pending(1, 20, 1.0)], 5) == [1]


def test_an_order_without_a_number_is_asked_once_a_second_before_others() -> None:
    waiting = [pending(1, 15, 1.0), creating(2, 3, 1.0), creating(3, 3, 0.5)]
    assert choose(waiting, 5) == [2, 1]


def test_an_order_whose_number_just_came_rests_for_a_second_before_its_first_ask() -> None:
    assert choose([pending(1, 0.5)], 5) == []
    assert choose([pending(1, 1.5)], 5) == [1]


@pytest.mark.parametrize(("asked", "chosen"), [(299.0, []), (300.0, [1])])
def test_an_hour_after_its_expiry_an_order_is_asked_every_five_minutes(asked: float, chosen: list[int]) -> None:
    assert choose([pending(1, age=1200 + 3600, asked=asked)], 5) == chosen


@pytest.mark.parametrize(("overtime", "old"), [(-1.0, False), (3599.0, False), (3600.0, True)])
def test_an_order_is_old_an_hour_after_its_end(overtime: float, old: bool) -> None:
    assert is_old(replace(pending(1, age=50), overtime=overtime)) is old


def test_an_order_that_hopes_no_more_has_its_turn_within_two_minutes_among_many_young_ones() -> None:
    young = [pending(n, age=15, asked=1.0) for n in range(2, 300)]
    assert 1 in choose([pending(1, age=1100, asked=120), *young], 10)


def test_own_waits_move_the_curve_and_many_outweigh_the_prior() -> None:
    luck = random.Random(3)
    own = [luck.lognormvariate(log(60), 0.5) if luck.random() < 0.5 else None for _ in range(5_000)]
    learned = CODES.learn(own)
    assert learned.median == pytest.approx(60, rel=0.1)
    assert learned.sigma == pytest.approx(0.5, rel=0.15)
    assert learned.share == pytest.approx(0.5, abs=0.03)
    few = CODES.learn(own[:5])
    assert 18 < few.median < 30


def test_nothing_learned_changes_nothing() -> None:
    assert CODES.learn([]) == CODES


@given(st.lists(st.none() | st.floats(-10, 1e9), max_size=50))
def test_whatever_is_learned_is_a_curve(samples: list[float | None]) -> None:
    learned = CODES.learn(samples)
    assert 0 < learned.share < 1
    assert learned.sigma > 0
    assert 0 <= staleness(learned, 100, 10) <= 10
