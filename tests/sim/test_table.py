"""The table: all that the code knows of stands in it, and what is never met is a failure once there was time for it."""

import pytest

from bot.domain.alerts import AlertKind
from bot.domain.refusals import Reason, RefusalFacts
from bot.i18n import Languages
from bot.screens.refusals import toast
from tests.sim import refusals
from tests.sim.table import ENOUGH, EXCUSED, KNOWN, Table

T = Languages.load().translator("en")
EVERYTHING = {family: dict.fromkeys(names, 1) for family, names in KNOWN.items()}


def table(seeds: int, **met: dict[str, int]) -> Table:
    """Every seed met everything, but for the families that are given."""
    made = Table()
    for _ in range(seeds):
        made.add({**EVERYTHING, **met})
    return made


def test_nothing_is_missed_when_everything_was_met() -> None:
    assert table(ENOUGH).never() == []


def test_a_kind_that_was_never_met_is_missed_and_named() -> None:
    trouble = {name: 1 for name in KNOWN["trouble"] if name != "disk full"}
    missed = table(ENOUGH, trouble=trouble)
    assert missed.never() == ["trouble disk full"]
    assert "never met: trouble disk full" in list(missed.lines())


def test_few_seeds_need_not_meet_everything() -> None:
    assert table(ENOUGH - 1, trouble={}).never() == []


def test_what_is_excused_may_be_met_never_and_its_reason_is_said() -> None:
    for family, name in EXCUSED:
        met = {one: 1 for one in KNOWN[family] if one != name}
        missed = table(ENOUGH, **{family: met})
        assert missed.never() == []
        assert EXCUSED[family, name] in " ".join("\n".join(missed.lines()).split())


def test_an_excuse_is_for_something_that_there_is_and_has_a_reason() -> None:
    assert [key for key, reason in EXCUSED.items() if key[1] not in KNOWN[key[0]] or not reason] == []


def test_counts_of_all_seeds_are_added() -> None:
    made = Table()
    made.add({"alert": {AlertKind.APART: 2}})
    made.add({"alert": {AlertKind.APART: 3, AlertKind.LOST: 1}})
    assert "alert: lost 1, apart 5" in list(made.lines())


def test_what_is_met_and_no_registry_knows_is_shown_too() -> None:
    made = Table()
    made.add({"trouble": {"sold out": 4}, "weather": {"rain": 1}})
    assert {"trouble: sold out 4", "weather: rain 1"} <= set(made.lines())


@pytest.mark.parametrize("reason", Reason)
def test_every_refusal_is_known_by_its_words(reason: Reason) -> None:
    assert reason in refusals.WORDS or reason in refusals.SAME_WORDS


@pytest.mark.parametrize("reason", refusals.WORDS)
def test_the_words_are_those_of_this_refusal_alone(reason: Reason) -> None:
    said = {one: _said(one) for one in Reason if one not in refusals.SAME_WORDS}
    assert [one for one, texts in said.items() if any(refusals.WORDS[reason] in text for text in texts)] == [reason]


def _said(reason: Reason) -> list[str]:
    """With everything that is known of it, and with nothing."""
    full = RefusalFacts(reason, amount=300_000, limit=20_000_000, count=3, currency="USD", wait=30, person_id=7)
    return [toast(facts, T) for facts in (full, RefusalFacts(reason))]
