"""The judge sees bugs: each run here has one on purpose."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.crash.mutants import MUTANTS
from tests.crash.run import Case, run

SHORT = 4.0
"""Seconds until a person gives up waiting for what a bug keeps back."""
SEEN = {
    "sends_a_lost_purchase_again": (Case(post="reset after"), "bought_twice"),
    "marks_notices_before_they_are_sent": (Case(kill=("push.claimed", 2)), "undelivered"),
    "sends_every_notice_twice": (Case(), "repeated"),
    "forgets_what_a_dead_process_left": (Case(kill=("hold.committed", 1)), "forgotten"),
    "keeps_the_hold_of_a_refused_purchase": (Case(post="406"), "books"),
    "charges_the_maximum_in_place_of_the_price": (Case(), "books"),
    "calls_a_lost_purchase_refused": (Case(post="reset after"), "untrue"),
    "drops_every_code": (Case(), "undelivered"),
    "calls_an_order_refunded_when_hidsim_does_not_answer": (Case(trouble="HidSim /operations/: 500"), "untrue"),
}


def test_every_deliberate_bug_is_tried() -> None:
    assert SEEN.keys() == MUTANTS.keys()


@pytest.mark.parametrize("bug", SEEN)
async def test_the_judge_sees_a_bot_that(bug: str, tmp_path: Path) -> None:
    case, where = SEEN[bug]
    verdict = await run(replace(case, mutant=bug, people=1, patience=SHORT), tmp_path)
    assert getattr(verdict, where), verdict


@pytest.mark.parametrize("bug", SEEN)
async def test_the_same_run_without_the_bug_is_clean(bug: str, tmp_path: Path) -> None:
    verdict = await run(replace(SEEN[bug][0], people=1), tmp_path)
    assert verdict.wrong == []
