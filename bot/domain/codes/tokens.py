"""A text as a row of tokens: words by their class, marks by what they separate, and the numbers that may be a code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.codes.kinds import Kind
from bot.domain.codes.lexicon import digit_of, is_spaceless, kind_of, split
from bot.domain.codes.masks import OPAQUE, masked
from bot.domain.codes.numbers import parts_of
from bot.domain.codes.plain import folded
from bot.domain.codes.words import REPEATS

SHORTEST, LONGEST = 3, 10
_MOST = 1_300
"""Pieces. 4,400 characters in words are some nine hundred."""
_CURRENCIES = "$€£¥₽₹₺₴₸₩₫฿₦₪₱₡₲₵₼₾৳"

_PIECES = re.compile(
    rf"(?P<opaque>{OPAQUE}++)"
    r"|(?P<singles>[A-Za-z0-9](?: [A-Za-z0-9](?![A-Za-z0-9'])){3,}+)"
    r"|(?P<mixed>(?=[0-9-]{0,24}[A-Za-z])(?=[A-Za-z-]{0,24}[0-9])[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+)"
    r"|(?P<run>[0-9]++(?:(?:[ ,.'·-]{1,3}|[:/~])[0-9]++(?![A-Za-z]))*+)"
    r"|(?P<latin>[A-Za-z]++(?:'[A-Za-z]{1,3}(?![A-Za-z]))?)"
    rf"|(?P<letters>[^\x00-\x7f·{OPAQUE}{_CURRENCIES}]++)"
    r"|(?P<stop>\n(?: *\n)++|[.!?]++(?=[\s)\"']|\Z)|[!?])"
    r"|(?P<mark>\S|\n)"
)
_MARKS = {
    ":": Kind.LINK, "=": Kind.LINK, ">": Kind.LINK, "~": Kind.LINK, ",": Kind.COMMA, ";": Kind.COMMA, "|": Kind.COMMA,
    "\n": Kind.LINE, "%": Kind.UNIT,
} | dict.fromkeys(_CURRENCIES, Kind.MONEY)  # fmt: skip
_ABBREVIATED = """
    no nr acct acc ac rs inc ltd co mr mrs ms dr ref tel num st vs ext txn corp llc nom руб тел стр ул kart hes
    cta tlf dn zlec
