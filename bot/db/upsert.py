"""INSERT … ON CONFLICT, which SQLAlchemy has for each engine apart: statements are built without naming one."""

from sqlalchemy.dialects.sqlite import insert as upsert

__all__ = ["upsert"]
