"""The countries and services that the sandbox knows. Names of countries come from Babel: no table grows old here."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import phonenumbers
from babel import Locale

from bot.sandbox.hidsim.ids import ObjectIds
from bot.sandbox.hidsim.names import service_names

_FIRST = (
    "BR", "RU", "UA", "IN", "ID", "US", "GB", "DE", "KZ", "SA", "EG", "TR", "CN", "JP", "KR", "FR", "ES", "IT",
    "PT", "PL", "NL", "MX", "AR", "CO", "CL", "PE", "VE", "CA", "AU", "NZ", "ZA", "NG", "KE", "MA", "DZ", "TN",
    "AE", "IL", "IR", "IQ", "PK", "BD", "LK", "TH", "VN", "PH", "MY", "SG", "HK", "TW", "RO", "CZ", "SK", "HU",
    "BG", "GR", "RS", "SE", "NO", "FI", "DK", "EE", "LV", "LT", "BY", "MD", "GE", "AM", "AZ", "UZ", "KG", "TJ",
)  # fmt: skip
_LAST = (
    "AI", "AS", "AX", "BL", "BQ", "CC", "CX", "EH", "FK", "GG", "IM", "IO", "JE", "MF", "MP", "MS", "NF", "NR",
    "NU", "PM", "SH", "SJ", "TK", "VA", "VG", "WF", "YT",
)  # fmt: skip
_NOT_ISO = frozenset({"AC", "TA", "XK"})
Item = TypeVar("Item")
_ALPHA_2 = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True)
class Country:
    index: int
    object_id: str
    short_id: int
    code: str
    name: str


@dataclass(frozen=True)
class Service:
    index: int
    object_id: str
    short_id: int
    name: str


def _country_codes(count: int) -> tuple[str, ...]:
    """ISO alpha-2 codes that have telephone numbers, the much used ones first and the smallest territories last."""
    usable = {
        code
        for code in map(str, Locale("en").territories)
        if _ALPHA_2.fullmatch(code) and code not in _NOT_ISO and phonenumbers.country_code_for_region(code)
    }
    rest = sorted(usable.difference(_FIRST), key=lambda code: (code in _LAST, code))
    codes = (*_FIRST, *rest)
    if not 1 <= count <= len(codes):
        raise ValueError(f"countries must be between 1 and {len(codes)}")
    return codes[:count]


class Catalog:
    """Fixed for the life of the sandbox. Short ids count from 1."""

    def __init__(self, seed: int, services: int, countries: int) -> None:
        self.service_ids = ObjectIds.of("services", seed)
        self.country_ids = ObjectIds.of("countries", seed)
        english = Locale("en").territories
        self.countries = tuple(
            Country(index, self.country_ids.make(index + 1), index + 1, code, english[code])
            for index, code in enumerate(_country_codes(countries))
        )
        self.services = tuple(
            Service(index, self.service_ids.make(index + 1), index + 1, name)
            for index, name in enumerate(service_names(services, seed))
        )

    def service_by_id(self, text: str) -> Service | None:
        """By `_id` or short id."""
        return _pick(self.services, self.service_ids.from_path(text))

    def country_by_id(self, text: str) -> Country | None:
        """By `_id` or short id."""
        return _pick(self.countries, self.country_ids.from_path(text))

    def search(self, words: str) -> list[Service]:
        """Services whose name contains the words, whatever their case. Nothing is corrected and no alias is known."""
        wanted = words.casefold()
        return [service for service in self.services if wanted in service.name.casefold()]

    def find_service(self, text: str) -> Service:
        """For the director: by `_id`, short id or name. Raises LookupError."""
        found = self.service_by_id(text)
        if found is None:
            found = next((one for one in self.services if one.name.casefold() == text.casefold()), None)
        if found is None:
            raise LookupError(f"no such service: {text}")
        return found

    def find_country(self, text: str) -> Country:
        """For the director: by `_id`, short id, ISO code or English name. Raises LookupError."""
        found = self.country_by_id(text)
        if found is None:
            wanted = text.casefold()
            known = (one for one in self.countries if wanted in (one.code.casefold(), one.name.casefold()))
            found = next(known, None)
        if found is None:
            raise LookupError(f"no such country: {text}")
        return found


def _pick(items: Sequence[Item], short_id: int | None) -> Item | None:
    if short_id is None or not 1 <= short_id <= len(items):
        return None
    return items[short_id - 1]
