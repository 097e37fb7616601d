"""Evidence of a lost purchase as its JSON column has it: balances as numbers, times as ISO texts of whole seconds."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Dialect, TypeDecorator
from sqlalchemy.types import JSON

from bot.domain.evidence import Evidence


class EvidenceJson(TypeDecorator[Evidence]):
    """What came after the purchase is left out until it was read. Reads whatever stands there; unreadable is None."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Evidence | None, dialect: Dialect) -> dict[str, int | str | None] | None:
        if value is None:
            return None
        found = {"balance_before": value.balance_before, "read_at": _written(value.read_at)}
        if value.read_after is not None:
            found |= {"balance_after": value.balance_after, "read_after": _written(value.read_after)}
        return found

    def process_result_value(self, value: Any, dialect: Dialect) -> Evidence | None:
        if not isinstance(value, Mapping):
            return None
        return Evidence(
            _balance(value.get("balance_before")),
            _time(value.get("read_at")),
            _balance(value.get("balance_after")),
            _time(value.get("read_after")),
        )


def _balance(stored: object) -> int | None:
    return stored if isinstance(stored, int) else None


def _written(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat(timespec="seconds")


def _time(stored: object) -> datetime | None:
    try:
        return datetime.fromisoformat(stored) if isinstance(stored, str) else None
    except ValueError:
        return None
