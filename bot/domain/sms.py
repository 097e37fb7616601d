"""What an SMS says: the likeliest code in it, a stable id for it, a length that fits a message.

The text is hostile and in any language. A guess is a guess: it is used only where HidSim gives no code itself.
"""

import unicodedata
from hashlib import sha256

from bot.domain.codes import guess_code

__all__ = ["clip", "fingerprint", "guess_code"]


def fingerprint(text: str, nth: int = 1) -> str:
    """The same for the same SMS whenever it is read: 32 hex digits that don't give the text away.

    `nth`: which of several equal texts in one reading. Sender and time don't count, because HidSim may give them in one
    reading and not in the next; nor do spaces.
    """
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return sha256(f"{nth}\x1f{words}".encode(errors="replace")).hexdigest()[:32]


def clip(text: str, limit: int = 3000) -> str:
    """At most `limit` code points, the last of them an ellipsis when something was cut off."""
    return text if len(text) <= limit else text[: max(0, limit - 1)] + "…"[:limit]
