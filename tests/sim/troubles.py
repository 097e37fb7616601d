"""What can go wrong, each kind drawn from the seed: when, for how long, and how. Rare things are common here.

A kind is counted when it strikes. All of it has ended, and all is well again, when the world becomes calm.
"""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

from bot.milestones import NAMES
from tests.sim.network import Link
from tests.sim.world import BOT, HIDSIM, SERVICES, TELEGRAM, World

Strike = Callable[[World, Random], Awaitable[None]]
KINDS: dict[str, Strike] = {}
"""By name; a strike lasts until the trouble is over."""


def kind(name: str) -> Callable[[Strike], Strike]:
    def known(strike: Strike) -> Strike:
        KINDS[name] = strike
        return strike

    return known


# -- death


@kind("killed at a callback")
async def killed_at_a_callback(world: World, dice: Random) -> None:
    keeper = dice.choice(world.keepers)
    if keeper.is_up:
        world.strike("killed at a callback", keeper.name)
        keeper.kill_at_step(dice.choice((1, dice.randint(2, 40), dice.randint(40, 2000))))


@kind("killed at a milestone")
async def killed_at_a_milestone(world: World, dice: Random) -> None:
    name, keeper = dice.choice(NAMES), dice.choice(world.keepers)
    world.strike("killed at a milestone", f"{keeper.name} at {name}, when it comes there")
    keeper.kill_at(name)


@kind("killed again and again")
async def killed_again_and_again(world: World, dice: Random) -> None:
    """Also in the middle of its start."""
    world.strike("killed again and again")
    for _ in range(dice.randint(2, 4)):
        world.keepers[0].kill_at_step(dice.randint(1, 1500))
        await asyncio.sleep(dice.uniform(0.5, 4))


@kind("stopped and started")
async def stopped_and_started(world: World, dice: Random) -> None:
    world.strike("stopped and started")
    dice.choice(world.keepers).restart()


DEATHS = ("killed at a callback", "killed at a milestone", "killed again and again")
"""What is to happen more often than the rest."""


RICH = ("purchase ends strangely", "purchase ends strangely", "Telegram answers badly", "close ends strangely")
"""What has many kinds of its own."""


# -- the network


def _directions(dice: Random) -> tuple[str, list[tuple[str, str]]]:
    far = dice.choice((HIDSIM, TELEGRAM))
    there, back = (BOT.address, far.address), (far.address, BOT.address)
    chosen = dice.choice(([there], [back], [there, back]))
    name = {1: "to" if chosen[0] == there else "from", 2: "to and from"}[len(chosen)]
    return f"{name} {far.name}", chosen


@kind("link cut")
async def link_cut(world: World, dice: Random) -> None:
    """Whatever is sent over it resets its connection, and none can be made."""
    name, ways = _directions(dice)
    world.strike("link cut", name)
    for way in ways:
        world.network.link(*way).cut = True
    await asyncio.sleep(dice.uniform(0.5, 12))
    for way in ways:
        world.network.link(*way).cut = False


@kind("link mute")
async def link_mute(world: World, dice: Random) -> None:
    """Nothing arrives until it speaks again."""
    name, ways = _directions(dice)
    seconds = dice.choice((dice.uniform(0.5, 4), dice.uniform(4, 25)))
    world.strike("link mute", f"{name}, {seconds:.1f} s")
    for way in ways:
        world.network.link(*way).mute_until = world.now + seconds
    await asyncio.sleep(seconds)


@kind("link slow")
async def link_slow(world: World, dice: Random) -> None:
    name, ways = _directions(dice)
    world.strike("link slow", name)
    slow = dice.uniform(0.1, 3)
    for way in ways:
        world.network.link(*way).latency = (slow / 4, slow)
    await asyncio.sleep(dice.uniform(3, 20))
    for way in ways:
        world.network.link(*way).mend()


@kind("answer lost on its way")
async def answer_lost(world: World, dice: Random) -> None:
    far = dice.choice((HIDSIM, TELEGRAM))
    await _lost_on_its_way(world, dice, "answer", f"from {far.name}", world.network.link(far.address, BOT.address))


@kind("request lost on its way")
async def request_lost(world: World, dice: Random) -> None:
    far = dice.choice((HIDSIM, TELEGRAM))
    await _lost_on_its_way(world, dice, "request", f"to {far.name}", world.network.link(BOT.address, far.address))


