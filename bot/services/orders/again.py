"""The prices of what an order asked for, to ask for it again."""

from bot.facts.shop import PriceFacts, SoldOut
from bot.services.orders.own_orders import OwnOrders
from bot.services.shop.drafts import Drafts
from bot.services.shop.pricing import Pricing


class Again:
    """Buys nothing. Where an order was for any of several countries, they are ticked again."""

    def __init__(self, own_orders: OwnOrders, drafts: Drafts, pricing: Pricing) -> None:
        self._own_orders = own_orders
        self._drafts = drafts
        self._pricing = pricing

    async def prices(self, person_id: int, order_id: int, *, raised: bool = False) -> PriceFacts | SoldOut:
        """In the order's window; `raised` as in `Pricing`. Raises Refusal for somebody else's order."""
        order = (await self._own_orders.card(person_id, order_id)).order
        countries = [order.country_id]
        if order.countries:
            countries = [one.id for one in await self._drafts.take_up(person_id, order)]
        return await self._pricing.of_any(person_id, order.service_id, countries, order.window, raised=raised)
