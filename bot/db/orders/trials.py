"""The last numbers of each country for a service, and what came to them."""

from datetime import datetime, timedelta
from itertools import starmap

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, case, or_, select, type_coerce

from bot.db.database import Tx
from bot.db.schema import countries, orders
from bot.domain.orders import OrderState
from bot.domain.results import LONG_ENOUGH, MOST_TRIALS, Trial

_MICROSECOND, _A_SECOND = timedelta(microseconds=1), 1_000_000


def _number(moment: ColumnElement[datetime]) -> ColumnElement[int]:
    """As it is stored: microseconds."""
    return type_coerce(moment, BigInteger)


_NUMBER = orders.alias("number")
_WAITED = _number(_NUMBER.c.finished_at) - _number(_NUMBER.c.number_at)
_TRIED = or_(
    _NUMBER.c.state.in_([OrderState.COMPLETED.value, OrderState.SYSTEM_REFUNDED.value]),
    and_(
        _NUMBER.c.state == OrderState.USER_REFUNDED.value,
        or_(_NUMBER.c.turned_down_at.is_not(None), _WAITED >= LONG_ENOUGH // _MICROSECOND),
    ),
)
_LAST = (
    select(_NUMBER.c.id)
    .where(
        _NUMBER.c.number_at.is_not(None),
        _NUMBER.c.service_id == bindparam("service_id"),
        _NUMBER.c.country_id == countries.c.id,
        _NUMBER.c.country_known,
        _NUMBER.c.finished_at >= bindparam("since"),
        _NUMBER.c.finished_at <= bindparam("now"),
        _TRIED,
    )
    .order_by(_NUMBER.c.finished_at.desc())
    .limit(MOST_TRIALS)
    .correlate(countries)
)
_SECONDS = (_number(orders.c.finished_at) - _number(orders.c.number_at)) // _A_SECOND
_GOT = orders.c.state == OrderState.COMPLETED.value
_TRIALS = select(countries.c.id, orders.c.person_id, case((_GOT, _SECONDS))).join_from(
    countries, orders, orders.c.id.in_(_LAST)
)
"""Some thirty rows a country, however many orders there are: the index holds all that is asked of them."""


async def last(tx: Tx, service_id: int, since: datetime) -> list[Trial]:
    """Numbers that came, and then brought a code, or none although their person waited or the service took them not.

    Not those that were given back at once, or may be of any of several countries, and nothing for which no number came.
    What ended at a time that lies ahead did so before the clock was set back, and doesn't count.
    """
    given = {"service_id": service_id, "since": since, "now": tx.now}
    return list(starmap(Trial, await tx.connection.execute(_TRIALS, given)))
