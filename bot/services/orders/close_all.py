"""Closing all that a person has in progress: each at once if HidSim lets us, else as soon as it is allowed."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack

from bot.db.database import Database, Tx
from bot.db.orders import orders, sequels
from bot.db.orders import sms as sms_rows
from bot.domain.orders import CLOSABLE, Order
from bot.domain.refusals import Reason, Refusal
from bot.facts.orders import ClosedAll, ToClose
from bot.services.money.wallet import Wallet
from bot.services.orders.closing import Closing
from bot.services.orders.recorder import Recorder

_MOST = 1_000
_AT_ONCE = 10
"""So many are tried while their person waits; the others by the tick of `Closing`."""
_PATIENCE = 4.0
"""Seconds after which no further one is tried for the tap."""


class CloseAll:
    """The wish is written for all of them first, so that nothing is forgotten whatever ends this process."""

    def __init__(
        self,
        database: Database,
        wallet: Wallet,
        closing: Closing,
        recorder: Recorder,
        elapsed: Callable[[], float],
    ) -> None:
        """`elapsed`: monotonic seconds."""
        self._database = database
        self._wallet = wallet
        self._closing = closing
        self._recorder = recorder
        self._elapsed = elapsed

    async def facts(self, person_id: int) -> ToClose:
        """What it would mean. Reads only."""
        async with self._database.read() as tx:
            found = await _closable(tx, person_id)
        return ToClose(tuple(found), sum(order.held for order in found))

    async def close(self, person_id: int, newest: int) -> ClosedAll:
        """Of the orders up to this id, which are what the person was asked about, and of what followed these since.

        Nothing more follows by itself, neither what has just ended. Again it finds less. One after the other: no more
        than one close of this tap is on its way. Raises Refusal for a person who may close nothing.
        """
        async with self._database.write() as tx:
            found = [one for one in await _closable(tx, person_id) if await _is_asked_about(tx, one, newest)]
            if found and not (await self._wallet.limits_of(tx, person_id)).closes_an_hour:
                raise Refusal(Reason.TOO_MANY_CLOSES, count=0)
            await orders.wish_all_closed(tx, [order.id for order in found])
            for order_id in await sequels.awaited(tx, person_id):
                await sequels.take(tx, order_id)
        await self._try(found[:_AT_ONCE])
        return await self._as_they_stand([order.id for order in found])

    async def _try(self, found: Sequence[Order]) -> None:
        """What ends meanwhile is told by the screen that answers the tap."""
        begun = self._elapsed()
        with ExitStack() as told:
            for order in found:
                told.enter_context(self._recorder.told_by_tap(order.id))
            for order in found:
                if self._elapsed() - begun < _PATIENCE:
                    await self._closing.close_if_wanted(order.id)

    async def _as_they_stand(self, ids: Sequence[int]) -> ClosedAll:
        async with self._database.read() as tx:
            cards = await orders.cards_of(tx, ids)
            with_code = await sms_rows.with_code(tx, ids)
        return ClosedAll(tuple(cards[one].order for one in ids if one in cards), with_code)


async def _closable(tx: Tx, person_id: int) -> list[Order]:
    found = await orders.of_person(tx, person_id, in_progress=True, limit=_MOST)
    return [order for order in found if order.state in CLOSABLE]


async def _is_asked_about(tx: Tx, order: Order, newest: int) -> bool:
    return order.id <= newest or (order.replaces is not None and await sequels.begins_until(tx, order.id, newest))
