"""Anybody can send any data as a button: no field without bounds, no mistake of ours, nothing of somebody else's."""

import asyncio
import itertools
import random
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import GetMe, TelegramMethod
from aiogram.types import Update, User
from annotated_types import Ge, Gt, Le, Lt, MaxLen
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from structlog.testing import capture_logs

from bot.app import open_app
from bot.domain.access import Standing
from bot.domain.price_window import Window
from bot.running import App, Pace
from bot.sandbox.hidsim import HidSimSandbox
from bot.screens import (
    callbacks,
    callbacks_of_admins,
    callbacks_of_sequels,
    callbacks_of_settings,
    callbacks_of_sharing,
)
from bot.screens.callbacks import Buy, Save, ToOffers, ToPrice
from tests.sandbox.hidsim.api import HandClock, serving
from tests.services.floor import ADA, ADMIN, ANN, BEN, Floor, place, settings_for

STRANGER, BLOCKED = 555, 666
TAPS = {STRANGER: 9_500, BLOCKED: 9_500, ANN: 700, ADMIN: 300}
"""Who sends how many. Those who come in cost the most time."""
AT_ONCE = 10
EVERY = [
    kind
    for kind in (
        vars(callbacks)
        | vars(callbacks_of_sequels)
        | vars(callbacks_of_settings)
        | vars(callbacks_of_sharing)
        | vars(callbacks_of_admins)
    ).values()
    if isinstance(kind, type) and issubclass(kind, CallbackData) and kind is not CallbackData
]
HUGE = (2**31, 2**53 - 1, 2**53, 2**63 - 1, 2**63, 10**30, -(2**63))
PLAIN = """-1 0 1 2 7 01 +3 1_0 1.0 1e3 0x1f NaN inf null None true no ٣ ½ é 😀 <b> {0} ../ a;b %00 OR'1=1--
h s1 o1 o2 q1 cp0.h cp99999999.cp1 allowed blocked unknown p n"""
JUNK = [*map(str, HUGE), *PLAIN.split(), "", " ", " 5", "5 ", "\x00", "\u202e", "\n", "9" * 50, "f" * 24, "x" * 33]


def bounded(field: FieldInfo) -> bool:
    """Numbers have two ends, texts a longest; what is chosen from a list has its list."""
    ends = {type(one) for one in field.metadata}
    parts = [part for part in getattr(field.annotation, "__args__", ()) if part is not type(None)]
    for part in parts:
        ends |= {type(one) for one in getattr(part, "__metadata__", ())}
        for told in getattr(part, "__metadata__", ()):
            ends |= {type(one) for one in getattr(told, "metadata", ())}
    listed = any(part is bool or hasattr(part, "__members__") for part in (field.annotation, *parts))
    return listed or MaxLen in ends or (bool(ends & {Ge, Gt}) and bool(ends & {Le, Lt}))


@pytest.mark.parametrize("kind", EVERY, ids=lambda kind: kind.__name__)
def test_every_field_of_every_button_has_its_bounds(kind: type[CallbackData]) -> None:
    assert [name for name, field in kind.model_fields.items() if not bounded(field)] == []


@pytest.mark.parametrize(
    "packed",
    ["fs1:1:1:5:4", "p1:1:1:5:4:h", "e1:1:1:5:4:0:h", "b1:1:1:5:4:abcdefgh"],
    ids=["save", "price", "offers", "buy"],
)
def test_a_window_with_crossed_ends_is_no_button(packed: str) -> None:
    kind = {"fs1": Save, "p1": ToPrice, "e1": ToOffers, "b1": Buy}[packed.partition(":")[0]]
    with pytest.raises(ValidationError):
        kind.unpack(packed)
    kind.unpack(packed.replace(":5:4", ":4:4"))


class Mute(BaseSession):
    """A Telegram that does all it is asked. `said`: to whom, and what."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[tuple[int | None, str]] = []
        self._last = 1_000

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        self.said.append((getattr(method, "chat_id", None), str(method.model_dump(exclude_none=True, warnings=False))))
        if isinstance(method, GetMe):
            return User(id=1, is_bot=True, first_name="Bot", username="hidsim_demo_bot")
        self._last += 1
        return {"message_id": self._last} if method.__api_method__.startswith("send") else True

    async def close(self) -> None:
        """Nothing is open."""

    async def stream_content(self, *_args: Any, **_facts: Any) -> AsyncGenerator[bytes, None]:
        yield b""


def plausible(dice: random.Random, kind: type[CallbackData]) -> list[str]:
    """A button's parts as they could stand in one of ours."""
    words = {
        "via": "h",
        "nonce": "".join(dice.choices("abc", k=8)),
        "product": "f" * 24,
        "sort": "p",
        "standing": "allowed",
        "among": "a",
        "words": "",
        "code": "c" * 16,
    }
    numbers = {"person": dice.choice([ANN, BEN, STRANGER, 1]), "number": dice.randrange(3)}
    agreed = {"plan": dice.choice(["", 3, 7]), "seconds": dice.choice(["", 480])}
    prices = {"low": 100_000, "high": dice.choice([100_000, 300_000, 900_000]), "price": 100_000}
    known: dict[str, Any] = words | numbers | agreed | prices
    parts = [str(known.get(name, dice.randrange(1, 14))) for name in kind.model_fields]
    return [
        kind.__prefix__,
        *(
            "01"[dice.randrange(2)] if f.annotation is bool else p
            for p, f in zip(parts, kind.model_fields.values(), strict=True)
        ),
    ]


