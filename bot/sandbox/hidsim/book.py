"""All operations and the money behind them. Every act is one step without an await, and is recorded in that step."""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.sandbox.hidsim.account import Account
from bot.sandbox.hidsim.catalog import Country, Service
from bot.sandbox.hidsim.clock import Clock
from bot.sandbox.hidsim.errors import ApiError, bad_request
from bot.sandbox.hidsim.ids import ObjectIds
from bot.sandbox.hidsim.offers import Market, Offer
from bot.sandbox.hidsim.operation import Operation, Refunded
from bot.sandbox.hidsim.record import Close, Purchase, Record, Refetch, Refund
from bot.sandbox.hidsim.stories import Script


@dataclass(frozen=True)
class Window:
    """What a purchase by service asked for, ends included."""

    lowest: Decimal | None = None
    highest: Decimal | None = None
    countries: tuple[str, ...] = ()


class Book:
    """Raises ApiError where the API refuses. Callers hand in `request`, the number of the request that asks."""

    def __init__(
        self, market: Market, account: Account, record: Record, script: Script, clock: Clock, seed: int
    ) -> None:
        self._market = market
        self._account = account
        self._record = record
        self._script = script
        self._clock = clock
        self._seed = seed
        self._ids = ObjectIds.since("operations", seed, clock.now())
        self._operations: list[Operation] = []
        self._due: list[tuple[datetime, int]] = []
        self.early_for_all = 0.0
        """Seconds of a story in which a coming operation cannot be closed, whatever its own story says."""

    def __iter__(self) -> Iterator[Operation]:
        return iter(self._operations)

    def find(self, text: str) -> Operation | None:
        """By `_id` or short id, as it is now."""
        self.settle()
        short_id = self._ids.from_path(text)
        if short_id is None or not 1 <= short_id <= len(self._operations):
            return None
        return self._operations[short_id - 1]

    def latest_open(self) -> Operation | None:
        self.settle()
        return next((one for one in reversed(self._operations) if not one.terminal), None)

    def settle(self) -> None:
        """Bring every operation to the present, so that balances are right before they are read."""
        now = self._clock.now()
        while self._due and self._due[0][0] <= now:
            _, short_id = heapq.heappop(self._due)
            operation = self._operations[short_id - 1]
            self._change(operation, lambda operation=operation: operation.advance(now))  # type: ignore[misc]

    def buy_from_service(
        self, request: int, service: Service, countries: tuple[Country, ...], window: Window
    ) -> Operation:
        """Takes the cheapest offer that fits. 406 when none does, 400 when the balance does not cover it."""
        offer = self._market.cheapest(service, countries, window.lowest, window.highest)
        if offer is None:
            raise ApiError(406, "No products match the purchase constraints", "NO_PRODUCTS")
        return self._buy(request, "service", offer, window)

    def buy_product(self, request: int, offer: Offer) -> Operation:
        if offer.stock < 1:
            raise bad_request("The product is out of stock", "OUT_OF_STOCK")
        return self._buy(request, "product", offer, Window())

    def close(self, request: int, operation: Operation) -> Operation:
        """425 while it is too early, 400 when it has ended, else `user_refunded`."""
        self.settle()
        now = self._clock.now()
        try:
            self._close(operation, now)
        except ApiError as error:
            self._record.closes.append(Close(request, now, operation.object_id, error.status))
            raise
        self._record.closes.append(Close(request, now, operation.object_id, 200))
        return operation

    def refetch(self, request: int, operation: Operation) -> Operation:
        """400 on a refunded operation; on a completed one a waiting SMS is appended."""
        self.settle()
        now = self._clock.now()
        refunded = operation.terminal and operation.state != "completed"
        self._record.refetches.append(Refetch(request, now, operation.object_id, 400 if refunded else 200))
        if refunded:
            raise bad_request("The operation was refunded", "INVALID_STATE")
        if operation.terminal:
            operation.hear_again(now)
        return operation

    def complete(self, operation: Operation, texts: tuple[str, ...] | None = None) -> None:
        self._change(operation, lambda: operation.complete(self._clock.now(), texts))

    def refund(self, operation: Operation, state: Refunded) -> None:
        self._change(operation, lambda: operation.refund(state, self._clock.now()))

    def refuse_closing(self, seconds: float) -> None:
        """Seconds of a story from now for open operations, from the purchase for coming ones; 0 ends it for all."""
        self.early_for_all = seconds
        until = self._clock.now() + self._clock.span(seconds)
        for operation in self._operations:
            operation.no_close_before = until

    def _buy(self, request: int, kind: str, offer: Offer, window: Window) -> Operation:
        self.settle()
        if not self._account.charge(offer.price):
            raise bad_request("The balance does not cover the price", "INSUFFICIENT_BALANCE")
        offer.stock -= 1
        operation = self._open(offer)
        self._record.purchases.append(
            Purchase(
                request=request,
                at=operation.created_at,
                operation_id=operation.object_id,
                kind=kind,
                product_id=offer.object_id,
                service_id=offer.service.object_id,
                country_id=offer.country.object_id,
                lowest=window.lowest,
                highest=window.highest,
                countries=window.countries,
                price=offer.price,
            )
        )
        return operation

    def _open(self, offer: Offer) -> Operation:
        short_id = len(self._operations) + 1
        now = self._clock.now()
        chance = random.Random(f"{self._seed}:operation:{short_id}")
        object_id = self._ids.make(short_id)
        operation = Operation(object_id, short_id, offer, offer.price, now, self._script.next(), self._clock, chance)
        operation.no_close_before = max(operation.no_close_before, now + self._clock.span(self.early_for_all))
        self._operations.append(operation)
        self._expect(operation)
        return operation

    def _close(self, operation: Operation, now: datetime) -> None:
        if operation.terminal:
            raise bad_request("The operation has ended already", "INVALID_STATE")
        wait = operation.no_close_before - now
        if wait > timedelta(0):
            retry_after = wait.total_seconds() if operation.story.retry_after else None
            raise ApiError(425, "It is too early to close the operation", "TOO_EARLY", retry_after)
        if operation.story.code_while_closing:
            self.complete(operation)
            raise bad_request("The operation has ended already", "INVALID_STATE")
        self.refund(operation, "user_refunded")

    def _change(self, operation: Operation, act: Callable[[], None]) -> None:
        """The only way in which a state changes: money comes back once, at the step into a refunded state."""
        was_terminal = operation.terminal
        act()
        if operation.terminal and not was_terminal and operation.state != "completed":
            self._account.credit(operation.price)
            self._record.refunds.append(
                Refund(operation.updated_at, operation.object_id, operation.state, operation.price)
            )
        self._expect(operation)

    def _expect(self, operation: Operation) -> None:
        if operation.due is not None:
            heapq.heappush(self._due, (operation.due, operation.short_id))
