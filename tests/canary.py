"""The canary: whatever a test wrote is searched for the numbers, SMS and codes that were told in it.

What is known as secret comes from HidSim's sandbox and from the databases that the test leaves behind. What is searched
is the test's output, in which all that the bot logs stands before anything is taken out of it, and in those databases
what admins see and what outlives an order: the audit, notices, incidents, switches, searches.

A finding says what kind of secret stands where, and not the secret. Short codes are like any figure, so they count
only where a code would stand.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from bot.sandbox.hidsim import HidSimSandbox

_NATIONAL = 9
"""Digits at a number's end by which it is known, however its beginning is written."""
_LONG_CODE = 6
"""Characters from which a code is told from a port, a duration or an id by standing alone."""
_FRAGMENT = 24
_WROTE = {
    "the audit": "SELECT detail FROM audit",
    "notices": "SELECT detail FROM notices",
    "incidents": "SELECT detail FROM incidents",
    "switches": "SELECT value FROM switches",
    "searches": "SELECT text FROM searches",
}
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-+,'\"/]{1,4}(?=\d)")


@dataclass(frozen=True, slots=True)
class Output:
    """Something that was written, and where."""

    place: str
    text: str = field(repr=False)


@dataclass(slots=True)
class Secrets:
    numbers: set[str] = field(default_factory=set, repr=False)
    codes: set[str] = field(default_factory=set, repr=False)
    texts: set[str] = field(default_factory=set, repr=False)

    def __bool__(self) -> bool:
        return bool(self.numbers or self.codes or self.texts)

    def add(self, number: str | None, code: str | None, texts: Iterable[str]) -> None:
        digits = "".join(c for c in number or "" if c.isdigit())
        self.numbers |= {digits[-_NATIONAL:]} if len(digits) >= _NATIONAL else set()
        self.codes |= {code} if code and code.isascii() and code.isalnum() and len(code) > 3 else set()
        self.texts |= {_plain(text)[:_FRAGMENT] for text in texts if len(_plain(text)) >= _FRAGMENT}


class Canary:
    """Watches one test after the other in this process; it has to be told of each sandbox (`knows`)."""

    def __init__(self) -> None:
        self._sandboxes: list[HidSimSandbox] = []

    def knows(self, sandbox: HidSimSandbox) -> None:
        """What this one gives out is secret."""
        self._sandboxes.append(sandbox)

    def findings(self, outputs: Sequence[Output], folder: Path | None) -> list[str]:
        """Of the test that has just ended; then all is forgotten. `folder`: where its databases are."""
        secrets = Secrets()
        for sandbox in self._sandboxes:
            for one in sandbox.director.operations():
                secrets.add(one["number"], one["code"], one["texts"])
        self._sandboxes.clear()
        written = list(outputs)
        for file in folder.rglob("*.db") if folder is not None else ():
            written += _read(file, secrets)
        if not secrets:
            return []
        return [f"{kind} in {one.place}" for one in written for kind in sung(one.text, secrets)]


def sung(text: str, secrets: Secrets) -> Iterator[str]:
    """Which kinds of secrets the text gives away, each once."""
    if not text:
        return
    flat = unquote(text)
    joined = _BETWEEN_DIGITS.sub("", _BETWEEN_DIGITS.sub("", flat))
    if any(number in joined for number in secrets.numbers):
        yield "a number"
    if any(_says(flat, code) for code in secrets.codes):
        yield "a code"
    if secrets.texts and any(text in _plain(flat) for text in secrets.texts):
        yield "an SMS"


def _says(text: str, code: str) -> bool:
    if code not in text.replace("-", "").replace(" ", ""):  # quick, because it is hardly ever there
        return False
    spread = r"[ -]?".join(map(re.escape, code)) if code.isdigit() else re.escape(code)
    alone = rf"(?<![\w.:/#+-]){spread}(?![\w:/-]|\.\d)"
    if len(code) >= _LONG_CODE:
        return (
            re.search(alone, text) is not None or re.search(rf"\b\w*code\w*\W{{1,4}}{spread}(?!\d)", text) is not None
        )
    return re.search(rf"(?i)(?:code|otp|pin|sms|text|said)\b(?: is)?\W{{1,6}}{spread}(?!\w)", text) is not None


def _plain(text: str) -> str:
    """Without blanks and signs that are written in several ways."""
    return "".join(c for c in text if c.isalnum())


def _read(file: Path, secrets: Secrets) -> list[Output]:
    """What a database wrote down for others; its own secrets are learned on the way. Nothing of what is no database."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as found:
            for (number,) in found.execute("SELECT number FROM orders WHERE number IS NOT NULL"):
                secrets.add(number, None, ())
            for text, code in found.execute("SELECT text, code FROM sms"):
                secrets.add(None, code, [text])
            return [
                Output(f"{what} of {file.name}", "\n".join(str(row[0]) for row in found.execute(query)))
                for what, query in _WROTE.items()
            ]
    except sqlite3.Error:
        return []
