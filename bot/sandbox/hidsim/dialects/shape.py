"""What every dialect can say."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Protocol

from bot.sandbox.hidsim.catalog import Country, Service
from bot.sandbox.hidsim.errors import ApiError
from bot.sandbox.hidsim.offers import Offer
from bot.sandbox.hidsim.operation import Operation

Json = Any
"""What `encode` takes: dict, list, str, int, Decimal, bool, None."""

Act = Literal["purchase", "read", "refetch", "close"]


@dataclass(frozen=True)
class User:
    object_id: str
    short_id: int
    email: str
    balance: Decimal


@dataclass(frozen=True)
class Page:
    """Which page was asked for, from 1, and the address (path and query, as the caller sees it) of the next one."""

    number: int
    next_address: str


class Dialect(Protocol):
    created_status: int
    """Of a purchase."""
    expired_status: int
    """Of a token that was once good."""

    def signed_in(self, token: str, user: User, renewed: bool) -> Json: ...
    def me(self, user: User) -> Json: ...
    def countries(self, items: Sequence[Country], page: Page) -> Json: ...
    def services(self, items: Sequence[Service], page: Page) -> Json: ...
    def found(self, items: Sequence[Service], page: Page) -> Json: ...
    def products(self, items: Sequence[Offer], page: Page) -> Json: ...
    def operation(self, operation: Operation, user: User, act: Act) -> Json: ...
    def error(self, error: ApiError) -> tuple[Json, dict[str, str]]: ...
