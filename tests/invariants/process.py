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
from bot.i18n import Catalogs
from bot.services.ages import Ages
from bot.services.alerts import Alerts
from bot.services.bookkeeping import Bookkeeping
from bot.services.buying import Buying
from bot.services.catalog import Catalog
from bot.services.checkout import Checkout
from bot.services.code_waits import CodeWaits
from bot.services.credit import Credit
from bot.services.desk import Desk
from bot.services.lifeline import Lifeline
from bot.services.outbox import Outbox
from bot.services.partner import Partner
from bot.services.people import People
from bot.services.processes import Processes
from bot.services.roster import Roster
from bot.services.takeover import Takeover
from bot.services.tracker import Tracker
from bot.services.unconfirmed import Terms as UnconfirmedTerms
from bot.services.unconfirmed import Unconfirmed
from bot.services.wallet import Terms, Wallet
from bot.services.writer import Writer
from bot.tasks import Nursery
from bot.telegram.push import Pusher
from bot.telegram.voice import Voice
from tests.db.fresh import url_of
from tests.invariants.far_end import Crash, FarEnd, Line
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


@cache
def texts() -> Catalogs:
    return Catalogs.load()


class Process:
    """Lives until `die` or a milestone at which it was told to."""

    def __init__(self, file: Path, far: FarEnd, phones: Phones, house: House, now: Callable[[], datetime]) -> None:
        self.line, self.mouth = Line(far), Mouth(phones)
        self.partner = Partner(cast("HidSim", self.line), house.markup, "USD")
        self.account = self.partner.account
        self._now = now
        self._dies_at: str | None = None
        self.dead = False
        self.database = Database(url_of(file))
        self.nursery, self.purchases = Nursery(), Nursery()
        alerts, lifeline = Alerts({ADMIN}), Lifeline({ADMIN}, now)
        waits = CodeWaits()
        writer = Writer(alerts, [waits.heard])
        ages = Ages(now, lambda: now().timestamp())
        processes = Processes(self.database, next(_ids), now, lambda: now().timestamp(), alone=True)
        self.catalog = Catalog(self.database, self.partner, self.nursery, {}, alerts, now)
        self.wallet = Wallet(Terms(house.billing, Limits(house.max_open_orders, house.daily_spend)))
        self.tracker = Tracker(
            self.database, self.partner, self.nursery, writer, alerts, lifeline, ages, waits, processes, now
        )
        self.buying = Buying(self.database, alerts, now)
        terms = UnconfirmedTerms(house.release_after, house.before_pause)
        self.unconfirmed = Unconfirmed(
            self.database, self.partner, self.buying, writer, terms, self.nursery, processes, now
        )
        self.takeover = Takeover(self.database, processes, self.unconfirmed, now)
        self.bookkeeping = Bookkeeping(self.database, self.partner, self.buying, alerts, now)
        self.checkout = Checkout(
            self.database, self.partner, self.purchases, self.catalog, self.wallet, self.tracker,
            self.unconfirmed, self.buying, writer, processes, now,
        )  # fmt: skip
        self.desk = Desk(self.database, self.partner, self.tracker, ages, processes, now)
        roster = Roster(self.database, lambda: now().timestamp())
        self.people = People(self.database, roster, AccessMode.OPEN, {ADMIN}, Random(1), now)
        self.outbox = Outbox(self.database, roster, processes, now)
        self.credit = Credit(self.database, self.wallet, self.account, now)
        self.pusher = Pusher(cast("Voice", self.mouth), self.outbox, lifeline, texts())

    async def begin(self) -> None:
        milestones.listen(self._reached)
        await self.partner.try_balance(self._now())
        await self.takeover.take_over()
        await self.catalog.load()

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
