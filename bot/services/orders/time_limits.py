"""Orders that are closed by themselves when no code came in the time that their person gave them."""

from bot.db.database import Database
from bot.db.orders import orders
from bot.db.orders import sequels as rows
from bot.domain.orders import OrderCard
from bot.domain.refusals import Reason, Refusal
from bot.services.money.wallet import Wallet
from bot.services.orders.ages import Ages
from bot.services.orders.own_orders import OwnOrders
from bot.services.processes import Processes
from bot.services.quiet import Quiet
from bot.ticks import every


class TimeLimits:
    """Only says that an order is to be closed; `Closing` closes it as soon as HidSim allows."""

    def __init__(
        self, database: Database, own_orders: OwnOrders, wallet: Wallet, ages: Ages, processes: Processes
    ) -> None:
        self._database = database
        self._own_orders = own_orders
        self._wallet = wallet
        self._ages = ages
        self._quiet = Quiet(database, processes, orders.TABLE)

    async def set(self, person_id: int, order_id: int, seconds: int | None) -> OrderCard:
        """Seconds from the number; None: no limit. An order that has ended stays as it is. Raises Refusal."""
        card = await self._own_orders.card(person_id, order_id)
        if card.order.live and card.order.give_up_after != seconds:
            async with self._database.write() as tx:
                if seconds and not (await self._wallet.limits_of(tx, person_id)).closes_an_hour:
                    raise Refusal(Reason.TOO_MANY_CLOSES, count=0)
                await rows.set_limit(tx, order_id, seconds)
        return await self._own_orders.card(person_id, order_id)

    @every(1, "time limit")
    async def give_up_due(self) -> None:
        """Raises DatabaseFault."""
        if self._quiet.rests():
            return
        begun = self._quiet.begin()
        async with self._database.glance() as tx:
            limited = await rows.limited(tx)
        if not limited:
            self._quiet.found_nothing(begun)
        for order_id in [one for one, number_at, after in limited if self._ages.age(one, number_at) >= after]:
            async with self._database.write() as tx:
                await rows.give_up(tx, order_id)
