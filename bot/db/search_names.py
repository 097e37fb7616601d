"""Names as they are compared: without case, accents and scripts, so that "Аня" is found by "anya" and by "АНЯ"."""

import re
from unicodedata import normalize

from anyascii import anyascii

LONGEST = 32
"""Characters of what is looked for: it stands in buttons."""
_LONGEST_NAME = 200
_WORD = re.compile(r"[a-z0-9_]+")


def folded(text: str) -> str:
    """The words of a text in lower-case ASCII letters, digits and underscores, with blanks between; "" for none."""
    return " ".join(_WORD.findall(anyascii(normalize("NFKC", text[:_LONGEST_NAME]).casefold()).lower()))


def sought(typed: str) -> str:
    """What somebody looks for, as far as it is compared."""
    return folded(typed)[:LONGEST].strip()
