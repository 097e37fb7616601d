"""Countries that are ticked for one order."""

import pytest

from bot.domain.drafts import MOST, mark_of, ticked, unticked
from bot.domain.refusals import Reason, Refusal


def test_a_tick_stands_behind_the_others_and_a_second_one_changes_nothing() -> None:
    assert ticked((3, 1), 2) == (3, 1, 2)
    assert ticked((3, 1), 3) == (3, 1)


def test_a_tick_is_taken_back_wherever_it_stands_and_what_has_none_keeps_none() -> None:
    assert unticked((3, 1, 2), 1) == (3, 2)
    assert unticked((3, 1), 2) == (3, 1)


def test_one_too_many_is_refused_and_one_of_the_most_may_be_tapped_again() -> None:
    full = tuple(range(MOST))
    assert ticked(full, 3) == full
    with pytest.raises(Refusal) as refused:
        ticked(full, MOST)
    assert (refused.value.facts.reason, refused.value.facts.limit) == (Reason.TOO_MANY_COUNTRIES, MOST)


def test_a_mark_is_of_the_countries_and_not_of_their_order() -> None:
    assert mark_of((1, 2, 30)) == mark_of((30, 1, 2))
    marks = {mark_of(ids) for ids in ((), (1,), (12,), (1, 2), (1, 23), (12, 3), (1, 2, 3))}
    assert len(marks) == 7
    assert all(len(one) == 4 for one in marks)
