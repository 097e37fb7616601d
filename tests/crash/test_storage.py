"""While nothing can be written: nobody buys, codes of open orders still come, and afterwards everything goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.judge import Verdict
from tests.crash.storage import STORAGE, disk, story


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    with disk(folder) as mounted:
        if not mounted:
            pytest.skip("mounting a small disk needs root")
        yield folder


def goes_on(verdict: Verdict) -> None:
    assert verdict.states == ["completed"] * 4
    assert verdict.wrong == []
    assert verdict.repeats == 0


@pytest.mark.parametrize("what", ["a stranger holds the lock", "no file may grow"])
async def test_codes_come_and_nobody_buys_while(what: str, tmp_path: Path) -> None:
    goes_on(await story(tmp_path, STORAGE[what]))


async def test_codes_come_and_nobody_buys_while_the_disk_is_full_to_the_last_byte(small_disk: Path) -> None:
    goes_on(await story(small_disk, STORAGE["disk full"]))
