"""What HidSim has, in our own types. Money is Decimal in HidSim's currency, time is aware UTC.

Numbers, codes and texts are kept out of every repr: whoever prints an operation must not print a secret.
"""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from bot.hidsim.values import is_mongo_id


class OperationState:
    """The states that HidSim publishes. Others may come."""

    CREATING: Final = "creating"
    PENDING: Final = "pending"
    COMPLETED: Final = "completed"
    NO_NUMBER_REFUNDED: Final = "no_number_refunded"
    SYSTEM_REFUNDED: Final = "system_refunded"
    USER_REFUNDED: Final = "user_refunded"


@dataclass(frozen=True, slots=True)
class Account:
    """The partner account. No balance means that HidSim did not say one."""

    id: str
    short_id: str | None = None
    balance: Decimal | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Country:
    """`id` is the 24 hex digits that filters want, `code` ISO 3166 alpha-2 in capitals."""

    id: str
    short_id: str | None
    name: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    id: str
    short_id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Product:
    """One offer of a service in a country. No stock means unknown, never sold out."""

    id: str
    short_id: str | None
    service_id: str
    country_id: str
    price: Decimal
    stock: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Sms:
    text: str = field(repr=False)
    code: str | None = field(default=None, repr=False)
    sender: str | None = field(default=None, repr=False)
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """An asynchronous purchase. `state` is HidSim's own word, empty when it said none."""

    id: str
    short_id: str | None
    state: str
    number: str | None = field(default=None, repr=False)
    code: str | None = field(default=None, repr=False)
    texts: tuple[Sms, ...] = field(default=(), repr=False)
    price: Decimal | None = None
    service_id: str | None = None
    country_id: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    digest: bytes | None = field(default=None, repr=False, compare=False)
    """Of the answer that it was read from, where it was polled: an equal one says the same."""

    @property
    def ids(self) -> frozenset[str]:
        """Every id under which it is known, folded: the same id may come back in another case."""
        return frozenset(one.lower() for one in (self.id, self.short_id) if one)


def same_operation(known: frozenset[str], told: frozenset[str]) -> bool:
    """Whether two sets of folded ids can be one operation's.

    `_id`s decide where both sides have them, else short ids. Where only one side has ids of a kind nothing contradicts:
    paths take either (contract), so an operation asked by its short id may answer with its `_id` alone.
    """
    long, long_told = mongo_ids(known), mongo_ids(told)
    for ours, theirs in ((long, long_told), (known - long, told - long_told)):
        if ours and theirs:
            return bool(ours & theirs)
    return True


def mongo_ids(ids: frozenset[str]) -> frozenset[str]:
    """Those that HidSim gives to one resource and never to another; a short id may be a count of anything."""
    return frozenset(one for one in ids if is_mongo_id(one))
