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
    "Pd": "-", "Zs": " ", "Zl": "\n", "Zp": "\n", "Ps": "(", "Pe": ")", "Pi": '"', "Pf": '"', "Cf": "", "Cc": " ", "Co": " ",
    "Cs": " ", "Cn": " ", "So": " ", "Sk": "'", "Pc": "_", "Po": "'", "Sm": "~",
}  # fmt: skip
_CHARACTERS = {
    "。": ". ", "．": ".", "！": "! ", "？": "? ", "؟": "? ", "।": ". ", "॥": ". ", "。": ". ", "，": ", ", "、": ", ", "،": ", ",
    "；": "; ", "؛": "; ", "：": ": ", "…": "...", "№": "#", "→": ":", "⇒": ":", "➜": ":", "➡": ":", "➔": ":", "·": "·", "•": "·",
    "・": "·", "∙": "·", "⋅": "·", "●": "·", "٫": ".", "٬": ",", "−": "-", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "\r": "\n",
    "\t": " ", "\v": "\n", "\f": "\n", "\x85": "\n", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i",
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "þ": "th", "ð": "d", "ک": "ك", "ی": "ي", "ى": "ي", "ة": "ه", "ۀ": "ه",
    "〇": "0", "幺": "1", "°": " ", "×": "x", "٭": "*", "＊": "*", "✱": "*", "∗": "*", "⁎": "*", "\u200b": "", "＃": "#",
    "۔": ". ", "፡": " ", "：": ": ", "﹕": ": ", "∶": ":", "ː": ":", "։": ". ", "ー": "ー", "々": "々", "⓪": "0", "⓿": "0",
}  # fmt: skip


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
    if (known := _CHARACTERS.get(character)) is not None:
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
    return "$" if category == "Sc" and character not in "€£¥₽₹₺₴₸₩₫฿₦₪₱₡₲₵₼₾৳﷼₨" else _MARKS.get(category, character)
