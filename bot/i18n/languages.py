"""The catalogs of all languages, compiled in memory from their .po files when the bot starts."""

import gettext
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Self

import structlog
from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.domain.signboard import Signboard
from bot.i18n.completeness import is_begun, strings_of
from bot.i18n.folders import catalog_files, locales_folder
from bot.i18n.plurals import lone_forms
from bot.i18n.soundness import faults
from bot.i18n.text import clean
from bot.i18n.translator import Translator, utc_now

_log = structlog.get_logger(__name__)

SOURCE = "en"
_OTHER_NAMES = {"in": "id", "iw": "he", "ji": "yi", "no": "nb", "tl": "fil", "mo": "ro", "sh": "sr"}
"""Codes that clients still send, and what Babel calls them."""


class Languages:
    """All languages. The source language, English, is always among them, with or without a file."""

    def __init__(self, translators: dict[str, Translator], now: Callable[[], datetime] = utc_now) -> None:
        english = Translator(SOURCE, gettext.NullTranslations(), now)
        self._translators = {SOURCE: english} | translators
        self._choose = lru_cache(maxsize=512)(self._best)

    def speak_for(self, shop: Signboard) -> None:
        """From now on every language speaks for this shop."""
        for translator in self._translators.values():
            translator.shop = shop

    def name_the_shop(self, name: str) -> None:
        """What a shop is called that its operator gave no name: the bot's own, which comes from outside."""
        shop = self._translators[SOURCE].shop
        if not shop.name:
            self.speak_for(replace(shop, name=clean(name, 64).replace("\n", " ").strip()))

    @classmethod
    def load(cls, folder: Traversable | Path | None = None, now: Callable[[], datetime] = utc_now) -> Self:
        """Reads <folder>/<language>/LC_MESSAGES/messages.po. What can't be read, or isn't begun, is left out."""
        folder = locales_folder() if folder is None else folder
        read = (_read(name, file, now) for name, file in catalog_files(folder).items())
        return cls({translator.language: translator for translator in read if translator is not None}, now)

    @property
    def tags(self) -> tuple[str, ...]:
        """English first, then by code."""
        return (SOURCE, *sorted(self._translators.keys() - {SOURCE}))

    @property
    def own_names(self) -> dict[str, str]:
        """What each language calls itself, by its tag, in the order of `tags`."""
        return {tag: self._translators[tag].own_name for tag in self.tags}

    def of_telegram(self) -> list[tuple[Translator, str | None]]:
        """Each with its code of two letters, which is all that Telegram takes; None, English, for everybody else."""
        found = [(self._translators[tag], None if tag == SOURCE else tag.split("_")[0]) for tag in self.tags]
        return [(t, code) for t, code in found if code is None or len(code) == 2]

    def translator(self, language: str | None) -> Translator:
        """The best match for an IETF tag as Telegram sends it ("pt-br", "zh-hans"); English when none is near."""
        return self._choose((language or SOURCE)[:35])

    def _best(self, language: str) -> Translator:
        parts = [part for part in language.replace("-", "_").split("_") if part.isalnum()]
        if not parts:
            return self._translators[SOURCE]
        parts[0] = _OTHER_NAMES.get(parts[0].lower(), parts[0])
        known = {name.lower(): name for name in self.tags}
        while parts:
            if (name := known.get("_".join(parts).lower())) is not None:
                return self._translators[name]
            first = parts[0].lower()
            parts.pop()
        relatives = [name for name in self.tags if name.lower().startswith(f"{first}_")]
        return self._translators[relatives[0] if relatives else SOURCE]


def _read(name: str, file: Traversable, now: Callable[[], datetime]) -> Translator | None:
    try:
        locale = Locale.parse(name.replace("-", "_"))
        with file.open("rb") as stream:
            catalog = read_po(stream, locale=locale, abort_invalid=True)
        if not is_begun(catalog):
            return None
        return Translator(str(locale), _compiled(catalog), now)
    except (OSError, ValueError, UnknownLocaleError, PoFileError) as error:
        _log.warning("a language was left out: its catalog can't be read", language=name, error=type(error).__name__)
        return None


def _compiled(catalog: Catalog) -> gettext.GNUTranslations:
    """Raises ValueError: the rule of plurals can't be read."""
    lone = lone_forms(catalog.plural_forms)
    for message in list(catalog):
        if message.id and any(strings_of(message.string)) and (fault := _fault(catalog, message, lone)):
            _log.warning("a broken translation is shown in English", language=str(catalog.locale), fault=fault)
            catalog.delete(message.id, message.context)
    compiled = io.BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _fault(catalog: Catalog, message: Message, lone: frozenset[int]) -> str | None:
    texts = strings_of(message.string)
    if message.pluralizable and len(texts) != catalog.num_plurals:
        return f"{message.id[0]!r} has {len(texts)} plural forms and needs {catalog.num_plurals}"
    sources = strings_of(message.id)
    return next((f"{sources[0]!r}: {fault}" for fault in faults(sources, texts, lone)), None)
