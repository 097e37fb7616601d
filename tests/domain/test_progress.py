"""What an answer of HidSim's does to an order: every state, every word, with and without number and price."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.notices import NoticeKind
from bot.domain.orders import LIVE, REFUNDED, Order, OrderState, end_of, may_move
from bot.domain.progress import Change, Seen, advance, state_of
from tests.domain.make import NOW, order

S = OrderState
NUMBER = "+5511912345678"
NUMBERS = [None, NUMBER, "+15551234567"]
WORDS = ["creating", "pending", "completed", "no_number_refunded", "system_refunded", "user_refunded", "verifying", ""]
ENDED = REFUNDED | {S.COMPLETED}
OPEN = (S.PLACING, S.UNCONFIRMED, S.CREATING, S.PENDING)
EVERYTHING = list(product(S, WORDS, (None, NUMBER), (None, 100_000), (None, NUMBER)))


def carried_out(before: Order, step: Change) -> Order:
    """The order as it stands after its step."""
    charged = step.capture if step.capture is not None else before.charged
    return replace(
        before,
        state=step.state,
        number=step.number,
        cost=step.cost,
        price=step.price,
        expires_at=step.expires_at,
        held=before.held - step.set_free,
        charged=None if charged is None else charged - step.back,
    )


@pytest.mark.parametrize("state", S)
def test_no_answer_moves_an_order_where_it_may_not_go(state: OrderState) -> None:
    for word, number, cost, had in product(WORDS, (None, NUMBER), (None, 100_000), (None, NUMBER)):
        before = order(state, number=had)
        step = advance(before, Seen(word, number, cost), cost)
        assert step is None or step.state is state or may_move(state, step.state)


def test_the_same_answer_again_changes_nothing() -> None:
    for state, word, number, cost, had in EVERYTHING:
        before, seen = order(state, number=had), Seen(word, number, cost, NOW)
        step = advance(before, seen, cost)
        after = before if step is None else carried_out(before, step)
        assert advance(after, seen, cost) is None, (state, word, number, cost, had)


def test_money_moves_exactly_when_an_order_that_holds_it_ends() -> None:
    for state, word, number, cost, had in EVERYTHING:
        step = advance(order(state, number=had), Seen(word, number, cost, NOW), cost)
        if step is None:
            continue
        entered = step.state if step.state is not state else None
        assert (step.capture is not None) is (entered is S.COMPLETED)
        assert step.release is (entered in REFUNDED)
        assert not (step.release and step.capture is not None)


@pytest.mark.parametrize("word", ["verifying", "", "PENDING", "completed "])
@pytest.mark.parametrize("state", OPEN)
def test_an_unknown_state_ends_nothing(state: OrderState, word: str) -> None:
    assert state_of(order(state), Seen(word)) not in ENDED
    assert state_of(order(state), Seen(word, NUMBER)) is S.PENDING


@pytest.mark.parametrize("word", ["creating", "verifying"])
def test_a_number_makes_it_pending_whatever_the_word(word: str) -> None:
    step = advance(order(S.CREATING), Seen(word, NUMBER), None)
    assert step is not None
    assert (step.state, step.number, step.notices) == (S.PENDING, NUMBER, (NoticeKind.NUMBER,))


def test_pending_without_a_number_is_still_creating() -> None:
    step = advance(order(S.PLACING), Seen("pending"), None)
    assert step is not None
    assert (step.state, step.notices) == (S.CREATING, ())


@pytest.mark.parametrize("word", ["creating", "verifying", "pending"])
def test_a_step_backwards_leaves_the_order_where_it_is(word: str) -> None:
    assert advance(order(S.PENDING, number=NUMBER), Seen(word), None) is None
    assert advance(order(S.PENDING, number=NUMBER), Seen(word, NUMBER), None) is None


@pytest.mark.parametrize("ended", sorted(ENDED))
@pytest.mark.parametrize("word", WORDS)
def test_nothing_moves_an_order_that_has_ended(ended: OrderState, word: str) -> None:
    before = order(ended, number=NUMBER, price=50, charged=50)
    step = advance(before, Seen(word, "+15551234567", 60, NOW + timedelta(hours=1)), 60)
    assert step is not None
    assert (step.state, step.number, step.capture, step.release, step.back) == (ended, NUMBER, None, False, 0)
    assert step.notices == ()


@pytest.mark.parametrize("word", ["creating", "pending", "verifying", "completed"])
def test_another_number_while_the_order_waits_replaces_the_first_and_is_told(word: str) -> None:
    step = advance(order(S.PENDING, number=NUMBER), Seen(word, "+15551234567", 100_000), 100_000)
    assert step is not None
    assert (step.number, step.new_number, step.notices) == ("+15551234567", True, (NoticeKind.NUMBER,))


@pytest.mark.parametrize("shown", [None, "5511912345678", "+55 11 91234-5678", "0055 11 91234 5678", "11912345678"])
def test_no_number_and_another_spelling_of_it_change_nothing(shown: str | None) -> None:
    assert advance(order(S.PENDING, number=NUMBER), Seen("pending", shown), None) is None


def test_a_refund_with_another_number_tells_no_number() -> None:
    step = advance(order(S.PENDING, number=NUMBER), Seen("user_refunded", "+15551234567"), None)
    assert step is not None
    assert (step.number, step.notices) == (NUMBER, (NoticeKind.ENDED,))


@pytest.mark.parametrize(
    ("shown", "back", "charged"), [(120_000, 130_000, 120_000), (250_000, 0, 250_000), (400_000, 0, 250_000)]
)
@pytest.mark.parametrize("word", ["completed", "pending", "verifying"])
def test_a_price_that_comes_after_the_end_corrects_what_was_taken_for_it(
    word: str, shown: int, back: int, charged: int
) -> None:
    before = order(S.COMPLETED, number=NUMBER, charged=250_000)
    step = advance(before, Seen(word, NUMBER, shown), shown)
    assert step is not None
    assert (step.back, before.held - step.back, step.notices) == (back, charged, (NoticeKind.PRICED,))
    assert (step.cost, step.price, step.capture) == (shown, charged, None)


@pytest.mark.parametrize(("word", "back"), [("completed", 20_000), ("pending", 0)])
def test_a_lower_price_than_the_one_charged_comes_back_only_by_an_answer_about_the_end(word: str, back: int) -> None:
    before = order(S.COMPLETED, number=NUMBER, cost=120_000, price=120_000, charged=120_000)
    step = advance(before, Seen(word, NUMBER, 100_000), 100_000)
    assert step is not None
    assert (step.back, step.cost) == (back, 100_000)


ABSURD = [
    NOW,
    NOW - timedelta(seconds=1),
    datetime(1, 1, 1, tzinfo=UTC),
    datetime(1970, 1, 1, 0, 20, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC),
    datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC),
]


@pytest.mark.parametrize("end", ABSURD)
def test_an_end_before_the_order_or_in_another_age_is_no_end(end: datetime) -> None:
    before = order(S.PENDING, number=NUMBER)
    assert advance(before, Seen("pending", NUMBER, None, end), None) is None
    assert end_of(before.placed_at, end) is None


@pytest.mark.parametrize(
    ("shown", "capture", "assumed"),
    [
        (120_000, 120_000, False),
        (250_000, 250_000, False),
        (250_001, 250_000, False),
        (0, 0, False),
        (None, 250_000, True),
    ],
)
def test_the_price_is_captured_up_to_the_hold_and_an_unknown_one_as_the_whole_hold(
    shown: int | None, capture: int, assumed: bool
) -> None:
    step = advance(order(S.PENDING, number=NUMBER), Seen("completed", NUMBER, shown), shown)
    assert step is not None
    assert (step.capture, step.assumed_price, step.price) == (capture, assumed, None if shown is None else capture)


def test_a_price_that_came_earlier_counts_when_the_end_names_none() -> None:
    step = advance(order(S.PENDING, number=NUMBER, cost=100_000, price=120_000), Seen("completed", NUMBER), None)
    assert step is not None
    assert (step.capture, step.assumed_price, step.cost) == (120_000, False, 100_000)


@pytest.mark.parametrize("state", OPEN)
def test_what_is_above_the_price_is_free_as_soon_as_the_number_came_with_it(state: OrderState) -> None:
    step = advance(order(state), Seen("pending", NUMBER, 100_000), 120_000)
    assert step is not None
    assert (step.price, step.set_free, step.capture, step.release) == (120_000, 130_000, None, False)


@pytest.mark.parametrize("shown", [None, 0, 250_000, 250_001, 10**9])
def test_nothing_is_free_without_a_price_below_what_is_set_aside(shown: int | None) -> None:
    step = advance(order(S.CREATING), Seen("pending", NUMBER, shown), shown)
    assert step is not None
    assert (step.set_free, step.price) == (0, min(shown, 250_000) if shown else None)


def test_a_price_without_a_number_frees_nothing_until_the_number_comes() -> None:
    first = advance(order(S.PLACING), Seen("creating", None, 100_000), 120_000)
    assert first is not None
    assert (first.set_free, first.price) == (0, 120_000)
    then = advance(carried_out(order(S.PLACING), first), Seen("pending", NUMBER), None)
    assert then is not None
    assert then.set_free == 130_000


def test_a_lower_price_frees_more_and_a_higher_one_takes_nothing() -> None:
    told = order(S.PENDING, number=NUMBER, cost=200_000, price=200_000, held=200_000)
    lower = advance(told, Seen("pending", NUMBER, 150_000), 150_000)
    assert lower is not None
    assert (lower.set_free, lower.price) == (50_000, 150_000)
    higher = advance(told, Seen("pending", NUMBER, 240_000), 240_000)
    assert higher is not None
    assert (higher.set_free, higher.price, higher.cost) == (0, 200_000, 240_000)
    paid = advance(carried_out(told, higher), Seen("completed", NUMBER, 240_000), 240_000)
    assert paid is not None
    assert (paid.capture, paid.price) == (200_000, 200_000)


def test_a_price_that_could_not_be_read_first_frees_when_it_is_read() -> None:
    unread = order(S.PENDING, number=NUMBER)
    step = advance(unread, Seen("pending", NUMBER, 120_000), 120_000)
    assert step is not None
    assert (step.state, step.set_free, step.notices) == (S.PENDING, 130_000, ())


def test_an_order_whose_price_was_known_before_anything_was_set_free_is_made_up_for() -> None:
    before = order(S.PENDING, number=NUMBER, cost=120_000, price=120_000)
    step = advance(before, Seen("pending", NUMBER, 120_000), 120_000)
    assert step is not None
    assert step.set_free == 130_000


def test_a_number_that_costs_nothing_is_paid_with_nothing_and_only_at_its_end() -> None:
    told = advance(order(S.CREATING), Seen("pending", NUMBER, 0), 0)
    assert told is not None
    paid = advance(carried_out(order(S.CREATING), told), Seen("completed", NUMBER), None)
    assert paid is not None
    assert (told.set_free, told.price, paid.capture, paid.price, paid.assumed_price) == (0, None, 0, 0, False)


def test_a_refund_gives_back_what_is_still_set_aside() -> None:
    before = order(S.PENDING, number=NUMBER, cost=120_000, price=120_000, held=120_000)
    step = advance(before, Seen("system_refunded", NUMBER, 90_000), 90_000)
    assert step is not None
    assert (step.release, step.set_free) == (True, 0)


def test_a_number_that_comes_with_its_code_is_pushed_once() -> None:
    step = advance(order(S.CREATING), Seen("completed", NUMBER, 100_000), 120_000)
    assert step is not None
    assert step.notices == (NoticeKind.NUMBER,)
    assert advance(order(S.COMPLETED, number=NUMBER, cost=100_000), Seen("completed", NUMBER, 100_000), 120_000) is None


@pytest.mark.parametrize("word", ["no_number_refunded", "system_refunded", "user_refunded"])
@pytest.mark.parametrize("state", OPEN)
def test_a_refund_is_told_as_an_end_and_not_as_a_number(state: OrderState, word: str) -> None:
    step = advance(order(state), Seen(word, NUMBER), None)
    assert step is not None
    assert (step.state.value, step.notices, step.release) == (word, (NoticeKind.ENDED,), True)


def test_a_later_expiry_is_noted_and_a_missing_one_forgets_nothing() -> None:
    later = NOW + timedelta(minutes=20)
    before = order(S.PENDING, number=NUMBER, expires_at=NOW + timedelta(minutes=5))
    step = advance(before, Seen("pending", NUMBER, None, later), None)
    assert step is not None
    assert (step.state, step.expires_at, step.notices) == (S.PENDING, later, ())
    assert advance(before, Seen("pending", NUMBER), None) is None


@given(
    st.sampled_from(OPEN),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(NUMBERS), st.sampled_from([None, 1, 10**9]))),
)
def test_whatever_hidsim_says_in_whatever_order_an_order_ends_once_and_is_never_charged_more_than_its_hold(
    state: OrderState, answers: list[tuple[str, str | None, int | None]]
) -> None:
    now, ends, told, changes = order(state), 0, 0, 0
    for word, number, cost in answers:
        step = advance(now, Seen(word, number, cost), cost)
        if step is None:
            continue
        ends += step.capture is not None or step.release
        told += step.notices.count(NoticeKind.NUMBER)
        changes += step.number != now.number
        assert step.capture is None or 0 <= step.capture <= now.held
        assert step.back <= (now.charged or 0)
        now = carried_out(now, step)
    assert ends <= 1
    assert told <= changes
    assert (now.state in ENDED) is (ends == 1)
    assert now.state in ENDED or now.state in LIVE or now.state is state


@given(
    st.sampled_from(OPEN),
    st.lists(
        st.tuples(
            st.sampled_from(WORDS),
            st.sampled_from(NUMBERS),
            st.sampled_from([None, 0, 1, 90_000, 120_000, 250_000, 10**9]),
        ),
        max_size=12,
    ),
)
def test_all_that_was_set_aside_is_paid_or_free_again_and_nobody_pays_more_than_they_were_told_first(
    state: OrderState, answers: list[tuple[str, str | None, int | None]]
) -> None:
    begun = now = order(state)
    free = paid = 0
    first: int | None = None
    for word, number, cost in answers:
        step = advance(now, Seen(word, number, cost), cost)
        if step is None:
            continue
        free += step.set_free + step.back
        paid -= step.back
        if step.capture is not None:
            paid, free = paid + step.capture, free + now.held - step.capture
        if step.release:
            free += now.held
        now = carried_out(now, step)
        if now.state in LIVE:
            assert free + now.held == begun.held
            if now.number is not None and now.price:
                assert now.held == now.price
                first = first or now.price
    if now.state in ENDED:
        assert free + paid == begun.held
        assert paid == (now.charged or 0)
        assert 0 <= paid <= (begun.held if first is None else first)


def test_no_repr_shows_the_number() -> None:
    seen = Seen("pending", NUMBER)
    assert NUMBER not in repr(seen) + repr(advance(order(), seen, None))


@pytest.mark.parametrize(
    ("had", "told", "same"),
    [
        ("+5511912345670", "005511912345670", True),  # zeros in front say nothing, at the end they do
        ("+5511912345670", "+551191234567", False),
        ("+5511912345678", "12345678", True),  # eight digits are a whole number without its country's code
        ("+5511912345678", "2345678", False),
        ("12345678", "+5511912345678", True),
        ("912345678", "+55", False),
        ("+5511912345678", "55-11-91234-5678", True),
    ],
)
def test_a_number_is_new_only_if_it_is_another_one(had: str, told: str, same: bool) -> None:
    change = advance(order(S.PENDING, number=had), Seen("pending", told, 90_000), 90_000)
    assert change is not None
    assert change.new_number is not same
