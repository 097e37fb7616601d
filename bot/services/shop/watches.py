"""What a person waits for: begun, listed and stopped by them. `Watching` looks whether it has come."""

from bot.db import preferences
from bot.db.database import Database
from bot.db.shop import watches
from bot.domain.refusals import Reason, Refusal, Step
from bot.domain.watches import MOST, Watch
from bot.facts.pages import page_of
from bot.facts.shop import Watched, WatchPage
from bot.services.account import Account
from bot.services.shop.catalog import Catalog

A_PAGE = 8


class Watches:
    def __init__(self, database: Database, catalog: Catalog, account: Account) -> None:
        self._database = database
        self._catalog = catalog
        self._account = account

    async def begin(self, person_id: int, service_id: int, country_id: int, high: int | None) -> Watched:
        """Waits for a pair at this maximum (None: at any price), also where they waited for it at another.

        Raises Refusal for a pair that is not sold, and where they wait for as many others as they may.
        """
        service, country = self._catalog.service(service_id), self._catalog.country(country_id)
        async with self._database.write() as tx:
            before = await watches.on_pair(tx, person_id, service.id, country.id)
            if before is None and await watches.count(tx, person_id) >= MOST:
                raise Refusal(Reason.TOO_MANY_WATCHES, count=MOST, step=Step.WATCHES)
            await watches.begin(tx, person_id, service.id, country.id, high)
            begun = await watches.on_pair(tx, person_id, service.id, country.id)
            preferred = await preferences.get(tx, person_id)
        if begun is None:
            raise AssertionError("a watch that was just written can't be read")
        return Watched(begun, self._account.currency, preferred.quiet_from is not None)

    async def stop(self, person_id: int, watch_id: int) -> Watch | None:
        """What was stopped; None when it had ended already, or was never theirs."""
        async with self._database.write() as tx:
            found = await watches.get(tx, person_id, watch_id)
            if found is not None:
                await watches.end(tx, [found.id])
        return found

    async def page(self, person_id: int, number: int, stopped: Watch | None = None) -> WatchPage:
        async with self._database.read() as tx:
            page = page_of(await watches.count(tx, person_id), A_PAGE, number)
            found = await watches.of_person(tx, person_id, A_PAGE, page.number * A_PAGE)
        return WatchPage(tuple(found), page, self._account.currency, stopped)
