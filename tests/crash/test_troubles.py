"""Four people buy while HidSim, Telegram or the machine's clock misbehave, and every promise is kept.

`make faults` runs all of `troubles`; these are the ones that touch everything at once.
"""

from pathlib import Path

import pytest

from tests.crash.run import Case, run

EVERYTHING_AT_ONCE = (
    "half of all reads fail",
    "HidSim down for 3 s",
    "429 storm with Retry-After",
    "429 storm without a word",
    "token revoked, and no login for 4 s",
    "Telegram sendMessage: cut after",
    "clock -1 day",
)


@pytest.mark.parametrize("trouble", EVERYTHING_AT_ONCE)
async def test_in_this_trouble_nobody_pays_too_much_and_no_code_is_lost(trouble: str, tmp_path: Path) -> None:
    verdict = await run(Case(trouble=trouble), tmp_path)
    assert verdict.states == ["completed", "completed", "user_refunded", "released"]
    assert verdict.wrong == []
