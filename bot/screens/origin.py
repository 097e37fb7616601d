"""Where Back leads: a button's `via` names the screens behind it, so that Back works on any message of any age.

`h` home · `s3` page 3 of the services · `q7` the results of search 7 · `cp2.s3` page 2 of the countries, cheapest
first, reached from `s3` · `cp2x17.s3` the same page of listing 17 · `o12` order 12 · `o12.y3` the same, opened from
`y3` · `f0` Favorites · `v0` Watches · `m0` My numbers · `y3` page 3 of History · `w0` the wallet · `x` the message,
which stays.
"""

from collections.abc import Callable, Mapping

from aiogram.filters.callback_data import CallbackData

from bot.domain.catalog import Sort
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
from bot.screens.callbacks_of_watches import ToWatches

HOME = "h"
LONGEST = 32
"""Characters of a `via`."""
STAYS = "x"
"""On a message that brought an SMS: nothing is drawn over it."""
_LISTS: Mapping[str, Callable[..., CallbackData]] = {
    "s": ToServices,
    "f": ToFavorites,
    "v": ToWatches,
    "m": ToMine,
    "y": ToHistory,
    "w": ToWallet,
}
"""What has pages and nothing else."""


def services(number: int) -> str:
    return f"s{number}"


def results(search: int) -> str:
    return f"q{search}"


def countries(sort: Sort, number: int, via: str, listing: int | None = None) -> str:
    """What has no room for all that is behind it leads home from there."""
    here = f"c{sort.value}{number}{f'x{listing}' if listing else ''}"
    return f"{here}.{via if len(here) + 1 + len(via) <= LONGEST else HOME}"


def favorites(number: int) -> str:
    return f"f{number}"


def watches(number: int) -> str:
    return f"v{number}"


def order(order_id: int, via: str | None = None) -> str:
    """`via`: the list from which this order was opened."""
    return f"o{order_id}" if via is None else f"o{order_id}.{via}"


def mine(number: int) -> str:
    return f"m{number}"


def history(number: int) -> str:
    return f"y{number}"


def wallet(number: int) -> str:
    return f"w{number}"


def back(via: str, service: int) -> CallbackData:
    """The callback of a Back button. Anything unreadable leads home."""
    try:
        return _read(via, service)
    except ValueError:
        return ToHome()


def _read(via: str, service: int) -> CallbackData:
    kind, rest = via[:1], via[1:]
    if kind == "c":
        place, _, behind = rest[1:].partition(".")
        number, _, listing = place.partition("x")
        return ToCountries(
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
    if kind == "q":
        return ToResults(search=int(rest))
    return _LISTS[kind](number=int(rest)) if kind in _LISTS else ToHome()
