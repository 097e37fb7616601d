"""`python -m bot.i18n.extract`: reads the messages out of the code into every catalog; `--check` only compares.

Run from a checkout. New messages come in untranslated, vanished ones go, a message whose English changed a little keeps
its translation as fuzzy (shown to translators, never to people). No times and no line numbers: diffs stay small.
"""

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from bot.i18n.completeness import is_begun, missing
from bot.i18n.folders import catalog_files
from bot.i18n.plurals import RULES

KEYWORDS = {
    "t": None,
    "n": (1, 2),
    "p": ((1, "c"), 2),
    "plain": None,
}
COMMENT_TAG = "NOTE:"
"""A comment above a message that begins so is shown to translators."""

_ROOT = Path(__file__).parents[2]
_SPEAKING = ("screens", "telegram", "jobs", "services")
"""The packages of `bot` whose texts people read."""
_KEPT_HEADERS = ("Language:", "MIME-Version:", "Content-Type:", "Content-Transfer-Encoding:", "Plural-Forms:")
_NAMED = 5
"""Messages of a catalog that are named in a line."""
_NOT_BEGUN = "not begun"
_TITLE = "# Messages of the bot. Written by `python -m bot.i18n.extract` but for the translations."


def extracted(root: Path = _ROOT) -> Catalog:
    """All messages in the code below <root>/bot, without translations."""
    catalog = Catalog(locale="en", fuzzy=False, header_comment=_TITLE)
    for package in _SPEAKING:
        found = extract_from_dir(
            root / "bot" / package, [("**.py", "python")], keywords=KEYWORDS, comment_tags=[COMMENT_TAG]
        )
        for _, _, message, comments, context in found:
            catalog.add(message, context=context, auto_comments=comments)
    return catalog


def updated(template: Catalog, language: str, old: bytes) -> bytes:
    """The catalog of a language, brought up to date with the code."""
    locale = Locale.parse(language.replace("-", "_"))
    catalog = read_po(io.BytesIO(old), locale=locale)
    if str(locale) in RULES:
        catalog.mime_headers = [("Plural-Forms", RULES[str(locale)])]
    catalog.update(template, no_fuzzy_matching=not is_begun(catalog))
    catalog.header_comment, catalog.fuzzy = _TITLE, False
    written = io.BytesIO()
    write_po(written, catalog, width=0, no_location=True, sort_output=True, ignore_obsolete=True)
    return "".join(_without_times(written.getvalue().decode())).encode()


def _without_times(text: str) -> Iterator[str]:
    in_header = True
    for line in text.splitlines(keepends=True):
        in_header = in_header and line != "\n"
        if not in_header or not line.startswith('"') or line.startswith(tuple(f'"{kept}' for kept in _KEPT_HEADERS)):
            yield line


def main(arguments: Sequence[str] | None = None, root: Path = _ROOT) -> int:
    """Returns the process's exit code: 1 when `--check` finds a catalog out of date, or begun and not complete."""
    parser = argparse.ArgumentParser(prog="python -m bot.i18n.extract", description="Messages from code to catalogs.")
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when a catalog lacks something")
    only_check = parser.parse_args(arguments).check
    folder = root / "locales"
    template, stale, untold = extracted(root), [], dict[str, str]()
    for language in {"en": None} | catalog_files(folder):
        file = folder / language / "LC_MESSAGES" / "messages.po"
        old = file.read_bytes() if file.exists() else b""
        new = updated(template, language, old)
        if (lacking := _lacking(language, new)) is not None:
            untold[language] = lacking
        if new == old:
            continue
        stale.append(language)
        if not only_check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(new)
    sys.stdout.write(f"{len(template)} messages; {'out of date' if only_check else 'updated'}: {stale or 'none'}\n")
    sys.stdout.writelines(f"{language}: {lacking}\n" for language, lacking in untold.items())
    return 1 if only_check and (stale or set(untold.values()) - {_NOT_BEGUN}) else 0


def _lacking(language: str, written: bytes) -> str | None:
    """What a translator still has to do, in a line; None for a complete catalog, and for the source."""
    catalog = read_po(io.BytesIO(written), locale=Locale.parse(language.replace("-", "_")))
    if language == "en" or not (lacking := missing(catalog)):
        return None
    if not is_begun(catalog):
        return _NOT_BEGUN
    shown = ", ".join(repr(one) for one in lacking[:_NAMED])
    return f"{len(lacking)} of {len(catalog)} said in English: {shown}{', …' if len(lacking) > _NAMED else ''}"


if __name__ == "__main__":
    sys.exit(main())
