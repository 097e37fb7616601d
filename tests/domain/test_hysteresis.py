"""A figure makes an incident when it stays bad, and ends it when it stays good."""

from bot.domain.hysteresis import Hysteresis


def said(figure: Hysteresis, looks: list[tuple[float, str]]) -> list[bool | None]:
    return [figure.says(at, bad=word == "bad", good=word == "good") for at, word in looks]


def test_what_is_bad_for_a_moment_is_no_incident() -> None:
    looks = [(0.0, "bad"), (15.0, "bad"), (20.0, "good"), (30.0, "bad"), (45.0, "bad")]
    assert True not in said(Hysteresis(30, 60), looks)


def test_what_stays_bad_is_one_and_what_stays_good_is_none() -> None:
    looks = [(0.0, "bad"), (30.0, "bad"), (45.0, "good"), (104.0, "good"), (105.0, "good")]
    assert said(Hysteresis(30, 60), looks) == [None, True, None, None, False]


def test_between_the_bounds_nothing_changes_and_both_counts_begin_anew() -> None:
    looks = [(0.0, "good"), (50.0, "between"), (60.0, "good"), (119.0, "good"), (120.0, "good")]
    assert said(Hysteresis(30, 60), looks) == [None, None, None, None, False]


def test_a_gap_in_which_nobody_could_look_counts_for_nothing() -> None:
    figure = Hysteresis(30, 60)
    figure.says(0.0, bad=True, good=False)
    figure.unknown()
    assert said(figure, [(40.0, "bad"), (69.0, "bad"), (70.0, "bad")]) == [None, None, True]
