"""Where Back leads: a button's `via` names the screens behind it, so that Back works on any message of any age.

`h` home · `s3` page 3 of the services · `q7` the results of search 7 · `cp2.s3` page 2 of the countries, cheapest
first, reached from `s3` · `o12` order 12 · `f0` Favorites · `m0` My numbers · `y0` History · `w0` the wallet.
"""

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

HOME = "h"


def services(number: int) -> str:
    return f"s{number}"


def results(search: int) -> str:
    return f"q{search}"


def countries(sort: Sort, number: int, via: str) -> str:
    return f"c{sort.value}{number}.{via}"


def favorites(number: int) -> str:
    return f"f{number}"


def wallet(number: int) -> str:
    return f"w{number}"


def order(order_id: int) -> str:
    return f"o{order_id}"


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
        return ToCountries(service=service, sort=Sort(rest[:1]), number=int(place), via=behind or HOME)
    if kind == HOME:
        return ToHome()
    number = int(rest)
    match kind:
        case "s":
            return ToServices(number=number)
        case "q":
            return ToResults(search=number)
        case "o":
            return ToOrder(order=number)
        case "f":
            return ToFavorites(number=number)
        case "m":
            return ToMine(number=number)
        case "y":
            return ToHistory(number=number)
        case "w":
            return ToWallet(number=number)
        case _:
            return ToHome()
