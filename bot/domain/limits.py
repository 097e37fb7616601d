"""How much a person may do: the shop's limits, and those that hold for one person instead."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """`open_orders`: in progress at once. `daily_spend`: micro-units a day (UTC), for shared billing."""

    open_orders: int
    daily_spend: int


@dataclass(frozen=True, slots=True)
class OwnLimits:
    """What is different for one person; None: as for everybody. Raises ValueError for a limit below zero."""

    open_orders: int | None = None
    daily_spend: int | None = None

    def __post_init__(self) -> None:
        if any(limit is not None and limit < 0 for limit in (self.open_orders, self.daily_spend)):
            raise ValueError("a limit is zero or more")

    def over(self, everybodys: Limits) -> Limits:
        """The limits that hold for this person."""
        return Limits(
            everybodys.open_orders if self.open_orders is None else self.open_orders,
            everybodys.daily_spend if self.daily_spend is None else self.daily_spend,
        )
