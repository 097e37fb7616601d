"""What a deliberate bug is, and the list of all of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.crash import mutants

Plant = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Bug:
    """`harm`: what a person or the books would suffer. `where`: how a line of the law begins that is to see it."""

    harm: str
    where: str
    plant: Plant = field(repr=False)


BUGS: dict[str, Bug] = {}
"""By name, in the order of their subjects."""


def bug(where: str) -> Callable[[Plant], Plant]:
    """Registers a bug under its function's name; its docstring is the harm."""

    def known(plant: Plant) -> Plant:
        BUGS[plant.__name__] = Bug(" ".join((plant.__doc__ or "").split()), where, plant)
        return plant

    return known


def mutant(name: str, where: str, harm: str) -> None:
    """Registers one that the kills know, too. Raises KeyError for a name that is gone."""
    BUGS[name] = Bug(harm, where, mutants.MUTANTS[name])
