"""What HidSim says about an operation, in the shop's words."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.money import Cost, Price


@dataclass(frozen=True, slots=True)
class Received:
    """One SMS as HidSim tells it. `code` only where HidSim names one; `received_at` UTC."""

    text: str = field(repr=False)
    code: str | None = field(default=None, repr=False)
    sender: str | None = field(default=None, repr=False)
    received_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Same:
    """HidSim answered, byte for byte, what it answered before: nothing has changed."""


@dataclass(frozen=True, slots=True)
class Said:
    """What has to be kept of an answer to know it again: of its bytes, and of what they mean to an order."""

    digest: bytes | None
    meaning: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An operation as HidSim showed it once; nothing in it is checked against an order. Times UTC.

    `id` is what HidSim is asked with; `ids` all under which it is known, in lower case. `state` is HidSim's word, known
    or not; `number` as HidSim writes it, perhaps without its country's code. `cost` is what HidSim takes and `price`
    what a person pays for that, both None when HidSim names none. `code`: one beside the texts;
    `country`: HidSim's id of the number's country, where it names one.
    """

    id: str
    ids: frozenset[str]
    state: str
    number: str | None = field(default=None, repr=False)
    cost: Cost | None = None
    price: Price | None = None
    code: str | None = field(default=None, repr=False)
    texts: tuple[Received, ...] = field(default=(), repr=False)
    created_at: datetime | None = None
    updated_at: datetime | None = None
    expires_at: datetime | None = None
    country: str | None = None
    digest: bytes | None = field(default=None, repr=False, compare=False)
    """Of a polled answer: asked with it as `known`, an equal answer is told as `Same`."""

    @property
    def meaning(self) -> int:
        """Equal for answers that say the same of an order, within one process, whenever it was touched last."""
        told = (self.state, self.number, self.cost, self.price, self.code, self.texts, self.expires_at, self.country)
        return hash((self.id, self.ids, told))

    @property
    def took(self) -> timedelta | None:
        """From the operation's beginning to its last change, by HidSim's own times."""
        if self.created_at is None or self.updated_at is None:
            return None
        return self.updated_at - self.created_at
