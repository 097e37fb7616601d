"""one live card an order, where a person stands, what a refused order would cost, credits among many transfers

Older cards of an order fold into a line; a card that was opened from a list knows the way back to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_PARTIAL = (
    ("ix_transfers_credits", "transfers", ["target", "id"], "order_id IS NULL"),
    ("ix_transfers_debits", "transfers", ["source", "id"], "order_id IS NULL"),
)


def upgrade() -> None:
    op.add_column("orders", sa.Column("cheapest", sa.BigInteger(), nullable=True))
    op.add_column("cards", sa.Column("folded", sa.Boolean(), nullable=False, server_default="0"))
    op.add_column("cards", sa.Column("via", sa.String(32), nullable=True))
    op.create_table(
        "whereabouts",
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("data", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("person_id"),
    )
    for name, table, columns, where in _PARTIAL:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, table, *_ in _PARTIAL:
        op.drop_index(name, table_name=table)
    op.drop_table("whereabouts")
    with op.batch_alter_table("cards") as batch_op:
        batch_op.drop_column("via")
        batch_op.drop_column("folded")
    with op.batch_alter_table("orders") as batch_op:
        batch_op.drop_column("cheapest")
