"""What can be wrong with the database, by its own names, for everybody above who has to go on without it."""

from typing import Self


class DatabaseFault(Exception):
    """What every use of the database raises when it can't be used: the disk is full or hangs, the file is locked.

    Its text names the cause and holds no value that was to be written. `orig`: what the driver or the system raised.
    """

    def __init__(self, said: str, orig: Exception | None = None) -> None:
        super().__init__(said)
        self.orig = orig

    @classmethod
    def of(cls, error: Exception) -> Self:
        """`error`: what was raised, perhaps around what the driver raised."""
        inner = getattr(error, "orig", None)
        orig = inner if isinstance(inner, Exception) else error
        return cls(f"{type(orig).__name__}: {orig}", orig)


class DatabaseBusy(DatabaseFault):
    """The connection was not free in time: a disk that hangs, or a transaction that never ends, has it."""


class DatabaseConflict(DatabaseFault):
    """A fault that waiting does not mend: the row contradicts another one."""
