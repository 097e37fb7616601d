"""The client of HidSim's partner API."""

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Self, TypeVar

import structlog

from bot.hidsim import reading, wire
from bot.hidsim.answers import json_of
from bot.hidsim.config import HidSimConfig
from bot.hidsim.crowd import Crowd
from bot.hidsim.errors import AnotherOperation, OutcomeUnknown
from bot.hidsim.exchange import Exchange
from bot.hidsim.jsontext import dumps
from bot.hidsim.models import Account, Country, Operation, Product, Service, same_operation
from bot.hidsim.pace import Turn, Urgency
from bot.hidsim.pages import MOST_PAGES, Page, page
from bot.hidsim.values import Json

Model = TypeVar("Model")
Listed = TypeVar("Listed", Country, Service, Product)
Query = Mapping[str, str]
MANY_ITEMS = 500
"""More are read beside the event loop."""
log = structlog.get_logger(__name__)


class HidSim:
    """One partner account at HidSim.

    Every method raises only `HidSimError`'s heirs; ValueError at construction for an address that is none. It keeps no
    catalog, judges no prices and starts no background work. `now` is aware UTC, `clock` monotonic seconds.
    """

    def __init__(
        self,
        config: HidSimConfig,
        *,
        now: Callable[[], datetime],
        clock: Callable[[], float] = time.monotonic,
        rng: random.Random | None = None,
        guard: Callable[[], None] = lambda: None,
    ) -> None:
        """`guard` is called before each request and may raise: it knows when asking would be a mistake."""
        self._search_param = config.search_param
        self._crowd = Crowd(config.taps_at_once, config.tap_patience)
        self.now = now
        self._exchange = Exchange(config, now=now, clock=clock, rng=rng or random.Random(), guard=guard)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Closes the connections. Calls that still run end with an error."""
        await self._exchange.aclose()

    @property
    def rate(self) -> float:
        """Requests a second at present: the setting, or what HidSim's 429s have taught."""
        return self._exchange.pace.rate

    @property
    def paused(self) -> float:
        """Seconds for which nothing is asked."""
        return self._exchange.pace.paused

    @property
    def queue(self) -> int:
        """How many requests wait for their turn."""
        return self._exchange.pace.queue

    async def turn(self) -> Turn:
        """Waits until a poll may leave. Raises TooManyRequests when that would take long."""
        return await self._exchange.turn()

    def give_back(self, turn: Turn) -> None:
        """For a turn that nobody needs."""
        self._exchange.pace.give_back(turn)

    async def sign_in(self) -> None:
        """Signs in now. Every call signs in by itself when it must."""
        await self._exchange.session.sign_in()

    async def renew(self) -> None:
        """Renews the token now, or signs in when HidSim does not renew it."""
        await self._exchange.session.renew()

    async def me(self, *, urgency: Urgency = Urgency.TAP) -> Account:
        async with self._crowd.reading(urgency):
            return _believed(reading.account(await self._exchange.read(wire.ME, urgency=urgency)), wire.ME)

    async def countries(self, *, urgency: Urgency = Urgency.FILL) -> list[Country]:
        return await self._list(wire.COUNTRIES, "countries", reading.country, urgency=urgency)

    async def services(self, *, urgency: Urgency = Urgency.FILL) -> list[Service]:
        return await self._list(wire.SERVICES, "services", reading.service, urgency=urgency)

    async def search_services(self, text: str, *, urgency: Urgency = Urgency.TAP) -> list[Service]:
        """HidSim's own search. What it matches, and in which order, is HidSim's business."""
        query = {self._search_param: text}
        return await self._list(wire.SEARCH, "services", reading.service, urgency=urgency, query=query)

    async def products(self, service_id: str, country_id: str, *, urgency: Urgency = Urgency.TAP) -> list[Product]:
        """The offers of a pair, in HidSim's order. Both ids are `_id`s (contract: filters take no others)."""
        query = {wire.FILTER_SERVICE: service_id, wire.FILTER_COUNTRY: country_id}
        read = reading.product_reader(service_id, country_id)
        return await self._list(wire.PRODUCTS, "products", read, urgency=urgency, query=query)

    async def buy_product(self, product_id: str) -> Operation:
        """Buys one product. After OutcomeUnknown nobody knows whether it was bought: never call it again for it."""
        return await self._buy(wire.BUY_PRODUCT, product_id, b"{}")

    async def buy_service(
        self,
        service_id: str,
        *,
        country_ids: Sequence[str] = (),
        min_price: Decimal | None = None,
        max_price: Decimal | None = None,
    ) -> Operation:
        """Lets HidSim choose a product, the ends of the window inclusive. OutcomeUnknown as with `buy_product`."""
        wanted: dict[str, Decimal | str | list[str]] = {}
        if country_ids:
            wanted[wire.COUNTRY_IDS] = list(country_ids)
        if min_price is not None:
            wanted[wire.MIN_PRICE] = min_price
        if max_price is not None:
            wanted[wire.MAX_PRICE] = max_price
        return await self._buy(wire.BUY_SERVICE, service_id, dumps(wanted))

    async def operation(self, operation_id: str, *, urgency: Urgency = Urgency.TAP) -> Operation:
        """Asked again, as every read for a person is, when it failed in a way that may pass."""
        async with self._crowd.reading(urgency):
            answer = await self._exchange.read(wire.OPERATION, operation_id, urgency=urgency)
        return _same(_believed(reading.operation(answer), wire.OPERATION), operation_id)

    async def poll(
        self, operation_id: str, *, turn: Turn | None = None, known: bytes | None = None
    ) -> Operation | None:
        """The same for who asks again and again: once, in the `turn` in hand.

        None when the answer is, byte for byte, the one whose `digest` is `known`.
        """
        answer = await self._exchange.poll(wire.OPERATION, operation_id, turn)
        told = answer.digest
        if told == known:
            return None
        found = _same(_believed(reading.operation(json_of(answer)), wire.OPERATION), operation_id)
        return replace(found, digest=told)

    async def refetch(self, operation_id: str) -> Operation:
        """Lets HidSim ask the provider again. It changes state: after OutcomeUnknown ask `operation` what happened."""
        async with self._crowd.acting():
            answer = await self._exchange.act(wire.REFETCH, operation_id)
        return _same(_believed(reading.operation(json_of(answer)), wire.REFETCH), operation_id)

    async def close(self, operation_id: str) -> Operation:
        """Gives the number back. TooEarly names a wait; after OutcomeUnknown ask `operation` what happened."""
        async with self._crowd.acting():
            answer = await self._exchange.act(wire.CLOSE, operation_id)
        return _same(_believed(reading.operation(json_of(answer)), wire.CLOSE), operation_id)

    async def _buy(self, route: wire.Route, one_id: str, body: bytes) -> Operation:
        answer = await self._exchange.buy(route, one_id, body)
        return _believed(reading.operation(json_of(answer)), route)

    async def _list(
        self,
        route: wire.Route,
        resource: str,
        read: Callable[[reading.Item], Listed | None],
        *,
        urgency: Urgency,
        query: Query | None = None,
    ) -> list[Listed]:
        async with self._crowd.reading(urgency):
            items = await self._all_items(route, resource, query or {}, urgency)
        if len(items) > MANY_ITEMS:  # a catalog of 20,000 would keep everybody else waiting
            result = await asyncio.to_thread(reading.read_all, items, read)
        else:
            result = reading.read_all(items, read)
        if result.skipped:
            log.warning("hidsim.items_skipped", path=route.template, skipped=result.skipped, kept=len(result.items))
        return list({model.id: model for model in result.items}.values())

    async def _all_items(self, route: wire.Route, resource: str, query: Query, urgency: Urgency) -> list[Json]:
        """The items of every page. A page that was seen before ends it: HidSim ignores the page's number then."""
        items: list[Json] = []
        seen: list[list[Json]] = []
        following: Query | None = {}
        while following is not None and len(seen) < MOST_PAGES:
            answer = await self._exchange.read(route, urgency=urgency, params={**following, **query})
            found: Page = _believed(page(answer, resource), route)
            if found.items in seen:
                break
            seen.append(found.items)
            items += found.items
            following = found.following
        return items


def _believed(found: Model | None, route: wire.Route) -> Model:
    """Raises OutcomeUnknown for a success whose body says nothing that we understand."""
    if found is None:
        raise OutcomeUnknown(f"an answer to {route.method} {route.template} that can't be understood", lasting=True)
    return found


def _same(found: Operation, asked: str) -> Operation:
    """Never shows one person another's number. Raises AnotherOperation."""
    if not same_operation(frozenset({asked.lower()}), found.ids):
        raise AnotherOperation
    return found
