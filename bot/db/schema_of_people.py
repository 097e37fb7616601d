"""Tables of people: who they are, how they came in, what limits them, what they ask admins for."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, column

from bot.db.columns import Id, UtcTime, metadata, partial

people = Table(
    "people",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("standing", String(16), nullable=False),
    Column("language", String(16)),
    Column("unreachable_at", UtcTime),
    Column("first_seen_at", UtcTime, nullable=False),
    Column("chosen_language", String(16)),
    Column("role", String(16)),
    Column("username", String(32)),
    Column("search_name", Text),
    Index("ix_people_first_seen_at", "first_seen_at"),
    partial("ix_people_with_role", "role", where=column("role").is_not(None)),
)
"""`role`: what an owner made of them; empty for a buyer. `search_name`: name and username, folded for a search."""

person_limits = Table(
    "person_limits",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("open_orders", Integer),
    Column("daily_spend", BigInteger),
    Column("purchases_an_hour", Integer),
    Column("closes_an_hour", Integer),
)
"""What is different for single people; an empty field is the limit of the settings."""

invitations = Table(
    "invitations",
    metadata,
    Column("code", String(32), primary_key=True),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("used_by", BigInteger),
    Column("used_at", UtcTime),
    Column("expires_at", UtcTime),
    Index("ix_invitations_used_by", "used_by"),
    partial("ix_invitations_open", "expires_at", where=column("used_by").is_(None)),
)

entry_requests = Table(
    "entry_requests",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("username", String(32)),
    Column("language", String(16)),
    Column("asked_at", UtcTime, nullable=False),
    Column("answer", String(16)),
    Column("answered_by", BigInteger),
    Column("answered_at", UtcTime),
    Index("ix_entry_requests_asked_at", "asked_at"),
    partial("ix_entry_requests_waiting", "asked_at", where=column("answer").is_(None)),
)
"""Strangers who asked to be let in, once each, and what admins said."""

credit_requests = Table(
    "credit_requests",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("reason", Text),
    Column("basket", String(64)),
    Column("asked_at", UtcTime, nullable=False),
    Column("answer", String(16)),
    Column("granted", BigInteger),
    Column("answered_by", BigInteger),
    Column("answered_at", UtcTime),
    partial("ix_credit_requests_waiting", "person_id", where=column("answer").is_(None), unique=True),
    Index("ix_credit_requests_person_id_id", "person_id", "id"),
    sqlite_autoincrement=True,
)
"""Who asked for credit: one request a person waits at most. `basket`: the data of the button that they left."""

preferences = Table(
    "preferences",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("quiet_numbers", Boolean, nullable=False),
    Column("hide_codes_after", Integer),
    Column("window", String(8), nullable=False),
    Column("quiet_from", Integer),
    Column("quiet_until", Integer),
)
"""What people set for themselves. `hide_codes_after`: minutes; quiet hours: minutes after midnight UTC."""
