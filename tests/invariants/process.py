"""One process of the bot: the services as the real wiring makes them, with the far ends' stand-ins at their seams."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from typing import cast

from bot import milestones
from bot.db.database import Database
from bot.domain.access import AccessMode, Billing, Role, Standing
from bot.domain.limits import Limits
from bot.domain.money import Markup
from bot.domain.people import Person
from bot.hidsim import HidSim
from bot.i18n import Languages
from bot.services.partner import Partner
from bot.shop import Resources, Terms, build
from bot.tasks import Nursery
from bot.telegram.messenger import Messenger
from bot.telegram.push import Pusher
from tests.db.fresh import url_of
from tests.invariants.model import Crash, HidSimModel, Line
from tests.invariants.phones import Mouth, Phones

ADMIN = 900
ADA = Person(ADMIN, "Ada", Standing.UNKNOWN, "en", Role.OWNER)
_ids = count(1)


@dataclass(frozen=True)
class House:
    """The operator's settings. Money in micro-units."""

    billing: Billing
    markup: Markup
    daily_spend: int
    max_open_orders: int
    release_after: timedelta
    before_pause: int

    @property
    def terms(self) -> Terms:
        limits = Limits(self.max_open_orders, self.daily_spend, purchases_an_hour=10_000, closes_an_hour=10_000)
        return Terms(
            self.billing, limits, AccessMode.OPEN, frozenset({ADMIN}), self.release_after, self.before_pause, 30
        )


@cache
def texts() -> Languages:
    return Languages.load()


class Process:
    """Lives until `die` or a milestone at which it was told to."""

    def __init__(self, file: Path, far: HidSimModel, phones: Phones, house: House, now: Callable[[], datetime]) -> None:
        self.line, self.mouth = Line(far, now), Mouth(phones)
        self._dies_at: str | None = None
        self.dead = False
        self.database = Database(url_of(file), now)
        self.nursery, self.purchases = Nursery(), Nursery()
        self.shop = build(self._resources(house, now), house.terms)
        self.pusher = Pusher(
            cast("Messenger", self.mouth), self.shop.outbox, self.shop.unsaved, texts(), self.shop.ringing
        )

    def _resources(self, house: House, now: Callable[[], datetime]) -> Resources:
        return Resources(
            database=self.database,
            partner=Partner(cast("HidSim", self.line), house.markup, "USD"),
            nursery=self.nursery,
            purchases=self.purchases,
            process_id=next(_ids),
            alone=True,
            aliases={},
            rng=Random(1),
            secrets=Random(2),
            elapsed=lambda: now().timestamp(),
        )

    async def begin(self) -> None:
        milestones.listen(self._reached)
        await self.shop.partner.try_balance()
        await self.shop.takeover.take_over()
        await self.shop.catalog.load()

    def die_at(self, milestone: str | None) -> None:
        self._dies_at = milestone

    def _reached(self, milestone: str) -> None:
        if self.dead or milestone == self._dies_at:
            self.die()
            raise Crash(milestone)

    def die(self) -> None:
        """From now on nothing leaves the process and no milestone is passed."""
        self.dead = self.line.dead = self.mouth.dead = True

    async def bury(self) -> None:
        """What still runs ends at its next step out of the process; its transactions end as a kill would end them."""
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*rest, return_exceptions=True)
        milestones.listen(None)
        await self.database.close()
