"""Values inside a sentence from right to left: each keeps its own direction, and turns nothing around it.

Digits are Latin in every language: they are typed and copied, and read beside prices of other apps.
"""

import re
import unicodedata
from functools import lru_cache

_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"
_FROM_THE_RIGHT = "\N{RIGHT-TO-LEFT MARK}"
_BOUND = re.compile(r"<code>[^<>]*</code>|[-−+≈≤#@]\{\w+\}")
"""What is copied as it stands, so that no invisible sign may be in it; and a sign that belongs to its value."""
_NAME = re.compile(r"\{(\w+)\}")
_TAG = re.compile(r"<[^<>]*>")
_BLOCK = re.compile(r"\n|<blockquote|<pre")


def isolate(text: str) -> str:
    """`text` between FSI and PDI: its direction neither suffers from its surroundings nor changes them."""
    return f"{_ISOLATE}{text}{_END_OF_ISOLATE}"


def is_block(html: str) -> bool:
    """Whether it has lines or a quote of its own, which have a direction already."""
    return _BLOCK.search(html) is not None


def from_the_right(text: str) -> str:
    """`text` read from right to left, whatever it begins with."""
    return _FROM_THE_RIGHT + text


def _begins_from_the_right(message: str) -> bool:
    """Whether its first letter is from right to left; a value's may be any."""
    kinds = (unicodedata.bidirectional(one) for one in _NAME.sub("L", _TAG.sub("", message)))
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


@lru_cache(maxsize=2048)
def framed(message: str) -> tuple[str, frozenset[str]]:
    """A message from right to left whose bound parts are isolated as a whole; the values in them need nothing more.

    One that does not begin with a letter of its own ("{service} · #{id}") says first from where it is read, else its
    values would: not every client passes over what is isolated.
    """
    if message and not _begins_from_the_right(message):
        message = from_the_right(message)
    bound = frozenset(name for part in _BOUND.findall(message) for name in _NAME.findall(part))
    return _BOUND.sub(lambda part: isolate(part[0]), message), bound
