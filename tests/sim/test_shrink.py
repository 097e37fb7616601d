"""Shrinking: what the fault does not need goes, whatever else is broken on the way does not mislead, and it ends."""

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from tests.sim.choice import Choice
from tests.sim.shrink import RUNS, SECONDS, laws, shrink

WHOLE = Choice(tuple((place, story) for place in range(6) for story in range(2)), (0, 1), tuple(range(9)))
LAW = frozenset({"bought once"})


def shrunk(needs: Callable[[Choice], bool], otherwise: frozenset[str] = frozenset()) -> tuple[Choice, int]:
    """Where the law is broken by whatever has what it needs, and others by what has not."""
    found = shrink(WHOLE, LAW, lambda choice: LAW if needs(choice) else otherwise, lambda: 0.0)
    return found.choice, found.runs


def test_only_what_the_fault_needs_is_left() -> None:
    least, runs = shrunk(lambda choice: (4, 1) in choice.wishes and 3 in choice.troubles)
    assert least == Choice(((4, 1),), (), (3,))
    assert runs <= RUNS


def test_a_fault_that_needs_nothing_leaves_nothing() -> None:
    assert shrunk(lambda choice: True)[0] == Choice((), (), ())


def test_a_fault_that_needs_all_keeps_all() -> None:
    assert shrunk(lambda choice: choice == WHOLE)[0] == WHOLE


def test_another_law_that_breaks_on_the_way_is_not_followed() -> None:
    least, _ = shrunk(lambda choice: 0 in choice.duties, otherwise=frozenset({"everything ends"}))
    assert least == Choice((), (0,), ())


def test_it_is_over_after_so_many_runs() -> None:
    assert shrunk(lambda choice: len(choice.wishes) > 5 and len(choice.troubles) > 4)[1] <= RUNS


def test_it_is_over_after_some_time() -> None:
    time = [0.0]

    def slow(choice: Choice) -> frozenset[str]:
        time[0] += SECONDS / 3
        return LAW

    assert shrink(WHOLE, LAW, slow, lambda: time[0]).runs == 3


@given(st.sets(st.sampled_from(WHOLE.troubles)), st.sets(st.sampled_from(WHOLE.wishes)))
def test_what_is_left_still_breaks_the_law(troubles: set[int], wishes: set[tuple[int, int]]) -> None:
    def needs(choice: Choice) -> bool:
        return troubles <= set(choice.troubles) and wishes <= set(choice.wishes)

    assert needs(shrunk(needs)[0])


def test_a_law_is_what_stands_before_the_first_colon() -> None:
    said = ["bought once: op-1 is 2 orders'", "bought once: op-2: x", "books: held: 1"]
    assert laws(said) == {"bought once", "books"}
