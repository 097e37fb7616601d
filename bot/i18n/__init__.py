"""Words of all languages: gettext catalogs through Babel, plural rules, names of countries, money, times, flags."""

from bot.i18n.aliases import service_aliases
from bot.i18n.countries import country_names, flag, foreign_country_names
from bot.i18n.country_codes import code_of, known_code
from bot.i18n.folders import locales_folder
from bot.i18n.languages import Languages
from bot.i18n.phone import region_of_dial_code
from bot.i18n.text import Html, clean, unlinked
from bot.i18n.translator import Translator

__all__ = [
    "Html",
    "Languages",
    "Translator",
    "clean",
    "code_of",
    "country_names",
    "flag",
    "foreign_country_names",
    "known_code",
    "locales_folder",
    "region_of_dial_code",
    "service_aliases",
    "unlinked",
]
