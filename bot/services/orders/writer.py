"""The only writer of what becomes of an order: state, money, audit, notices and alerts of a step in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import structlog

from bot.db import audit
from bot.db.database import Tx
from bot.db.money import books
from bot.db.orders import orders
from bot.db.telling import notices
from bot.domain.moves import Entry, Moved, Step, Told
from bot.domain.orders import Order
from bot.milestones import reached
from bot.services.telling.alerts import Alerts

_log = structlog.get_logger(__name__)

Hook = Callable[[Moved], None]
"""Hears of every step once it is committed: for what learns and counts. It writes nothing and keeps nobody waiting."""


class Writer:
    """Decides nothing: steps come from `domain/moves.py`."""

    def __init__(self, alerts: Alerts, hooks: Sequence[Hook] = ()) -> None:
        self._alerts = alerts
        self.incidents = alerts.incidents
        self._hooks = tuple(hooks)

    async def carry_out(self, tx: Tx, order: Order, step: Step) -> bool:
        """Writes a step of an order that is still as the caller saw it; False, and nothing is written, if it is not.

        Raises NotEnough for a guarded transfer that a wallet does not cover: the transaction must end with it.
        """
        if step.after != order and not await orders.move(tx, order, step.after):
            return False
        for transfer in step.transfers:
            await books.post(tx, transfer, guarded=step.guarded)
        await self.note(tx, order.id, step.entries)
        await self.tell(tx, order, step.notices)
        for alert in step.alerts:
            await self._alerts.raise_in(tx, alert)
        for kind in step.ends:
            if self.incidents.goes_on(kind) is not False:
                await self.incidents.end(tx, kind)
        reached(f"{step.stage.value}.before-commit")
        tx.after_commit(lambda: self._committed(order, step, tx.now))
        return True

    async def note(self, tx: Tx, order_id: int, entries: Iterable[Entry]) -> None:
        """Lines of the audit about an order: what was done, also where it changed nothing."""
        for one in entries:
            await audit.note(tx, order_id, one)

    async def tell(self, tx: Tx, order: Order, told: Iterable[Told]) -> None:
        """Notices to the order's person, each once for its key."""
        for one in told:
            await notices.add(
                tx,
                one.key,
                order.person_id,
                one.kind,
                order_id=order.id,
                sms_id=one.sms_id,
                detail=one.detail,
            )

    def _committed(self, order: Order, step: Step, now: datetime) -> None:
        reached(f"{step.stage.value}.committed")
        moved = Moved(order.state, step.after, now, step.took)
        for hook in self._hooks:
            try:
                hook(moved)
            except Exception:  # noqa: BLE001 - what only listens must not undo what is done
                _log.exception("a hook failed", order=order.id)
