"""The project's catalogs, read once for all tests, and those made up for a test."""

import io
from functools import cache

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from bot.i18n import locales_folder
from bot.i18n.completeness import is_begun, strings_of
from bot.i18n.folders import catalog_files

FILES = catalog_files(locales_folder())


@cache
def catalog(language: str) -> Catalog:
    return parsed(FILES[language].read_text(encoding="utf-8"), language)


def parsed(text: str, language: str) -> Catalog:
    return read_po(io.BytesIO(text.encode()), locale=Locale.parse(language), abort_invalid=True)


def begun() -> list[str]:
    """The languages that are offered, besides English."""
    return [language for language in FILES if is_begun(catalog(language))]


def said(found: Catalog) -> list[Message]:
    """Its translated messages."""
    return [message for message in found if message.id and any(strings_of(message.string)) and not message.fuzzy]
