"""No text from outside keeps the event loop: every pattern and every function that reads one is done in a moment.

Measured in time of this thread, the best of several, because other work on the machine is not the pattern's.
"""

import re
import time
from collections.abc import Callable

import pytest

from bot import logs
from bot.domain import sms, told_code
from bot.domain.codes import lexicon, masks
from bot.domain.codes.plain import LONGEST as LONGEST_READ
from bot.domain.orders import Sms
from bot.hidsim import amounts, errors, numbers, placeholders, values
from bot.i18n import clean, code_of, flag
from bot.screens.orders import sms as sms_screens
from bot.services.shop import matching, query
from bot.services.shop.country_matching import CountryMatcher
from bot.services.shop.matching import ServiceMatcher
from tests.architecture.patterns import PIECES, Found, patterns, worst

SIZE = 100_000
SECONDS = 0.020
QUIET = 0.075
"""What `_reference` takes on a quiet machine of ours: a slower one has as much more time."""

MADE = {
    "bot.domain.codes.lexicon._inside": lexicon._inside,
    "bot.domain.told_code.restored": None,  # tried as functions, below
    "bot.domain.told_code.holds": None,
}
CUT_BEFORE = {
    "bot.domain.codes.masks._LINK_START": masks.LONGEST_RUN,
    "bot.domain.codes.numbers._COUNTED": 40,
    "bot.i18n.money._LETTER_BY_DIGIT": 1_000,  # an amount and a currency's name
    "bot.domain.codes.": 2 * LONGEST_READ,  # a character may become several
    "bot.logs.": logs.LONGEST,
    "bot.hidsim.errors.": errors.LONGEST_MESSAGE,
    "bot.services.shop.query.": 16 * matching.LONGEST,
    "bot.services.shop.matching.": 16 * matching.LONGEST,  # a character may be spelled with several letters
    "bot.i18n.country_codes.": 1_000,
    "bot.hidsim.amounts.": 4 * 100,
    "bot.hidsim.numbers.": 4 * 64,
    "bot.hidsim.placeholders.": placeholders.LONGEST,
    "bot.domain.told_code.": 10_000,
}
"""Where a longer text is cut before a pattern sees it: the first part of the pattern's name, and how long at most."""

OURS = {
    "bot.settings.": 10_000,  # what the operator writes into .env, read once, before there is anybody to keep waiting
}
"""Patterns that see no text from outside, and the size up to which they are tried nevertheless."""

FOUND = patterns(MADE)


def _reference() -> float:
    started = time.thread_time()
    sum(number * number for number in range(1_000_000))
    return time.thread_time() - started


def allowed() -> float:
    """Seconds that a pattern has on this machine as busy as it is now: taken anew for each that seems slow."""
    return SECONDS * min(4.0, max(1.0, min(_reference() for _ in range(3)) / QUIET))


def seconds(act: Callable[[str], object], text: str, times: int = 1) -> float:
    def once() -> float:
        started = time.thread_time()
        act(text)
        return time.thread_time() - started

    return min(once() for _ in range(times))


def in_a_moment(act: Callable[[str], object], text: str) -> bool:
    return seconds(act, text) < SECONDS or any(seconds(act, text, 5) < allowed() for _ in range(3))