async def _lost_on_its_way(world: World, dice: Random, what: str, where: str, link: Link) -> None:
    """Of the next few only some bytes arrive, or none."""
    for _ in range(dice.randint(1, 4)):
        link.drop_next = dice.choice((0, dice.randint(1, 400)))
        world.strike(f"{what} lost on its way", f"{where}, after {link.drop_next} bytes")
        await asyncio.sleep(dice.uniform(0.2, 3))
    link.drop_next = None


# -- HidSim

ANSWERS: dict[str, dict[str, Any]] = {
    "500": {"status": 500},
    "503": {"status": 503, "headers": {"Retry-After": "1"}},
    "404": {"status": 404},
    "401": {"status": 401},
    "HTML": {"broken_body": "html"},
    "half a body": {"broken_body": "half"},
    "garbage": {"broken_body": "garbage"},
    "wrong types": {"broken_body": "wrong_types"},
    "empty": {"body": ""},
    "cut before": {"cut": "before"},
    "cut during": {"cut": "during"},
    "cut after": {"cut": "after"},
    "slow": {"delay": 3},
    "hangs": {"delay": 40, "cut": "after"},
    "another's": {"merge": {"_id": "f" * 24, "id": 4_242_424}},
}
PATHS = ("/", "/operations/", "/operations/", "/close", "/products", "/services")


@kind("HidSim answers badly")
async def hidsim_answers_badly(world: World, dice: Random) -> None:
    """Several kinds in a row, each for the next few requests that fit."""
    for name in dice.sample(tuple(ANSWERS), dice.randint(2, 5)):
        path = dice.choice(PATHS) if name != "another's" else "/operations/"
        world.strike("HidSim answers badly", f"{path} {name}")
        given = {"method": "GET"} if path == "/" else {}
        world.ordered.append((f"HidSim: {name}", _fault(world, path, dice.randint(1, 5), **given, **ANSWERS[name])))
        await asyncio.sleep(dice.uniform(2, 8))


def _fault(world: World, path: str, times: int | None, **how: Any) -> Callable[[], int]:
    """Orders it, until the end of all trouble at the latest; tells how often it struck."""
    fault = world.hidsim.director.fault(path, times=times, **how)
    return lambda: fault.hits


def _answers_badly(name: str) -> Strike:
    async def strike(world: World, dice: Random) -> None:
        """A read of an operation or whatever comes first, soon and for a while."""
        world.tell(f"*** HidSim: {name}, ordered")
        path = "/operations/" if name in ("404", "another's") else dice.choice(("/operations/", "/"))
        given = {"method": "GET"}
        world.ordered.append((f"HidSim: {name}", _fault(world, path, dice.randint(1, 3), **given, **ANSWERS[name])))

    return strike


@kind("close ends strangely")
async def close_ends_strangely(world: World, dice: Random) -> None:
    """And now and then the look at what became of it as well."""
    name = dice.choice(("400", "500", "cut after", "cut before", "half a body", "slow"))
    world.strike("close ends strangely", name)
    given = ANSWERS.get(name, {"status": 400})
    world.ordered.append((f"close: {name}", _fault(world, "/close", dice.randint(1, 4), **given)))
    if dice.random() < 0.5:
        _fault(world, "/operations/", 25, method="GET", status=500)


@kind("HidSim names no price")
async def no_price(world: World, dice: Random) -> None:
    world.strike("HidSim names no price")
    _fault(world, "/purchase", None, drop=("price",))
    _fault(world, "/operations/", None, drop=("price",), states=dice.choice(((), ("completed",))))


LOST: dict[str, dict[str, Any]] = {
    "sold, and cut": {"cut": "after"},
    "sold, and 500": {"status": 500, "after": True},
    "sold, and HTML": {"broken_body": "html", "after": True},
    "sold, and half a body": {"broken_body": "half", "after": True},
    "sold, and hangs": {"after": True, "delay": 40, "cut": "after"},
    "sold slowly": {"delay": 4},
    "not sold, and cut": {"cut": "before"},
    "not sold: 406": {"status": 406},
    "not sold: 429": {"status": 429, "headers": {"Retry-After": "1"}},
    "not sold: 400": {"status": 400},
    "not sold: 402": {"status": 402},
    "not sold: 500": {"status": 500},
}


