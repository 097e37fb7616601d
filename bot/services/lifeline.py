"""What must reach people although nothing can be written: codes, and the alarm that the database is full or broken.

Kept in memory only. When the database can be written again, the same code becomes a notice like every other one; it is
then marked with the message that went out already, and not sent a second time.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from bot.domain.notices import Notice, NoticeKind
from bot.domain.orders import OrderCard, Sms
from bot.domain.people import Person
from bot.services.outbox import Parcel

_QUIET = timedelta(minutes=10)
_UNSAVED = 0
"""The id of a notice that no table holds."""


class Lifeline:
    """Hands parcels to the pusher beside the outbox."""

    def __init__(self, admin_ids: Iterable[int], now: Callable[[], datetime]) -> None:
        self._admin_ids = tuple(admin_ids)
        self._now = now
        self._parcels: list[Parcel] = []
        self._taken: set[str] = set()
        self._sent: dict[str, int] = {}
        self._alarmed_at: datetime | None = None

    def code(self, key: str, card: OrderCard, sms: Sms, person: Person | None, reply_to: int | None) -> None:
        """A code whose notice could not be written. Once for each key."""
        if key not in self._taken:
            self._taken.add(key)
            notice = self._notice(key, card.order.person_id, NoticeKind.CODE, {})
            self._parcels.append(Parcel(notice, person, card, sms, reply_to))

    def database_failed(self) -> None:
        """Tells the admins, at most every ten minutes."""
        now = self._now()
        if self._alarmed_at is not None and now - self._alarmed_at < _QUIET:
            return
        self._alarmed_at = now
        for admin in self._admin_ids:
            notice = self._notice(
                f"alert:database:{now.isoformat()}:{admin}", admin, NoticeKind.ALERT, {"what": "database"}
            )
            self._parcels.append(Parcel(notice, None, None, None, None))

    def _notice(self, key: str, person_id: int, kind: NoticeKind, detail: dict[str, str]) -> Notice:
        return Notice(_UNSAVED, key, person_id, kind, None, None, detail, 0, self._now())

    def take(self) -> list[Parcel]:
        """What is to be sent now; the caller gives back what Telegram refused."""
        taken, self._parcels = self._parcels, []
        return taken

    def give_back(self, parcel: Parcel) -> None:
        self._parcels.append(parcel)

    def sent(self, key: str, message_id: int) -> None:
        self._sent[key] = message_id

    def message_of(self, key: str) -> int | None:
        """The message that brought this already; None for everything that goes the usual way."""
        return self._sent.get(key)
