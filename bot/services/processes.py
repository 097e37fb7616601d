"""This process as others on the same database know it: its id, its sign of life, and whether it may judge theirs."""

from collections.abc import Callable, Collection
from datetime import timedelta

import structlog

from bot.db import processes
from bot.db.database import Database, Tx
from bot.db.telling import cards, notices
from bot.faults import DatabaseFault
from bot.ticks import every

_log = structlog.get_logger(__name__)

SILENCE = timedelta(seconds=15)
"""A process that gave no sign of life for so long is dead. One is given every 5 s."""
_REGULAR = timedelta(seconds=9)
"""Longest time between two signs of a process that neither slept, nor was kept from writing, nor had its clock set."""


class Processes:
    """Whose work is whose. What dead ones left is taken over by `Takeover`.

    `called_dead`: how often others took over what was ours while we were silent.

    `alone`: the lock on the file proves that no other process works on it. Then every order is ours, whatever it names.
    `process_id`: drawn at random, so that no two processes ever share one. `elapsed`: monotonic seconds.
    """

    def __init__(
        self,
        database: Database,
        process_id: int,
        elapsed: Callable[[], float],
        *,
        alone: bool,
    ) -> None:
        self._database = database
        self._elapsed = elapsed
        self.id = process_id
        self.alone = alone
        self._begun = False
        self.called_dead = 0
        self._last_beat = database.now(), elapsed()
        self._regular_since = elapsed()

    @property
    def owner(self) -> int | None:
        """Whose orders this process works on: its own, or all (None) when it is alone."""
        return None if self.alone else self.id

    @every(5, "sign of life")
    async def sign_if_seen(self) -> None:
        """Nobody looks for a sign of who is alone: the lock is one. Raises DatabaseFault."""
        if not self.alone:
            await self.beat()

    async def beat(self) -> None:
        """Raises DatabaseFault."""
        async with self._database.write() as tx:
            await self.sign(tx)
        if not self._is_regular():
            self._regular_since = self._elapsed()
        self._last_beat = self._database.now(), self._elapsed()

    async def sign(self, tx: Tx) -> int:
        """A sign of life inside the transaction that gives this process an order; the id that the order names.

        Who was called dead while it slept is on the list again with it. What others took meanwhile names them.
        """
        known, self._begun = self._begun, True
        if not await processes.beat(tx, self.id) and known:
            self.called_dead += 1
            _log.warning("this process was silent for so long that others called it dead")
        return self.id

    def may_judge(self) -> bool:
        """Whether the silence of others says anything: not until our own signs came regularly for as long.

        Else who slept, who could not write, or whose machine's clock was set would call everybody dead.
        """
        regular_for = self._elapsed() - self._regular_since
        return not self.alone and self._is_regular() and regular_for >= SILENCE.total_seconds()

    def _is_regular(self) -> bool:
        at, elapsed = self._last_beat
        longest = _REGULAR.total_seconds()
        return timedelta(0) <= self._database.now() - at <= _REGULAR and self._elapsed() - elapsed <= longest

    async def end(self) -> None:
        """A clean end: nobody waits for this process, and what it held is free."""
        if not self._begun:
            return
        try:
            async with self._database.write() as tx:
                await processes.end(tx, self.id)
                await end_leases(tx, [self.id])
        except DatabaseFault as error:
            _log.warning("the end of this process could not be written", error=type(error).__name__)


async def end_leases(tx: Tx, holders: Collection[int] | None) -> None:
    """Of processes that are gone (None: whoever held them is): pushes and cards need not wait for them."""
    await notices.end_leases(tx, holders)
    await cards.end_leases(tx, holders)
