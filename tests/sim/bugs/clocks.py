"""Bugs that show themselves when somebody sets the machine's clock."""

from datetime import timedelta

from bot.db.orders import orders as order_rows
from bot.db.orders import worklist
from bot.db.schema import notices as notices_table
from bot.db.schema import orders
from bot.db.telling import cards, notices
from bot.domain.orders import Order, OrderState
from bot.jobs.clock import Clock
from bot.services.orders.ages import Ages
from tests.crash.mutants import put
from tests.sim.bugs.registry import bug


@bug("everything ends")
def counts_ages_by_the_wall_clock() -> None:
    """Set back by an hour, nothing that is due by its age is done for an hour."""
    put(Ages, "since", lambda self, _order_id, stored: (self._database.now() - stored).total_seconds())


@bug("everything ends")
def does_not_see_that_the_clock_was_set() -> None:
    """Set back by an hour, no tick runs for an hour: no code, no push, no refund."""
    put(Clock, "_look", lambda self: self._look_again())


@bug("everything ends")
def believes_a_lease_of_any_length() -> None:
    """Set back by an hour, orders stay unasked and notices unsent for that hour."""
    for rows in (worklist, notices, cards):
        put(rows, "_NO_LEASE_IS_SO_LONG", timedelta(days=36_500))


@bug("everything ends")
def a_notice_waits_for_the_clock_that_made_it() -> None:
    """Set back by an hour, a code that was written just before is told an hour later."""
    both = (False, True)
    put(notices, "_DUE", notices_table.c.due_at <= notices._NOW)
    put(notices, "_ANY_DUE", {only: notices._claimable(only_codes=only).limit(1) for only in both})
    put(notices, "_CLAIM", {only: notices._claim(only_codes=only) for only in both})


@bug("everything ends")
def a_release_waits_for_the_clock_that_promised_it() -> None:
    """Set back by a day, the money of a lost purchase comes back a day late."""

    async def promised(tx: order_rows.Tx) -> list[Order]:
        due = (orders.c.state == OrderState.UNCONFIRMED.value, orders.c.release_at <= tx.now)
        rows = await tx.connection.execute(order_rows.selected().where(*due))
        return [order_rows.order_of(row) for row in rows]

    put(worklist, "to_release", promised)
