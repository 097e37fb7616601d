"""A person as the bot knows them: Telegram's id, what admins decided, and how to speak to them."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.access import Standing


@dataclass(frozen=True, slots=True)
class Person:
    """`language`: their choice, else Telegram's; `unreachable_at`: since when they block the bot (UTC)."""

    id: int
    name: str = field(repr=False)
    standing: Standing
    language: str | None
    is_admin: bool = False
    unreachable_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Purse:
    """What a person may still spend. Micro-units. `daily_limit` None: a prepaid wallet, `left` is its balance."""

    left: int
    held: int
    currency: str
    daily_limit: int | None
