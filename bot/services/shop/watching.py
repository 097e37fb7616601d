"""Looks whether what people wait for has come, slowly and behind everything else that asks HidSim."""

from collections.abc import Sequence

import structlog

from bot.db import people
from bot.db.database import Database, Tx
from bot.db.shop import watches
from bot.db.shop.watches import Waiting
from bot.db.telling import notices
from bot.domain.access import Right, may
from bot.domain.catalog import Country, Service
from bot.domain.no_answer import NotDone
from bot.domain.notices import NoticeKind
from bot.domain.price_window import Ladder
from bot.domain.refusals import Reason, Refusal
from bot.domain.watches import BETWEEN_LOOKS, KEPT, CameBack, OfWatches, WatchOver, covered
from bot.services.partner import Partner, Urgency
from bot.services.people.people import People
from bot.services.safety.pause import Pause
from bot.services.shop.catalog import Catalog
from bot.services.shop.prices import Offers
from bot.ticks import every

_log = structlog.get_logger(__name__)

PAIRS = 5
"""Looked at in one tick at most, one after the other: a request a second."""
SLICE = 50
"""People who are told in one transaction, so that nobody waits for it."""
_ANY_MAXIMUM = 0
"""A price at which everybody would buy."""
_NEVER_SOLD = (Reason.SERVICE_DENIED, Reason.COUNTRY_HIDDEN)


class Watching:
    """Ends watches and tells why. A pair is one request, however many wait for it, and however many processes look:
    who goes to look writes so first.
    """

    def __init__(self, database: Database, catalog: Catalog, partner: Partner, people: People, pause: Pause) -> None:
        self._database = database
        self._catalog = catalog
        self._partner = partner
        self._people = people
        self._pause = pause

    @every(5, "watches")
    async def look(self) -> None:
        """At some pairs, those that were looked at longest ago, at each once a minute at most.

        One that can't be read ends it: HidSim has trouble, or more urgent work. The others keep their places. While
        buying is paused nothing is looked for: who is told then could not buy, and would be told no second time.
        """
        for _ in range(PAIRS):
            pair = await self._take()
            if pair is None or not await self._look_at(*pair):
                return

    async def _take(self) -> tuple[int, int, bool] | None:
        """(service, country, whether anybody could be told) at which this process looks now, and no other one for a
        minute.
        """
        if self._partner.paused or not self._catalog.services:
            return None
        async with self._database.glance() as tx:
            if await watches.to_look_at(tx, tx.now - BETWEEN_LOOKS) is None or await self._pause.paused(tx):
                return None
        async with self._database.write() as tx:
            pair = await watches.to_look_at(tx, tx.now - BETWEEN_LOOKS)
            if pair is None:
                return None
            await watches.looking(tx, *pair)
            return *pair, await self._anybody(tx, *pair)

    async def _anybody(self, tx: Tx, service_id: int, country_id: int) -> bool:
        """Whether somebody within reach waits. Of people who may buy nothing any more it ends without a word."""
        found = await watches.waiting(tx, service_id, country_id, _ANY_MAXIMUM, SLICE)
        buyers = await self._buyers(tx, found)
        await watches.end(tx, [one.watch.id for one in found if one.person_id not in buyers])
        return bool(buyers)

    async def _buyers(self, tx: Tx, found: Sequence[Waiting]) -> set[int]:
        """Who of them may buy."""
        known = await people.these(tx, {one.person_id for one in found})
        return {
            one.person_id for one in found if may(self._people.role(one.person_id, known.get(one.person_id)), Right.BUY)
        }

    async def _look_at(self, service_id: int, country_id: int, anybody: bool) -> bool:
        """Whether it could be read. What HidSim lists no more is waited for all the same: it may come back."""
        if not anybody:
            return True
        try:
            service, country = self._catalog.service(service_id), self._catalog.country(country_id)
        except Refusal as refusal:
            if refusal.facts.reason in _NEVER_SOLD:
                await self._give_up(service_id, country_id)
            return True
        try:
            read = await self._catalog.prices.look(service, country, Urgency.FILL)
        except NotDone as error:
            _log.info("what people wait for could not be looked at", reason=error.why)
            return False
        await self._tell_all(service, country, read)
        return True

    async def _tell_all(self, service: Service, country: Country, read: Offers) -> None:
        """Everybody who would buy at what it costs now, a slice at a time."""
        ladder, more = Ladder(read.offers), True
        while ladder and more:
            async with self._database.write() as tx:
                found = await watches.waiting(tx, service.id, country.id, ladder.prices[0], SLICE)
                await self._end(tx, found, {one.watch.id: self._came(one, ladder, read, tx) for one in found})
            more = len(found) == SLICE

    def _came(self, one: Waiting, ladder: Ladder, read: Offers, tx: Tx) -> CameBack:
        high, match = one.watch.high, covered(ladder, one.watch.high)
        return CameBack(
            one.watch.pair,
            high,
            ladder.prices[0],
            match.stock if match.stock_known else None,
            read.read_at,
            self._partner.account.currency,
            silent=one.preferred.is_quiet(tx.now),
        )

    async def _give_up(self, service_id: int, country_id: int) -> None:
        """The operator does not sell it any more."""
        async with self._database.write() as tx:
            found = await watches.waiting(tx, service_id, country_id, _ANY_MAXIMUM, SLICE)
            await self._end(tx, found, {one.watch.id: self._over(one, sold=False) for one in found})

    def _over(self, one: Waiting, *, sold: bool) -> WatchOver:
        return WatchOver(one.watch.pair, one.watch.high, self._partner.account.currency, sold)

    async def _end(self, tx: Tx, found: Sequence[Waiting], told: dict[int, OfWatches]) -> None:
        """Who may buy nothing here any more hears nothing, nor does who is out of reach."""
        ended = await watches.end(tx, told)
        buyers = await self._buyers(tx, found)
        for one in found:
            if one.watch.id in ended and one.within_reach and one.person_id in buyers:
                key = f"watch:{one.person_id}:{one.watch.id}"
                await notices.add(tx, key, one.person_id, NoticeKind.MESSAGE, detail=told[one.watch.id])

    @every(15, "watches over")
    async def end_due(self) -> None:
        """A slice of those whose time is over, told without a sound; and the rows of those that ended long ago go."""
        async with self._database.glance() as tx:
            if not await watches.any_over(tx, tx.now - KEPT):
                return
        async with self._database.write() as tx:
            found = await watches.run_out(tx, SLICE)
            await self._end(tx, found, {one.watch.id: self._over(one, sold=True) for one in found})
            await watches.forget_ended(tx, tx.now - KEPT, SLICE)
