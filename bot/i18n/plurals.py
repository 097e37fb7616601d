"""How many forms a counted message has in each of our languages, and which of them a number takes.

Gettext's rules as translators know them. Babel has one form for Turkish and Persian, whose nouns need no more; but
"Close it" and "Close one of them" are two sentences in every language. Its Arabic has the last two forms the other way.
"""

import gettext
from collections.abc import Callable

_TWO = "nplurals=2; plural=(n != 1);"
_ONE = "nplurals=1; plural=0;"
_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
_ARABIC = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"

RULES = {
    "en": _TWO,
    "ar": _ARABIC,
    "es": _TWO,
    "fa": _TWO,
    "hi": _TWO,
    "id": _ONE,
    "pt_BR": "nplurals=2; plural=(n > 1);",
    "ru": _SLAVIC,
    "tr": _TWO,
    "uk": _SLAVIC,
    "vi": _ONE,
    "zh_Hans": _ONE,
}
"""The Plural-Forms of our own languages; another one's is Babel's."""
_LOOKED_AT = 400
"""Numbers; every form that there is comes up among them."""


def numbers_by_form(rule: str) -> dict[int, list[int]]:
    """For each form of a Plural-Forms rule, the first numbers that take it. Raises ValueError: it can't be read."""
    form: Callable[[int], int] = gettext.c2py(rule.partition("plural=")[2].strip().rstrip(";"))
    found: dict[int, list[int]] = {}
    for number in range(_LOOKED_AT):
        found.setdefault(form(number), []).append(number)
    return found


def lone_forms(rule: str) -> frozenset[int]:
    """The forms that stand for a single number: these alone may leave it out ("one offer")."""
    return frozenset(form for form, numbers in numbers_by_form(rule).items() if len(numbers) == 1)
