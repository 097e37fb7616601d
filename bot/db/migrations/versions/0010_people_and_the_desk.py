"""roles, requests, expiring invitations, more limits, incidents, and what retention has erased

Columns are empty in rows of before, which means what it meant. The previous release knows none of it and needs none.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_COLUMNS: dict[str, tuple[tuple[str, Any], ...]] = {
    "people": (("role", sa.String(16)), ("username", sa.String(32)), ("search_name", sa.Text())),
    "person_limits": (("purchases_an_hour", sa.Integer()), ("closes_an_hour", sa.Integer())),
    "invitations": (("expires_at", sa.BigInteger()),),
    "orders": (("erased_at", sa.BigInteger()),),
}
_PARTIAL = (
    ("ix_people_with_role", "people", ["role"], "role IS NOT NULL"),
    ("ix_orders_not_erased", "orders", ["finished_at"], "erased_at IS NULL"),
    ("ix_audit_of_person", "audit", ["person_id", "id"], "person_id IS NOT NULL"),
)


def upgrade() -> None:
    for table, columns in _COLUMNS.items():
        for name, kind in columns:
            op.add_column(table, sa.Column(name, kind))
    for index, table, fields, where in _PARTIAL:
        _index(index, table, fields, where)
    op.create_index("ix_notices_order_id", "notices", ["order_id"])
    op.drop_index("ix_notices_codes", table_name="notices")
    _entry_requests()
    _credit_requests()
    _incidents()


def _entry_requests() -> None:
    op.create_table(
        "entry_requests",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("username", sa.String(32)),
        sa.Column("language", sa.String(16)),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(16)),
        sa.Column("answered_by", sa.BigInteger()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_entry_requests")),
    )
    _index("ix_entry_requests_waiting", "entry_requests", ["asked_at"], "answer IS NULL")


def _credit_requests() -> None:
    op.create_table(
        "credit_requests",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("basket", sa.String(64)),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.String(16)),
        sa.Column("granted", sa.BigInteger()),
        sa.Column("answered_by", sa.BigInteger()),
        sa.Column("answered_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_requests")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_credit_requests_person_id")),
        sqlite_autoincrement=True,
    )
    _index("ix_credit_requests_waiting", "credit_requests", ["person_id"], "answer IS NULL", unique=True)
    op.create_index("ix_credit_requests_person_id_id", "credit_requests", ["person_id", "id"])


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("id", _ID, nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("began_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
        sqlite_autoincrement=True,
    )
    _index("ix_incidents_going_on", "incidents", ["kind", "subject"], "ended_at IS NULL", unique=True)


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    """Of the few rows for which `where` holds."""
    few = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=few, postgresql_where=few)


def downgrade() -> None:
    for table in ("incidents", "credit_requests", "entry_requests"):
        op.drop_table(table)
    _index("ix_notices_codes", "notices", ["order_id"], "kind = 'code'")
    op.drop_index("ix_notices_order_id", table_name="notices")
    for name, table, _, _ in _PARTIAL:
        op.drop_index(name, table_name=table)
    for table, columns in _COLUMNS.items():
        with op.batch_alter_table(table) as batch:
            for name, _ in columns:
                batch.drop_column(name)
