"""Everybody's orders as a file: the choice of a period, the file, and why there is none."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from aiogram.types import InlineKeyboardButton

from bot.domain.exporting import SheetKind
from bot.facts.exports import Export, ExportEnd, Made
from bot.i18n import Html, Translator
from bot.screens.body import Document, StoredFile
from bot.screens.callbacks_of_admins import Export as ExportButton
from bot.screens.callbacks_of_admins import ToAdmin, ToExport
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows

_PERIODS = (7, 30, 90, 0)
_NAMES = {SheetKind.CSV: "CSV", SheetKind.XLSX: "Excel"}


def choice(days: int | None, t: Translator) -> Screen:
    """`days`: typed, so that only this period is offered; None for the usual ones."""
    periods = _PERIODS if days is None else (days,)
    return Screen(
        lines(
            t("📄 <b>Export</b>"),
            t("A file with a row for each order: who, when, what came of it, what it cost. No numbers, no codes."),
            t("Times in it are UTC. The file comes as a message here."),
        ),
        rows(*([_way(one, kind, t) for kind in SheetKind] for one in periods), [back(t, ToAdmin()), menu(t)]),
    )


def _way(days: int, kind: SheetKind, t: Translator) -> InlineKeyboardButton:
    given = {"span": span(days, t), "kind": _NAMES[kind]}
    # NOTE: a button; {span} is a time such as "7 days", {kind} is CSV or Excel
    return button(t.plain("{span} · {kind}", **given), ExportButton(days=days, kind=kind))


def span(days: int, t: Translator) -> str:
    # NOTE: orders of all times
    return t.wait(days * 86_400) if days else t.plain("All")


def begun(t: Translator) -> Screen:
    """Answers the tap; the menu stays."""
    return replace(choice(None, t), toast=t.plain("The file is being made. It comes as a message."), stays=True)


def file(export: Export, made: Made, t: Translator) -> Screen:
    some = t.n("{n} order", "{n} orders", made.rows)
    which = f"{made.number}/{export.files}" if export.files > 1 else None
    since = export.period.since
    what = t("from {time} on", time=t.time(since, "date")) if since is not None else t("all that there are")
    return Screen(
        Document(StoredFile(made.name, made.path), lines(t("📄 {some}, {what}", some=some, what=what), which)),
        rows([button("📄 " + t.plain("Export"), ToExport()), menu(t)]),
    )


def failed(end: ExportEnd, t: Translator) -> Screen:
    say: Mapping[ExportEnd, Callable[[], Html]] = {
        ExportEnd.STOPPED: lambda: t("The bot is stopping, so the file is not finished. Ask for it again in a minute."),
        ExportEnd.NO_ROOM: lambda: t(
            "💾 The file can't be written beside the database: the disk may be full. Make room, then try again."
        ),
        ExportEnd.NO_DATABASE: lambda: t("💾 The database can't be read right now. Try again in a few minutes."),
        ExportEnd.TOO_BIG: lambda: t("The file is larger than the 50 MB that Telegram takes. Choose a shorter time."),
        ExportEnd.BROKEN: lambda: t(
            "The bot made a mistake, so there is no file. Try a shorter time; the bot's log says what it was."
        ),
        ExportEnd.REFUSED: lambda: t("Telegram did not take the file. Try again later, or choose a shorter time."),
    }
    return Screen(say[end](), rows([button("📄 " + t.plain("Export"), ToExport()), menu(t)]))
