"""The countries that a person ticked for one order of a service."""

from collections.abc import Callable

from bot.db.database import Database
from bot.db.shop import drafts
from bot.domain.catalog import Country
from bot.domain.drafts import KEPT, ticked, unticked
from bot.domain.orders import Order
from bot.domain.refusals import Reason, Refusal, Step
from bot.facts.shop import CountryPage, TickPage
from bot.services.account import Account
from bot.services.shop.catalog import Catalog
from bot.ticks import every

_AT_ONCE = 500


class Drafts:
    """One draft for each person and service. What is not sold (any more) is in none, whatever was ticked."""

    def __init__(self, database: Database, catalog: Catalog, account: Account) -> None:
        self._database = database
        self._catalog = catalog
        self._account = account

    async def ticked(self, person_id: int, service_id: int) -> tuple[Country, ...]:
        """In the order of the ticks; none where nothing is ticked, or no longer."""
        async with self._database.read() as tx:
            return self._sold(await drafts.of_service(tx, person_id, service_id))

    async def page(self, person_id: int, page: CountryPage) -> TickPage:
        """What a page of countries is where they are ticked."""
        return TickPage(page, await self.ticked(person_id, page.service.id), self._account.currency)

    async def wanted(self, person_id: int, service_id: int) -> tuple[Country, ...]:
        """The same. Raises Refusal where there are none."""
        if not (found := await self.ticked(person_id, service_id)):
            raise Refusal(Reason.COUNTRIES_CHANGED, step=Step.SHOP)
        return found

    async def tick(self, person_id: int, service_id: int, country_id: int) -> None:
        """This country too, once. Raises Refusal for one that is not sold, and for one too many."""
        self._catalog.service(service_id)
        self._catalog.country(country_id)
        await self._change(person_id, service_id, lambda now: ticked(now, country_id))

    async def untick(self, person_id: int, service_id: int, country_id: int) -> None:
        """Without this country, also where it was not ticked."""
        await self._change(person_id, service_id, lambda now: unticked(now, country_id))

    async def take_up(self, person_id: int, order: Order) -> tuple[Country, ...]:
        """An order's countries, ticked as they were then. Raises Refusal where none of them is sold any more."""
        asked = tuple(one.id for one in order.countries)
        if not (found := await self._change(person_id, order.service_id, lambda _: asked)):
            raise Refusal(Reason.NO_COUNTRY, step=Step.SHOP)
        return found

    async def _change(
        self, person_id: int, service_id: int, change: Callable[[tuple[int, ...]], tuple[int, ...]]
    ) -> tuple[Country, ...]:
        async with self._database.write() as tx:
            before = self._sold(await drafts.of_service(tx, person_id, service_id))
            after = self._sold(change(tuple(one.id for one in before)))
            await drafts.put(tx, person_id, service_id, tuple(one.id for one in after))
        return after

    def _sold(self, countries: tuple[int, ...]) -> tuple[Country, ...]:
        known = self._catalog.countries
        return tuple(known[one] for one in countries if one in known)

    @every(600, "drafts")
    async def forget_old(self) -> None:
        """A price that somebody wants to come back to after a day is better looked up anew."""
        async with self._database.write() as tx:
            await drafts.delete_old(tx, tx.now - KEPT, _AT_ONCE)
