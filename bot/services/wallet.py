"""What a person may still spend, in both billing modes, and the holds that purchases place on it."""

from dataclasses import dataclass
from datetime import datetime

from bot.db import ledger as books
from bot.db import limits as limit_rows
from bot.db import orders as rows
from bot.db import purses
from bot.db.database import AsyncConnection, Database
from bot.domain import ledger
from bot.domain.access import Billing
from bot.domain.limits import Limits
from bot.domain.orders import Order
from bot.domain.people import Purse
from bot.domain.refusals import Reason, Refusal


@dataclass(frozen=True, slots=True)
class Terms:
    """How people pay, and the limits of all who have none of their own."""

    billing: Billing
    limits: Limits


def day_start(now: datetime) -> datetime:
    """The daily limit counts from midnight UTC."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


class Wallet:
    """One code path for both modes: a shared wallet may fall below zero inside the daily limit, a prepaid one never."""

    def __init__(self, database: Database, terms: Terms) -> None:
        self._database = database
        self.terms = terms

    async def purse(self, person_id: int, currency: str, now: datetime) -> Purse:
        async with self._database.read() as connection:
            return await self.purse_in(connection, person_id, currency, now)

    async def purse_in(self, connection: AsyncConnection, person_id: int, currency: str, now: datetime) -> Purse:
        purse, _ = await self.means_in(connection, person_id, currency, now)
        return purse

    async def means_in(
        self, connection: AsyncConnection, person_id: int, currency: str, now: datetime
    ) -> tuple[Purse, Limits]:
        """The purse and the person's limits, in one statement."""
        accounts = ledger.wallet(person_id), ledger.held(person_id)
        found = await purses.read(connection, person_id, *accounts, day_start(now))
        limits = found.own.over(self.terms.limits)
        if self.terms.billing is Billing.PREPAID:
            return Purse(found.wallet, found.held, currency, None), limits
        return Purse(max(0, limits.daily_spend - found.spent), found.held, currency, limits.daily_spend), limits

    async def limits_of(self, connection: AsyncConnection, person_id: int) -> Limits:
        """The person's own limits, and the shop's where they have none."""
        return (await limit_rows.own(connection, person_id)).over(self.terms.limits)

    async def hold(
        self, connection: AsyncConnection, order_id: int, person_id: int, amount: int, currency: str, now: datetime
    ) -> None:
        """Reserves the maximum of a purchase. The order stands already, so today's spend includes it.

        Raises Refusal when the daily limit or the credit does not reach.
        """
        if self.terms.billing is Billing.SHARED:
            spent = await rows.spent_since(connection, day_start(now), person_id)
            most = (await self.limits_of(connection, person_id)).daily_spend
            if spent > most:
                left = max(0, most - spent + amount)
                raise Refusal(Reason.DAILY_LIMIT, amount=left, limit=most, currency=currency)
        if not amount:
            return
        try:
            transfer = ledger.hold(order_id, person_id, amount)
            await books.post(connection, transfer, now, guarded=self.terms.billing is Billing.PREPAID)
        except books.NotEnough:
            left = await books.balance(connection, ledger.wallet(person_id))
            raise Refusal(Reason.NO_CREDIT, amount=left, limit=amount, currency=currency) from None


async def release(connection: AsyncConnection, order: Order, now: datetime) -> None:
    """Gives the whole hold back, once."""
    if order.held:
        await books.post(connection, ledger.release(order.id, order.person_id, order.held), now)


async def capture(connection: AsyncConnection, order: Order, charged: int, now: datetime) -> None:
    """Takes the price paid out of the hold and gives the rest back, once."""
    if order.held:
        for transfer in ledger.capture(order.id, order.person_id, order.held, charged):
            await books.post(connection, transfer, now)
