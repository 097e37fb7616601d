"""Which pieces of a seed's script are played, and how that is written: `PEOPLE=0,2.1 DUTIES=- TROUBLES=3`.

A piece keeps the place that it has in the whole script, so that its dice stay what they were.
"""

from dataclasses import dataclass, replace

from tests.sim.script import Script

NOTHING = "-"
Wish = tuple[int, int]
"""Somebody's place, and which of their stories."""


@dataclass(frozen=True, slots=True)
class Choice:
    wishes: tuple[Wish, ...]
    duties: tuple[int, ...]
    troubles: tuple[int, ...]

    def of(self, script: Script) -> Script:
        """Who has no wish left is not there at all."""
        parts = (
            replace(part, stories=tuple(one for at, one in enumerate(part.stories) if (part.place, at) in self.wishes))
            for part in script.people
        )
        return replace(
            script,
            people=tuple(part for part in parts if part.stories),
            duties=tuple(one for at, one in enumerate(script.duties) if at in self.duties),
            troubles=tuple(one for one in script.troubles if one.place in self.troubles),
        )

    def words(self, script: Script) -> str:
        """As arguments of `make sim`, without what is whole."""
        whole = everything(script)
        said = {
            "PEOPLE": "" if self.wishes == whole.wishes else ",".join(_people(script, self.wishes)) or NOTHING,
            "DUTIES": "" if self.duties == whole.duties else _listed(self.duties),
            "TROUBLES": "" if self.troubles == whole.troubles else _listed(self.troubles),
        }
        return " ".join([f"SEED={script.seed}", *(f"{name}={text}" for name, text in said.items() if text)])


def everything(script: Script) -> Choice:
    return Choice(
        tuple((part.place, at) for part in script.people for at in range(len(part.stories))),
        tuple(range(len(script.duties))),
        tuple(one.place for one in script.troubles),
    )


def chosen(script: Script, people: str | None, duties: str | None, troubles: str | None) -> Choice:
    """None: all of them. Raises ValueError for what the script does not have."""
    whole = everything(script)
    return Choice(
        whole.wishes if people is None else _picked(whole.wishes, people),
        whole.duties if duties is None else tuple(_named(whole.duties, one) for one in _split(duties)),
        whole.troubles if troubles is None else tuple(_named(whole.troubles, one) for one in _split(troubles)),
    )


def _split(text: str) -> list[str]:
    return [one for one in text.split(",") if one and one != NOTHING]


def _named(places: tuple[int, ...], text: str) -> int:
    if int(text) not in places:
        raise ValueError(f"there is no {text}, only {_listed(places)}")
    return int(text)


def _picked(wishes: tuple[Wish, ...], text: str) -> tuple[Wish, ...]:
    """`2`: all that somebody wants; `2.1`: the second of it."""
    picked = set[Wish]()
    for one in _split(text):
        place, _, story = one.partition(".")
        found = {wish for wish in wishes if wish[0] == int(place) and (not story or wish[1] == int(story))}
        if not found:
            raise ValueError(f"there is no {one}, only {', '.join(f'{place}.{at}' for place, at in wishes)}")
        picked |= found
    return tuple(sorted(picked))


def _people(script: Script, wishes: tuple[Wish, ...]) -> list[str]:
    named = list[str]()
    for part in script.people:
        own = [at for place, at in wishes if place == part.place]
        named += [str(part.place)] if len(own) == len(part.stories) else [f"{part.place}.{at}" for at in own]
    return named


def _listed(places: tuple[int, ...]) -> str:
    return ",".join(map(str, places)) or NOTHING
