"""every id under which an operation is known"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "operation_ids",
        sa.Column("alias", sa.String(length=128), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_operation_ids_order_id")),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_operation_ids")),
    )
    op.create_index("ix_operation_ids_order_id", "operation_ids", ["order_id"], unique=False)
    op.execute(
        "INSERT OR IGNORE INTO operation_ids (alias, order_id) "
        "SELECT lower(operation_id), id FROM orders WHERE operation_id IS NOT NULL ORDER BY id"
    )


def downgrade() -> None:
    op.drop_index("ix_operation_ids_order_id", table_name="operation_ids")
    op.drop_table("operation_ids")
