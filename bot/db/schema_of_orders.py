"""Tables of orders, what they brought, and what was learned of them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    column,
)

from bot.db.columns import Id, IdList, UtcTime, metadata, partial
from bot.db.evidence import EvidenceJson

_OPEN = column("finished_at").is_(None)
_ON_TIME = and_(column("give_up_after").is_not(None), _OPEN)
_WITHOUT_HINT = and_(column("hinted_at").is_(None), column("number_at").is_not(None), _OPEN)

orders = Table(
    "orders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("nonce", String(16), nullable=False),
    Column("service_id", Id, ForeignKey("services.id"), nullable=False),
    Column("country_id", Id, ForeignKey("countries.id"), nullable=False),
    Column("product_id", String(64)),
    Column("window_low", BigInteger, nullable=False),
    Column("window_high", BigInteger, nullable=False),
    Column("currency", String(8), nullable=False),
    Column("held", BigInteger, nullable=False),
    Column("state", String(24), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("operation_id", String(64), unique=True),
    Column("number", String(32)),
    Column("price", BigInteger),
    Column("cost", BigInteger),
    Column("charged", BigInteger),
    Column("reason", String(32)),
    Column("placed_at", UtcTime, nullable=False),
    Column("number_at", UtcTime),
    Column("asked_at", UtcTime),
    Column("leased_until", UtcTime),
    Column("expires_at", UtcTime),
    Column("finished_at", UtcTime),
    Column("close_wanted", Boolean, nullable=False, default=False),
    Column("close_at", UtcTime),
    Column("evidence", EvidenceJson),
    Column("release_at", UtcTime),
    Column("watched_until", UtcTime),
    Column("cheapest", BigInteger),
    Column("process_id", BigInteger),
    Column("closing_until", UtcTime),
    Column("erased_at", UtcTime),
    Column("replaces", BigInteger),
    Column("attempt", Integer, nullable=False, server_default="1"),
    Column("tries", Integer, nullable=False, server_default="1"),
    Column("sequel", String(8)),
    Column("sequel_country_id", BigInteger),
    Column("give_up_after", Integer),
    Column("label_id", BigInteger),
    Column("hinted_at", UtcTime),
    Column("turned_down_at", UtcTime),
    Column("countries", IdList),
    Column("country_known", Boolean, nullable=False, server_default="1"),
    UniqueConstraint("person_id", "nonce"),
    Index("ix_orders_state_placed_at", "state", "placed_at"),
    Index("ix_orders_state_finished_at", "state", "finished_at"),
    Index("ix_orders_person_id_id", "person_id", "id"),
    Index("ix_orders_person_id_state_placed_at", "person_id", "state", "placed_at"),
    Index("ix_orders_person_id_service_id_country_id", "person_id", "service_id", "country_id"),
    Index("ix_orders_person_id_number", "person_id", "number"),
    Index("ix_orders_replaces", "replaces", unique=True),
    partial("ix_orders_with_sequel", "id", where=column("sequel").is_not(None)),
    partial("ix_orders_giving_up", "number_at", where=_ON_TIME),
    partial("ix_orders_without_hint", "number_at", where=_WITHOUT_HINT),
    partial(
        "ix_orders_tried",
        "service_id",
        "country_id",
        "finished_at",
        "state",
        "number_at",
        "turned_down_at",
        "person_id",
        "country_known",
        where=column("number_at").is_not(None),
    ),
    partial("ix_orders_labelled", "person_id", "label_id", "id", where=column("label_id").is_not(None)),
    partial("ix_orders_watched", "watched_until", where=column("watched_until").is_not(None)),
    partial("ix_orders_not_erased", "finished_at", where=column("erased_at").is_(None)),
    partial("ix_orders_without_cost", "state", where=column("cost").is_(None)),
    sqlite_autoincrement=True,
)
"""`replaces`: the order that this one follows, which brought no code; `attempt`: its number in that chain, from 1.

`tries`: how many numbers its person agreed to have bought by itself; `sequel`, `sequel_country_id`: what follows when
it ends without a code; `give_up_after`: seconds from the number. `turned_down_at`: the service did not take the number.
`countries`: ids of those that were asked for, with commas, where they were several; `country_known`: `country_id` is
the one that the number is of, and not just the first of them.
`replaces`, `sequel_country_id` and `label_id` have no foreign key: SQLite adds none to a table that stands.
"""

arrivals = Table(
    "arrivals",
    metadata,
    Column("awaited", String(8), primary_key=True),
    Column("service_id", Id, primary_key=True, autoincrement=False),
    Column("bucket", Integer, primary_key=True, autoincrement=False),
    Column("events", Integer, nullable=False),
    Column("milliseconds", BigInteger, nullable=False),
)
"""How often what orders wait for came at which age, and how long orders of that age have waited, in sums."""

operation_ids = Table(
    "operation_ids",
    metadata,
    Column("alias", String(128), primary_key=True),
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Index("ix_operation_ids_order_id", "order_id"),
)
"""Every id under which an order's operation was ever told, folded. No operation belongs to two orders."""

sms = Table(
    "sms",
    metadata,
    Column("id", Id, primary_key=True),
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("code", String(64)),
    Column("guessed", Boolean, nullable=False, default=False),
    Column("sender", Text),
    Column("received_at", UtcTime),
    UniqueConstraint("order_id", "fingerprint"),
    sqlite_autoincrement=True,
)

labels = Table(
    "labels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("text", String(32), nullable=False),
    UniqueConstraint("person_id", "text"),
    sqlite_autoincrement=True,
)
"""What people call their orders by."""
