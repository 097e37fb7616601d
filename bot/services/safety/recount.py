"""Adds up all transfers, bit by bit, and compares every account with its sum: a year of them is a million rows.

What was added up stays in memory. Each call adds what came since, compares every account, and goes over a part of the
old transfers again, so that one changed long after the fact is found too, within the hour. Nobody else waits for it
for longer than one slice takes.
"""

from collections.abc import Mapping

from bot.db.database import Database, Tx
from bot.db.money import books
from bot.domain.ledger import Account

_SLICE = 1_000
"""Transfers, or accounts, that are looked at while others wait."""
_SLICES_AGAIN = 30


class _Sums:
    """By account, of the transfers with an id up to `upto`."""

    def __init__(self) -> None:
        self.amounts: dict[Account, int] = {}
        self.upto = 0

    def add(self, amounts: Mapping[Account, int], upto: int) -> None:
        for name, amount in amounts.items():
            self.amounts[name] = self.amounts.get(name, 0) + amount
        self.upto = upto


class Recount:
    """Of one process. Starts from nothing, so that a restart trusts nothing either; the first call takes all slices."""

    def __init__(self, database: Database, a_slice: int = _SLICE, slices_again: int = _SLICES_AGAIN) -> None:
        self._database = database
        self._slice = a_slice
        self._slices_again = slices_again
        self._known: _Sums | None = None
        self._again = _Sums()

    async def differences(self) -> dict[Account, int]:
        """Accounts whose balance is not the sum of their transfers, with the difference. Raises DatabaseFault."""
        known = await self._all()
        found, seen, after = dict[Account, int](), set[Account](), Account("")
        while True:
            async with self._database.read() as tx:
                await self._catch_up(tx, known)
                page = await books.accounts_after(tx, after, self._slice)
            if not page:
                break
            after = max(page)
            seen.update(page)
            found |= _apart(page, known)
        async with self._database.read() as tx:
            await self._catch_up(tx, known)
            unseen = [name for name, amount in known.amounts.items() if amount and name not in seen][: self._slice]
            held = await books.balances_of(tx, unseen)
        return found | _apart(dict.fromkeys(unseen, 0) | held, known)

    async def _all(self) -> _Sums:
        """Every transfer, some of them added up anew."""
        left = self._slices_again
        while True:
            async with self._database.read() as tx:
                last = await books.last_transfer(tx)
                if self._known is not None and last < self._known.upto:
                    self._known, self._again = None, _Sums()  # transfers are gone: nothing is known any more
                await self._catch_up(tx, self._again, self._slice)
            left -= 1
            if self._again.upto >= last:
                self._known, self._again = self._again, _Sums()
                return self._known
            if self._known is not None and left <= 0:
                return self._known

    async def _catch_up(self, tx: Tx, sums: _Sums, most: int | None = None) -> None:
        last = await books.last_transfer(tx)
        if most is not None:
            last = min(last, sums.upto + most)
        if last > sums.upto:
            sums.add(await books.sums(tx, sums.upto + 1, last), last)


def _apart(balances: Mapping[Account, int], sums: _Sums) -> dict[Account, int]:
    return {name: off for name, amount in balances.items() if (off := amount - sums.amounts.get(name, 0))}
