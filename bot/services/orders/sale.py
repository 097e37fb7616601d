"""A purchase as somebody at the price screen asks for it: an order, or what there is now and why it was not sold."""

from dataclasses import replace

from bot.domain.drafts import mark_of
from bot.domain.orders import Order
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from bot.facts.shop import Unsold
from bot.services.orders.checkout import Beside, Checkout, Wish
from bot.services.shop.drafts import Drafts
from bot.services.shop.pricing import Pricing

_AT_THE_PRICE = frozenset(
    {
        Reason.NO_MATCH,
        Reason.OFFER_GONE,
        Reason.PRICE_MOVED,
        Reason.TOO_MANY_OPEN,
        Reason.TOO_MANY_PURCHASES,
        Reason.DAILY_LIMIT,
        Reason.NO_CREDIT,
        Reason.BUYING_PAUSED,
        Reason.BUYING_SLOWED,
    }
)
"""Refusals after which a fresh price screen has the next step."""


class Sale:
    def __init__(self, checkout: Checkout, pricing: Pricing, drafts: Drafts) -> None:
        self.checkout = checkout
        self._pricing = pricing
        self._drafts = drafts

    async def sell(self, person_id: int, wish: Wish, beside: Beside | None = None) -> Order | Unsold:
        """`beside`: what else is written with a new order.

        Raises Refusal for what has nothing to do with this price: nothing was written and nothing is bought."""
        try:
            return await self.checkout.buy(person_id, wish, beside)
        except Refusal as refusal:
            if refusal.facts.reason not in _AT_THE_PRICE:
                raise
            try:
                countries = wish.countries or (wish.country_id,)
                prices = await self._pricing.of_any(person_id, wish.service_id, countries, wish.window)
            except Refusal:
                raise refusal from None
            return Unsold(refusal.facts, prices)

    async def sell_any(self, person_id: int, mark: str, wish: Wish) -> Order | Unsold:
        """A number of any of the ticked countries, if they are those of the price that was seen, by its `mark`.

        `wish`: but for its countries. A second tap gets its order, whatever is ticked by then. Raises Refusal as `sell`
        does.
        """
        if (known := await self.checkout.known(person_id, wish.nonce)) is not None:
            return known
        countries = tuple(one.id for one in await self._drafts.wanted(person_id, wish.service_id))
        if mark_of(countries) != mark:
            why = RefusalFacts(Reason.COUNTRIES_CHANGED)
            return Unsold(why, await self._pricing.of_any(person_id, wish.service_id, countries, wish.window))
        return await self.sell(person_id, replace(wish, country_id=countries[0], countries=countries))
