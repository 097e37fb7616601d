"""a person's own language and limits, and the messages that brought codes

No row of `person_limits`, or an empty field in it, means the limit of the settings.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_CODES = "kind = 'code'"


def upgrade() -> None:
    op.add_column("people", sa.Column("chosen_language", sa.String(16), nullable=True))
    op.create_table(
        "person_limits",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("open_orders", sa.Integer(), nullable=True),
        sa.Column("daily_spend", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_person_limits_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_limits")),
    )
    where = sa.text(_CODES)
    op.create_index("ix_notices_codes", "notices", ["order_id"], sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    op.drop_index("ix_notices_codes", table_name="notices")
    op.drop_table("person_limits")
    with op.batch_alter_table("people") as batch_op:
        batch_op.drop_column("chosen_language")
