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
    UniqueConstraint,
    column,
)
from sqlalchemy.types import JSON

from bot.db.columns import Id, UtcTime, partial
from bot.db.columns import metadata as metadata  # whole only when all tables are read
from bot.db.evidence import EvidenceJson
from bot.db.schema_of_people import credit_requests as credit_requests  # all tables by one name
from bot.db.schema_of_people import entry_requests as entry_requests
from bot.db.schema_of_people import invitations as invitations
from bot.db.schema_of_people import people as people
from bot.db.schema_of_people import person_limits as person_limits

services = Table(
    "services",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hidsim_id", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("gone", Boolean, nullable=False, default=False),
    Column("denied_by", Text),
    partial("ix_services_denied", "id", where=column("denied_by").is_not(None)),
    sqlite_autoincrement=True,
)
"""`denied_by`: the entry of the settings that denied it last, under whatever name."""

countries = Table(
    "countries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("hidsim_id", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("code", String(2)),
    Column("gone", Boolean, nullable=False, default=False),
    Column("label", Text),
    Column("denied_by", Text),
    partial("ix_countries_denied", "id", where=column("denied_by").is_not(None)),
    sqlite_autoincrement=True,
)

searches = Table(
    "searches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("text", String(64), nullable=False, unique=True),
    sqlite_autoincrement=True,
)

favorites = Table(
    "favorites",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("service_id", Id, ForeignKey("services.id"), nullable=False),
    Column("country_id", Id, ForeignKey("countries.id"), nullable=False),
    Column("window_low", BigInteger, nullable=False),
    Column("window_high", BigInteger, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    UniqueConstraint("person_id", "service_id", "country_id"),
    sqlite_autoincrement=True,
)

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
    UniqueConstraint("person_id", "nonce"),
    Index("ix_orders_state_placed_at", "state", "placed_at"),
    Index("ix_orders_state_finished_at", "state", "finished_at"),
    Index("ix_orders_person_id_id", "person_id", "id"),
    Index("ix_orders_person_id_state_placed_at", "person_id", "state", "placed_at"),
    Index("ix_orders_person_id_service_id_country_id", "person_id", "service_id", "country_id"),
    partial("ix_orders_watched", "watched_until", where=column("watched_until").is_not(None)),
    partial("ix_orders_not_erased", "finished_at", where=column("erased_at").is_(None)),
    partial("ix_orders_without_cost", "state", where=column("cost").is_(None)),
    sqlite_autoincrement=True,
)

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

whereabouts = Table(
    "whereabouts",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("data", String(64), nullable=False),
)
"""The menu that a chat showed last, as its button's data, where typed words mean something else than a search."""

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
    Index(
        "ix_incidents_going_on",
        "kind",
        "subject",
        unique=True,
        sqlite_where=column("ended_at").is_(None),
        postgresql_where=column("ended_at").is_(None),
    ),
    sqlite_autoincrement=True,
)
"""What admins were told once and hear the end of. One of a kind goes on for a subject ("" where it has none)."""
