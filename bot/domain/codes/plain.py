"""One spelling for all scripts: digits as 0-9, letters without accents, and ASCII for every mark between them.

Case stays, because it belongs to a code. Length may change.
"""

import re
import unicodedata

from bot.domain.ends import both_ends

LONGEST = 4_400
"""Characters of a text that are read: longer ones are read at both ends."""

_ACCENTS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u0640\ufe00-\ufe0f\u20d0-\u20f0]")
_HAN, _HANGUL = "零一二三四五六七八九", "영일이삼사오육칠팔구"
_WRITTEN = re.compile(f"(?<![{_HAN}0-9])[{_HAN}0]{{4,10}}(?![{_HAN}0-9])|(?<![가-힣])[{_HANGUL}공]{{4,10}}(?![가-힣])")
"""Digits as a Chinese or Korean voice says them."""
_WRITTEN_DIGITS = str.maketrans(_HAN + _HANGUL + "공", "0123456789" * 2 + "0")
_MARKS = {
    "-": "Pd",
    " ": "Zs Cc Co Cs Cn So",
    "\n": "Zl Zp",
    "(": "Ps",
    ")": "Pe",
    '"': "Pi Pf",
    "": "Cf",
    "'": "Sk Po",
    "_": "Pc",
    "~": "Sm",
}
"""What becomes of a character of these categories."""
_CHARACTERS = {
    ". ": "。।॥۔։",
    ".": "．٫",
    "! ": "！",
    "? ": "？؟",
    ", ": "，、،",
    "; ": "；؛",
    ": ": "：﹕",
    "...": "…",
    "#": "№＃",
    ":": "→⇒➜➡➔∶ː",
    "·": "·•・∙⋅●",
    ",": "٬",
    "-": "−",
    "'": "’‘ʼ`",
    "\n": "\r\x0b\x0c\x85",
    " ": "\t°፡",
    "d": "đð",
    "D": "Đ",
    "l": "ł",
    "L": "Ł",
    "o": "ø",
    "O": "Ø",
    "i": "ı",
    "ss": "ß",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "th": "þ",
    "ك": "ک",
    "ي": "یى",
    "ه": "ةۀ",
    "0": "〇⓪⓿",
    "1": "幺",
    "x": "×",
    "*": "٭＊✱∗⁎",
    "": "\u200b",
}
"""And of these, whatever their category."""
_MARK_OF = {category: mark for mark, categories in _MARKS.items() for category in categories.split()}
_SPELLED = {character: plain for plain, characters in _CHARACTERS.items() for character in characters}


def plain(text: str) -> str:
    text = both_ends(text, LONGEST, "\n\n")
    return _WRITTEN.sub(lambda found: found[0].translate(_WRITTEN_DIGITS), text.translate(_TABLE))


def folded(word: str) -> str:
    """A word as the lexicon knows it."""
    return word.casefold()


class _Table(dict[int, str]):
    """What becomes of a character, worked out when it is first met. No larger than Unicode."""

    def __missing__(self, point: int) -> str:
        self[point] = found = _plain_character(chr(point))
        return found


_TABLE = _Table({point: chr(point) for point in range(0x20, 0x7F) if chr(point) != "`"} | {10: "\n"})


def _plain_character(character: str) -> str:
    if (known := _SPELLED.get(character)) is not None:
        return known
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if character.isascii():
        return " "
    parts = unicodedata.normalize("NFKC", character)
    if parts != character:
        return "".join(map(_plain_character, parts)) if len(parts) <= 4 else " "
    bare = unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", character)))
    if bare != character:
        return "".join(map(_TABLE.__getitem__, map(ord, bare)))
    category = unicodedata.category(character)
    return "$" if category == "Sc" and character not in "€£¥₽₹₺₴₸₩₫฿₦₪₱₡₲₵₼₾৳﷼₨" else _MARK_OF.get(category, character)
