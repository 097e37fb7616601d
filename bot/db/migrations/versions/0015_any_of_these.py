"""one order for several countries

An order of before was placed for one country, which it names. The previous release takes an order of several for one of
the first of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_OWN = "uq_drafts_person_id_service_id"


def upgrade() -> None:
    op.add_column("orders", sa.Column("countries", sa.String(128)))
    op.add_column("orders", sa.Column("country_known", sa.Boolean(), nullable=False, server_default="1"))
    op.create_index("ix_drafts_created_at", "drafts", ["created_at"])
    with op.batch_alter_table("drafts") as batch:
        batch.create_unique_constraint(op.f(_OWN), ["person_id", "service_id"])


def downgrade() -> None:
    with op.batch_alter_table("drafts") as batch:
        batch.drop_constraint(op.f(_OWN), type_="unique")
    op.drop_index("ix_drafts_created_at", table_name="drafts")
    with op.batch_alter_table("orders") as batch:
        batch.drop_column("countries")
        batch.drop_column("country_known")
