"""Everything that one sandbox holds, put together once."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from random import Random

from bot.sandbox.hidsim.account import Account
from bot.sandbox.hidsim.book import Book
from bot.sandbox.hidsim.catalog import Catalog
from bot.sandbox.hidsim.clock import Clock
from bot.sandbox.hidsim.dialects import Canonical, Dialect, User, Variant
from bot.sandbox.hidsim.faults import Faults
from bot.sandbox.hidsim.ids import ObjectIds
from bot.sandbox.hidsim.limits import RateLimit
from bot.sandbox.hidsim.offers import Market
from bot.sandbox.hidsim.record import Record
from bot.sandbox.hidsim.stories import Script
from bot.sandbox.hidsim.tokens import Tokens

_PURGE_AT = 256


@dataclass
class Connections:
    """The connections that requests came by, so that all can be cut at once."""

    down: bool = False
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when the server stops: whoever waits for a fault's delay goes home."""
    _known: set[asyncio.Transport] = field(default_factory=set)

    def saw(self, transport: asyncio.Transport | None) -> None:
        if len(self._known) >= _PURGE_AT:
            self._known = {one for one in self._known if not one.is_closing()}
        if transport is not None:
            self._known.add(transport)

    def spare(self, transport: asyncio.Transport | None) -> None:
        """The director's own connection is not to be cut."""
        if transport is not None:
            self._known.discard(transport)

    def cut_all(self) -> None:
        for transport in self._known:
            cut(transport)
        self._known.clear()

    async def wait(self, seconds: float) -> None:
        """Sleeps real seconds, or until the server stops."""
        try:
            async with asyncio.timeout(seconds):
                await self.closing.wait()
        except TimeoutError:
            return


def cut(transport: asyncio.Transport | None) -> None:
    """What was not sent yet is thrown away."""
    if transport is not None:
        transport.abort()


@dataclass
class Backend:
    identifier: str
    password: str
    seed: int
    clock: Clock
    dialect: Dialect
    catalog: Catalog
    market: Market
    account: Account
    record: Record
    script: Script
    book: Book
    tokens: Tokens
    limit: RateLimit
    faults: Faults
    connections: Connections = field(default_factory=Connections)
    login_refused: bool = False
    requests: int = 0

    def __repr__(self) -> str:
        return f"Backend(dialect={type(self.dialect).__name__}, seed={self.seed})"

    @property
    def user(self) -> User:
        """The one account, with its balance as it is told now."""
        self.book.settle()
        return User(ObjectIds.of("users", self.seed).make(1), 1, self.identifier, self.account.shown)


def build(
    *,
    dialect: str,
    seed: int,
    now: Callable[[], datetime],
    speed: float,
    identifier: str,
    password: str,
    balance: Decimal,
    token_life: float,
    rate_limit: int | None,
    services: int,
    countries: int,
) -> Backend:
    """Raises ValueError for a dialect or sizes that there are not."""
    dialects: dict[str, Callable[[], Dialect]] = {"canonical": Canonical, "variant": Variant}
    if dialect not in dialects:
        raise ValueError(f"no such dialect: {dialect}")
    clock, record, script, account = Clock(now, speed), Record(), Script(), Account(balance)
    catalog = Catalog(seed, services, countries)
    market = Market(catalog, seed)
    return Backend(
        identifier=identifier,
        password=password,
        seed=seed,
        clock=clock,
        dialect=dialects[dialect](),
        catalog=catalog,
        market=market,
        account=account,
        record=record,
        script=script,
        book=Book(market, account, record, script, clock, seed),
        tokens=Tokens(clock, token_life, ObjectIds.of("users", seed).make(1)),
        limit=RateLimit(clock, rate_limit),
        faults=Faults(Random(seed)),
    )
