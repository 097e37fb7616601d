"""Orders as a file: how far it is; own ones, and why there is none."""

from collections.abc import Callable, Mapping

from bot.facts.exports import Export, ExportEnd, Made
from bot.i18n import Html, Translator
from bot.screens.body import Document, StoredFile
from bot.screens.callbacks import ToHistory
from bot.screens.navigation import menu
from bot.screens.screen import Row, Screen, button, lines, rows


def begun(t: Translator) -> Screen:
    """Answers the tap; History stays."""
    return Screen(lines(), toast=t.plain("The file is being made. It comes as a message."), stays=True)


def making(export: Export, written: int, t: Translator) -> Screen:
    total = export.period.count
    percent = min(100, written * 100 // total)
    return Screen(
        lines(
            t("📄 Making the file: {written} of {total} orders", written=t.number(written), total=t.number(total)),
            t("{bar} {percent}%", bar="▓" * (percent // 10) + "░" * (10 - percent // 10), percent=t.number(percent)),
        )
    )


def sending(export: Export, number: int, t: Translator) -> Screen:
    if export.files == 1:
        return Screen(t("📄 Sending the file…"))
    return Screen(t("📄 Sending file {n} of {files}…", n=t.number(number), files=t.number(export.files)))


def done(rows_written: int, t: Translator) -> Screen:
    return Screen(t.n("📄 Done: {n} order exported.", "📄 Done: {n} orders exported.", rows_written))


def own_file(export: Export, made: Made, t: Translator) -> Screen:
    some = t.n("📄 Your {n} order", "📄 Your {n} orders", made.rows)
    which = f"{made.number}/{export.files}" if export.files > 1 else None
    hint = t("Times in it are UTC. Numbers and codes that were deleted are not in it.")
    return Screen(Document(StoredFile(made.name, made.path), lines(some, which, hint)), rows(_ways(t)))


def own_failed(end: ExportEnd, t: Translator) -> Screen:
    later = t("There is no file: something went wrong here. Your orders are safe; try again in a few minutes.")
    say: Mapping[ExportEnd, Callable[[], Html]] = {
        ExportEnd.STOPPED: lambda: t("The bot is stopping, so the file is not finished. Ask for it again in a minute."),
        ExportEnd.REFUSED: lambda: t("Telegram did not take the file. Try again in a few minutes."),
    }
    return Screen(say.get(end, lambda: later)(), rows(_ways(t)))


def _ways(t: Translator) -> Row:
    return button("🕘 " + t.plain("History"), ToHistory()), menu(t)
