"""Stories from seeds keep the laws of chains, and the laws find the bugs that are planted."""

from pathlib import Path

import pytest

from tests.services.orders.sequel_bugs import planted
from tests.services.orders.sequel_stories import play

FOUND_BY = {"cap": 17, "country": 17, "dearer": 17}
"""A seed for each bug; `python -m tests.services.orders.sequel_stories --bug …` finds others."""


@pytest.mark.parametrize("first", [1, 14])
async def test_stories_keep_every_law(tmp_path: Path, migrated_file: Path, first: int) -> None:
    assert await play(tmp_path, migrated_file, range(first, first + 13)) == {}


@pytest.mark.parametrize("bug", FOUND_BY)
async def test_the_laws_find_what_is_planted(tmp_path: Path, migrated_file: Path, bug: str) -> None:
    seed = FOUND_BY[bug]
    with planted(bug):
        assert list(await play(tmp_path, migrated_file, range(seed, seed + 1))) == [seed]
