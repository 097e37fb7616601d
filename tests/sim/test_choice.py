"""Some of a seed's script: what is left out is gone, what stays is what it was, and the printed line says it."""

import pytest

from tests.sim.choice import Choice, chosen, everything
from tests.sim.script import Part, Script, Trouble
from tests.sim.world import Given

SCRIPT = Script(
    7,
    Given(),
    (Part(0, 1.5, ("closes", "buys_many")), Part(1, 2.5, ("wants_a_code",)), Part(2, 0.5, ("closes",))),
    ("looks_at_the_books", "looks_at_everything"),
    (Trouble(0, 3.0, "disk full"), Trouble(1, 4.0, "link cut"), Trouble(2, 5.0, "link cut")),
)


def of(people: str | None = None, duties: str | None = None, troubles: str | None = None) -> Script:
    return chosen(SCRIPT, people, duties, troubles).of(SCRIPT)


def test_everything_is_the_script_itself() -> None:
    assert everything(SCRIPT).of(SCRIPT) == of() == SCRIPT


def test_who_is_left_out_is_gone_and_the_others_keep_their_places() -> None:
    assert of(people="0,2").people == (SCRIPT.people[0], SCRIPT.people[2])


def test_a_single_story_of_somebodys_can_be_kept() -> None:
    assert of(people="0.1,1").people == (Part(0, 1.5, ("buys_many",)), SCRIPT.people[1])


def test_troubles_and_duties_can_be_left_out() -> None:
    kept = of(duties="1", troubles="0,2")
    assert kept.duties == ("looks_at_everything",)
    assert kept.troubles == (SCRIPT.troubles[0], SCRIPT.troubles[2])


def test_nothing_at_all_can_be_kept() -> None:
    kept = of("-", "-", "-")
    assert (kept.people, kept.duties, kept.troubles) == ((), (), ())


def test_what_stays_has_the_dice_that_it_had() -> None:
    kept = of(people="2", troubles="1")
    assert kept.dice_of("person", kept.people[0].place).random() == SCRIPT.dice_of("person", 2).random()
    assert kept.dice_of("trouble", kept.troubles[0].place).random() == SCRIPT.dice_of("trouble", 1).random()


@pytest.mark.parametrize("wrong", [{"people": "3"}, {"people": "1.1"}, {"duties": "2"}, {"troubles": "9"}])
def test_what_the_script_does_not_have_is_named_with_what_it_has(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"there is no .*, only "):
        of(**wrong)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (everything(SCRIPT), "SEED=7"),
        (Choice(((0, 0), (0, 1), (2, 0)), (), (1,)), "SEED=7 PEOPLE=0,2 DUTIES=- TROUBLES=1"),
        (Choice(((0, 1), (1, 0)), (0, 1), ()), "SEED=7 PEOPLE=0.1,1 TROUBLES=-"),
        (Choice((), (1,), (0, 1, 2)), "SEED=7 PEOPLE=- DUTIES=1"),
    ],
)
def test_a_line_says_a_choice_and_is_read_as_the_same(choice: Choice, words: str) -> None:
    assert choice.words(SCRIPT) == words
    given = dict(word.split("=") for word in words.split())
    assert chosen(SCRIPT, given.get("PEOPLE"), given.get("DUTIES"), given.get("TROUBLES")) == choice
