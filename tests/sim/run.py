"""One seed from its first callback to the judge's word."""

import asyncio
import gc
import sqlite3
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.domain.access import Billing
from bot.sandbox.hidsim import STORIES as MARKET
from tests.sim import troubles
from tests.sim.case import read
from tests.sim.laws.money import uneven
from tests.sim.people import BUY, NUMBER, Someone
from tests.sim.process import here
from tests.sim.script import FIRST, NAMES, Part, Script
from tests.sim.stories import DUTIES, PLOTS, STORIES, books_a_difference, confirms, lets_people_buy
from tests.sim.world import ADMIN, LATE, TAP, World

LONGEST = 60.0
"""Seconds after the beginning when all trouble ends, whatever people still do."""
LOOK = 4.0
"""Seconds from one look at the books to the next."""
PROMISED = 120
"""Seconds after the end of all trouble in which everything has to have ended."""


@dataclass
class Play:
    """A script on its way."""

    script: Script
    world: World
    admin: Someone
    people: list[Someone]
    late: Someone
    told: Counter[str] = field(default_factory=Counter)
    settled: float = 0.0
    """Seconds from the end of all trouble until nothing was open any more."""

    async def run(self) -> None:
        world = self.world
        await world.begin()
        await self._set_the_market()
        lives = [here.get().start(world.keepers[0].run(), "bot")]
        for later in world.keepers[1:]:  # two that make one new database at once are no story of ours
            await asyncio.sleep(3)
            lives.append(here.get().start(later.run(), later.name))
        auditor = here.get().start(self._looks_at_the_books(), "the auditor")
        await self._the_day()
        await self._the_evening()
        auditor.cancel()
        for keeper in world.keepers:
            keeper.stop()
        await asyncio.wait(lives, timeout=120)

    async def _set_the_market(self) -> None:
        dice = self.script.dice_of("market", 0)
        director = self.world.hidsim.director
        director.set_default_story("code", code_after=5, expires_after=40)
        for _ in range(40):
            name = dice.choice(("code", "code", *MARKET))
            overrides = {"expires_after": dice.uniform(12, 40)}
            if MARKET[name].code_after is not None:
                overrides["code_after"] = dice.uniform(0.1, 15)
            if MARKET[name].number_after is not None:
                overrides["number_after"] = dice.choice((0.0, dice.uniform(0, 6)))
            director.queue_story(name, **overrides)

    async def _the_day(self) -> None:
        acts = [self._lives(part, one) for part, one in zip(self.script.people, self.people, strict=True)]
        acts.append(self._serves())
        acts += [self._strikes(place) for place in range(len(self.script.troubles))]
        everything = [here.get().start(act, "an act") for act in acts]
        await asyncio.wait(everything, timeout=LONGEST)
        for one in everything:
            one.cancel()
        await asyncio.wait(everything)
        for one in everything:
            if not one.cancelled() and one.exception() is not None:
                raise one.exception()  # a mistake of the simulation's own
        troubles.mend(self.world)
        self.world.calm = self.world.now
        self.world.tell("=== all trouble has ended")

    async def _looks_at_the_books(self) -> None:
        """They have to be even at any moment, whatever is mended later."""
        while not self.world.uneven:
            await asyncio.sleep(LOOK)
            with suppress(sqlite3.Error):  # there is no database yet, or nobody can read it now
                found = uneven(read(self.world))
                self.world.uneven += [f"at {self.world.now:.1f}: {line}" for line in found]

    async def _strikes(self, place: int) -> None:
        trouble = self.script.troubles[place]
        await asyncio.sleep(trouble.at)
        strike = (troubles.KINDS | troubles.TURNS)[trouble.kind]
        await strike(self.world, self.script.dice_of("trouble", trouble.place))

    async def _lives(self, part: Part, one: Someone) -> None:
        await asyncio.sleep(part.begins)
        await one.begins()
        for name in part.stories:
            self.told[name] += 1
            self.world.tell(f"{one.name} {name.replace('_', ' ')}")
            await (STORIES | PLOTS)[name](one)
            await one.idles(0, 3)

    async def _serves(self) -> None:
        await self.admin.begins()
        if self.script.given.settings.get("billing") == Billing.PREPAID:
            for one in self.people:
                await confirms(self.admin, f"/credit {one.id} {self.script.given.credit}")
        for name in self.script.duties:
            await self.admin.idles(0, 20)
            self.told[name] += 1
            self.world.tell(f"the admin {name.replace('_', ' ')}")
            await DUTIES[name](self.admin)

    async def _the_evening(self) -> None:
        """After all trouble: whoever blocked comes back, buying goes on, somebody new buys, everything ends."""
        for one in self.people:
            await one.comes_back()
        await lets_people_buy(self.admin)
        await self._somebody_new_buys()
        for _ in range(PROMISED):
            if not self._is_open():
                break
            await asyncio.sleep(1)
        await self._the_admin_clears_up()
        self.settled = self.world.now - (self.world.calm or 0)

    async def _the_admin_clears_up(self) -> None:
        """Now and then: what HidSim's balance says that our books do not."""
        moved = self.world.met["HidSim's balance is empty"] or self.world.met["a purchase is lost"]
        if moved and self.admin.dice.random() < 0.4:
            await books_a_difference(self.admin, 25)
            await self.admin.idles(1, 2)

    async def _somebody_new_buys(self) -> None:
        """What nobody has bought so far, so that no moved price keeps them from it."""
        self.world.hidsim._backend.script.queue.clear()
        self.world.hidsim.director.set_default_story("code", code_after=5, expires_after=40)
        self.world.hidsim.director.set_prices("viber", "ukraine", ["0.2", "0.3"])
        await self.late.begins()
        if self.script.given.settings.get("billing") == Billing.PREPAID:
            await confirms(self.admin, f"/credit {self.late.id} 20")
        price = await self.late.sees_a_price("viber ukraine")
        if price is not None:
            await self.late.until(lambda: self.late.hits(BUY, price), lambda: self.late.shows(NUMBER), 30)

    def _is_open(self) -> bool:
        since = self.world.now - TAP
        if any(tap.at > since and not one.is_answered(tap) for one in self.everybody for tap in one.taps):
            return True
        here = {one.id for one in self.everybody}
        return any(person in here for (person,) in self.world.ask(_OPEN))

    @property
    def everybody(self) -> list[Someone]:
        return [*self.people, self.late, self.admin]


_OPEN = """
SELECT person_id FROM orders WHERE state IN ('placing', 'creating', 'pending', 'unconfirmed')
UNION SELECT person_id FROM notices WHERE done_at IS NULL
UNION SELECT person_id FROM cards WHERE shown_revision < order_revision
"""
"""Who still waits for something, also people who were let in and never came: they need not be waited for."""


def play(script: Script, folder: Path) -> Play:
    """Runs the whole world; raises what is a mistake of the simulation's own."""
    gc.disable()
    world = World(script.seed, folder, script.given)
    admin = Someone(world, ADMIN, "Ada", script.dice_of("admin", 0))
    people = [
        Someone(world, FIRST + part.place, NAMES[part.place], script.dice_of("person", part.place))
        for part in script.people
    ]
    late = Someone(world, LATE, "Zoe", script.dice_of("late", 0))
    played = Play(script, world, admin, people, late)
    world.loop.run_until_complete(played.run())
    return played
