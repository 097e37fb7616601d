"""A service in a country on a button, with what its person wants to pay there."""

from bot.domain.catalog import Favorite
from bot.i18n import Translator, clean
from bot.screens.flags import flagged

ROOM = 34
"""Characters of a label that fit into a row of a phone."""
_SHORTEST_NAME = 8


def pair_label(favorite: Favorite, currency: str, t: Translator, room: int = ROOM) -> str:
    country = flagged(favorite.country.code, favorite.country.label)
    price = t.price(favorite.high, currency)
    # NOTE: a service, the flag of a country, and the most that one wants to pay there
    rest = t.plain("{service} {country} · up to {price}", service="", country=country, price=price)
    name = clean(favorite.service.name, max(_SHORTEST_NAME, room - len(rest)))
    return t.plain("{service} {country} · up to {price}", service=name, country=country, price=price)
