"""The client of HidSim's partner API."""

import random
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Self

from bot.hidsim.config import HidSimConfig
from bot.hidsim.models import Account, Country, Operation, Product, Service
from bot.hidsim.pace import Urgency


class HidSim:
    """One partner account at HidSim."""

    def __init__(
        self,
        config: HidSimConfig,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
    ) -> None:
        raise NotImplementedError

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        raise NotImplementedError

    @property
    def budget(self) -> int:
        """How many requests may start right now without taking from purchases and taps."""
        raise NotImplementedError

    @property
    def rate(self) -> float:
        """Requests a second, as learned from HidSim's 429s."""
        raise NotImplementedError

    async def sign_in(self) -> None:
        raise NotImplementedError

    async def renew(self) -> None:
        raise NotImplementedError

    async def me(self, *, urgency: Urgency = Urgency.TAP) -> Account:
        raise NotImplementedError

    async def countries(self, *, urgency: Urgency = Urgency.FILL) -> list[Country]:
        raise NotImplementedError

    async def services(self, *, urgency: Urgency = Urgency.FILL) -> list[Service]:
        raise NotImplementedError

    async def search_services(self, text: str, *, urgency: Urgency = Urgency.TAP) -> list[Service]:
        raise NotImplementedError

    async def products(self, service_id: str, country_id: str, *, urgency: Urgency = Urgency.TAP) -> list[Product]:
        raise NotImplementedError

    async def buy_product(self, product_id: str) -> Operation:
        raise NotImplementedError

    async def buy_service(
        self,
        service_id: str,
        *,
        country_ids: Sequence[str] = (),
        min_price: Decimal | None = None,
        max_price: Decimal | None = None,
    ) -> Operation:
        raise NotImplementedError

    async def operation(self, operation_id: str, *, urgency: Urgency = Urgency.POLL) -> Operation:
        raise NotImplementedError

    async def refetch(self, operation_id: str) -> Operation:
        raise NotImplementedError

    async def close(self, operation_id: str) -> Operation:
        raise NotImplementedError
