"""when a watch was looked at last, and indexes for those that look

The previous release knows no watches. A row of before, which has no such time, is looked at first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_watches_by_look", "looked_at", "ended_at IS NULL"),
    ("ix_watches_by_end", "expires_at", "ended_at IS NULL"),
    ("ix_watches_ended", "ended_at", "ended_at IS NOT NULL"),
)


def upgrade() -> None:
    op.add_column("watches", sa.Column("looked_at", sa.BigInteger()))
    op.create_index("ix_watches_person_id", "watches", ["person_id"])
    for name, field, where in _INDEXES:
        few = sa.text(where)
        op.create_index(name, "watches", [field], sqlite_where=few, postgresql_where=few)


def downgrade() -> None:
    for name, _, _ in _INDEXES:
        op.drop_index(name, table_name="watches")
    op.drop_index("ix_watches_person_id", table_name="watches")
    with op.batch_alter_table("watches") as batch:
        batch.drop_column("looked_at")
