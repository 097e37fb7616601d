"""Countries by ISO 3166 alpha-2 code: flags, and names in all languages that we have."""

from collections.abc import Iterator
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

from bot.i18n.country_codes import names_in, sound_code
from bot.i18n.country_spellings import OTHER_NAMES
from bot.i18n.folders import catalog_files, locales_folder

_SPOKEN = (
    "ar", "az", "bg", "bn", "cs", "de", "el", "es", "fa", "fil", "fr", "he", "hi", "hu", "id", "it", "ja", "ka", "kk",
    "km", "ko", "ms", "my", "nl", "pl", "pt", "ro", "ru", "sr", "sv", "sw", "th", "tr", "uk", "ur", "uz", "vi", "zh",
    "zh_Hant",
)  # fmt: skip
"""The languages in which people name countries, besides those in which the bot speaks."""
_BABELS_OWN = frozenset(locale_identifiers())


def flag(code: str | None) -> str:
    """The country's flag emoji; a white flag when there is no (sound) code."""
    code = sound_code(code)
    if code is None:
        return "🏳️"
    return "".join(chr(ord("\N{REGIONAL INDICATOR SYMBOL LETTER A}") + ord(letter) - ord("A")) for letter in code)


def country_name(code: str | None, locale: Locale) -> str | None:
    """Babel's name of the country in the locale's language; None for an unknown code."""
    code = sound_code(code)
    name = locale.territories.get(code) if code else None
    return str(name) if name and name != code else None


@cache
def country_names(code: str) -> frozenset[str]:
    """The names by which a country may be looked for: in all languages we have, and other English names in use."""
    known = (country_name(code, locale) for locale in _our_locales())
    return frozenset(name for name in known if name) | frozenset(OTHER_NAMES.get(code.upper(), ()))


def foreign_country_names() -> Iterator[tuple[str, str]]:
    """(ISO code, name) in the languages of the world. Reads some forty files: a tenth of a second, beside the loop."""
    for language in _SPOKEN:
        yield from names_in(language)


@cache
def _our_locales() -> tuple[Locale, ...]:
    names = (name.replace("-", "_") for name in {"en", *catalog_files(locales_folder())})
    return tuple(Locale.parse(name) for name in names if name in _BABELS_OWN)
