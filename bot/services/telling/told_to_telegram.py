"""What Telegram was told about the bot itself: texts that stand there, and that are not told twice."""

import hashlib
import json
from collections.abc import Mapping

from bot.db import switches
from bot.db.database import Database
from bot.db.switches import Switch


def _read(stored: str) -> dict[str, str]:
    """Raises ValueError or TypeError for what is no note of ours."""
    found = json.loads(stored)
    if not isinstance(found, dict):
        raise TypeError("no notes")
    return {str(key): str(sign) for key, sign in found.items()}


_TOLD: Switch[Mapping[str, str]] = Switch(
    "told_to_telegram", lambda notes: json.dumps(dict(notes), sort_keys=True), _read
)
"""Of each text, by its key, the fingerprint of what was told last."""


def _sign(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class ToldToTelegram:
    """Remembers fingerprints, not texts. Keys name the bot too: another one has been told nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def is_news(self, key: str, text: str) -> bool:
        """Whether something else, or nothing, was told last. Raises DatabaseFault."""
        return (await self._notes()).get(key) != _sign(text)

    async def is_ours(self, text: str) -> bool:
        """Whether a text that stands there is what we told last, in whatever language. Raises DatabaseFault."""
        return _sign(text) in (await self._notes()).values()

    async def note(self, key: str, text: str) -> None:
        """Raises DatabaseFault."""
        async with self._database.write() as tx:
            notes = await switches.value(tx, _TOLD) or {}
            await switches.put(tx, _TOLD, {**notes, key: _sign(text)})

    async def _notes(self) -> Mapping[str, str]:
        async with self._database.read() as tx:
            return await switches.value(tx, _TOLD) or {}
