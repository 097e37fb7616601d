"""What an SMS says: the likeliest code in it, a stable id for it, a length that fits a message.

The text is hostile and in any language. A guess is a guess: it is used only where HidSim gives no code itself.
"""

import unicodedata
from collections.abc import Iterator
from functools import partial
from hashlib import sha256

from bot.domain.codes import guess_code

__all__ = ["clip", "fingerprint", "guess_code"]

_PIECE = 200
"""Code points; no word that is written with combining marks is longer."""


def fingerprint(text: str, nth: int = 1) -> str:
    """The same for the same SMS whenever it is read: 32 hex digits that don't give the text away.

    `nth`: which of several equal texts in one reading. Sender and time don't count, because HidSim may give them in one
    reading and not in the next; nor do spaces.
    """
    words = "".join(map(partial(unicodedata.normalize, "NFC"), _pieces(" ".join(text.split()))))
    return sha256(f"{nth}\x1f{words}".encode(errors="replace")).hexdigest()[:32]


def _pieces(text: str) -> Iterator[str]:
    """The text cut at spaces, or anywhere in longer words: many combining marks are put in order in their square."""
    start = 0
    while start < len(text):
        end = start + _PIECE
        space = text.rfind(" ", start + 1, end) if end < len(text) else -1
        end = space if space > start else end
        yield text[start:end]
        start = end


def clip(text: str, limit: int = 3000) -> str:
    """At most `limit` code points, the last of them an ellipsis when something was cut off."""
    return text if len(text) <= limit else text[: max(0, limit - 1)] + "…"[:limit]
