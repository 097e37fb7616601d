"""What staff is told when it begins and when it is over, and not in between."""

from datetime import timedelta

from bot.db import incidents
from bot.db.database import Tx
from bot.db.incidents import Incident
from bot.db.telling import notices
from bot.domain.alerts import BEGIN_UNTOLD, RIGHTS_TO_CURE, AlertFacts, AlertKind, Over
from bot.domain.details import AlertDetail
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.services.people.staff import Staff


class Incidents:
    """Judges nothing: whoever watches says when something begins and ends, as often as it likes."""

    def __init__(self, staff: Staff) -> None:
        self._staff = staff
        self._known: dict[tuple[AlertKind, str], bool] = {}

    def goes_on(self, kind: AlertKind, subject: str = "") -> bool | None:
        """As this process knows it, without a look; None when it never heard.

        For what looks again and again. Another process's word is not in it: `begin` and `end` ask the database.
        """
        return self._known.get((kind, subject))

    async def ask(self, tx: Tx, kind: AlertKind, subject: str = "") -> bool:
        """The same, with a look when this process never heard."""
        if (kind, subject) not in self._known:
            self._known[kind, subject] = await incidents.goes_on(tx, kind, subject)
        return self._known[kind, subject]

    async def begin(
        self,
        tx: Tx,
        kind: AlertKind,
        subject: str = "",
        facts: AlertFacts | None = None,
        *,
        by: Person | None = None,
        ago: float = 0.0,
    ) -> bool:
        """Tells all who may do what helps, once; False, and nobody is told, when it goes on already.

        `by`: whose deed it is, who need not be told. `ago`: seconds for which it has been so.
        """
        number = await incidents.begin(tx, kind, subject, facts, timedelta(seconds=ago))
        tx.after_commit(lambda: self._known.update({(kind, subject): True}))
        if number is None:
            return False
        if kind not in BEGIN_UNTOLD:
            for admin in await self._who(tx, kind, by):
                await _tell(tx, _began(number, admin), admin, AlertDetail(kind, facts))
        return True

    async def end(self, tx: Tx, kind: AlertKind, subject: str = "", *, by: Person | None = None) -> bool:
        """Tells that it is over, once; False, and nobody is told, when none goes on.

        Whom its beginning has not reached yet (they or Telegram could not be reached) hears of its end alone.
        """
        ended = await incidents.end(tx, kind, subject)
        tx.after_commit(lambda: self._known.update({(kind, subject): False}))
        if ended is None:
            return False
        await self._tell_end(tx, ended, by)
        return True

    async def drop(self, tx: Tx, kind: AlertKind, subject: str = "") -> None:
        """Ends it without a word: nobody watches it any more, or another one says what is so."""
        ended = await incidents.end(tx, kind, subject)
        tx.after_commit(lambda: self._known.update({(kind, subject): False}))
        if ended is not None:
            await notices.settle_open(tx, [_began(ended.id, admin) for admin in await self._who(tx, kind, None)])

    async def _tell_end(self, tx: Tx, ended: Incident, by: Person | None) -> None:
        lasted = max(0, round((tx.now - ended.began_at).total_seconds()))
        detail = AlertDetail(ended.kind, ended.facts, Over(lasted, by.name if by else ""))
        who = await self._who(tx, ended.kind, None)
        await notices.settle_open(tx, [_began(ended.id, admin) for admin in who])
        for admin in who:
            if by is None or admin != by.id:
                await _tell(tx, f"incident:{ended.id}:over:{admin}", admin, detail)

    async def _who(self, tx: Tx, kind: AlertKind, besides: Person | None) -> list[int]:
        found = await self._staff.having(tx, RIGHTS_TO_CURE[kind])
        return [admin for admin in found if besides is None or admin != besides.id]


def _began(number: int, admin: int) -> str:
    return f"incident:{number}:{admin}"


async def _tell(tx: Tx, key: str, admin: int, detail: AlertDetail) -> None:
    await notices.add(tx, key, admin, NoticeKind.ALERT, detail=detail)
