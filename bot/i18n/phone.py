"""Telephone numbers: completed by their country, and as people read them. The only door to phonenumbers."""

from collections.abc import Collection

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

_DIAL_CODE = 3
"""Digits of the longest code of a country."""
_SHARED_BY_FAR_ONES = frozenset({1, 7})
"""Codes whose countries are told apart by services. +44 and others are shared with islands and territories, whose
numbers pass for the large country's everywhere."""
_OF_A_PLACE = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
"""Kinds of numbers that belong to one country; toll-free ones and the like may be anybody's."""


def completed(number: str, region: str | None) -> str:
    """+55… for what is a number of any country, also when its plus or its country's code is missing.

    `region`: the ISO code of the country that the number was bought for. It decides where a number could be read in two
    ways. What is no valid number stays as it was written. Never raises.
    """
    found = _read(number, region)
    return number if found is None else phonenumbers.format_number(found, PhoneNumberFormat.E164)


def international(number: str, region: str | None = None) -> str:
    """+5511912345678 as +55 11 91234-5678; what is no number of any plan stays as it is. Never raises."""
    found = _read(number, region)
    return number if found is None else phonenumbers.format_number(found, PhoneNumberFormat.INTERNATIONAL)


def region_of(number: str, regions: Collection[str]) -> str | None:
    """The ISO code of a number's country; None for what is no valid number, or could be of several countries.

    `regions`: ISO codes of the countries as whose it may be written without their code. Never raises.
    """
    read = [found for one in regions or (None,) if (found := _read(number, one)) is not None]
    among = {phonenumbers.region_code_for_number(found) for found in read}
    return among.pop() if len(among) == 1 else None


def share_a_dial_code(one: str, other: str) -> bool:
    """Whether two countries are called with the same code, as Guernsey and the United Kingdom are."""
    code = phonenumbers.country_code_for_region(one)
    return bool(code) and code == phonenumbers.country_code_for_region(other)


def region_of_dial_code(text: str) -> str | None:
    """The ISO code of the country that is called with "+55"; of the largest one where several are: +1 is US."""
    digits = text.removeprefix("+")
    if not (1 <= len(digits) <= _DIAL_CODE and digits.isascii() and digits.isdigit()):
        return None
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(int(digits), ())
    return next((region for region in regions if region.isalpha()), None)


def region_elsewhere(number: str, wanted: Collection[str | None]) -> str | None:
    """The ISO code of the country whose number this is, when it is certainly none of the wanted ones'. Never raises.

    `wanted`: ISO codes; an unknown one among them (None, or no country's) may be any, so that nothing is certain.
    """
    codes = {one: phonenumbers.country_code_for_region((one or "").upper()) for one in wanted}
    readings = {one: _read(number, one) for one in codes}
    found = next((reading for reading in readings.values() if reading is not None), None)
    if found is None or not all(codes.values()) or phonenumbers.number_type(found) not in _OF_A_PLACE:
        return None
    if any(reading and _passes_for(reading, one, codes[one]) for one, reading in readings.items()):
        return None
    region = phonenumbers.region_code_for_number(found)
    return region if region and region.isalpha() else None


def _passes_for(number: PhoneNumber, region: str | None, code: int) -> bool:
    """`code`: how that region is called."""
    if number.country_code != code:
        return False
    return code not in _SHARED_BY_FAR_ONES or phonenumbers.is_valid_number_for_region(number, (region or "").upper())


def _read(number: str, region: str | None) -> PhoneNumber | None:
    """A valid number: the order's country first, then any country that its digits begin with."""
    abroad = _valid(_with_plus(number), None)
    if number.startswith("+") and abroad is not None:
        return abroad
    here = _valid(number.removeprefix("+"), region) if region and not _abroad_only(number) else None
    if here is None or (abroad is not None and phonenumbers.region_code_for_number(abroad) == region):
        return abroad
    return here


def _abroad_only(number: str) -> bool:
    """Written with a country's code. No code begins with a zero, so “+0911…” is a national number with a plus."""
    return number.startswith("+") and not number.startswith("+0")


def _with_plus(number: str) -> str:
    bare = number.lstrip("+ (")
    return "+" + bare.removeprefix("00")


def _valid(number: str, region: str | None) -> PhoneNumber | None:
    try:
        found = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None
    found.extension = None
    return found if phonenumbers.is_valid_number(found) else None
