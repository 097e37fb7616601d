"""Whose turn it is."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.polling.arrivals import Curve
from bot.domain.polling.learning import Awaited, Curves
from bot.domain.polling.promise import OLD_GAP, SHORTEST_GAP, longest_gap
from bot.domain.polling.schedule import Schedule, Waiting

SERVICE = 1


def waiting(order_id: int, age: float = 0.0, asked: float | None = None, now: float = 0.0) -> Waiting:
    """`asked`: seconds ago; else never, which is as long ago as it is old."""
    return Waiting(order_id, SERVICE, Awaited.CODE, now - age, now - (age if asked is None else asked))


def schedule_of(*orders: Waiting) -> Schedule:
    schedule = Schedule(Curves())
    for order in orders:
        schedule.put(order)
    return schedule


def asks(schedule: Schedule, begin: float, seconds: float, rate: float) -> list[tuple[float, int]]:
    """(moment, order) of every turn that is given when each is answered at once and nothing ever comes."""
    given = []
    for slot in range(int(seconds * rate)):
        now = begin + slot / rate
        if (order_id := schedule.take(now, rate)) is not None:
            schedule.answered(order_id, now)
            given.append((now, order_id))
    return given


def test_nobody_waits_in_an_empty_schedule() -> None:
    schedule = Schedule(Curves())
    assert (len(schedule), schedule.take(5.0, 10.0), schedule.next_at(5.0)) == (0, None, inf)
    assert schedule.longest_unasked(5.0) == 0.0
    schedule.drop(1)
    schedule.answered(1, 5.0)
    schedule.failed(1, 5.0)
    assert 1 not in schedule


def test_an_order_rests_for_a_second_after_the_start_of_its_ask() -> None:
    schedule = schedule_of(waiting(1, age=20, asked=0.5))
    assert schedule.next_at(0.0) == 0.5
    assert schedule.take(0.4, 10.0) is None
    assert schedule.take(0.5, 10.0) == 1
    schedule.answered(1, 0.9)
    assert (schedule.next_at(0.9), schedule.take(1.4, 10.0), schedule.take(1.5, 10.0)) == (1.5, None, 1)
    kept = schedule.get(1)
    assert kept is not None
    assert kept.asked == 0.5


def test_an_order_under_way_is_given_to_nobody_else() -> None:
    schedule = schedule_of(waiting(1, age=20))
    assert schedule.take(0.0, 10.0) == 1
    assert (schedule.take(100.0, 10.0), schedule.next_at(100.0), schedule.under_way) == (None, inf, 1)
    schedule.put(waiting(1, age=20))
    assert schedule.take(100.0, 10.0) is None
    schedule.answered(1, 100.0)
    assert schedule.take(100.0, 10.0) == 1


def test_what_fails_is_tried_again_after_a_second_then_after_twice_as_long_up_to_four_seconds() -> None:
    schedule, now, rests = schedule_of(waiting(1, age=20)), 0.0, []
    for _ in range(5):
        assert schedule.take(now, 10.0) == 1
        schedule.failed(1, now)
        rests.append(schedule.next_at(now) - now)
        now = schedule.next_at(now)
    assert rests == [1, 2, 4, 4, 4]
    assert schedule.take(now, 10.0) == 1
    schedule.answered(1, now)
    assert schedule.next_at(now) == now + 1


def test_orders_that_fail_for_ever_take_no_more_turns_than_others() -> None:
    """HidSim has forgotten forty of eighty-five, and the rate does not suffice for all."""
    schedule = schedule_of(*(waiting(n, age=20 + n) for n in range(85)))
    asked = {n: [0.0] for n in range(85)}
    for slot in range(2_000):
        now = slot / 10
        if (order_id := schedule.take(now, 10.0)) is not None:
            asked[order_id].append(now)
            (schedule.failed if order_id < 40 else schedule.answered)(order_id, now)
    of_others = sum(len(moments) for order_id, moments in asked.items() if order_id >= 40)
    assert of_others >= 0.4 * 2_000
    longest = max(later - earlier for order_id in range(40, 85) for earlier, later in pairwise(asked[order_id]))
    assert longest <= longest_gap(200.0, is_old=False)


def test_an_order_that_is_dropped_under_way_does_not_come_back() -> None:
    schedule = schedule_of(waiting(1, age=20))
    assert schedule.take(0.0, 10.0) == 1
    schedule.drop(1)
    schedule.answered(1, 1.0)
    assert (len(schedule), schedule.under_way, schedule.next_at(9.0)) == (0, 0, inf)


def test_the_likeliest_unread_code_comes_first() -> None:
    schedule = schedule_of(waiting(1, age=900, asked=3), waiting(2, age=15, asked=3), waiting(3, age=120, asked=3))
    assert [schedule.take(0.0, 10.0) for _ in range(4)] == [2, 3, 1, None]


def test_of_two_alike_the_one_asked_longer_ago_comes_first() -> None:
    assert schedule_of(waiting(1, age=20, asked=2), waiting(2, age=20, asked=6)).take(0.0, 10.0) == 2


def test_with_turns_to_spare_everybody_is_asked_once_a_second() -> None:
    given = asks(schedule_of(*(waiting(n, 1.0 + 40 * n, asked=1.0) for n in range(30))), 0.0, 10.0, rate=100.0)
    assert [sum(order_id == n for _, order_id in given) for n in range(30)] == [10] * 30


def test_an_hour_after_its_end_an_order_is_asked_every_five_minutes() -> None:
    schedule = schedule_of(replace(waiting(1, age=5_000), old_at=-10.0))
    moments = [moment for moment, _ in asks(schedule, 0.0, 1_000.0, rate=2.0)]
    assert [later - sooner for sooner, later in pairwise(moments)] == [OLD_GAP] * 3


def gaps_of(given: list[tuple[float, int]], orders: int, begin: float, end: float) -> list[float]:
    """The longest that each order was left alone."""
    found = []
    for order_id in range(orders):
        moments = [begin, *(moment for moment, taken in given if taken == order_id), end]
        found.append(max(later - sooner for sooner, later in pairwise(moments)))
    return found


@pytest.mark.parametrize("ages", [(5.0, 115.0), (130.0, 1_150.0), (1_300.0, 4_000.0), (0.0, 1_000.0)])
def test_no_order_is_left_alone_for_longer_than_promised_while_the_rate_suffices(ages: tuple[float, float]) -> None:
    luck, seconds = random.Random(4), 100.0
    born = [luck.uniform(*ages) for _ in range(60)]
    rate = sum(1 / longest_gap(age, is_old=False) for age in born) / 0.9
    schedule = schedule_of(*(waiting(n, age, asked=1.0) for n, age in enumerate(born)))
    longest = gaps_of(asks(schedule, 0.0, seconds, rate), len(born), -1.0, seconds)
    late = [gap - longest_gap(age + seconds, is_old=False) for gap, age in zip(longest, born, strict=True)]
    assert max(late) <= 60 / rate
    assert schedule.stretch == 1.0


def test_a_promise_that_the_rate_can_not_keep_is_stretched_alike_for_all() -> None:
    orders, rate = 300, 5.0
    schedule = schedule_of(*(waiting(n, age=300.0, asked=1.0) for n in range(orders)))
    given = asks(schedule, 0.0, 300.0, rate)
    assert schedule.stretch == pytest.approx(orders / 30 / (rate / 2))
    assert max(gaps_of(given, orders, -1.0, 300.0)) <= 1.2 * 30 * schedule.stretch


def test_a_rate_that_comes_back_takes_the_stretch_from_those_already_in_line() -> None:
    schedule = schedule_of(*(waiting(n, age=400.0, asked=1.0) for n in range(100)))
    asks(schedule, 0.0, 60.0, rate=0.5)
    hot = [waiting(n, age=15.0, asked=1.0, now=60.0) for n in range(100, 110)]
    for order in hot:
        schedule.put(order)
    given = asks(schedule, 60.0, 60.0, rate=10.0)
    assert {order_id for _, order_id in given} == set(range(110))


def test_thousands_that_are_put_at_one_moment_all_have_their_turn_and_a_new_one_before_them() -> None:
    curves = Curves()
    for n in range(500):
        curves.waited(Awaited.CODE, SERVICE, 0.0, 1_200.0)
        curves.came(Awaited.CODE, SERVICE, n % 30, n % 30 + 2.0)
    schedule = Schedule(curves)
    for n in range(3_000):
        schedule.put(waiting(n, age=700.0 + n / 10, asked=60.0))
    given = asks(schedule, 0.0, 5.0, rate=100.0)
    schedule.put(waiting(9_999, age=12.0, asked=3.0, now=5.0))
    later = asks(schedule, 5.0, 40.0, rate=100.0)
    assert next(moment for moment, taken in later if taken == 9_999) < 6.0
    assert len({taken for _, taken in (*given, *later)}) == 3_001


def test_after_hours_of_sleep_the_young_come_first_and_nobody_is_lost() -> None:
    schedule = schedule_of(*(waiting(n, age=30.0 * n, asked=1.0) for n in range(40)))
    asks(schedule, 0.0, 20.0, rate=5.0)
    schedule.put(waiting(99, age=15.0, asked=2.0, now=20_000.0))
    given = asks(schedule, 20_000.0, 30.0, rate=5.0)
    assert {taken for _, taken in given} == {*range(40), 99}


def counted(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How often a curve was asked for anything since the last call."""
    calls = [0]

    def count(name: str) -> None:
        plain = getattr(Curve, name)

        def counting(curve: Curve, *given: float) -> float:
            calls[0] += 1
            return float(plain(curve, *given))

        monkeypatch.setattr(Curve, name, counting)

    count("staleness")
    count("ripe_after")

    def since() -> int:
        found, calls[0] = calls[0], 0
        return found

    return since


