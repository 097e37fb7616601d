"""Milestones are told to whoever listens, and only those that have a name."""

from collections.abc import Iterator

import pytest

from bot import milestones


@pytest.fixture
def heard() -> Iterator[list[str]]:
    names: list[str] = []
    milestones.listen(names.append)
    yield names
    milestones.listen(None)


def test_who_listens_hears_each_milestone(heard: list[str]) -> None:
    for name in milestones.NAMES:
        milestones.reached(name)
    assert heard == list(milestones.NAMES)


def test_a_misspelt_one_fails_where_somebody_listens(heard: list[str]) -> None:
    with pytest.raises(ValueError, match=r"hold\.comitted"):
        milestones.reached("hold.comitted")
    assert heard == []


def test_nobody_needs_to_listen() -> None:
    milestones.reached("hold.committed")
