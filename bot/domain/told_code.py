"""A code that HidSim tells beside a text: which text it belongs to, and which digits of it got lost on the way."""

import re
import unicodedata

_LOOKED_AT = 10_000
"""Characters of a text in which a code is looked for."""
_LONGEST = 16
"""Digits of a code that may have lost zeros."""


def restored(code: str, text: str) -> str:
    """The code with its leading zeros, when the text holds the same digits behind zeros and not without them.

    082913 as a JSON number is 82913; so it came wherever a program took it for one.
    """
    if not _is_number(code):
        return code
    said = _folded(text)
    if re.search(_run(code), said):
        return code
    found = re.search(rf"(?<![0-9.,])(?:0[ -]?){{1,9}}{_spread(code)}(?![0-9])", said)
    return re.sub("[ -]", "", found.group()) if found else code


def holds(text: str, code: str) -> bool:
    """Whether the text says this code; digits grouped or behind zeros that the code has lost count as well."""
    if _is_number(code):
        said = _folded(text)
        return re.search(_run(code), said) is not None or restored(code, text) != code
    return bool(code) and bare(code) in bare(text[:_LOOKED_AT])


def alike(one: str, other: str) -> bool:
    """One code in two spellings: separators, case and leading zeros aside."""
    ours, theirs = bare(one), bare(other)
    if ours.isdigit() and theirs.isdigit():
        return ours.lstrip("0") == theirs.lstrip("0")
    return ours == theirs


def better(told: str, known: str) -> bool:
    """Whether what is told now is to replace what is known: another code, or the same with more of its zeros."""
    return not alike(told, known) or (len(bare(told)) > len(bare(known)) and bare(told).isdigit())


def _is_number(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) <= _LONGEST


def _run(code: str) -> str:
    return rf"(?<![0-9]){_spread(code)}(?![0-9])"


def _spread(code: str) -> str:
    """The digits, perhaps in groups."""
    return "[ -]?".join(code)


def _folded(text: str) -> str:
    """Digits of all scripts as ASCII."""
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text[:_LOOKED_AT])


def bare(code: str) -> str:
    """A code without what separates its parts, in small letters and ASCII digits."""
    return "".join(c for c in _folded(code).casefold() if c.isalnum())
