"""sequels, drafts, labels, watches, preferences, and codes that are hidden

Columns are empty, or 1, in rows of before, which means what it meant. The previous release knows none of it and needs
none.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ONE: dict[str, Any] = {"nullable": False, "server_default": "1"}
_ORDERS: tuple[tuple[str, Any], ...] = (
    ("replaces", sa.BigInteger()),
    ("attempt", sa.Integer()),
    ("tries", sa.Integer()),
    ("sequel", sa.String(8)),
    ("sequel_country_id", sa.BigInteger()),
    ("give_up_after", sa.Integer()),
    ("label_id", sa.BigInteger()),
    ("hinted_at", sa.BigInteger()),
    ("turned_down_at", sa.BigInteger()),
)
_HIDDEN = ("hide_at", "hidden_at")
_PARTIAL = (
    ("ix_orders_with_sequel", "orders", ["id"], "sequel IS NOT NULL"),
    ("ix_orders_giving_up", "orders", ["number_at"], "give_up_after IS NOT NULL AND finished_at IS NULL"),
    (
        "ix_orders_without_hint",
        "orders",
        ["number_at"],
        "hinted_at IS NULL AND number_at IS NOT NULL AND finished_at IS NULL",
    ),
    ("ix_orders_labelled", "orders", ["person_id", "label_id", "id"], "label_id IS NOT NULL"),
    ("ix_notices_to_hide", "notices", ["hide_at"], "hide_at IS NOT NULL AND hidden_at IS NULL"),
)


def upgrade() -> None:
    for name, kind in _ORDERS:
        op.add_column("orders", sa.Column(name, kind, **_ONE if name in ("attempt", "tries") else {}))
    for name in _HIDDEN:
        op.add_column("notices", sa.Column(name, sa.BigInteger()))
    op.create_index("ix_orders_replaces", "orders", ["replaces"], unique=True)
    for index, table, fields, where in _PARTIAL:
        _index(index, table, fields, where)
    _labels()
    _drafts()
    _watches()
    _preferences()


def _labels() -> None:
    op.create_table(
        "labels",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_labels")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_labels_person_id")),
        sa.UniqueConstraint("person_id", "text", name=op.f("uq_labels_person_id_text")),
        sqlite_autoincrement=True,
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("service_id", _ID, nullable=False),
        sa.Column("countries", sa.String(128), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_drafts_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_drafts_service_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_person_id_created_at", "drafts", ["person_id", "created_at"])


def _watches() -> None:
    op.create_table(
        "watches",
        sa.Column("id", _ID, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("service_id", _ID, nullable=False),
        sa.Column("country_id", _ID, nullable=False),
        sa.Column("high", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watches")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_watches_person_id")),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name=op.f("fk_watches_service_id")),
        sa.ForeignKeyConstraint(["country_id"], ["countries.id"], name=op.f("fk_watches_country_id")),
        sqlite_autoincrement=True,
    )
    _index("ix_watches_going_on", "watches", ["service_id", "country_id"], "ended_at IS NULL")
    own = ["person_id", "service_id", "country_id"]
    _index("ix_watches_of_person", "watches", own, "ended_at IS NULL", unique=True)


def _preferences() -> None:
    op.create_table(
        "preferences",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("quiet_numbers", sa.Boolean(), nullable=False),
        sa.Column("hide_codes_after", sa.Integer()),
        sa.Column("window", sa.String(8), nullable=False),
        sa.Column("quiet_from", sa.Integer()),
        sa.Column("quiet_until", sa.Integer()),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_preferences")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_preferences_person_id")),
    )


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    """Of the few rows for which `where` holds."""
    few = sa.text(where)
    op.create_index(name, table, columns, unique=unique, sqlite_where=few, postgresql_where=few)


def downgrade() -> None:
    for table in ("preferences", "watches", "drafts", "labels"):
        op.drop_table(table)
    for name, table, _, _ in _PARTIAL:
        op.drop_index(name, table_name=table)
    op.drop_index("ix_orders_replaces", table_name="orders")
    for table, columns in (("orders", [name for name, _ in _ORDERS]), ("notices", _HIDDEN)):
        with op.batch_alter_table(table) as batch:
            for name in columns:
                batch.drop_column(name)
