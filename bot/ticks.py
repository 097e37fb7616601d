"""Work that is done again and again: declared where it stands, in one line, and found by whoever winds the clock."""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

Work = TypeVar("Work", bound=Callable[..., Awaitable[object]])
_MARK = "_every"


@dataclass(frozen=True, slots=True)
class Tick:
    """`seconds` from one time to the next. A time that is due while the work still runs is left out."""

    name: str
    seconds: float
    work: Callable[[], Awaitable[object]]


def every(seconds: float, name: str) -> Callable[[Work], Work]:
    """Declares a method without arguments as a tick. Names are for the log and for tests that are in a hurry."""

    def declared(work: Work) -> Work:
        setattr(work, _MARK, (name, seconds))
        return work

    return declared


def ticks_of(owners: Iterable[object]) -> Iterator[Tick]:
    """Every tick that these objects' classes declare. Raises ValueError for a name that stands twice."""
    known: set[str] = set()
    for owner in owners:
        for _, method in inspect.getmembers(type(owner), lambda found: hasattr(found, _MARK)):
            name, seconds = getattr(method, _MARK)
            if name in known:
                raise ValueError(f"two ticks are called {name}")
            known.add(name)
            work: Any = method.__get__(owner)
            yield Tick(name, seconds, work)
