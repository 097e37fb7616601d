"""INSERT … ON CONFLICT, which SQLAlchemy has for each engine apart: no other module names an engine."""

from sqlalchemy.dialects.sqlite import insert as upsert

__all__ = ["upsert"]