@pytest.mark.parametrize("orders", [100, 5_000])
def test_an_ask_costs_the_same_among_few_and_among_many(orders: int, monkeypatch: pytest.MonkeyPatch) -> None:
    luck = random.Random(2)
    ages = [luck.uniform(0, 1_200) for _ in range(orders)]
    schedule = schedule_of(*(waiting(n, age, asked=luck.uniform(0, 30)) for n, age in enumerate(ages)))
    asks(schedule, 0.0, 60.0, rate=50.0)
    since = counted(monkeypatch)
    given = asks(schedule, 60.0, 20.0, rate=50.0)
    assert len(given) == 1_000
    assert since() <= 60 * len(given)


def test_one_turn_among_ten_thousand_looks_at_few_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    since = counted(monkeypatch)
    schedule = schedule_of(*(waiting(n, age=600.0, asked=60.0) for n in range(10_000)))
    assert since() == 0
    assert schedule.take(0.0, 100.0) is not None
    assert since() < 1_000


ids = st.integers(1, 12)


class Shop(RuleBasedStateMachine):
    """Whatever happens in whatever order: the schedule beside a list of who waits."""

    def __init__(self) -> None:
        super().__init__()
        self.schedule, self.now = Schedule(Curves()), 0.0
        self.live: dict[int, Waiting] = {}
        self.under_way: dict[int, float] = {}
        self.last: dict[int, float] = {}

    @rule(order_id=ids, age=st.floats(0, 4_000), asked=st.floats(0, 90), old=st.booleans())
    def put(self, order_id: int, age: float, asked: float, old: bool) -> None:
        since = self.now - age
        before = self.last.get(order_id, -inf) if order_id in self.live else -inf
        put = Waiting(order_id, SERVICE, Awaited.CODE, since, max(since, self.now - asked, before))
        put.old_at = self.now - 1 if old else inf
        self.live[order_id] = put
        self.schedule.put(put)

    @rule(order_id=ids)
    def drop(self, order_id: int) -> None:
        self.schedule.drop(order_id)
        for known in (self.live, self.under_way, self.last):
            known.pop(order_id, None)

    @rule(rate=st.sampled_from([0.5, 3.0, 50.0, 1_000.0]), turns=st.integers(1, 5))
    def take(self, rate: float, turns: int) -> None:
        for _ in range(turns):
            due = self.schedule.next_at(self.now)
            taken = self.schedule.take(self.now, rate)
            assert (taken is None) == (due > self.now)
            if taken is None:
                return
            assert taken in self.live
            assert taken not in self.under_way
            assert self.now - self.last.get(taken, -inf) >= SHORTEST_GAP - 1e-6
            self.under_way[taken] = self.last[taken] = self.now

    @precondition(lambda self: self.under_way)
    @rule(data=st.data(), fails=st.booleans())
    def answer(self, data: st.DataObject, fails: bool) -> None:
        order_id = data.draw(st.sampled_from(sorted(self.under_way)))
        (self.schedule.failed if fails else self.schedule.answered)(order_id, self.now)
        del self.under_way[order_id]

    @rule(seconds=st.sampled_from([0.01, 0.3, 1.0, 7.0, 100.0, 20_000.0]))
    def time_passes(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def everybody_is_there(self) -> None:
        assert len(self.schedule) == len(self.live)
        assert self.schedule.under_way == len(self.under_way)
        assert all(order_id in self.schedule for order_id in self.live)
        if len(self.live) > len(self.under_way):
            assert self.schedule.next_at(self.now) <= self.now + OLD_GAP

    def teardown(self) -> None:
        """In the end everybody has a turn."""
        for order_id in sorted(self.under_way):
            self.schedule.answered(order_id, self.now)
        begin = self.now + OLD_GAP
        given = asks(self.schedule, begin, 30.0, rate=20.0)
        assert {taken for _, taken in given} == set(self.live)


Shop.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestWhateverHappens = Shop.TestCase


@given(st.lists(st.floats(0, 3_000), min_size=1, max_size=25), st.floats(0.7, 60))
@settings(max_examples=30, deadline=None)
def test_a_turn_is_given_whenever_somebody_may_be_asked(ages: list[float], rate: float) -> None:
    schedule = schedule_of(*(waiting(n, age, asked=min(age, 5.0)) for n, age in enumerate(ages)))
    last = {n: -min(age, 5.0) for n, age in enumerate(ages)}
    for slot in range(100):
        now = slot / rate
        free = [n for n, asked in last.items() if now >= asked + SHORTEST_GAP]
        taken = schedule.take(now, rate)
        assert (taken in free) if free else (taken is None)
        if taken is not None:
            last[taken] = now
            schedule.answered(taken, now)
