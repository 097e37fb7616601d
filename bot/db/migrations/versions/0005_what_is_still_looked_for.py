"""indexes of what is still looked for, and a card's order's revision on the card

A year of orders is 300,000 rows: what runs at every tick or tap must not look at all of them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_PARTIAL = (
    ("ix_orders_watched", "orders", ["watched_until"], "watched_until IS NOT NULL"),
    ("ix_orders_without_cost", "orders", ["state"], "cost IS NULL"),
    ("ix_cards_behind", "cards", ["order_id"], "shown_revision < order_revision"),
    ("ix_notices_waiting", "notices", ["urgency", "id"], "done_at IS NULL"),
    ("ix_notices_waiting_of_person", "notices", ["person_id", "lane", "id"], "done_at IS NULL"),
)
_WHOLE = (
    ("ix_people_first_seen_at", "people", ["first_seen_at"]),
    ("ix_orders_person_id_state_placed_at", "orders", ["person_id", "state", "placed_at"]),
    ("ix_orders_person_id_service_id_country_id", "orders", ["person_id", "service_id", "country_id"]),
    ("ix_transfers_source_id", "transfers", ["source", "id"]),
    ("ix_transfers_target_id", "transfers", ["target", "id"]),
)
_GONE = (
    ("ix_orders_watched_until", "orders", ["watched_until"]),
    ("ix_notices_done_at_due_at", "notices", ["done_at", "due_at"]),
    ("ix_transfers_source_at", "transfers", ["source", "at"]),
)


def upgrade() -> None:
    op.add_column("cards", sa.Column("order_revision", sa.Integer(), nullable=False, server_default="0"))
    op.execute("UPDATE cards SET order_revision = (SELECT revision FROM orders WHERE orders.id = cards.order_id)")
    op.execute("UPDATE orders SET watched_until = NULL WHERE watched_until < (SELECT MAX(placed_at) FROM orders)")
    for name, table, _ in _GONE:
        op.drop_index(name, table_name=table)
    for name, table, columns in _WHOLE:
        op.create_index(name, table, columns)
    for name, table, columns, where in _PARTIAL:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, table, *_ in (*_PARTIAL, *_WHOLE):
        op.drop_index(name, table_name=table)
    for name, table, columns in _GONE:
        op.create_index(name, table, columns)
    with op.batch_alter_table("cards") as batch_op:
        batch_op.drop_column("order_revision")
