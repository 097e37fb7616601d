"""What columns and tables are made of: times, ids, indexes of few rows, names of constraints."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Dialect, Index, Integer, MetaData, String, TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime as integer microseconds: the same order and the same arithmetic on every engine."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else (value - _EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else _EPOCH + timedelta(microseconds=value)


class IdList(TypeDecorator[tuple[int, ...]]):
    """A few ids of our own in their order, with commas; none of them is no text at all."""

    impl = String(128)
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str | None:
        return ",".join(str(one) for one in value) if value else None

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...]:
        return tuple(int(one) for one in value.split(",")) if value else ()


def partial(name: str, *columns: str, where: ColumnElement[bool], unique: bool = False) -> Index:
    """An index of the few rows that somebody still looks for, however many are done with."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


Id = BigInteger().with_variant(Integer, "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)
