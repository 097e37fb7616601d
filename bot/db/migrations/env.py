"""Alembic's environment: the connection comes from `bot.db.migrate`, which is the only caller."""

from typing import Any

from alembic import context
from bot.db.columns import UtcTime
from bot.db.schema import metadata


def _render(kind: str, item: Any, _context: Any) -> Any:
    """A step must not change its meaning with our code: our column type is written as what it is, an integer."""
    return "sa.BigInteger()" if kind == "type" and isinstance(item, UtcTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
