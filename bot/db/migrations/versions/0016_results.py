"""what numbers of a country have brought for a service is found by an index"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_NAME = "ix_orders_tried"
_FIELDS = ["service_id", "country_id", "finished_at", "state", "number_at", "turned_down_at", "person_id"]


def upgrade() -> None:
    came = sa.text("number_at IS NOT NULL")
    op.create_index(_NAME, "orders", _FIELDS, sqlite_where=came, postgresql_where=came)


def downgrade() -> None:
    op.drop_index(_NAME, table_name="orders")