def filled(piece: str, size: int) -> str:
    return (piece * (size // max(1, len(piece)) + 1))[:size]


def size_of(found: Found) -> int:
    return next((size for start, size in (CUT_BEFORE | OURS).items() if found.name.startswith(start)), SIZE)


def test_all_patterns_are_found() -> None:
    names = {found.name for found in FOUND}
    assert {"bot.logs._TOKEN", "bot.logs._DIGITS", "bot.domain.codes.masks._FORMS", "bot.i18n.text._REMOVED"} <= names
    assert any(name.startswith("bot.hidsim.numbers._written:") for name in names)
    assert len(names) > 30


@pytest.mark.parametrize("found", FOUND, ids=[found.name for found in FOUND])
def test_a_pattern_is_done_in_a_moment_and_in_proportion(found: Found) -> None:
    size = size_of(found)
    pieces = [piece for piece in dict.fromkeys(worst(found.pattern)) if piece]
    slow = sorted(pieces, key=lambda piece: seconds(found.run, filled(piece, min(size, 1_500))), reverse=True)[:4]
    for piece in {*slow, *PIECES[:3]}:
        text = filled(piece, size)
        assert in_a_moment(found.run, text), piece
        short, long = (filled(piece, times * min(size // 2, 5_000)) + "!" for times in (1, 2))
        assert _grows_in_proportion(found.run, short, long), piece


def _grows_in_proportion(act: Callable[[str], object], short: str, long: str) -> bool:
    """Twice the text, three times the time at most; what takes no time is not measured."""
    if seconds(act, long) < 0.002:
        return True
    return any(seconds(act, long, 3) < 3 * max(0.000_5, seconds(act, short, 3)) for _ in range(3))


@pytest.mark.parametrize("hostile", [r"\d{6,}:[a-z]{20,}", r"a[\w-]*@b", r"(?=[0-9]*[a-f])[0-9a-f]{24}"])
def test_a_pattern_in_the_square_of_its_text_would_be_seen(hostile: str) -> None:
    found = Found("ours", re.compile(hostile), frozenset({"sub"}))
    pieces = [piece for piece in worst(found.pattern) if piece]
    slowest = max(seconds(found.run, filled(piece, 6_000)) for piece in pieces[:40])
    assert slowest > 0.020


SERVICES = ServiceMatcher([(1, "Telegram"), (2, "WhatsApp")], {})
COUNTRIES = CountryMatcher([(1, "Brazil", "BR"), (2, "United Kingdom", "GB")])


def _card(text: str) -> str | None:
    return sms_screens.code_of(Sms(id=1, text=text, code=text, sender=None, received_at=None, guessed=True))


FUNCTIONS: dict[str, Callable[[str], object]] = {
    "guess_code": sms.guess_code,
    "fingerprint": sms.fingerprint,
    "clip": sms.clip,
    "restored": lambda text: told_code.restored("1" * 16, text),
    "holds": lambda text: told_code.holds(text, "1" * 16),
    "holds a code with letters": lambda text: told_code.holds(text, "1a" * 8),
    "clean": clean,
    "redact": lambda text: logs.redact(None, "", {"event": text}),
    "masked": errors.masked,
    "printable": errors.printable,
    "folded": matching.folded,
    "parse_query": lambda text: query.parse_query(text, SERVICES, COUNTRIES),
    "read_maximum": query.read_maximum,
    "read_country": lambda text: query.read_country(text, COUNTRIES),
    "phone_number": numbers.phone_number,
    "money": amounts.money,
    "code": numbers.code,
    "says_nothing": placeholders.says_nothing,
    "is_placeholder": placeholders.is_placeholder,
    "moment": values.moment,
    "stock": values.stock,
    "text": values.text,
    "flag": flag,
    "code_of a country": code_of,
    "code_of a card": _card,
}
MORE = (
    "\u0301\u0323",
    "\ufdfa",
    "\U0002f800",
    "\u00e9",
    "e\u0301",
    "\uac00",
    "\U0001d7d2",
    "4\ufe0f\u20e3",
    "\u202e",
    "\r\n",
    "\x85",
    "验证码",
    "验证码1234",
    "一",
    "일",
    "код 1234 ",
    "otp otp ",
    "OTP of 1234 is ",
    "one ",
    "double ",
    "Rs 1 ",
    "1 Rs",
    "1 Mar ",
    "for your card ",
    "old code ",
    "not code ",
    "a'b ",
    "(12) ",
    "1.1/",
    "€ ",
    "\n\n",
    "! ",
    "@a.b #1234\n",
    "A1B2 ",
    "ABCD-",
    "k 7 ",
    "your account is ",
    "12:",
    "4829 is code ",
    "is: ",
    "&",
    "<b>",
    "0x",
    "é1",
    "ا",
    "ال",
    "$1,",
    "1" * 24 + " ",
    "0",
    "0 ",
    "0 1 ",
    "1" * 15 + " ",
    "f" * 23 + " ",
)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_reads_a_text_is_done_in_a_moment(name: str) -> None:
    act = FUNCTIONS[name]
    act("warm 1234")
    for piece in (*PIECES, *MORE):
        for size in (4_096, SIZE):
            text = filled(piece, size)
            assert in_a_moment(act, text), (piece, size)