@kind("purchase ends strangely")
async def purchase_ends_strangely(world: World, dice: Random) -> None:
    name = dice.choice(tuple(LOST))
    world.strike("purchase ends strangely", name)
    fault = _fault(world, "/purchase", dice.randint(1, 2), method="POST", **LOST[name])
    world.ordered.append((f"purchase {name}", fault))


def _sells_strangely(name: str) -> Strike:
    async def strike(world: World, dice: Random) -> None:
        world.tell(f"*** purchase {name}, ordered")
        world.ordered.append((f"purchase {name}", _fault(world, "/purchase", 1, method="POST", **LOST[name])))

    return strike


@kind("a purchase is lost")
async def a_purchase_is_lost(world: World, dice: Random) -> None:
    """The next one, sold or not."""
    name = dice.choice([one for one in LOST if one.startswith("sold, ")] + ["not sold, and cut", "not sold: 500"])
    world.strike("a purchase is lost", name)
    world.ordered.append((f"purchase {name}", _fault(world, "/purchase", 1, method="POST", **LOST[name])))


@kind("killed while HidSim sells")
async def killed_while_hidsim_sells(world: World, dice: Random) -> None:
    """Between the order and its outcome, which is a few milliseconds else."""
    sold = _sells_slowly(world, dice)
    if await _happens(sold, 25):
        await asyncio.sleep(dice.uniform(0, 5))
        world.strike("killed while HidSim sells")
        for keeper in world.keepers:
            if keeper.is_up and keeper.hears:
                keeper.kill_at_step(1)


@kind("nothing can be written when HidSim has sold")
async def unwritable_when_sold(world: World, dice: Random) -> None:
    sold = _sells_slowly(world, dice)
    if not await _happens(sold, 25):
        return
    world.strike("nothing can be written when HidSim has sold")
    if dice.random() < 0.5:
        world.disk.fill(full=True)
    else:
        await _happens(lambda: world.disk.lock(world.database), 1)
    await asyncio.sleep(dice.uniform(3, 9))
    world.disk.fill(full=False)
    world.disk.unlock()


def _sells_slowly(world: World, dice: Random) -> Callable[[], int]:
    """The next purchase is answered late; tells whether it was made."""
    sold = _fault(world, "/purchase", 1, method="POST", delay=dice.uniform(0.5, 5), after=dice.random() < 0.7)
    world.ordered.append(("HidSim sells slowly", sold))
    return sold


async def _happens(look: Callable[[], object], seconds: float) -> bool:
    for _ in range(round(seconds / 0.05)):
        if look():
            return True
        await asyncio.sleep(0.05)
    return False


@kind("HidSim answers about another operation")
async def about_another(world: World, dice: Random) -> None:
    """One that exists, and may be another person's."""
    dialect, left = world.hidsim._backend.dialect, dice.randint(1, 4)
    truly = dialect.operation

    def mixed_up(operation: Any, *given: Any) -> Any:
        nonlocal left
        others = [one for one in world.hidsim._backend.book if one is not operation and one.number]
        if left and others and given[-1] == "read":
            left -= 1
            world.strike("HidSim answers about another operation")
            return truly(dice.choice(others), *given)
        return truly(operation, *given)

    dialect.operation = mixed_up
    world.mended.append(lambda: setattr(dialect, "operation", truly))
    await asyncio.sleep(dice.uniform(5, 20))
    dialect.operation = truly


@kind("close too early")
async def close_too_early(world: World, dice: Random) -> None:
    world.strike("close too early")
    world.hidsim.director.too_early(dice.uniform(3, 20))
    await asyncio.sleep(dice.uniform(5, 25))
    world.hidsim.director.too_early(0)


@kind("429 storm")
async def storm(world: World, dice: Random) -> None:
    world.strike("429 storm")
    world.hidsim.director.set_rate_limit(dice.choice((0, 0, 1, 3)), dice.choice((None, 1, 2, 8)))
    await asyncio.sleep(dice.uniform(1, 12))
    world.hidsim.director.set_rate_limit(None)


