"""Which pushes ring. A code always does; nothing else does while its person is in the chat and sees it anyway."""

from collections.abc import Callable
from datetime import datetime

from bot.domain.details import SmsLate
from bot.domain.notices import Notice, NoticeKind
from bot.domain.preferences import Preferences
from bot.faults import DatabaseFault
from bot.services.people.preferences import PeoplesPreferences
from bot.services.people.remembered import RememberedPeople

_LOOKS_ON = 30.0
"""Seconds after a tap or a message for which its person is taken to look at the chat."""
_CAN_WAIT = frozenset({NoticeKind.MESSAGE, NoticeKind.PRICED})
"""What makes no sound in its person's quiet hours."""


class Ringing:
    """Who is in a chat is known from what this process heard; another one rings once too often."""

    def __init__(
        self, remembered: RememberedPeople, preferences: PeoplesPreferences, now: Callable[[], datetime]
    ) -> None:
        self._remembered = remembered
        self._preferences = preferences
        self._now = now

    async def rings(self, notice: Notice) -> bool:
        """Raises nothing: where the database can't be read, what was read last counts."""
        if notice.kind is NoticeKind.CODE:
            return True
        if isinstance(notice.detail, SmsLate) or self._looks_on(notice.person_id):
            return False
        if notice.kind is NoticeKind.NUMBER:
            return not (await self._preferred(notice.person_id)).quiet_numbers
        return notice.kind not in _CAN_WAIT or not (await self._preferred(notice.person_id)).is_quiet(self._now())

    def _looks_on(self, person_id: int) -> bool:
        return self._remembered.heard_since(person_id, self._remembered.elapsed - _LOOKS_ON)

    async def _preferred(self, person_id: int) -> Preferences:
        try:
            return await self._preferences.of(person_id)
        except DatabaseFault:
            return self._preferences.remembered(person_id)
