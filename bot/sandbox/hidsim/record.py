"""What really happened, written in the same step as the act, so that no lost answer can hide it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class Purchase:
    """`lowest`, `highest` and `countries` (`_id`s) as they were sent; None and () where they were not."""

    request: int
    at: datetime
    operation_id: str
    kind: str
    product_id: str
    service_id: str
    country_id: str
    lowest: Decimal | None
    highest: Decimal | None
    countries: tuple[str, ...]
    price: Decimal


@dataclass(frozen=True)
class Refund:
    at: datetime
    operation_id: str
    state: str
    amount: Decimal


@dataclass(frozen=True)
class Read:
    request: int
    at: datetime
    operation_id: str
    state: str


@dataclass(frozen=True)
class Refetch:
    request: int
    at: datetime
    operation_id: str
    status: int


@dataclass(frozen=True)
class Close:
    """`status` is what the close came to (200, 400, 425), also when its answer never arrived."""

    request: int
    at: datetime
    operation_id: str
    status: int


@dataclass(frozen=True)
class Login:
    request: int
    at: datetime
    kind: str
    status: int


@dataclass(frozen=True)
class Request:
    """`status` is what was sent; None when the connection was cut or the caller left. `path` is the route's shape."""

    number: int
    at: datetime
    method: str
    path: str
    status: int | None


@dataclass
class Record:
    """Requests of the director are not in it."""

    purchases: list[Purchase] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    refetches: list[Refetch] = field(default_factory=list)
    closes: list[Close] = field(default_factory=list)
    logins: list[Login] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def by_path_and_status(self) -> Counter[tuple[str, str, int | None]]:
        """How many requests by method, route (`/operations/{id}`) and status."""
        return Counter((one.method, one.path, one.status) for one in self.requests)
