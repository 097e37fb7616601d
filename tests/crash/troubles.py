"""Troubles beside kills: what the far ends, the network and the clock can do while four people buy.

A trouble is set up before the day begins, or comes in the middle of it: when the first number has been seen.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.crash.keeper import Keeper
from tests.crash.people import NUMBER

Step = Callable[[Keeper], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """`lost_answers`: how many of Telegram's answers it cuts after the work, each of which may bring a repeat.

    `group` is its row in the table. Without `cards` messages are lost that the bot would have drawn again.
    """

    group: str
    before: Step | None = None
    midway: Step | None = None
    lost_answers: int = 0
    cards: bool = True


async def first_number(keeper: Keeper) -> None:
    """Until somebody has a number."""
    telegram = keeper.world.telegram
    await telegram.state.events.bell.wait_for(lambda: any(NUMBER in line.text for line in telegram.transcript), 60)


# -- HidSim

GETS: Mapping[str, Mapping[str, Any]] = {
    "500": {"status": 500},
    "503 that asks to wait": {"status": 503, "headers": {"Retry-After": "1"}},
    "404": {"status": 404},
    "redirect": {"status": 302, "headers": {"Location": "http://127.0.0.1:9/"}},
    "HTML": {"broken_body": "html"},
    "half a body": {"broken_body": "half"},
    "garbage": {"broken_body": "garbage"},
    "wrong types": {"broken_body": "wrong_types"},
    "empty": {"body": ""},
    "11 MB": {"body": " " * 11_000_000 + "{}"},
    "a byte now and then": {"drip": 0.05},
    "cut before": {"cut": "before"},
    "cut in the middle": {"cut": "during"},
    "cut after": {"cut": "after"},
    "hang": {"delay": 60, "cut": "before"},
}
QUICK = sorted(set(GETS) - {"11 MB", "a byte now and then", "hang"})
PATHS = ("/operations/", "/close", "/products", "/services")
AGAIN = 3
"""How often a fault strikes."""


def hidsim(path: str, what: Mapping[str, Any]) -> Step:
    async def order(keeper: Keeper) -> None:
        keeper.world.hidsim.director.fault(path, method="GET", times=AGAIN, **what)

    return order


def login(what: Mapping[str, Any]) -> Step:
    """The token is worth nothing any more, and signing in fails."""

    async def order(keeper: Keeper) -> None:
        keeper.world.hidsim.director.fault("/auth/login", method="POST", times=AGAIN, **what)
        keeper.world.hidsim.director.revoke_tokens()

    return order


def down_for(seconds: float) -> Step:
    async def order(keeper: Keeper) -> None:
        keeper.world.hidsim.director.down(True)
        await asyncio.sleep(seconds)
        keeper.world.hidsim.director.down(False)

    return order


def busy_for(seconds: float, retry_after: float | None) -> Step:
    """429 to everything."""

    async def order(keeper: Keeper) -> None:
        keeper.world.hidsim.director.set_rate_limit(0, retry_after)
        await asyncio.sleep(seconds)
        keeper.world.hidsim.director.set_rate_limit(None)

    return order


async def many_fail(keeper: Keeper) -> None:
    """For some seconds, ten times a second, the next request fails: each time in another way."""
    director, kinds = keeper.world.hidsim.director, list(GETS.values())
    for turn in range(40):
        director.fault("/", method="GET", **kinds[turn % 8])
        await asyncio.sleep(0.1)
    director.clear_faults()


async def half_fail(keeper: Keeper) -> None:
    """From the first request on, and to the end of the day: a coin decides, and another one how."""
    each = 1 - 0.5 ** (1 / len(QUICK))
    for name in QUICK:
        keeper.world.hidsim.director.fault("/", method="GET", times=None, share=each, **GETS[name])


async def tokens_revoked(keeper: Keeper) -> None:
    for _ in range(10):
        keeper.world.hidsim.director.revoke_tokens()
        await asyncio.sleep(0.1)


async def tokens_revoked_and_no_login(keeper: Keeper) -> None:
    director = keeper.world.hidsim.director
    director.refuse_login(True)
    director.revoke_tokens()
    await asyncio.sleep(4)
    director.refuse_login(False)


# -- Telegram

REFUSALS: Mapping[str, Mapping[str, Any]] = {
    "429": {"status": 429, "retry_after": 1},
    "500": {"status": 500},
    "502 HTML": {"status": 502, "html_body": True, "description": "502 Bad Gateway"},
    "cut before": {"drop": "before"},
    "cut after": {"drop": "after"},
    "slow": {"latency": 1.5},
    "unreadable entities": {"status": 400, "description": "Bad Request: can't parse entities: Unexpected end tag"},
}
METHODS = ("sendMessage", "editMessageText", "answerCallbackQuery")
ONLY_EDITS: Mapping[str, Mapping[str, Any]] = {
    "not modified": {"status": 400, "description": "Bad Request: message is not modified: specified new message"},
    "gone": {"status": 400, "description": "Bad Request: message to edit not found"},
    "not editable": {"status": 400, "description": "Bad Request: message can't be edited"},
}


def telegram(method: str, what: Mapping[str, Any], contains: str | None = None) -> Step:
    async def order(keeper: Keeper) -> None:
        keeper.world.telegram.faults.add(method=method, times=AGAIN, contains=contains, **what)

    return order


# -- the clock


def jump(**by: float) -> Step:
    """The bot's clock alone is set wrong."""

    async def order(keeper: Keeper) -> None:
        keeper.clock.jump(**by)

    return order


def _hidsim() -> Iterator[tuple[str, Trouble]]:
    for name, what in GETS.items():
        for path in PATHS:
            yield f"HidSim {path}: {name}", Trouble("HidSim GET", hidsim(path, what))
        yield f"HidSim login: {name}", Trouble("HidSim GET", login(what))
    yield "HidSim down for 3 s", Trouble("outage", midway=down_for(3))
    yield "many requests fail for 4 s", Trouble("outage", midway=many_fail)
    yield "half of all reads fail", Trouble("half fail", before=half_fail)
    yield "429 storm with Retry-After", Trouble("429 storm", midway=busy_for(3, 1))
    yield "429 storm without a word", Trouble("429 storm", midway=busy_for(3, None))
    yield "tokens revoked again and again", Trouble("tokens", midway=tokens_revoked)
    yield "token revoked, and no login for 4 s", Trouble("tokens", midway=tokens_revoked_and_no_login)


def _telegram() -> Iterator[tuple[str, Trouble]]:
    for method in METHODS:
        for name, what in REFUSALS.items():
            lost = AGAIN if name == "cut after" else 0
            yield f"Telegram {method}: {name}", Trouble("Telegram", telegram(method, what), lost_answers=lost)
    for name, what in ONLY_EDITS.items():
        yield f"Telegram edit: {name}", Trouble("Telegram", telegram("editMessageText", what), cards=False)
    yield "Telegram 429 on a code", Trouble("Telegram", telegram("sendMessage", REFUSALS["429"], "🔑"))


def _clock() -> Iterator[tuple[str, Trouble]]:
    for name, hours in {"+1 h": 1, "-1 h": -1, "+1 day": 24, "-1 day": -24}.items():
        yield f"clock {name}", Trouble("clock", midway=jump(hours=hours))


TROUBLES: Mapping[str, Trouble] = dict([*_hidsim(), *_telegram(), *_clock()])
