"""All tables. Times are UTC, stored as integer microseconds since 1970; money is integer micro-units."""

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
    and_,
    column,
)
from sqlalchemy.types import JSON

from bot.db.columns import Id, UtcTime, partial
from bot.db.columns import metadata as metadata  # whole only when all tables are read
from bot.db.schema_of_orders import arrivals as arrivals  # all tables by one name
from bot.db.schema_of_orders import labels as labels
from bot.db.schema_of_orders import operation_ids as operation_ids
from bot.db.schema_of_orders import orders as orders
from bot.db.schema_of_orders import sms as sms
from bot.db.schema_of_people import credit_requests as credit_requests
from bot.db.schema_of_people import entry_requests as entry_requests
from bot.db.schema_of_people import invitations as invitations
from bot.db.schema_of_people import people as people
from bot.db.schema_of_people import person_limits as person_limits
from bot.db.schema_of_people import preferences as preferences
from bot.db.schema_of_shop import countries as countries
from bot.db.schema_of_shop import drafts as drafts
from bot.db.schema_of_shop import favorites as favorites
from bot.db.schema_of_shop import searches as searches
from bot.db.schema_of_shop import services as services
from bot.db.schema_of_shop import watches as watches
from bot.db.schema_of_shop import whereabouts as whereabouts

_TO_HIDE = and_(column("hide_at").is_not(None), column("hidden_at").is_(None))

cards = Table(
    "cards",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("shown_revision", Integer, nullable=False),
    Column("role", String(8), nullable=False),
    Column("order_revision", Integer, nullable=False, server_default="0"),
    Column("folded", Boolean, nullable=False, default=False, server_default="0"),
    Column("via", String(32)),
    Column("leased_until", UtcTime),
    Column("process_id", BigInteger),
    Index("ix_cards_order_id", "order_id"),
    partial("ix_cards_behind", "order_id", where=column("shown_revision") < column("order_revision")),
)
"""`order_revision` is the order's own, kept here too: a card that is behind is found without looking at every card."""

notices = Table(
    "notices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("person_id", BigInteger, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("order_id", Id, ForeignKey("orders.id")),
    Column("sms_id", Id, ForeignKey("sms.id")),
    Column("detail", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("tries", Integer, nullable=False, default=0),
    Column("leased_until", UtcTime),
    Column("done_at", UtcTime),
    Column("message_id", BigInteger),
    Column("process_id", BigInteger),
    Column("hide_at", UtcTime),
    Column("hidden_at", UtcTime),
    partial("ix_notices_to_hide", "hide_at", where=_TO_HIDE),
    partial("ix_notices_waiting", "urgency", "id", where=column("done_at").is_(None)),
    partial("ix_notices_waiting_of_person", "person_id", "lane", "id", where=column("done_at").is_(None)),
    Index("ix_notices_order_id", "order_id"),
    Index("ix_notices_person_id_message_id", "person_id", "message_id"),
    sqlite_autoincrement=True,
)

accounts = Table(
    "accounts",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("balance", BigInteger, nullable=False),
)

transfers = Table(
    "transfers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("ref", String(80), nullable=False, unique=True),
    Column("source", String(40), ForeignKey("accounts.name"), nullable=False),
    Column("target", String(40), ForeignKey("accounts.name"), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("order_id", Id, ForeignKey("orders.id")),
    Column("at", UtcTime, nullable=False),
    Index("ix_transfers_order_id", "order_id"),
    Index("ix_transfers_source_id", "source", "id"),
    Index("ix_transfers_target_id", "target", "id"),
    partial("ix_transfers_credits", "target", "id", where=column("order_id").is_(None)),
    partial("ix_transfers_debits", "source", "id", where=column("order_id").is_(None)),
    sqlite_autoincrement=True,
)

audit = Table(
    "audit",
    metadata,
    Column("id", Id, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("actor_id", BigInteger),
    Column("act", String(40), nullable=False),
    Column("order_id", Id, ForeignKey("orders.id")),
    Column("person_id", BigInteger),
    Column("detail", JSON, nullable=False),
    Index("ix_audit_order_id", "order_id"),
    Index("ix_audit_act_at", "act", "at"),
    partial("ix_audit_of_person", "person_id", "id", where=column("person_id").is_not(None)),
    sqlite_autoincrement=True,
)

processes = Table(
    "processes",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("started_at", UtcTime, nullable=False),
    Column("beat_at", UtcTime, nullable=False),
)
"""Who works on this database. What names a process (`process_id`) that is not among them was left by it."""

switches = Table(
    "switches",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)
"""Few facts of the whole shop that outlive a restart, such as paused buying; no row means the default."""

incidents = Table(
    "incidents",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("subject", String(64), nullable=False),
    Column("began_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("detail", JSON, nullable=False),
    partial("ix_incidents_going_on", "kind", "subject", where=column("ended_at").is_(None), unique=True),
    sqlite_autoincrement=True,
)
"""What admins were told once and hear the end of. One of a kind goes on for a subject ("" where it has none)."""
