"""When a tick need not look: nothing was there, and nothing was written since."""

from bot.db.database import Database
from bot.services.processes import Processes

_LOOKED_ANYWAY = 20
"""After so many looks that were left out, one is not: whoever wrote past all doors is found all the same."""


class Quiet:
    """Follows a table. Where other processes may write to it, there is no quiet."""

    def __init__(self, database: Database, processes: Processes, table: str) -> None:
        self._processes = processes
        self._written = 0
        self._empty_at = -1
        self._left_out = 0
        database.follow(table, self._heard)

    def _heard(self) -> None:
        self._written += 1

    @property
    def empty(self) -> bool:
        """Nothing was there at the last look, and nothing was written since."""
        return self._processes.alone and self._empty_at == self._written

    def rests(self) -> bool:
        """Whether this look can be left out."""
        if not self._processes.alone or self._empty_at != self._written or self._left_out >= _LOOKED_ANYWAY:
            return False
        self._left_out += 1
        return True

    def begin(self) -> int:
        """Before a look: what had been written by then."""
        return self._written

    def found_nothing(self, begun: int) -> None:
        """In a look that began then; what was written since it may not have seen."""
        self._empty_at = begun
        self._left_out = 0
