"""What a person may still spend, in both billing modes, and the holds that purchases place on it."""

from dataclasses import dataclass

from bot.db import limits
from bot.db.database import Tx
from bot.db.money import books, purses
from bot.db.orders import figures
from bot.domain import ledger
from bot.domain.access import Billing
from bot.domain.figures import day_of
from bot.domain.limits import Limits, OwnLimits
from bot.domain.orders import Order
from bot.domain.people import Purse
from bot.domain.refusals import Reason, Refusal


@dataclass(frozen=True, slots=True)
class WalletTerms:
    """How people pay, and the limits of all who have none of their own."""

    billing: Billing
    limits: Limits


class Wallet:
    """One code path for both modes: a shared wallet may fall below zero inside the daily limit, a prepaid one never."""

    def __init__(self, terms: WalletTerms) -> None:
        self.terms = terms

    async def purse_in(self, tx: Tx, person_id: int, currency: str) -> Purse:
        purse, _ = await self.means_in(tx, person_id, currency)
        return purse

    async def means_in(self, tx: Tx, person_id: int, currency: str) -> tuple[Purse, Limits]:
        """The purse and the person's limits, in one statement."""
        accounts = ledger.wallet(person_id), ledger.held(person_id)
        found = await purses.read(tx, person_id, *accounts, day_of(tx.now))
        limits = found.own.over(self.terms.limits)
        if self.guarded:
            own = found.own.daily_spend
            day = None if own is None else (max(0, own - found.spent), own)
            return Purse(found.wallet, found.held, currency, None, day), limits
        return Purse(max(0, limits.daily_spend - found.spent), found.held, currency, limits.daily_spend), limits

    async def limits_of(self, tx: Tx, person_id: int) -> Limits:
        """The person's own limits, and the shop's where they have none."""
        return (await limits.own(tx, person_id)).over(self.terms.limits)

    @property
    def guarded(self) -> bool:
        """Whether a wallet may never fall below zero."""
        return self.terms.billing is Billing.PREPAID

    async def allow(self, tx: Tx, order: Order, own: OwnLimits) -> None:
        """Called with the new order in place, so that today's spend includes it.

        `own`: the person's own limits. What is in a wallet may be spent in a day, unless one of them says otherwise.
        Raises Refusal when the limit a day does not reach.
        """
        limit = own.daily_spend if self.guarded else own.over(self.terms.limits).daily_spend
        if limit is None:
            return
        spent = await figures.spent_since(tx, day_of(tx.now), order.person_id)
        if spent > limit:
            left = max(0, limit - spent + order.held)
            raise Refusal(Reason.DAILY_LIMIT, amount=left, limit=limit, currency=order.currency)

    async def no_credit(self, tx: Tx, order: Order) -> Refusal:
        """What is said when the credit does not reach for the hold."""
        left = await books.balance(tx, ledger.wallet(order.person_id))
        return Refusal(Reason.NO_CREDIT, amount=left, limit=order.held, currency=order.currency)
