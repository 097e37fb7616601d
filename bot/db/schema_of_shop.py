"""Tables of what can be bought, and of what people chose, look at and wait for."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
)

from bot.db.columns import Id, IdList, UtcTime, metadata, partial

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

whereabouts = Table(
    "whereabouts",
    metadata,
    Column("person_id", BigInteger, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("data", String(64), nullable=False),
)
"""The menu that a chat showed last, as its button's data, where typed words mean something else than a search."""

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("service_id", Id, ForeignKey("services.id"), nullable=False),
    Column("countries", IdList, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_drafts_person_id_created_at", "person_id", "created_at"),
    Index("ix_drafts_created_at", "created_at"),
    UniqueConstraint("person_id", "service_id"),
    sqlite_autoincrement=True,
)
"""Several countries for one order, which a person ticks; one of each service.

`countries`: their ids in the order in which they were ticked.
"""

watches = Table(
    "watches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person_id", BigInteger, ForeignKey("people.id"), nullable=False),
    Column("service_id", Id, ForeignKey("services.id"), nullable=False),
    Column("country_id", Id, ForeignKey("countries.id"), nullable=False),
    Column("high", BigInteger),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("looked_at", UtcTime),
    partial("ix_watches_going_on", "service_id", "country_id", where=column("ended_at").is_(None)),
    partial(
        "ix_watches_of_person",
        "person_id",
        "service_id",
        "country_id",
        where=column("ended_at").is_(None),
        unique=True,
    ),
    Index("ix_watches_person_id", "person_id"),
    partial("ix_watches_by_look", "looked_at", where=column("ended_at").is_(None)),
    partial("ix_watches_by_end", "expires_at", where=column("ended_at").is_(None)),
    partial("ix_watches_ended", "ended_at", where=column("ended_at").is_not(None)),
    sqlite_autoincrement=True,
)
"""Pairs that people wait for, each once. `high`: the most it may cost, in micro-units; None: whatever it costs.

`looked_at`: when some process last went to look at the pair, or the watch began.
"""
