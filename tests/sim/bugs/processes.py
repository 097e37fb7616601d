"""Bugs of which only a death, a second process or a fault at the wrong moment makes anything."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot.db import processes as process_rows
from bot.db.database import Database, Tx
from bot.db.orders import orders, worklist
from bot.db.telling import cards, notices
from bot.domain.orders import Order
from bot.jobs import clock
from bot.services import processes as services
from bot.services.orders import takeover
from bot.services.orders.closing import Closing
from bot.services.orders.takeover import Takeover
from bot.services.processes import Processes
from bot.services.telling import cards as told_cards
from bot.services.telling import outbox
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug, mutant

mutant("forgets_what_a_dead_process_left", "everything ends", "Whose purchase meets a death never hears of it again.")


@bug("everything ends")
def never_looks_for_dead_processes() -> None:
    """Where two processes serve, the orders of one that dies are asked about by nobody."""

    @wraps(Takeover.look)
    async def looks_away(_self: Takeover) -> None:
        return

    put(Takeover, "look", looks_away)


@bug("doubt has a reason")
def takes_over_from_the_living() -> None:
    """A purchase that another process carries out is called lost."""
    put(takeover, "SILENCE", timedelta(seconds=2))


@bug("everything ends")
def does_not_adopt_the_orders_of_the_dead() -> None:
    """Where two processes serve, a number whose process dies brings no code any more."""

    async def none(*_: Any, **__: Any) -> int:
        return 0

    put(process_rows, "adopt", none)


@bug("nothing is told twice without need")
def works_on_everybodys_orders() -> None:
    """Two processes ask about the same orders, close them twice and call each other's purchases stuck."""
    put(Processes, "owner", property(lambda _self: None))


@bug("nothing is told twice without need")
def no_lease_on_a_notice() -> None:
    """Two processes send the same code."""
    put(notices, "_NO_LEASE_IS_SO_LONG", timedelta(days=-1))


@bug("everything ends")
def a_lease_of_a_notice_never_ends() -> None:
    """A code whose sending was cut off by a fault is never sent again."""
    put(outbox, "_LEASE", _FOR_EVER)
    put(notices, "_NO_LEASE_IS_SO_LONG", 2 * _FOR_EVER)
    put(services, "end_leases", _nothing)
    put(takeover, "end_leases", _nothing)


@bug("everything ends")
def a_lease_of_a_card_never_ends() -> None:
    """A card whose process died while it drew it shows for ever less than is true."""
    put(told_cards, "_LEASE", _FOR_EVER)
    put(cards, "_NO_LEASE_IS_SO_LONG", 2 * _FOR_EVER)
    put(cards, "end_leases", _nothing)


_FOR_EVER = timedelta(days=3_650)


async def _nothing(*_: Any) -> None:
    return


@bug("a close is sent once")
def no_lease_on_a_close() -> None:
    """Two processes close the same number at the same moment. (Whose order it is keeps them from it as well.)"""
    to_close = worklist.to_close

    async def everybodys(tx: Tx, _owner: int | None = None) -> list[tuple[int, datetime | None]]:
        return await to_close(tx)

    async def always(self: Closing, order_id: int) -> Order | None:
        async with self._database.read() as tx:
            return await orders.get(tx, order_id)

    put(worklist, "to_close", everybodys)
    put(Closing, "_lease", always)


@bug("everything ends")
def commits_what_was_to_be_rolled_back() -> None:
    """A purchase that a limit forbids leaves its order behind, with its money set aside for ever."""
    leave = Database._leave

    async def keeps(self: Database, connection: Any, done: Any) -> None:
        begun = connection.sync_connection
        if done is None and begun is not None and begun.get_execution_options().get("writes"):
            with suppress(SQLAlchemyError):
                await connection.commit()
        await leave(self, connection, done)

    put(Database, "_leave", keeps)


@bug("everything ends")
def a_tick_ends_with_its_first_fault() -> None:
    """The database is locked for a second, and from then on no code is asked for."""
    run = clock._Tick.run

    async def unless_it_failed(self: clock._Tick) -> None:
        if not self._failing:
            await run(self)

    put(clock._Tick, "run", unless_it_failed)
