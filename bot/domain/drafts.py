"""Several countries for one order, as a person ticks them: a draft holds their ids in the order of the ticks."""

from base64 import urlsafe_b64encode
from collections.abc import Collection
from datetime import timedelta
from hashlib import sha256

from bot.domain.refusals import Reason, Refusal

MOST = 10
"""Countries of one order."""
KEPT = timedelta(days=1)
"""How long a draft stands after its first tick."""


def ticked(countries: tuple[int, ...], country_id: int) -> tuple[int, ...]:
    """With this country too. One that is ticked already stays where it is. Raises Refusal for one too many."""
    if country_id in countries:
        return countries
    if len(countries) >= MOST:
        raise Refusal(Reason.TOO_MANY_COUNTRIES, limit=MOST)
    return (*countries, country_id)


def unticked(countries: tuple[int, ...], country_id: int) -> tuple[int, ...]:
    """Without this country, whether it was ticked or not."""
    return tuple(one for one in countries if one != country_id)


def mark_of(countries: Collection[int]) -> str:
    """Four letters that tell a set of countries apart from what a draft has become since, in whatever order."""
    told = ",".join(str(one) for one in sorted(countries))
    return urlsafe_b64encode(sha256(told.encode()).digest()).decode()[:4]
