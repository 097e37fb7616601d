"""The daily digest: what yesterday brought, told to the admins once a day at an hour of their choice."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import structlog

from bot.db import audit, switches
from bot.db.database import Database, Tx
from bot.db.desk import figures
from bot.db.switches import Switch
from bot.db.telling import notices
from bot.domain.access import Right
from bot.domain.acts import Act
from bot.domain.details import DailyDigest
from bot.domain.figures import DAY, HOUR, Stretch, day_of
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.facts.figures import DigestFacts
from bot.services.account import Account
from bot.services.desk.statistics import tallies
from bot.services.money.balance import pace
from bot.services.people.staff import Staff
from bot.ticks import every

_log = structlog.get_logger(__name__)

_USUAL = 8
_NEVER = -1
_LATE = timedelta(hours=6)
"""A bot that was down at the hour tells it so much later at most; then it is no news any more."""
_FRESH = timedelta(hours=1)
"""An older reading of HidSim's balance is not told."""


def _hour_read(text: str) -> int:
    """What another release wrote, or nobody can read, is the usual hour."""
    hour = int(text) if text.removeprefix("-").isdecimal() else _USUAL
    return hour if _NEVER <= hour < 24 else _USUAL


_HOUR = Switch("digest.hour", str, _hour_read)
_TOLD = Switch("digest.told", date.isoformat, date.fromisoformat)
"""The day on which it was told last, so that nobody adds up anything for the rest of that day."""


class Digest:
    """Asks HidSim nothing: the balance is the one that was read last."""

    def __init__(self, database: Database, account: Account, staff: Staff) -> None:
        self._database = database
        self._account = account
        self._staff = staff

    async def facts(self, actor: Person) -> DigestFacts:
        """Raises Refusal when the actor may not choose the hour."""
        actor.must_have(Right.SET_DIGEST)
        async with self._database.read() as tx:
            return _facts(await _hour(tx), tx.now)

    async def set_hour(self, actor: Person, hour: int | None) -> DigestFacts:
        """By UTC, for all admins; None for never. Raises Refusal when the actor may not."""
        actor.must_have(Right.SET_DIGEST)
        async with self._database.write() as tx:
            before = await _hour(tx)
            if before != hour:
                await switches.put(tx, _HOUR, _NEVER if hour is None else hour)
                await audit.write(tx, Act.DIGEST_SET, actor_id=actor.id, detail={"before": before, "after": hour})
            return _facts(hour, tx.now)

    @every(60, "digest")
    async def tell(self) -> None:
        """Once a day, however often it is called, by however many processes, whatever becomes of the clock."""
        async with self._database.read() as tx:
            due = await self._due(tx)
        if due is None:
            return
        async with self._database.survey() as tx:
            told = await self._digest(tx, day_of(due) - DAY)
        if told is None:
            return
        async with self._database.write() as tx:
            if await self._due(tx) == due:
                await switches.put(tx, _TOLD, due.date())
                await self._tell(tx, due.date(), told)

    async def _due(self, tx: Tx) -> datetime | None:
        """The hour that has come and was not told; None while there is none."""
        hour = await _hour(tx)
        if hour is None:
            return None
        due = _next(hour, tx.now) - DAY
        late = tx.now - due > _LATE
        return None if late or await switches.value(tx, _TOLD) == due.date() else due

    async def _digest(self, tx: Tx, day: datetime) -> DailyDigest | None:
        """None of a day on which the bot had not met anybody yet."""
        first = await figures.first_met_at(tx)
        if first is None or first >= day + DAY:
            return None
        _, whole = await tallies(tx, Stretch(day, DAY, 1))
        balance = self._balance(tx.now)
        lasts = None if balance is None else (await pace(tx)).lasts(balance)
        return DailyDigest(
            day=day.date(),
            counts=whole.counts,
            spent=whole.spent,
            currency=self._account.currency,
            median=None if whole.median is None else round(whole.median.total_seconds()),
            newcomers=await figures.people_met(tx, day, day + DAY),
            incidents=await figures.going_on(tx),
            balance=balance,
            lasts=None if lasts is None else round(lasts.total_seconds()),
        )

    def _balance(self, now: datetime) -> int | None:
        read_at = self._account.read_at
        return self._account.balance if read_at is not None and abs(now - read_at) <= _FRESH else None

    async def _tell(self, tx: Tx, day: date, digest: DailyDigest) -> None:
        """The key is what makes it once: a clock that is set back finds it written."""
        owners = await self._staff.having(tx, Right.SEE_BALANCE)
        for admin in await self._staff.having(tx, Right.SEE_FIGURES):
            detail = digest if admin in owners else replace(digest, balance=None, lasts=None)
            await notices.add(tx, f"digest:{day}:{admin}", admin, NoticeKind.MESSAGE, detail=detail)
        _log.info("the daily digest is on its way", day=day.isoformat())


async def _hour(tx: Tx) -> int | None:
    hour = await switches.value(tx, _HOUR)
    hour = _USUAL if hour is None else hour
    return None if hour == _NEVER else hour


def _next(hour: int, now: datetime) -> datetime:
    """When the clock shows this hour next, by UTC."""
    today = day_of(now) + hour * HOUR
    return today if today > now else today + DAY


def _facts(hour: int | None, now: datetime) -> DigestFacts:
    return DigestFacts(hour, _next(_USUAL if hour is None else hour, now))
