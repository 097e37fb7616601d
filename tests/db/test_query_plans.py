"""No statement that runs at a tick or a tap looks at all rows of a table that grows for ever."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from inspect import getmembers, iscoroutinefunction
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import event

from bench.history import NOW, fill
from bench.statements import STATEMENTS, Statement
from bot.db import audit, entry, incidents, invitations, limits, people, preferences, processes, switches
from bot.db.database import Database
from bot.db.desk import audit_lines, machine, moments, record
from bot.db.desk import figures as sums
from bot.db.money import books, credit_requests, purses
from bot.db.orders import (
    arrivals,
    ended,
    erasing,
    exports,
    figures,
    hourly,
    labels,
    operations,
    orders,
    trials,
    windows,
    worklist,
)
from bot.db.orders import history as own_history
from bot.db.orders import sms as sms_rows
from bot.db.shop import catalog, drafts, favorites, watches, whereabouts
from bot.db.telling import cards, hiding, named, notices, unsent
from tests.db.fresh import url_of

MODULES: tuple[ModuleType, ...] = (
    arrivals,
    audit,
    audit_lines,
    exports,
    record,
    cards,
    catalog,
    ended,
    credit_requests,
    drafts,
    entry,
    favorites,
    books,
    erasing,
    figures,
    own_history,
    hiding,
    hourly,
    incidents,
    invitations,
    labels,
    limits,
    machine,
    moments,
    named,
    notices,
    operations,
    orders,
    people,
    preferences,
    processes,
    purses,
    sms_rows,
    sums,
    switches,
    trials,
    windows,
    unsent,
    watches,
    whereabouts,
    worklist,
)
GROWING = (
    "credit_requests|entry_requests|incidents|invitations|operation_ids|orders|notices|transfers|sms|cards|audit"
    "|watches|whereabouts"
)
SMALL = (
    "ix_incidents_going_on|ix_notices_waiting|ix_notices_waiting_of_person|ix_cards_behind|ix_orders_watched"
    "|ix_orders_without_cost|ix_watches_by_look|ix_watches_by_end|ix_watches_ended"
)
"""Partial indexes: they hold only what somebody still looks for."""
SCAN = re.compile(rf"SCAN ({GROWING})\b(?! USING (COVERING )?INDEX ({SMALL})$)")
AT_ONCE: set[Callable[..., Awaitable[object]]] = {books.differences, books.balances}
"""For `hidsim-bot books`, beside the bot."""


@pytest.fixture(scope="module")
def filled_file(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("history") / "bot.db"
    file.write_bytes(migrated_file.read_bytes())
    fill(file, 2_000)
    return file


@pytest.fixture
async def history(filled_file: Path) -> AsyncIterator[Database]:
    database = Database(url_of(filled_file), lambda: NOW)
    yield database
    await database.close()


class Undone(Exception):
    """So that nothing of it stays."""


async def plan_of(database: Database, statement: Statement) -> list[str]:
    """What SQLite says that it does for each of its steps."""
    lines: list[str] = []
    try:
        async with database.write() as tx:
            said: list[tuple[str, Any]] = []

            def listen(_connection: Any, _cursor: Any, sql: str, values: Any, *_: Any) -> None:
                said.append((sql, values))

            event.listen(tx.connection.sync_connection, "before_cursor_execute", listen)
            await statement.work(tx)
            for sql, values in tuple(said):
                if sql.startswith("INSERT") and "SELECT" not in sql:  # what it says then is of keys that are put off
                    lines.append(sql)
                    continue
                found = await tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
                lines += [str(row[3]) for row in found]
            raise Undone  # noqa: TRY301 - it takes the transaction back
    except Undone:
        return lines


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda one: one.name)
async def test_it_finds_its_rows_by_an_index(history: Database, statement: Statement) -> None:
    lines = await plan_of(history, statement)
    assert lines
    assert [line for line in lines if SCAN.search(line)] == []


@pytest.mark.parametrize("function", sorted(AT_ONCE - {books.balances}, key=lambda one: one.__name__))
async def test_a_look_at_everything_would_be_noticed(history: Database, function: Any) -> None:
    lines = await plan_of(history, Statement("books", function, function))
    assert [line for line in lines if SCAN.search(line)]


def functions() -> Iterator[Callable[..., Awaitable[object]]]:
    for module in MODULES:
        for name, found in getmembers(module, iscoroutinefunction):
            if found.__module__ == module.__name__ and not name.startswith("_"):
                yield found


def test_every_function_of_these_modules_is_walked() -> None:
    walked = {statement.function for statement in STATEMENTS} | AT_ONCE
    assert {f"{one.__module__}.{one.__name__}" for one in functions() if one not in walked} == set()
