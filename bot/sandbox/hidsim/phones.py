"""Telephone numbers that look like their country's. They come from the library's example ranges."""

import random

import phonenumbers

_TRIES = 20


def phone_number(region: str, chance: random.Random) -> str:
    """An E.164 number (with +) that is valid in the region; the example number itself where no other is found."""
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    example = example or phonenumbers.example_number(region)
    if example is None or example.national_number is None:
        return f"+99900{chance.randrange(10**6):06d}"
    base = example.national_number
    room = 10_000 if base >= 10**7 else 100
    for _ in range(_TRIES):
        example.national_number = base // room * room + chance.randrange(room)
        if phonenumbers.is_valid_number(example):
            return phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
    example.national_number = base
    return phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