"""
_ABBREVIATIONS = frozenset(_ABBREVIATED.split())
_PREFIX = re.compile(r"([A-Z]{1,5})-([0-9]{4,10})")
_GROUPS = re.compile(r"[A-Za-z0-9]{3,5}(?:-[A-Za-z0-9]{3,5}){1,2}")
_GLUED = re.compile(r"([A-Za-z]{2,16})[-]?([0-9]{3,10})")
_COUNTED = re.compile(r"([0-9]{1,10})-?([A-Za-z]{1,12})")


@dataclass(frozen=True, slots=True)
class Token:
    """`code` is set where `kind` is NUMBER. `shaky`: believed only right by a word for a code."""

    kind: Kind
    text: str
    code: str = ""
    shaky: bool = False


def tokens_of(text: str) -> list[Token]:
    """Of a plain text; none of one that is cut into more pieces than an SMS in words is."""
    text = masked(text)
    tokens: list[Token] = []
    for piece in _PIECES.finditer(text):
        tokens.extend(_tokens(piece, tokens, text))
        if len(tokens) > _MOST:
            return []
    return _with_spoken(tokens)


def _tokens(piece: re.Match[str], before: list[Token], text: str) -> Iterator[Token]:
    found = piece[0]
    match piece.lastgroup:
        case "opaque":
            yield Token(Kind.OPAQUE, "")
        case "singles":
            yield _singles(found, text[piece.end() : piece.end() + 12])
        case "mixed":
            yield from _mixed(found, text[piece.end() : piece.end() + 12])
        case "run":
            yield from _run(piece, before, text)
        case "latin":
            yield Token(kind_of(found.partition("'")[0]), folded(found) if len(found) < 3 else found)
        case "letters":
            yield from _words(found)
        case "stop":
            yield Token(_stop(found, before), found)
        case _:
            yield Token(_mark(found, piece, text), found)


def _words(run: str) -> Iterator[Token]:
    if is_spaceless(run[0]) or is_spaceless(run[-1]):
        yield from (Token(kind, word) for word, kind in split(run))
    else:
        yield Token(kind_of(run), run)


def _stop(found: str, before: list[Token]) -> Kind:
    if found == "." and before and (folded(before[-1].text) in _ABBREVIATIONS or len(before[-1].text) == 1):
        return Kind.QUOTE if before[-1].kind is not Kind.NUMBER else Kind.STOP
    return Kind.STOP


def _mark(found: str, piece: re.Match[str], text: str) -> Kind:
    if found == "-":
        around = text[max(0, piece.start() - 1) : piece.end() + 1]
        return Kind.JOINER if len(around) == 3 and around[0].isalpha() and around[2].isalnum() else Kind.LINK
    return _MARKS.get(found, Kind.QUOTE)


def _singles(found: str, behind: str) -> Token:
    """`k 7 u w 2 f`, `4 8 2 9 1 3`. An article before it or a digit left over behind it make it unsure: none."""
    code = found.replace(" ", "")
    sound = (
        SHORTEST < len(code) <= LONGEST
        and not re.match(r" \d{3}(?!\d)", behind)
        and not re.match(r"[ ,.-]{0,2}\d(?!\d)|[ ,]{1,2}[a-z]{1,3} \d(?!\d)", behind)
    )
    if not sound or (not code.isdigit() and (code[1:].isdigit() or code[:-1].isdigit())):
        return Token(Kind.OPAQUE if any(map(str.isdigit, code)) else Kind.WORD, found)
    if code.isalpha():
        return Token(Kind.WORD, code if code.isupper() else found)
    return Token(Kind.NUMBER, found, code, shaky=True)


def _mixed(found: str, behind: str) -> Iterator[Token]:
    """Letters and digits: a code, a code behind a prefix or a word, a count with its unit, or nothing to know."""
    if (prefixed := _PREFIX.fullmatch(found)) and len(prefixed[1]) != len(prefixed[2]):
        yield Token(Kind.NUMBER, found, prefixed[2])
    elif (glued := _GLUED.fullmatch(found)) and kind_of(glued[1]) in (Kind.CODE, Kind.GENERIC):
        yield Token(kind_of(glued[1]), glued[1])
        yield Token(Kind.NUMBER, glued[2], glued[2])
    elif (counted := _COUNTED.fullmatch(found)) and kind_of(counted[2]) in (Kind.UNIT, Kind.MONEY):
        yield Token(Kind.OPAQUE, found)
    else:
        yield _mixed_code(found, behind)


def _mixed_code(found: str, behind: str) -> Token:
    code = found.replace("-", "")
    groups = found.split("-")
    another = re.match(r"[ ·/_.]([A-Za-z0-9]{3,})(?![A-Za-z0-9])", behind)
    if another is not None and any(map(str.isdigit, another[1])) and len(another[1]) == len(groups[-1]):
        return Token(Kind.OPAQUE, found)  # one group of several
    if re.match(r"[@/_+*&]|\.[A-Za-z]|-", behind):
        return Token(Kind.OPAQUE, found)
    alike = len(groups) == 1 or (_GROUPS.fullmatch(found) is not None and len({len(group) for group in groups}) == 1)
    if not alike or not 4 <= len(code) <= LONGEST:
        return Token(Kind.WORD if len(code) < 4 else Kind.OPAQUE, found)
    return Token(Kind.NUMBER, found, code, shaky=True)


def _run(piece: re.Match[str], before: list[Token], text: str) -> Iterator[Token]:
    start, end = piece.span()
    ahead = text[end : end + 24]
    counts = _counts(ahead)
    spent = _is_spent(before)
    if _is_glued(text[max(0, start - 2) : start], ahead, before, counts=counts):
        yield Token(Kind.OPAQUE, piece[0])
        return
    for code, shaky in parts_of(piece[0], spent=spent, counts=counts, ahead=ahead):
        yield Token(Kind.OPAQUE if code is None else Kind.NUMBER, piece[0], code or "", shaky)


def _is_spent(before: list[Token]) -> bool:
    """Whether a currency comes before, which is not the one of a number before it."""
    before = before[-3:]
    while before and before[-1].kind is Kind.QUOTE:
        before = before[:-1]
    return bool(before) and before[-1].kind is Kind.MONEY and (len(before) < 2 or before[-2].kind is not Kind.OPAQUE)


def _counts(ahead: str) -> bool:
    """Whether a unit comes next, or a currency that is not the one of a number behind it."""
    found = re.match(r"[ '-]{0,2}([A-Za-z]{1,20}|[^\x00-\x7f]{1,20}|[%$])", ahead)
    if found is None:
        return False
    word = found[1]
    kind = split(word)[0][1] if is_spaceless(word[0]) else _MARKS.get(word[0]) or kind_of(word)
    prefix = r"\.? ?\d" if folded(word) in ("rs", "rp") else r"\d"
    return kind is Kind.UNIT or (kind is Kind.MONEY and not re.match(prefix, ahead[found.end() :]))


def _is_glued(behind: str, ahead: str, before: list[Token], *, counts: bool) -> bool:
    """Whether the number is a piece of something longer: a path, a domain, a word."""
    last = behind[-1:]
    if (last in ("*", "_") and ahead[:1] == last) or behind == "..":  # bold; dots of a pause
        return False
    if (
        last in ("_", "@", "+", "*", "\\", ".")
        or (last == "/" and behind[:1].isalnum())
        or (last == "-" and behind[:1].isalnum())
    ):
        return True
    if last.isalpha() and not is_spaceless(last) and before[-1].kind not in (Kind.CODE, Kind.GENERIC):
        return True
    if re.match(r"[_@*\\+]|[/-][A-Za-z0-9]|\.[a-z]{2}", ahead):
        return True
    first = ahead[:1]
    return first.isalpha() and ord(first) < 0x590 and not counts


def _with_spoken(tokens: list[Token]) -> list[Token]:
    """Four digit words or more in a row become a number."""
    told: list[Token] = []
    place = 0
    while place < len(tokens):
        code, end = _spoken(tokens, place) if _may_be_said(tokens[place]) else ("", place)
        if end > place and len(code) >= 4:
            told.append(Token(Kind.NUMBER, "", code, shaky=True) if len(code) <= LONGEST else Token(Kind.OPAQUE, ""))
            place = end
        else:
            told.append(tokens[place])
            place += 1
    return told


def _may_be_said(token: Token) -> bool:
    return token.text[:1].isalpha() and (digit_of(token.text) is not None or folded(token.text) in REPEATS)


def _spoken(tokens: list[Token], start: int) -> tuple[str, int]:
    """The digits said from `start` on, and where they end. A number in digits right behind makes them unsure."""
    digits, place, end, times = "", start, start, 1
    while place < len(tokens) and len(digits) <= LONGEST:
        token = tokens[place]
        digit = digit_of(token.text) if token.kind not in (Kind.OPAQUE, Kind.NUMBER) else None
        if digit is not None:
            digits, end, times = digits + digit * times, place + 1, 1
        elif digits and token.kind in (Kind.COMMA, Kind.JOINER, Kind.LINK, Kind.STOP):
            pass
        elif times == 1 and (repeated := REPEATS.get(folded(token.text))) is not None:
            times = repeated
        else:
            break
        place += 1
    return digits, end
