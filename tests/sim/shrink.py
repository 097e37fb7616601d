"""Less and less of a red seed, as long as one of the laws that it broke is still broken."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tests.sim.choice import Choice

RUNS = 40
SECONDS = 180.0
"""Of ours, in which a last run is begun."""
Broken = Callable[[Choice], frozenset[str]]
"""Plays so much of a seed, and says which laws it breaks."""


def laws(wrong: list[str]) -> frozenset[str]:
    """Without what each line says of the place."""
    return frozenset(line.partition(":")[0] for line in wrong)


@dataclass(slots=True)
class Shrunk:
    choice: Choice
    runs: int = 0


def shrink(choice: Choice, broken: frozenset[str], play: Broken, clock: Callable[[], float]) -> Shrunk:
    """The last that was seen to break one of the laws `broken`, which `choice` itself does; not the least there is."""
    ends, found, tried = clock() + SECONDS, Shrunk(choice), {choice}
    while found.runs < RUNS and clock() < ends:
        less = next((one for one in smaller(found.choice) if one not in tried), None)
        if less is None:
            break
        tried.add(less)
        found.runs += 1
        if play(less) & broken:
            found.choice = less
    return found


def smaller(choice: Choice) -> Iterator[Choice]:
    """Every way to leave out something, the greatest first."""
    if choice.duties:
        yield replace(choice, duties=())
    for kept in _without_a_run(choice.troubles):
        yield replace(choice, troubles=kept)
    for person in dict.fromkeys(place for place, _ in choice.wishes):
        yield replace(choice, wishes=tuple(wish for wish in choice.wishes if wish[0] != person))
    for duty in choice.duties:
        yield replace(choice, duties=tuple(one for one in choice.duties if one != duty))
    for wish in choice.wishes:
        yield replace(choice, wishes=tuple(one for one in choice.wishes if one != wish))


def _without_a_run(places: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """Without all, without each half, without each quarter, and so on to each alone."""
    size = len(places)
    while size:
        for begin in range(0, len(places), size):
            yield places[:begin] + places[begin + size :]
        size //= 2
