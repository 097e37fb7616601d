"""The bot dies at each of its moments, is started again on the same file, and keeps every promise."""

from pathlib import Path

import pytest

from bot.milestones import NAMES
from tests.crash.run import Case, run

WHERE_A_PURCHASE_STAYS_UNKNOWN = {"hold.committed", "purchase.answered", "outcome.before-commit"}


@pytest.mark.parametrize("name", NAMES)
async def test_a_kill_at_this_moment_breaks_no_promise(name: str, tmp_path: Path) -> None:
    case = Case(kill=(name, 1))
    verdict = await run(case, tmp_path)
    assert verdict.kills == (1 if case.killed_before is None else 2)
    assert verdict.orders == 4
    assert verdict.wrong == []


async def test_without_a_kill_everybody_gets_exactly_what_they_came_for(tmp_path: Path) -> None:
    verdict = await run(Case(), tmp_path)
    assert verdict.states == ["completed", "completed", "user_refunded", "released"]
    assert verdict.wrong == []
    assert (verdict.kills, verdict.repeats) == (0, 0)


@pytest.mark.parametrize("name", sorted(WHERE_A_PURCHASE_STAYS_UNKNOWN))
async def test_a_purchase_under_way_at_a_kill_is_called_unknown_and_its_money_comes_back(
    name: str, tmp_path: Path
) -> None:
    verdict = await run(Case(kill=(name, 1), dialect="variant"), tmp_path)
    assert verdict.states.count("released") >= 2
    assert verdict.wrong == []
