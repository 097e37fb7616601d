"""How wide a label is on a phone: letters of Roboto Medium at 15 px, and of what stands in for it in other scripts.

A phone of 360 px has a keyboard of 298, and keys have 11 px at either side (decision 32). Measured in Chromium; what is
known of a script as a whole is on the wide side, so that a label which fits here fits there.
"""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_BY_WIDTH = {
    2.2: "'",
    3.0: "‘’",
    3.4: ",",
    3.6: ";",
    3.8: " \N{NO-BREAK SPACE}ijl|і",
    4.0: "!:ıї",
    4.2: ".I[]·ІЇ",
    4.6: '"ािीोौ।',
    4.8: "`",
    5.0: "-t{}اأإآ،؛",
    5.2: "()r•",
    5.4: "f",
    5.6: "“”",
    5.8: "/°",
    6.2: "\\г",
    6.4: "^",
    6.6: "*",
    6.8: "_ґ",
    7.2: "«»لبتثنيئپ",
    7.4: "?vyту",
    7.6: "<xzзх",
    7.8: ">cks₹сь",
    8.0: "e×еэє",
    8.2: "FLaачҐ",
    8.4: "+=EJbdhnpuбкряГЕ",
    8.6: "$0123456789goq€вийлноп",
    8.8: "£ىی",
    9.0: "SZцЗЬ",
    9.2: "#TYТ",
    9.4: "BKRXдБВУХЯ",
    9.6: "&P–ъКР",
    9.8: "CDUVС",
    10.0: "A~АЭЄ",
    10.2: "GЧ",
    10.4: "OQО",
    10.6: "HN…ИЙНП",
    10.8: "Л",
    11.0: "%ф",
    11.2: "wмЦ",
    11.4: "ДЪ",
    11.6: "—",
    12.0: "ыФ",
    12.2: "жшю",
    12.6: "→←✓",
    12.8: "طظ",
    13.0: "mщЫ",
    13.2: "MWМ",
    13.4: "@☆",
    13.6: "سشصض",
    13.8: "Ю",
    14.2: "Ш",
    14.4: "Ж",
    15.0: "Щ",
    15.4: "№",
}
_LETTER, _CAPITAL, _ARABIC, _DEVANAGARI, _FULL, _SIGN = 8.6, 10.7, 8.9, 9.3, 15.0, 18.8
_WIDTHS = {letter: width for width, letters in _BY_WIDTH.items() for letter in letters}
_KEYBOARD, _GAP, _SIDES = 298, 4, 22
_ROUNDED = 1.2
"""Pixels by which a label may be wider than its room before anything of it is cut."""


def room(columns: int) -> float:
    """What a label of one of so many keys in a row may take."""
    return (_KEYBOARD - _GAP * (columns - 1)) / columns - _SIDES


@lru_cache(maxsize=4096)
def pixels(text: str) -> float:
    """About as wide as a phone draws it, or a little wider."""
    total, previous = 0.0, ""
    for one in unicodedata.normalize("NFC", text):
        width = _width(one)
        total += 0 if previous == "\N{ZERO WIDTH JOINER}" and width == _SIGN else width
        previous = one
    return total


def _width(one: str) -> float:
    found = _WIDTHS.get(one)
    if found is None and one > "\N{DELETE}":
        found = _WIDTHS.get(unicodedata.normalize("NFD", one)[0])
    return _of_kind(one) if found is None else found


def _of_kind(one: str) -> float:
    """What a letter takes of which only its script is known. Flags are two letters of half a sign each."""
    kind = unicodedata.category(one)
    if kind in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    if "\N{REGIONAL INDICATOR SYMBOL LETTER A}" <= one <= "\N{REGIONAL INDICATOR SYMBOL LETTER Z}":
        return _SIGN / 2
    if kind in {"So", "Sk"} and one > "\N{RIGHTWARDS ARROW}":
        return _SIGN
    if unicodedata.east_asian_width(one) in "WF":
        return _FULL if kind.startswith(("L", "N", "P")) else _SIGN
    if "\u0600" <= one <= "\u08ff":
        return _ARABIC
    if "\u0900" <= one <= "\u0dff":
        return _DEVANAGARI
    return _CAPITAL if one.isupper() else _LETTER


def fit(labels: Sequence[str]) -> bool:
    """Whether these share a row and none of them is cut."""
    return all(pixels(label) <= room(len(labels)) + _ROUNDED for label in labels)
