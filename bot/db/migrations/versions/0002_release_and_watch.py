"""when a hold comes back, and a further SMS"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("orders") as batch_op:
        batch_op.add_column(sa.Column("release_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("watched_until", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_orders_watched_until", ["watched_until"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_index("ix_orders_watched_until")
        batch_op.drop_column("watched_until")
        batch_op.drop_column("release_at")
