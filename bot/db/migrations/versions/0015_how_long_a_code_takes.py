"""orders with a code by their pair and when it came

An index: the previous release runs on it as before.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_INDEX = "ix_orders_completed_of_pair"


def upgrade() -> None:
    few = sa.text("state = 'completed'")
    columns = ["service_id", "country_id", "finished_at"]
    op.create_index(_INDEX, "orders", columns, sqlite_where=few, postgresql_where=few)


def downgrade() -> None:
    op.drop_index(_INDEX, table_name="orders")
