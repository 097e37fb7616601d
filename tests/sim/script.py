"""What a seed says: who lives in its world, what they want, what goes wrong and when. Drawn before anything happens.

Everybody and every trouble has dice of its own, so that one can be left out and the others stay what they were.
"""

from dataclasses import dataclass, replace
from random import Random

from tests.sim.stories import DUTIES, LIKED, STORIES
from tests.sim.troubles import DEATHS, KINDS, RICH, TURNS
from tests.sim.world import Given

FIRST = 101
"""The id of the first person; the others follow."""
NAMES = ("Ann", "Bob", "Cem", "Dan", "Eva", "Fay")
LOST = 8
"""Every so manieth seed is about a lost purchase."""
WISHES = 16
"""Every so manieth seed is about a wish to close that is taken back, and another one about numbers without a code."""
TROUBLED = 30.0
"""Seconds in which troubles begin."""


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part: when they begin, in seconds, and what they want, one after the other."""

    place: int
    begins: float
    stories: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    place: int
    at: float
    kind: str


@dataclass(frozen=True, slots=True)
class Script:
    seed: int
    given: Given
    people: tuple[Part, ...]
    duties: tuple[str, ...]
    troubles: tuple[Trouble, ...]

    def dice_of(self, what: str, place: int) -> Random:
        return Random(f"{self.seed}:{what}:{place}")


def draw(seed: int) -> Script:
    dice = Random(f"{seed}:script")
    if seed % LOST == 0:
        return lost_and_killed(seed, dice)
    if seed % WISHES == 5:
        return wish_taken_back(seed, dice)
    if seed % WISHES == 13:
        return no_code(seed, dice)
    return Script(
        seed,
        _given(dice),
        tuple(_part(dice, place) for place in range(dice.choice((1, 1, 2, 2, 3, 6)))),
        tuple(dice.sample(tuple(DUTIES), dice.choice((0, 1, 1, 2)))),
        tuple(_troubles(seed, dice)),
    )


def lost_and_killed(seed: int, dice: Random) -> Script:
    """A purchase whose answer is lost, a person who taps on, and a bot that dies around it."""
    begins = dice.uniform(1, 3)
    wants = Part(0, begins, (dice.choice(("wants_it_badly", "wants_it_badly", "wants_a_code", "closes")),))
    others = tuple(_part(dice, place) for place in range(1, dice.choice((1, 1, 2))))
    kinds = [
        (0.5, "a purchase is lost"),
        *((begins + dice.uniform(0, 12), dice.choice(DEATHS)) for _ in range(dice.choice((1, 1, 2)))),
        *((dice.uniform(1, 15), dice.choice(tuple(KINDS))) for _ in range(dice.choice((0, 1, 1)))),
    ]
    troubles = tuple(Trouble(place, at, name) for place, (at, name) in enumerate(kinds))
    duties = dice.choice(((), ("judges_what_was_lost",)))
    return Script(seed, _given(dice), (wants, *others), duties, troubles)


def wish_taken_back(seed: int, dice: Random) -> Script:
    """Two numbers of one person, of which the second is not to be closed after all."""
    given = replace(_given(dice), processes=1)
    given = replace(given, settings={**given.settings, "max_open_orders": 5, "daily_spend": 20}, credit="20")
    return Script(seed, given, (Part(0, dice.uniform(0.5, 5), ("takes_a_wish_back",)),), (), ())


def no_code(seed: int, dice: Random) -> Script:
    """Numbers that bring nothing, a person who wants others, and a bot that dies around what follows by itself."""
    wants = Part(0, dice.uniform(0.5, 5), ("gets_no_code",))
    deaths = [(dice.uniform(5, TROUBLED), dice.choice(DEATHS)) for _ in range(dice.choice((0, 1, 2, 3)))]
    troubles = tuple(Trouble(place, at, name) for place, (at, name) in enumerate(deaths))
    duties = dice.choice(((), ("stops_buying_for_a_while",), ("stops_buying_for_a_while",)))
    return Script(seed, _given(dice), (wants,), duties, troubles)


def _given(dice: Random) -> Given:
    return Given(
        dialect=dice.choice(("canonical", "variant")),
        settings={
            "billing": dice.choice(("shared", "shared", "prepaid")),
            "markup_percent": dice.choice((0, 0, 20)),
            "max_open_orders": dice.choice((1, 3, 5)),
            "daily_spend": dice.choice((1, 20, 20, 100)),
            "unknowns_before_pause": dice.choice((1, 3, 100)),
            "hidsim_rate_per_second": dice.choice((10, 500)),
        },
        processes=dice.choice((1, 1, 1, 2)),
        credit=dice.choice(("0.3", "2", "20")),
    )


def _part(dice: Random, place: int) -> Part:
    stories = dice.choices((*STORIES, *LIKED), k=dice.choice((1, 2, 2, 3)))
    return Part(place, dice.uniform(0, 10), tuple(stories))


def _troubles(seed: int, dice: Random) -> list[Trouble]:
    """One by turns; some worlds have no other, and some have two kinds again and again."""
    turns = tuple(TURNS)
    kinds = (*KINDS, *DEATHS, *DEATHS, *RICH)
    if dice.random() < 0.2:
        kinds = (dice.choice(kinds), dice.choice(DEATHS))
    count = dice.choice((0, 1, 2, 4, 6, 9, 14))
    first = Trouble(0, dice.uniform(0.5, 6), turns[seed % len(turns)])
    return [first, *(Trouble(place + 1, dice.uniform(0.5, TROUBLED), dice.choice(kinds)) for place in range(count))]
