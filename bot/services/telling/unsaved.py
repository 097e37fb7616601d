"""What must reach people although nothing can be written: codes, and the alarm that the database is full or broken.

Kept in memory only. When the database can be written again, the same code becomes a notice like every other one; it is
then marked with the message that went out already, and not sent a second time.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.db.database import Database
from bot.domain.alerts import AlertKind
from bot.domain.details import AlertDetail, Detail
from bot.domain.moves import Told
from bot.domain.notices import Notice, NoticeKind
from bot.domain.orders import OrderCard, Sms
from bot.domain.people import Person
from bot.services.telling.outbox import backoff
from bot.services.telling.tellings import Telling

_QUIET = timedelta(minutes=10)
_UNSAVED = 0
"""The id of a notice that no table holds."""


class Unsaved:
    """Hands tellings to the pusher as the outbox does, and takes back what became of them."""

    def __init__(self, database: Database, admin_ids: Iterable[int]) -> None:
        self._database = database
        self._admin_ids = tuple(admin_ids)
        self._tellings: dict[str, tuple[Telling, datetime]] = {}
        """By key, with the time from which each may be tried; one that is on its way stays in here."""
        self._known: set[str] = set()
        self._sent: dict[str, int | None] = {}
        self._alarmed_at: datetime | None = None
        self._bells: list[Callable[[], None]] = []

    def when_kept(self, deed: Callable[[], None]) -> None:
        """Calls `deed` whenever something comes in here that is to be sent at once. It must not fail."""
        self._bells.append(deed)

    def code(self, told: Told, card: OrderCard, sms: Sms, person: Person | None, reply_to: int | None) -> None:
        """A code whose notice could not be written. Once for each key."""
        if told.key not in self._known:
            self._known.add(told.key)
            notice = self._notice(told.key, card.order.person_id, told.kind, told.detail)
            self._comes(Telling(notice, person, card, sms, reply_to))

    def database_failed(self) -> None:
        """Tells the admins, at most every ten minutes."""
        now = self._database.now()
        if self._alarmed_at is not None and timedelta(0) <= now - self._alarmed_at < _QUIET:
            return
        self._alarmed_at = now
        for admin in self._admin_ids:
            notice = self._notice(
                f"alert:database:{now.isoformat()}:{admin}", admin, NoticeKind.ALERT, AlertDetail(AlertKind.DATABASE)
            )
            self._comes(Telling(notice, None, None, None, None))

    def _notice(self, key: str, person_id: int, kind: NoticeKind, detail: Detail | None) -> Notice:
        return Notice(_UNSAVED, key, person_id, kind, None, None, detail, 0, self._database.now())

    def _comes(self, telling: Telling) -> None:
        self._keep(telling, timedelta(0))
        for bell in self._bells:
            bell()

    def _keep(self, telling: Telling, wait: timedelta) -> None:
        self._tellings[telling.notice.key] = telling, self._database.now() + wait

    def claim(self, limit: int, *, besides: Collection[int] = ()) -> list[Telling]:
        """What may be sent now, at most one a person, oldest first. `besides`: people with something on its way."""
        now, first = self._database.now(), dict[int, Telling]()
        for telling, due in self._tellings.values():
            person_id = telling.notice.person_id
            if person_id not in besides and (due <= now or telling.notice.created_at > now):
                first.setdefault(person_id, telling)
        return list(first.values())[:limit]

    def holds(self, telling: Telling) -> bool:
        """Whether it came from here."""
        return telling.notice.id == _UNSAVED

    async def done(self, telling: Telling, message_id: int | None, _over: object = None) -> None:
        """It was sent, or never can be."""
        self._tellings.pop(telling.notice.key, None)
        self._sent[telling.notice.key] = message_id

    async def postpone(self, notice: Notice, wait: float) -> None:
        """Telegram can't take anything for now. Seconds."""
        self._keep(self._tellings[notice.key][0], timedelta(seconds=wait))

    async def refused(self, notice: Notice) -> None:
        """Telegram called this one bad: counted, and tried ever later."""
        telling = replace(self._tellings[notice.key][0], notice=replace(notice, tries=notice.tries + 1))
        self._keep(telling, backoff(notice))

    async def unreachable(self, notice: Notice) -> None:
        """The person is gone: what nobody could write down does not wait for them."""
        self._tellings.pop(notice.key, None)

    def was_sent(self, key: str) -> bool:
        """Whether this went out from here already; False for everything that goes the usual way."""
        return key in self._sent

    def message_of(self, key: str) -> int | None:
        """The message that it became, when Telegram named one."""
        return self._sent.get(key)
