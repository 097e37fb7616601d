"""The operator's account at HidSim: its balance as last read, and the currency that all prices are in."""

from datetime import datetime
from decimal import Decimal

import structlog

from bot.domain.money import to_micros
from bot.hidsim import CredentialsRefused, HidSim, HidSimError, Urgency

_log = structlog.get_logger(__name__)


class Account:
    """Remembers the last answer; asks only when told to. The currency is the setting's until HidSim names one.

    `decimals`: the most that a balance was ever shown with in this run; fewer may be a zero that was left out.
    """

    def __init__(self, hidsim: HidSim, currency: str) -> None:
        self._hidsim = hidsim
        self.currency = currency
        self.balance: int | None = None
        self.decimals = 0
        self.read_at: datetime | None = None

    async def read(self, now: datetime, urgency: Urgency = Urgency.TAP) -> int | None:
        """The balance in micro-units, None when HidSim gives none. Raises HidSimError."""
        me = await self._hidsim.me(urgency=urgency)
        self.currency = me.currency or self.currency
        self.balance = None if me.balance is None else to_micros(me.balance)
        self.decimals = max(self.decimals, 0 if me.balance is None else _decimals(me.balance))
        self.read_at = now
        return self.balance

    async def try_read(self, now: datetime) -> bool:
        """The same at start and by the clock, where HidSim being down is no reason to stop."""
        try:
            await self.read(now, Urgency.FILL)
        except CredentialsRefused:
            raise
        except HidSimError as error:
            _log.warning("HidSim's account could not be read", error=type(error).__name__, reason=str(error))
            return False
        return True


def _decimals(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
