"""Phone numbers as people read them. The only importer of phonenumbers."""

import phonenumbers


def international(number: str) -> str:
    """+5511912345678 as +55 11 91234-5678; a number that no plan knows stays as it is. Never raises."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
