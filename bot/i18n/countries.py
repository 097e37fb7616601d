"""Countries by ISO 3166 alpha-2 code: flags, and names in all languages that we have."""

from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

from bot.i18n.country_codes import sound_code
from bot.i18n.country_spellings import OTHER_NAMES
from bot.i18n.places import catalog_files, locales_folder

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


@cache
def _our_locales() -> tuple[Locale, ...]:
    names = (name.replace("-", "_") for name in {"en", *catalog_files(locales_folder())})
    return tuple(Locale.parse(name) for name in names if name in _BABELS_OWN)
