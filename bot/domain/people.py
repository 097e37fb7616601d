"""A person as the bot knows them: Telegram's id, what admins decided, and how to speak to them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.access import Right, Role, Standing, demand, may


@dataclass(frozen=True, slots=True)
class Person:
    """`telegram_language`: as Telegram said last; `unreachable_at`: since when they block the bot (UTC).

    `role`: nobody has one by being written down; who lets people in says it. `appointed`: an owner made them an admin.
    """

    id: int
    name: str = field(repr=False)
    standing: Standing
    telegram_language: str | None
    role: Role = Role.STRANGER
    unreachable_at: datetime | None = None
    chosen_language: str | None = None
    appointed: bool = False
    username: str | None = field(default=None, repr=False)

    @property
    def language(self) -> str | None:
        """In which they are spoken to: their choice, else Telegram's."""
        return self.chosen_language or self.telegram_language

    @property
    def is_admin(self) -> bool:
        """Whether they help to run the shop. What they may do there is asked with `may`."""
        return self.role in (Role.OWNER, Role.ADMIN)

    def may(self, right: Right) -> bool:
        return may(self.role, right)

    def must_have(self, right: Right) -> None:
        """Raises Refusal when their role does not have the right."""
        demand(self.role, right)


class Among(StrEnum):
    """Of whom a list is. Short, because it stands in buttons."""

    ALL = "a"
    ADMINS = "d"
    BLOCKED = "b"
    UNREACHABLE = "u"
    LIMITED = "l"  # who have limits of their own


@dataclass(frozen=True, slots=True)
class Purse:
    """What a person may still spend. Micro-units. `daily_limit` None: a prepaid wallet, `left` is its balance.

    `own_day`: what a limit a day of their own leaves beside a prepaid wallet, and that limit; None without one.
    """

    left: int
    held: int
    currency: str
    daily_limit: int | None
    own_day: tuple[int, int] | None = None

    @property
    def spendable(self) -> int:
        return self.left if self.own_day is None else min(self.left, self.own_day[0])
