"""who asked within an hour, open invitations, and who used which, are found without a look at all others"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_entry_requests_asked_at", "entry_requests", ["asked_at"])
    op.create_index(
        "ix_invitations_open",
        "invitations",
        ["expires_at"],
        sqlite_where=sa.text("used_by IS NULL"),
        postgresql_where=sa.text("used_by IS NULL"),
    )
    op.create_index("ix_invitations_used_by", "invitations", ["used_by"])


def downgrade() -> None:
    op.drop_index("ix_invitations_used_by", table_name="invitations")
    op.drop_index("ix_invitations_open", table_name="invitations")
    op.drop_index("ix_entry_requests_asked_at", table_name="entry_requests")
