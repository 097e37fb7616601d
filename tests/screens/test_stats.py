"""The figures as a picture with a caption, as a table, and without the library that draws."""

import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from bot.domain.figures import MOST_DAYS, Tally, last_days
from bot.domain.outcomes import OUTCOMES, Outcome
from bot.facts.figures import StatsFacts
from bot.screens.body import CAPTION_LIMIT, TEXT_LIMIT, Photo
from bot.screens.desk import stats
from bot.screens.screen import Screen
from tests.screens.phone import ENGLISH, buttons, read

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
HUGE = Tally(dict.fromkeys(Outcome, 123_456_789), 10**18, timedelta(seconds=123_456))


def facts(days: int, tally: Tally = HUGE) -> StatsFacts:
    stretch = last_days(days, NOW)
    return StatsFacts(days, stretch, (tally,) * stretch.number, tally, "USD", misread=True)


def shown(screen: Screen) -> str:
    return read(screen)[0]


@pytest.mark.parametrize("days", [1, 2, 7, 30, MOST_DAYS])
def test_the_words_fit_below_a_picture_and_the_table_into_a_message(days: int) -> None:
    drawn = stats.stats(facts(days), ENGLISH)
    assert isinstance(drawn.body, Photo)
    assert drawn.body.file.data.startswith(b"\x89PNG")
    assert len(shown(drawn)) <= CAPTION_LIMIT
    table = stats.stats(facts(days), ENGLISH, table=True)
    assert not isinstance(table.body, Photo)
    assert len(shown(table)) <= TEXT_LIMIT


def test_the_caption_says_every_figure_for_who_cannot_see_the_picture() -> None:
    tally = Tally(
        {Outcome.CODE: 9, Outcome.NO_CODE: 2, Outcome.CLOSED: 1, Outcome.IN_PROGRESS: 1},
        2_250_000,
        timedelta(seconds=41),
    )
    said = shown(stats.stats(facts(7, tally), ENGLISH))
    for words in ("13 orders", "🟩 got a code: 9", "🟧 no code came: 2", "🟦 closed: 1", "75%", "$2.25", "41 seconds"):
        assert words in said
    assert "refused" not in said


def test_each_colour_of_the_picture_is_a_sign_of_the_caption() -> None:
    chart = stats.chart(facts(7), ENGLISH)
    assert len(set(chart.panels[0].colours)) == len(set(OUTCOMES.values()))
    said = shown(stats.stats(facts(7), ENGLISH))
    assert [sign for sign in "🟩🟨🟧🟦🟥🟪⬜" if sign not in said] == []


def test_a_part_without_a_code_has_no_bar_of_its_own_and_nothing_is_below_zero() -> None:
    odd = Tally({Outcome.CLOSED: 1}, -5, None)
    orders, spent, medians = stats.chart(facts(7, odd), ENGLISH).panels
    assert [sum(stack) for stack in orders.stacks] == [1] * 7
    assert [*spent.stacks, *medians.stacks] == [[0]] * 14


@pytest.mark.parametrize(("part", "said"), [(0.9999, 99), (1.0, 100), (0.0, 0), (0.756, 76), (0.0001, 1)])
def test_all_but_one_is_not_all(part: float, said: int) -> None:
    assert stats.percent(part) == said


def test_without_the_library_the_words_say_it_all_and_no_button_asks_for_a_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "PIL", cast("Any", None))
    screen = stats.stats(replace(facts(7), misread=False), ENGLISH)
    assert not isinstance(screen.body, Photo)
    assert "01-15" in shown(screen)
    assert [b.text for b in buttons(screen) if "Picture" in b.text or "Table" in b.text] == []


def test_no_orders_are_said_and_not_drawn() -> None:
    screen = stats.stats(facts(30, Tally()), ENGLISH)
    assert not isinstance(screen.body, Photo)
    assert "No orders in this time." in shown(screen)
