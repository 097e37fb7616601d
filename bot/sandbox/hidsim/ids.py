"""Ids in Mongo's shape (24 hex digits) that can be read back, so that nothing has to be remembered for them."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

_OBJECT_ID = re.compile(r"[0-9a-fA-F]{24}")
_SHORT_ID = re.compile(r"[0-9]{1,12}")


def is_object_id(text: str) -> bool:
    return _OBJECT_ID.fullmatch(text) is not None


def is_short_id(text: str) -> bool:
    return _SHORT_ID.fullmatch(text) is not None


@dataclass(frozen=True)
class ObjectIds:
    """One collection's ids: 16 digits that name the collection, then the short id in 8."""

    prefix: str

    @classmethod
    def of(cls, collection: str, seed: int) -> "ObjectIds":
        return cls(hashlib.sha256(f"{seed}:{collection}".encode()).hexdigest()[:16])

    @classmethod
    def since(cls, collection: str, seed: int, started: datetime) -> "ObjectIds":
        """For what is created while the sandbox runs: a later run must not hand out the ids of an earlier one."""
        digest = hashlib.sha256(f"{seed}:{collection}:{started.timestamp()}".encode()).hexdigest()
        return cls(f"{int(started.timestamp()) & 0xFFFFFFFF:08x}{digest[:8]}")

    def make(self, short_id: int) -> str:
        return f"{self.prefix}{short_id:08x}"

    def short_id(self, object_id: str) -> int | None:
        """None for an id of another collection."""
        lowered = object_id.lower()
        return int(lowered[16:], 16) if lowered.startswith(self.prefix) else None

    def from_path(self, text: str) -> int | None:
        """A path parameter takes `_id` or the short id (contract); None for what is neither or is another's."""
        if is_object_id(text):
            return self.short_id(text)
        return int(text) if is_short_id(text) else None
