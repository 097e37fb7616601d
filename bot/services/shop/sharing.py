"""Shared links: what one is about, and what it opens. None buys anything."""

from bot.domain.catalog import Sort
from bot.domain.shared_links import SharedLink
from bot.facts.shop import CountryPage, PriceFacts, SharedFacts, SoldOut
from bot.services.account import Account
from bot.services.shop.browsing import Browsing, Names
from bot.services.shop.catalog import Catalog
from bot.services.shop.pricing import Pricing


class Sharing:
    def __init__(self, catalog: Catalog, account: Account, browsing: Browsing, pricing: Pricing) -> None:
        self._catalog = catalog
        self._account = account
        self._browsing = browsing
        self._pricing = pricing

    def facts(self, link: SharedLink) -> SharedFacts:
        """What its sharer reads. Raises Refusal for what is not, or no longer, sold."""
        service = self._catalog.service(link.service)
        country = None if link.country is None else self._catalog.country(link.country)
        return SharedFacts(link, service, country, self._account.currency)

    async def opened(self, person_id: int, link: SharedLink, names: Names) -> CountryPage | PriceFacts | SoldOut:
        """What whoever follows it comes to. Raises Refusal for what is not, or no longer, sold."""
        if link.country is None:
            return await self._browsing.countries(person_id, link.service, Sort.USUAL, 0, names)
        return await self._pricing.facts(person_id, link.service, link.country, link.window)
