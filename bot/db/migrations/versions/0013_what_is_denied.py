"""by which entry a service or country was denied, and orders by when they ended

The previous release sells what its settings say, which deny nothing. It knows none of this and needs none.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_DENIED = ("services", "countries")


def upgrade() -> None:
    for table in _DENIED:
        op.add_column(table, sa.Column("denied_by", sa.Text()))
        few = sa.text("denied_by IS NOT NULL")
        op.create_index(f"ix_{table}_denied", table, ["id"], sqlite_where=few, postgresql_where=few)
    op.create_index("ix_orders_state_finished_at", "orders", ["state", "finished_at"])


def downgrade() -> None:
    op.drop_index("ix_orders_state_finished_at", table_name="orders")
    for table in _DENIED:
        op.drop_index(f"ix_{table}_denied", table_name=table)
        with op.batch_alter_table(table) as batch:
            batch.drop_column("denied_by")
