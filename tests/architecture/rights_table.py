"""The table of rights in docs/rights.md, and the same as the dispatcher has it.

`python -m tests.architecture.rights_table` writes its columns anew; what a right is about stays as it was written.
"""

import asyncio
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackQueryFilter

from bot.app import open_app
from bot.domain.access import RIGHTS, Right, Role
from bot.running import App
from bot.telegram.having import Having
from tests.architecture.source import ROOT
from tests.services.floor import settings_for

FILE = ROOT / "docs" / "rights.md"
EVERYBODYS = frozenset({"start", "help", "stale"})
"""Routers for all who are in: home, help, and what nothing else takes."""
_ROLES = (Role.OWNER, Role.ADMIN, Role.BUYER, Role.STRANGER)
_YES, _NO = "yes", "–"


@dataclass
class Row:
    """`right` None: whoever is in. `commands` without a slash, `buttons` by the names of their classes."""

    right: Right | None
    what: str = ""
    roles: tuple[bool, ...] = ()
    commands: set[str] = field(default_factory=set)
    buttons: set[str] = field(default_factory=set)

    def may(self, role: Role) -> bool:
        return self.roles[_ROLES.index(role)]


def handlers(app: App) -> Iterator[tuple[Router, str, HandlerObject, list[Right]]]:
    """Every handler with its router, its kind of update and the rights that stand before it."""
    for router in app.front.dispatcher.chain_tail:
        for kind, observer in router.observers.items():
            for handler in observer.handlers if kind != "update" else ():
                filters = [*(observer._handler.filters or ()), *(handler.filters or ())]
                rights = [one.callback.right for one in filters if isinstance(one.callback, Having)]
                yield router, kind, handler, rights


def _asked_by(handler: HandlerObject) -> tuple[set[str], set[str]]:
    """(commands, buttons) that a handler's own filters take."""
    own: list[Any] = [one.callback for one in handler.filters or ()]
    commands = {str(name) for one in own if isinstance(one, Command) for name in one.commands}
    buttons = {one.callback_data.__name__ for one in own if isinstance(one, CallbackQueryFilter)}
    return commands, buttons


def of_dispatcher(app: App) -> dict[Right | None, Row]:
    """What really stands before which handler."""
    rows: defaultdict[Right | None, Row] = defaultdict(lambda: Row(None))
    for right in (None, *Right):
        has = (role is not Role.STRANGER if right is None else right in RIGHTS[role] for role in _ROLES)
        rows[right] = Row(right, roles=tuple(has))
    for _, _, handler, rights in handlers(app):
        commands, buttons = _asked_by(handler)
        row = rows[rights[0] if rights else None]
        row.commands |= commands
        row.buttons |= buttons
    return dict(rows)


def of_document() -> list[Row]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("|---"))
    return [_read(line) for line in lines[begin + 1 :] if line.startswith("|")]


def _read(line: str) -> Row:
    what, right, *roles, commands, buttons = (cell.strip() for cell in line.strip("|").split("|"))
    named = re.findall(r"`(\w+)`", right)
    return Row(
        Right(named[0]) if named else None,
        what,
        tuple(role == _YES for role in roles),
        set(re.findall(r"`/(\w+)`", commands)),
        set(re.findall(r"`(\w+)`", buttons)),
    )


def _line(row: Row) -> str:
    right = f"`{row.right.value}`" if row.right else "none"
    roles = (_YES if has else _NO for has in row.roles)
    commands = ", ".join(f"`/{name}`" for name in sorted(row.commands))
    return (
        f"| {' | '.join([row.what, right, *roles, commands, ', '.join(f'`{one}`' for one in sorted(row.buttons))])} |"
    )


def write(app: App) -> None:
    text = FILE.read_text(encoding="utf-8")
    head, ruler, _ = text.partition("|---|---|---|---|---|---|---|---|\n")
    written = {row.right: row.what for row in of_document()}
    rows = of_dispatcher(app)
    for right, row in rows.items():
        row.what = written.get(right) or (right.value.replace("_", " ") if right else "whoever is in")
    FILE.write_text(head + ruler + "\n".join(_line(row) for row in rows.values()) + "\n", encoding="utf-8")


async def _main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with open_app(settings_for(Path(folder), "http://127.0.0.1:9")) as app:
            write(app)


if __name__ == "__main__":
    asyncio.run(_main())
