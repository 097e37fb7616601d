"""People who get no code, in worlds that a seed draws: services, a database and HidSim over HTTP, on a moved clock.

`python -m tests.services.orders.sequel_stories --seeds 1000 --first 1` plays many; `--bug cap` plants one of
`sequel_bugs.py`, and every bug has to be found.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import structlog

from bot.app import terms_of
from bot.db.database import Database
from bot.db.migrate import migrate
from bot.domain.limits import LimitKind
from bot.domain.orders import Order
from bot.domain.refusals import Refusal
from bot.domain.sequels import NO_PLAN, Plan, Sequel, agreed, may_be_followed
from bot.shop import build
from tests.db.fresh import url_of
from tests.services.floor import ADA, Floor, open_floor, settings_for
from tests.services.orders import sequel_bugs
from tests.services.orders.sequel_laws import Deeds, always, at_the_end, look

PRICES = ("0.1", "0.2", "0.3")
STEPS = 14
A_FLOOR = 40
"""Seeds that share one shop, each with a person of its own."""


class Story:
    """One person with one wish, and what becomes of it."""

    def __init__(self, floor: Floor, seed: int) -> None:
        self.floor = floor
        self.dice = random.Random(seed)
        self.deeds = Deeds(10_000 + seed)
        self.log: list[str] = []
        self.offences: list[str] = []
        self._taps = 0

    async def play(self) -> list[str]:
        await self.floor.people.meet(self.deeds.person_id, "Ann", "en")
        self._market("BR")
        self._market("IN")
        await self._buys()
        for _ in range(STEPS):
            await self._step()
        await self._comes_to_rest()
        return self.offences

    async def _step(self) -> None:
        deed = self.dice.choices(DEEDS, WEIGHTS)[0]
        self.log.append(deed.__name__)
        with suppress(Refusal):
            await deed(self)
        await self._ticks()
        self.offences += always(await look(self.floor, self.deeds))

    async def _ticks(self) -> None:
        """As the clock of the bot would wind them, in any order; some are late."""
        shop = self.floor.shop
        ticks: list[Callable[[], Awaitable[object]]] = [
            shop.sequels.follow_due,
            shop.time_limits.give_up_due,
            shop.closing.close_due,
            self._polls,
        ]
        self.dice.shuffle(ticks)
        for tick in ticks:
            if self.dice.random() < 0.8:
                await tick()
        await self.floor.purchases.drain(5)

    async def _polls(self) -> None:
        for order in await self.orders():
            if order.live:
                with suppress(Refusal):
                    await self.floor.recorder.read(order)

    async def _comes_to_rest(self) -> None:
        self.floor.director.clear_faults()
        self.floor.director.too_early(0)
        for _ in range(8):
            self.floor.clock.forward(400)
            for tick in (self._polls, self.floor.shop.time_limits.give_up_due, self.floor.shop.closing.close_due):
                await tick()
            await self.floor.shop.lost.release_due()
            await self.floor.shop.sequels.follow_due()
            await self.floor.purchases.drain(5)
        self.floor.clock.forward(3_700)
        await self._polls()
        await self.floor.shop.sequels.follow_due()
        await self.floor.purchases.drain(5)
        self.offences += at_the_end(await look(self.floor, self.deeds), self.deeds)

    async def orders(self) -> list[Order]:
        return list((await look(self.floor, self.deeds)).orders.values())

    async def newest(self) -> Order:
        return (await self.orders())[-1]

    def _market(self, country: str) -> None:
        self.floor.director.set_prices("Telegram", country, list(PRICES))
        for one in self.floor.catalog.countries.values():
            if one.code == country:
                self.floor.catalog.prices.forget_offers(self.floor.pair()[0].id, one.id)

    async def _buys(self) -> None:
        limits = (NO_PLAN, NO_PLAN.limited(), NO_PLAN.switched(), Plan(3, 300))
        plan = self.dice.choice(limits)
        self._next_story()
        self._taps += 1
        wish = self.floor.wish(high=300_000, nonce=f"s{self.deeds.person_id}.{self._taps}")
        order = await self.floor.checkout.buy(self.deeds.person_id, replace(wish, **agreed(plan)))
        if plan.by_itself:
            self.deeds.consented.add(order.id)
        await self.floor.purchases.drain(5)

    def _next_story(self) -> None:
        name = self.dice.choice(("never", "never", "no_number", "system_refund", "code_while_closing"))
        self.floor.director.set_default_story(name, expires_after=self.dice.choice((600, 1200, 9000)))

    async def buys_anew(self) -> None:
        if not any(one.in_progress for one in await self.orders()):
            await self._buys()

    async def waits(self) -> None:
        self.floor.clock.forward(self.dice.choice((1, 5, 60, 305, 485)))

    async def waits_for_long(self) -> None:
        self.floor.clock.forward(3_700)

    async def gets_no_code(self) -> None:
        order = await self.newest()
        if order.operation_id:
            with suppress(ValueError, LookupError):
                self.floor.director.refund_now(order.operation_id)

    async def gets_a_code(self) -> None:
        order = await self.newest()
        if order.operation_id and self.dice.random() < 0.5:
            with suppress(ValueError, LookupError):
                self.floor.director.code_now(order.operation_id)

    async def taps_another_number_twice(self) -> None:
        order = self.dice.choice(await self.orders())
        self._next_story()
        tap = self.floor.shop.sequels.another
        await asyncio.gather(*(tap(self.deeds.person_id, order.id) for _ in range(2)), return_exceptions=True)

    async def goes_to_the_next_country(self) -> None:
        order = await self.newest()
        onward = await self.floor.shop.sequels.onward(self.deeds.person_id, order.id)
        if onward.country is None or not may_be_followed(order):
            return
        self.deeds.chosen[order.id].add(onward.country.id)
        await self.floor.shop.sequels.another(self.deeds.person_id, order.id, onward.country.id)

    async def turns_the_number_down(self) -> None:
        order = await self.newest()
        onward = await self.floor.shop.sequels.onward(self.deeds.person_id, order.id)
        country = onward.country.id if onward.country and self.dice.random() < 0.4 else None
        card = await self.floor.shop.sequels.turn_down(self.deeds.person_id, order.id, country)
        if card.order.sequel in (Sequel.HERE, Sequel.THERE):
            self.deeds.turned_down.add(order.id)
            self.deeds.withdrawn.discard(order.id)
            if country is not None and card.order.sequel_country_id == country:
                self.deeds.chosen[order.id].add(country)

    async def keeps_it(self) -> None:
        order = await self.newest()
        if not (await self.floor.shop.sequels.keep(self.deeds.person_id, order.id)).order.followed_by:
            self.deeds.withdrawn.add(order.id)

    async def closes(self) -> None:
        order = await self.newest()
        self.deeds.withdrawn.add(order.id)
        await self.floor.closing.close(self.deeds.person_id, order.id)

    async def closes_when_allowed(self) -> None:
        order = await self.newest()
        self.deeds.withdrawn.add(order.id)
        await self.floor.closing.close_when_allowed(self.deeds.person_id, order.id)

    async def closes_all(self) -> None:
        """Asked a while ago perhaps: what followed since is closed as well."""
        seen = await look(self.floor, self.deeds)
        newest = self.dice.choice(list(seen.orders))
        self.deeds.withdrawn |= {one.id for one in seen.orders.values() if seen.root(one).id <= newest}
        await self.floor.shop.close_all.close(self.deeds.person_id, newest)

    async def names_one_that_is_being_bought(self) -> None:
        """A label, or Close all, while the outcome is on its way: whatever it is."""
        outcome = self.dice.choice(({}, {"status": 406, "body": {"message": "No product matched"}}, {"cut": "after"}))
        self.floor.director.fault("/purchase", times=1, delay=0.05, **outcome)
        order = await self.newest()
        bought = await self.floor.shop.sequels.another(self.deeds.person_id, order.id)
        if isinstance(bought, Order):
            await self.floor.shop.labels.name(self.deeds.person_id, bought.id, "work")

    async def sets_a_time_limit(self) -> None:
        seconds = self.dice.choice((300, 480, 900, None))
        await self.floor.shop.time_limits.set(self.deeds.person_id, (await self.newest()).id, seconds)

    async def can_not_close_yet(self) -> None:
        self.floor.director.too_early(self.dice.choice((0, 30, 600, 5_000)))

    async def prices_move(self) -> None:
        prices = self.dice.choice((["0.2", "0.5"], ["0.9"], list(PRICES)))
        self.floor.director.set_prices("Telegram", self.dice.choice(("BR", "IN")), prices)

    async def money_is_short(self) -> None:
        limit = self.dice.choice((50_000, 250_000, None))
        await self.floor.shop.person_limits.set(ADA, self.deeds.person_id, LimitKind.SPEND, limit)

    async def buying_is_paused(self) -> None:
        await self.floor.shop.pause.steer(ADA, paused=True)
        await self.floor.shop.sequels.follow_due()
        await self.floor.shop.pause.steer(ADA, paused=False)

    async def a_purchase_is_refused(self) -> None:
        self.floor.director.fault("/purchase", times=1, status=406, body={"message": "No product matched"})

    async def an_answer_is_lost(self) -> None:
        self.floor.director.fault("/purchase", times=1, cut="after")

    async def the_bot_dies_in_a_purchase(self) -> None:
        """The order is placed, and nobody ever hears what became of its request."""
        self.floor.director.fault("/purchase", times=1, delay=60, cut="before")
        order = await self.newest()
        with suppress(Refusal):
            await self.floor.shop.sequels.another(self.deeds.person_id, order.id)
        await self.floor.shop.sequels.follow_due()
        await self.floor.purchases.drain(0)
        self.floor.director.clear_faults()
        await self.the_bot_starts_again()

    async def the_bot_starts_again(self) -> None:
        """All that is in memory is gone, and so is whoever was to send a purchase."""
        floor = self.floor
        floor.shop = build(floor.resources, terms_of(settings_for(Path(), "http://127.0.0.1:9")))
        assert await floor.catalog.refresh()
        await floor.catalog.load()
        await floor.shop.takeover.take_over()


_WEIGHED = {
    Story.buys_anew: 2, Story.waits: 8, Story.waits_for_long: 0.3, Story.gets_no_code: 8, Story.gets_a_code: 1.5,
    Story.taps_another_number_twice: 4, Story.goes_to_the_next_country: 2, Story.turns_the_number_down: 3,
    Story.keeps_it: 1, Story.closes: 1.5, Story.closes_when_allowed: 1, Story.sets_a_time_limit: 2,
    Story.can_not_close_yet: 2, Story.prices_move: 1, Story.money_is_short: 1, Story.buying_is_paused: 0.5,
    Story.a_purchase_is_refused: 1, Story.an_answer_is_lost: 0.7, Story.the_bot_starts_again: 0.7,
    Story.the_bot_dies_in_a_purchase: 0.7, Story.closes_all: 0.7, Story.names_one_that_is_being_bought: 1,
}  # fmt: skip
DEEDS, WEIGHTS = list(_WEIGHED), list(_WEIGHED.values())


async def play(folder: Path, migrated: Path, seeds: range) -> dict[int, list[str]]:
    """The offences of each seed, with what was done; without those that kept all laws."""
    red: dict[int, list[str]] = {}
    for first in range(seeds.start, seeds.stop, A_FLOOR):
        async with open_floor(folder / str(first), migrated, daily_spend=1_000) as floor:
            await floor.opened()
            for seed in range(first, min(first + A_FLOOR, seeds.stop)):
                story = Story(floor, seed)
                if offences := await story.play():
                    red[seed] = [*dict.fromkeys(offences), " → ".join(story.log)]
    return red


async def _play_all(folder: Path, migrated: Path, seeds: range) -> dict[int, list[str]]:
    database = Database(url_of(migrated))
    await migrate(database)
    await database.close()
    return await play(folder, migrated, seeds)


@contextmanager
def quiet() -> Iterator[None]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    try:
        yield
    finally:
        structlog.reset_defaults()


def main() -> int:
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--seeds", type=int, default=25)
    told.add_argument("--first", type=int, default=1)
    told.add_argument("--bug", choices=sorted(sequel_bugs.BUGS))
    given = told.parse_args()
    began, planted = time.monotonic(), sequel_bugs.planted(given.bug)
    with tempfile.TemporaryDirectory() as folder, quiet(), planted:
        migrated = Path(folder) / "migrated.db"
        red = asyncio.run(_play_all(Path(folder), migrated, range(given.first, given.first + given.seeds)))
    for seed, lines in red.items():
        print(f"seed {seed}:", *lines, sep="\n  ")  # noqa: T201
    print(f"{given.seeds} seeds, {len(red)} red, {time.monotonic() - began:.0f} s")  # noqa: T201
    return 1 if red else 0


if __name__ == "__main__":
    sys.exit(main())
