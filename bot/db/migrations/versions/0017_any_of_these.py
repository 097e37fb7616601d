"""one order for several countries

An order of before was placed for one country, which it names. The previous release takes an order of several for one of
the first of them. What numbers of a country have brought is counted only where it is known that they are of it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_OWN = "uq_drafts_person_id_service_id"
_TRIED = "ix_orders_tried"
_FIELDS = ["service_id", "country_id", "finished_at", "state", "number_at", "turned_down_at", "person_id"]


def upgrade() -> None:
    op.add_column("orders", sa.Column("countries", sa.String(128)))
    op.add_column("orders", sa.Column("country_known", sa.Boolean(), nullable=False, server_default="1"))
    op.drop_index(_TRIED, table_name="orders")
    _index_tried([*_FIELDS, "country_known"])
    op.create_index("ix_drafts_created_at", "drafts", ["created_at"])
    with op.batch_alter_table("drafts") as batch:
        batch.create_unique_constraint(op.f(_OWN), ["person_id", "service_id"])


def _index_tried(fields: list[str]) -> None:
    came = sa.text("number_at IS NOT NULL")
    op.create_index(_TRIED, "orders", fields, sqlite_where=came, postgresql_where=came)


def downgrade() -> None:
    with op.batch_alter_table("drafts") as batch:
        batch.drop_constraint(op.f(_OWN), type_="unique")
    op.drop_index("ix_drafts_created_at", table_name="drafts")
    op.drop_index(_TRIED, table_name="orders")
    with op.batch_alter_table("orders") as batch:
        batch.drop_column("countries")
        batch.drop_column("country_known")
    _index_tried(_FIELDS)