@kind("HidSim down")
async def hidsim_down(world: World, dice: Random) -> None:
    world.strike("HidSim down")
    world.hidsim.director.down(True)
    await asyncio.sleep(dice.uniform(1, 12))
    world.hidsim.director.down(False)


@kind("tokens expire")
async def tokens_expire(world: World, dice: Random) -> None:
    world.strike("tokens expire")
    refused = dice.random() < 0.7
    world.hidsim.director.refuse_login(refused)
    for _ in range(dice.randint(1, 4)):
        world.hidsim.director.revoke_tokens()
        await asyncio.sleep(dice.uniform(1, 4))
    world.hidsim.director.refuse_login(False)


@kind("HidSim refuses the sign-in")
async def sign_in_refused(world: World, dice: Random) -> None:
    """Just when somebody has seen a price, and would buy."""
    if not await _happens(lambda: any("Matching now" in line.text for line in world.telegram.transcript[-4:]), 20):
        return
    world.strike("HidSim refuses the sign-in")
    world.hidsim.director.refuse_login(True)
    world.hidsim.director.revoke_tokens()
    await asyncio.sleep(dice.uniform(4, 10))
    world.hidsim.director.refuse_login(False)


@kind("HidSim's balance is empty")
async def empty(world: World, dice: Random) -> None:
    """And is filled up again, which our books know nothing of."""
    world.strike("HidSim's balance is empty")
    world.hidsim.director.set_balance("0.01")
    await asyncio.sleep(dice.uniform(3, 15))
    world.hidsim.director.set_balance("250")


@kind("HidSim's list is short")
async def short_list(world: World, dice: Random) -> None:
    """Long enough for the catalog to be read."""
    catalog = world.hidsim._backend.catalog
    whole = catalog.services
    if len(whole) < SERVICES:
        return
    world.strike("HidSim's list is short")
    catalog.services = whole[:5]  # those that stories ask for
    world.mended.append(lambda: setattr(catalog, "services", whole))
    await asyncio.sleep(dice.uniform(16, 20))
    catalog.services = whole


@kind("prices move")
async def prices_move(world: World, dice: Random) -> None:
    for _ in range(dice.randint(2, 6)):
        service, country = dice.choice(("telegram", "whatsapp", "google")), dice.choice(("brazil", "russia", "india"))
        world.strike("prices move", f"{service} {country}")
        world.hidsim.director.move_prices(service, country, dice.choice(("0.7", "1.3", "2")))
        await asyncio.sleep(dice.uniform(0.5, 5))


# -- Telegram

REFUSALS: dict[str, dict[str, Any]] = {
    "429": {"status": 429, "retry_after": 2},
    "500": {"status": 500},
    "502 HTML": {"status": 502, "html_body": True, "description": "502 Bad Gateway"},
    "cut before": {"drop": "before"},
    "cut after": {"drop": "after"},
    "slow": {"latency": 2.5},
    "bad entities": {"status": 400, "description": "Bad Request: can't parse entities: Unexpected end tag"},
}
METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery", "getUpdates", None)


@kind("Telegram answers badly")
async def telegram_answers_badly(world: World, dice: Random) -> None:
    for name in dice.sample(tuple(REFUSALS), dice.randint(1, 3)):
        method = dice.choice(METHODS)
        if name == "bad entities" and method in (None, "getUpdates"):
            method = "sendMessage"
        world.strike("Telegram answers badly", f"{method or 'anything'} {name}")
        fault = world.telegram.faults.add(method=method, times=dice.randint(1, 6), **REFUSALS[name])
        world.ordered.append((f"Telegram: {name}", lambda fault=fault: fault.times - fault.left))
        await asyncio.sleep(dice.uniform(0, 6))


def _refuses(name: str) -> Strike:
    async def strike(world: World, dice: Random) -> None:
        method = dice.choice(("sendMessage", "editMessageText", "answerCallbackQuery"))
        world.tell(f"*** Telegram answers badly: {method} {name}, ordered")
        fault = world.telegram.faults.add(method=method, times=dice.randint(1, 3), **REFUSALS[name])
        world.ordered.append((f"Telegram: {name}", lambda: fault.times - fault.left))

    return strike


