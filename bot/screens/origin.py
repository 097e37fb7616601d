"""Where Back leads: a button's `via` names the screens behind it, so that Back works on any message of any age.

`h` home · `s3` page 3 of the services · `q7` the results of search 7 · `cp2.s3` page 2 of the countries, cheapest
first, reached from `s3` · `cp2x17.s3` the same page of listing 17 · `kp2x17.s3` the same with ticks · `o12` order 12 ·
`o12.y3` the same, opened from `y3` · `f0` Favorites · `g0` Favorites, to share one · `v0` Watches · `m0` My numbers ·
`y3` page 3 of History · `y3.c.2s.7.0451` the same, narrowed down to outcome, service, label (in base 36) and last
digits · `w0` the wallet · `x` the message, which stays.
"""

from collections.abc import Callable, Mapping

from aiogram.filters.callback_data import CallbackData

from bot.domain.catalog import Sort
from bot.domain.history import Sought
from bot.domain.outcomes import Outcome
from bot.screens.callbacks import (
    ToCountries,
    ToFavorites,
    ToHistory,
    ToHome,
    ToMine,
    ToOrder,
    ToResults,
    ToServices,
    ToWallet,
)
from bot.screens.callbacks_of_drafts import ToTicks
from bot.screens.callbacks_of_sharing import ToSharing
from bot.screens.callbacks_of_watches import ToWatches

HOME = "h"
LONGEST = 32
"""Characters of a `via`."""
STAYS = "x"
"""On a message that brought an SMS: nothing is drawn over it."""
_LISTS: Mapping[str, Callable[..., CallbackData]] = {
    "s": ToServices,
    "f": ToFavorites,
    "g": ToSharing,
    "v": ToWatches,
    "m": ToMine,
    "w": ToWallet,
}
"""What has pages and nothing else."""


def services(number: int) -> str:
    return f"s{number}"


def results(search: int) -> str:
    return f"q{search}"


def countries(sort: Sort, number: int, via: str, listing: int | None = None) -> str:
    """What has no room for all that is behind it leads home from there."""
    return _list("c", sort, number, via, listing)


def ticks(sort: Sort, number: int, via: str, listing: int | None = None) -> str:
    """The same countries, where they are ticked."""
    return _list("k", sort, number, via, listing)


def _list(kind: str, sort: Sort, number: int, via: str, listing: int | None) -> str:
    here = f"{kind}{sort.value}{number}{f'x{listing}' if listing else ''}"
    return f"{here}.{via if len(here) + 1 + len(via) <= LONGEST else HOME}"


def favorites(number: int) -> str:
    return f"f{number}"


def sharing(number: int) -> str:
    return f"g{number}"


def watches(number: int) -> str:
    return f"v{number}"


def order(order_id: int, via: str | None = None) -> str:
    """`via`: the list from which this order was opened; where all of it has no room, its beginning."""
    here = f"o{order_id}"
    if via is None:
        return here
    return f"{here}.{via if len(here) + 1 + len(via) <= LONGEST else via.partition('.')[0]}"


def mine(number: int) -> str:
    return f"m{number}"


def history(number: int, sought: Sought) -> str:
    """What has no room is left out: then Back leads to all orders."""
    if not sought:
        return f"y{number}"
    outcome = _LETTERS[sought.outcome] if sought.outcome is not None else ""
    here = f"y{number}.{outcome}.{_short(sought.service)}.{_short(sought.label)}.{sought.digits}"
    return here if len(here) <= LONGEST else f"y{number}"


def wallet(number: int) -> str:
    return f"w{number}"


_LETTERS = {
    Outcome.CODE: "c",
    Outcome.SMS: "s",
    Outcome.NO_NUMBER: "n",
    Outcome.NO_CODE: "e",
    Outcome.CLOSED: "x",
    Outcome.REFUSED: "r",
    Outcome.UNCONFIRMED: "u",
    Outcome.IN_PROGRESS: "p",
}
_OUTCOMES = {letter: outcome for outcome, letter in _LETTERS.items()}


def _short(id_: int | None) -> str:
    """In base 36."""
    if id_ is None:
        return ""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    return (_short(id_ // 36) if id_ >= 36 else "") + digits[id_ % 36]


def _history(rest: str) -> ToHistory:
    number, *parts = rest.split(".")
    if not parts:
        return ToHistory(number=int(number))
    outcome, service, label, digits = parts
    return ToHistory(
        number=int(number),
        outcome=_OUTCOMES.get(outcome),
        service=int(service, 36) if service else None,
        label=int(label, 36) if label else None,
        digits=digits or None,
    )


def back(via: str, service: int) -> CallbackData:
    """The callback of a Back button. Anything unreadable leads home."""
    try:
        return _read(via, service)
    except ValueError:
        return ToHome()


def _read(via: str, service: int) -> CallbackData:
    kind, rest = via[:1], via[1:]
    if kind in ("c", "k"):
        place, _, behind = rest[1:].partition(".")
        number, _, listing = place.partition("x")
        listed = ToCountries if kind == "c" else ToTicks
        return listed(
            service=service,
            sort=Sort(rest[:1]),
            number=int(number),
            via=behind or HOME,
            listing=int(listing) if listing else None,
        )
    if kind == HOME:
        return ToHome()
    if kind == "o":
        place, _, behind = rest.partition(".")
        return ToOrder(order=int(place), via=behind or None)
    if kind == "y":
        return _history(rest)
    if kind == "q":
        return ToResults(search=int(rest))
    return _LISTS[kind](number=int(rest)) if kind in _LISTS else ToHome()