def forged(dice: random.Random) -> str:
    """A button of ours, with up to three changes."""
    parts = plausible(dice, dice.choice(EVERY))
    for _ in range(dice.randrange(4)):
        place = dice.randrange(len(parts))
        match dice.randrange(8):
            case 0:
                parts.insert(place, dice.choice(JUNK))
            case 1 if len(parts) > 1:
                del parts[place]
            case 2:
                parts[0] = dice.choice(EVERY).__prefix__
            case 3:
                parts[place] = "".join(
                    chr(dice.choice((dice.randrange(32, 127), dice.randrange(0xD7FF))))
                    for _ in range(dice.randrange(12))
                )
            case _:
                parts[place] = dice.choice(JUNK)
    return ":".join(parts)


def tap(number: int, person: int, data: str) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "F", "language_code": "en"}
    shown = {"message_id": 7, "date": 1_700_000_000, "chat": {"id": person, "type": "private"}, "text": "A menu"}
    return {
        "update_id": number,
        "callback_query": {"id": str(number), "from": sender, "message": shown, "chat_instance": "1", "data": data},
    }


async def furnished(floor: Floor) -> set[str]:
    """Ben has an order with its number and SMS, a favorite and a search. What only he may see."""
    for person in (ANN, BEN):
        await floor.people.decide(ADA, person, Standing.ALLOWED)
    await floor.people.decide(ADA, BLOCKED, Standing.BLOCKED)
    order = await floor.pending(BEN, "bens")
    floor.director.code_now(text="Bens secret words: 735291")
    floor.clock.forward(1)
    await floor.own_orders.refresh(BEN, order.id)
    service, country = floor.pair()
    await floor.shop.favorites.save(BEN, service.id, country.id, Window(123_450, 678_910))
    assert order.number is not None
    return {order.number.lstrip("+"), "735291", "Bens secret", "0.67891", "678910"}


@asynccontextmanager
async def open_shop(folder: Path, migrated: Path) -> AsyncIterator[tuple[Floor, App]]:
    """Closed, and people may be as fast as a machine."""
    place(migrated, folder)
    clock, pace = HandClock(), Pace(taps=10**9, taps_burst=10**9)
    sandbox = HidSimSandbox(now=clock, services=40, countries=12)
    async with serving(sandbox) as far:
        settings = settings_for(folder, far.base, access="closed", max_open_orders=5)
        async with open_app(settings, pace, clock) as app:
            yield await Floor(app.shop, app.resources, sandbox, clock).opened(), app
            await app.resources.nursery.drain(5)


@pytest.mark.timeout(180)
async def test_twenty_thousand_forged_taps_meet_no_mistake_and_nothing_of_anybody_elses(
    tmp_path: Path, migrated_file: Path
) -> None:
    dice, numbers = random.Random(6), itertools.count(1)
    async with open_shop(tmp_path, migrated_file) as (floor, app):
        bens, mute = await furnished(floor), Mute()
        await app.front.bot.session.close()
        app.front.bot.session = mute

        async def taps(person: int) -> None:
            update = Update.model_validate(tap(next(numbers), person, forged(dice)), context={"bot": app.front.bot})
            await app.front.dispatcher.feed_update(app.front.bot, update)

        with capture_logs() as lines:
            for person, times in TAPS.items():
                for _ in range(times // AT_ONCE):
                    await asyncio.gather(*(taps(person) for _ in range(AT_ONCE)))
                    if person == ANN:  # a forged tap may delete who forged it, and this bot is closed
                        await floor.people.decide(ADA, ANN, Standing.ALLOWED)
            await app.resources.purchases.drain(10)
        told = [text for chat, text in mute.said if chat != BEN]
        assert [line for line in lines if line["log_level"] in ("error", "critical")] == []
        assert [text for text in told if any(secret in text for secret in bens)] == []
        assert not any("The bot made a mistake" in text for text in told)
        assert not [text for chat, text in mute.said if chat == BLOCKED]
        asked = [text for chat, text in mute.said if chat == STRANGER]  # one button is theirs: to be let in
        assert all("This bot is private" in text for text in asked)
        assert len(floor.hidsim.record.purchases) > 1, "forged so badly that nobody could buy"
        assert len({text for chat, text in mute.said if chat == ANN}) > 30, "forged so badly that nothing was shown"
