"""A Telegram that gives updates twice and in another order than they came."""

from random import Random

from bot.sandbox.telegram.clock import Clock
from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.updates import Updates

_REMEMBERED = 12


class Jumbled(Updates):
    """As any other one while `dice` is None."""

    def __init__(self, clock: Clock, first_id: int) -> None:
        super().__init__(clock, first_id)
        self.dice: Random | None = None
        self._given: dict[int, Json] = {}

    def fetch(self, offset: int, limit: int) -> list[Json]:
        new = super().fetch(offset, limit)
        told = list(new)
        if new and self.dice is not None:
            told += [one for one in self._given.values() if self.dice.random() < 0.3]
            self.dice.shuffle(told)
        for one in new:
            if isinstance(one, dict):
                self._given[one["update_id"]] = one
        while len(self._given) > _REMEMBERED:
            del self._given[next(iter(self._given))]
        return told