TURNS: dict[str, Strike] = {
    **{f"HidSim: {name}": _answers_badly(name) for name in ANSWERS},
    **{f"purchase {name}": _sells_strangely(name) for name in LOST},
    **{f"Telegram: {name}": _refuses(name) for name in REFUSALS},
    "HidSim names no price": no_price,
    "HidSim refuses the sign-in": sign_in_refused,
}
"""One of these strikes in every world, by turns: each is rare among so many."""


@kind("Telegram's flood limits")
async def flood(world: World, dice: Random) -> None:
    world.strike("Telegram's flood limits")
    world.telegram.state.flood.on = True
    await asyncio.sleep(dice.uniform(5, 30))
    world.telegram.state.flood.on = False


ODD: tuple[Any, ...] = (
    {"message": {"chat": {"id": "x"}}},
    {"callback_query": {"id": "1", "from": None}},
    {"message": {"message_id": 1, "date": "soon", "chat": {"id": 101, "type": "private"}, "text": ["a"]}},
    {"a_kind_of_tomorrow": {}},
    {"edited_message": None},
    [],
    None,
    "text",
)


@kind("updates that can't be read")
async def unreadable(world: World, dice: Random) -> None:
    for _ in range(dice.randint(1, 3)):
        odd = dice.choice(ODD)
        world.strike("updates that can't be read", str(odd)[:60])
        world.telegram.state.updates.add_odd(odd)
        await asyncio.sleep(dice.uniform(0.1, 3))


@kind("updates twice and out of order")
async def twice(world: World, dice: Random) -> None:
    world.strike("updates twice and out of order")
    world.updates.dice = dice
    await asyncio.sleep(dice.uniform(4, 20))
    world.updates.dice = None


# -- the machine


@kind("clock jumps")
async def clock_jumps(world: World, dice: Random) -> None:
    by = dice.choice((-86_400, -3600, -60, -5, 5, 60, 3600, 86_400))
    world.strike("clock jumps", f"{by} s")
    BOT.ahead += by
    if dice.random() < 0.7:
        await asyncio.sleep(dice.uniform(2, 20))
        world.tell("the clock is right again")
        BOT.ahead -= by


@kind("clock stays wrong")
async def clock_stays_wrong(world: World, dice: Random) -> None:
    """It is set while something waits: when a stored time matters, a promise, a retry, a lease."""
    if await _happens(lambda: world.database.exists() and world.ask(_WAITS), 25):
        by = dice.choice((-86_400, -3600, -600, 3600))
        world.strike("clock stays wrong", f"{by} s")
        BOT.ahead += by


_WAITS = """
SELECT 1 FROM orders WHERE state = 'unconfirmed' UNION ALL SELECT 1 FROM notices WHERE done_at IS NULL LIMIT 1
"""


@kind("database locked")
async def database_locked(world: World, dice: Random) -> None:
    seconds = dice.choice((dice.uniform(0.1, 1), dice.uniform(1, 12)))
    for _ in range(50):
        if world.disk.lock(world.database):
            world.strike("database locked", f"{seconds:.1f} s")
            await asyncio.sleep(seconds)
            world.disk.unlock()
            return
        await asyncio.sleep(0.003)


@kind("disk full")
async def disk_full(world: World, dice: Random) -> None:
    world.strike("disk full")
    world.disk.fill(full=True)
    await asyncio.sleep(dice.uniform(1, 12))
    world.disk.fill(full=False)


@kind("disk hangs")
async def disk_hangs(world: World, dice: Random) -> None:
    seconds = dice.uniform(0.5, 8)
    world.strike("disk hangs", f"{seconds:.1f} s")
    world.disk.hangs_until = world.now + seconds
    await asyncio.sleep(seconds)


def mend(world: World) -> None:
    """Everything is well again, whatever of it was still going on."""
    for keeper in world.keepers:
        keeper.calm()
    for name, hits in world.ordered:
        world.met[name] += hits()
    for mended in world.mended:
        mended()
    world.network.mend()
    world.hidsim.director.clear_faults()
    world.hidsim.director.too_early(0)
    world.hidsim.director.set_rate_limit(None)
    world.hidsim.director.refuse_login(False)
    if world.hidsim.director.state()["down"]:
        world.hidsim.director.down(False)
    world.telegram.faults.clear()
    world.telegram.state.flood.on = False
    world.updates.dice = None
    world.disk.unlock()
    world.disk.fill(full=False)
    world.disk.hangs_until = 0.0
