"""Countries by ISO 3166 alpha-2 code: flags, names in all languages, and the code behind an English name."""

import re
import unicodedata
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

from bot.i18n.places import catalog_files, locales_folder

_CODE = re.compile(r"[A-Z]{2}")
_NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"})
"""Babel's territories of two letters that are no countries."""

_BABELS_OWN = frozenset(locale_identifiers())

OTHER_NAMES: dict[str, tuple[str, ...]] = {
    "AE": ("UAE", "Emirates"),
    "BA": ("Bosnia",),
    "BN": ("Brunei Darussalam",),
    "BO": ("Bolivia, Plurinational State of",),
    "CD": ("DR Congo", "Congo Kinshasa", "Congo (Democratic Republic)", "Democratic Republic of the Congo", "DRC"),
    "CG": ("Congo", "Republic of the Congo", "Congo Brazzaville"),
    "CI": ("Ivory Coast", "Cote d'Ivoire"),
    "CV": ("Cabo Verde", "Cape Verde"),
    "CZ": ("Czech Republic", "Czechia"),
    "DO": ("Dominicana",),
    "FM": ("Micronesia",),
    "GB": ("UK", "Great Britain", "England", "Britain", "United Kingdom of Great Britain"),
    "GM": ("The Gambia",),
    "GW": ("Guinea Bissau",),
    "HK": ("Hong Kong",),
    "IR": ("Islamic Republic of Iran",),
    "KG": ("Kyrgyz Republic",),
    "KP": ("DPRK", "Korea North"),
    "KR": ("Korea", "Republic of Korea", "Korea South"),
    "LA": ("Lao", "Lao People's Democratic Republic", "Lao PDR"),
    "MD": ("Republic of Moldova",),
    "MK": ("Macedonia", "FYROM"),
    "MM": ("Burma", "Myanmar"),
    "MO": ("Macau", "Macao"),
    "NL": ("Holland", "The Netherlands"),
    "PS": ("Palestine", "State of Palestine"),
    "RU": ("Russian Federation",),
    "SA": ("KSA",),
    "ST": ("Sao Tome",),
    "SY": ("Syrian Arab Republic",),
    "SZ": ("Swaziland",),
    "TL": ("East Timor",),
    "TR": ("Turkey", "Turkiye"),
    "TT": ("Trinidad",),
    "TW": ("Taiwan, Province of China",),
    "TZ": ("United Republic of Tanzania",),
    "US": ("USA", "United States of America", "America", "US"),
    "VA": ("Vatican", "Holy See"),
    "VE": ("Bolivarian Republic of Venezuela",),
    "VN": ("Viet Nam",),
}
"""English names in use that are not Babel's."""


def flag(code: str | None) -> str:
    """The country's flag emoji; a white flag when there is no (sound) code."""
    code = _sound(code)
    if code is None:
        return "🏳️"
    return "".join(chr(ord("\N{REGIONAL INDICATOR SYMBOL LETTER A}") + ord(letter) - ord("A")) for letter in code)


def country_name(code: str | None, locale: Locale) -> str | None:
    """Babel's name of the country in the locale's language; None for an unknown code."""
    code = _sound(code)
    name = locale.territories.get(code) if code else None
    return str(name) if name and name != code else None


def code_of(name: str) -> str | None:
    """The ISO code behind an English name as services write it ("USA", "Viet Nam", "Ivory Coast"); None if unknown."""
    return _codes().get(_key(name))


@cache
def country_names(code: str) -> frozenset[str]:
    """The names by which a country may be looked for: in all languages we have, and other English names in use."""
    known = (country_name(code, locale) for locale in _our_locales())
    return frozenset(name for name in known if name) | frozenset(OTHER_NAMES.get(code.upper(), ()))


def _sound(code: str | None) -> str | None:
    code = (code or "").strip().upper()
    return "GB" if code == "UK" else code if _CODE.fullmatch(code) else None


@cache
def _our_locales() -> tuple[Locale, ...]:
    names = (name.replace("-", "_") for name in {"en", *catalog_files(locales_folder())})
    return tuple(Locale.parse(name) for name in names if name in _BABELS_OWN)


@cache
def _codes() -> dict[str, str]:
    territories = Locale.parse("en").territories
    countries = {
        code: name for code, name in territories.items() if _CODE.fullmatch(code) and code not in _NO_COUNTRIES
    }
    codes = {_key(str(name)): code for code, name in countries.items()}
    codes |= {_key(name): code for code, names in OTHER_NAMES.items() for name in names}
    return codes


def _key(name: str) -> str:
    """Letters only, without accents, "and", "the" and "of": spellings of one name fall together."""
    plain = unicodedata.normalize("NFKD", name[:80].replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"\bst\b\.?", "saint", plain)
    return " ".join(word for word in re.findall(r"[a-z]+", plain.replace("'", "")) if word not in {"and", "the", "of"})
