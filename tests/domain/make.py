"""Facts to test with: whole ones, of which a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.domain.orders import Order, OrderState
from bot.domain.price_window import Offer, Window

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)
_ORDER = Order(
    id=7,
    person_id=100,
    nonce="abcdefgh",
    service_id=1,
    service_name="Telegram",
    country_id=1,
    country_name="Brazil",
    country_code="BR",
    product_id=None,
    window=Window(100_000, 250_000),
    currency="USD",
    held=250_000,
    state=OrderState.PLACING,
    revision=1,
    placed_at=NOW,
)


def order(state: OrderState = OrderState.PLACING, **facts: Any) -> Order:
    return replace(_ORDER, state=state, **facts)


def offers(*prices: int, stock: int | None = 5) -> tuple[Offer, ...]:
    return tuple(Offer(f"{place:024x}", price, stock, f"Offer {place}") for place, price in enumerate(prices))
