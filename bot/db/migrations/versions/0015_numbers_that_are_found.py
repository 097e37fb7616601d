"""orders by the last digits of their numbers

The previous release writes the index with every number and never looks at it.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_orders_person_id_number", "orders", ["person_id", "number"])


def downgrade() -> None:
    op.drop_index("ix_orders_person_id_number", table_name="orders")
