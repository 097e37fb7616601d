"""The director's drawer over HTTP: every act does what its button says, and a wrong one says why not."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import ClientSession, ServerDisconnectedError
from aiohttp.test_utils import TestClient, TestServer

from bot.sandbox.drawer import Drawer
from bot.sandbox.hidsim.sandbox import HidSimSandbox


class Bot:
    """Counts its restarts."""

    state = "running"
    age = 4.7
    problem = ""
    restarts = 0

    async def restart(self) -> None:
        self.restarts += 1


class Room:
    """The drawer, the HidSim that it directs, and what Telegram was told to refuse."""

    def __init__(self) -> None:
        self.hidsim = HidSimSandbox(services=30, countries=10)
        self.floods: list[int] = []
        self.drawer = Drawer(self.hidsim, self.floods.append)

    async def open(self) -> None:
        app = self.drawer.app()
        app.add_subapp("/hidsim", self.hidsim.app())
        self.client = TestClient(TestServer(app))
        await self.client.start_server()

    async def act(self, name: str, /, **body: Any) -> tuple[int, Any]:
        async with self.client.post(f"/{name}", json=body) as response:
            return response.status, await response.json()

    async def state(self) -> Any:
        async with self.client.get("/state") as response:
            return await response.json()

    async def sign_in(self) -> tuple[int, dict[str, str]]:
        login = {"identifier": "demo@hidsim.example", "password": "demo"}
        async with self.client.post("/hidsim/auth/login", json=login) as response:
            return response.status, {"Authorization": f"Bearer {(await response.json()).get('token')}"}

    async def services(self, headers: dict[str, str]) -> tuple[int, Any]:
        async with self.client.get("/hidsim/services", headers=headers) as response:
            return response.status, await response.json()

    async def buy(self) -> int:
        """A purchase through the API, as the bot makes one; the answer's status."""
        _, headers = await self.sign_in()
        service = (await self.services(headers))[1][0]["_id"]
        async with self.client.post(f"/hidsim/services/{service}/purchase", json={}, headers=headers) as response:
            return response.status

    async def on(self) -> list[str]:
        on: list[str] = (await self.state())["hidsim"]["on"]
        return on


@pytest_asyncio.fixture
async def room() -> AsyncIterator[Room]:
    opened = Room()
    await opened.open()
    yield opened
    await opened.client.close()


async def test_the_state_names_the_newest_order_but_never_its_code(room: Room) -> None:
    assert (await room.state())["operation"] is None
    await room.buy()
    await room.act("code-now")
    newest = (await room.state())["operation"]
    assert newest["state"] == "completed"
    assert newest["terminal"] is True
    assert set(newest) == {"service", "country", "state", "number", "price", "terminal"}


async def test_a_code_comes_now(room: Room) -> None:
    await room.buy()
    status, answer = await room.act("code-now", text="{service}: {code}, now")
    assert status == 200
    assert answer["done"].endswith("came.")
    assert room.hidsim.director.operations()[0]["texts"][0].endswith(", now")


async def test_a_number_comes_now(room: Room) -> None:
    room.hidsim.director.set_default_story("code", number_after=100, code_after=None)
    await room.buy()
    assert (await room.act("number-now"))[0] == 200
    assert (await room.state())["operation"]["state"] == "pending"


async def test_no_number_ends_an_order_that_has_none_and_else_waits_for_the_next_purchase(room: Room) -> None:
    assert (await room.act("no-number"))[1] == {"done": "The next purchase gets no number."}
    await room.buy()
    await room.act("no-number")
    assert (await room.state())["operation"]["state"] == "no_number_refunded"


async def test_a_system_refund_ends_the_open_order_and_else_waits_for_the_next_purchase(room: Room) -> None:
    await room.act("system-refund")
    assert (await room.state())["hidsim"]["queued"] == ["system_refund"]
    await room.buy()
    await room.act("system-refund")
    assert (await room.state())["operation"]["state"] == "system_refunded"


async def test_closing_is_too_early_for_the_seconds_given(room: Room) -> None:
    await room.buy()
    assert (await room.act("too-early", seconds=8))[1] == {"done": "Closing is too early for 8 s. It ends by itself."}
    operation = room.hidsim.director.operations()[0]
    assert operation["no_close_before"] > operation["created_at"]
    assert (await room.act("too-early", seconds=0))[1] == {"done": "Closing is not too early any more."}


async def test_prices_move_and_offers_sell_out(room: Room) -> None:
    await room.buy()
    newest = (await room.state())["operation"]
    pair = {"service": newest["service"], "country": newest["country"]}
    assert "×1.5" in (await room.act("move-prices", **pair, factor=1.5))[1]["done"]
    assert "sold out" in (await room.act("sell-out", **pair))[1]["done"]
    assert "back in stock" in (await room.act("restock", **pair))[1]["done"]


async def test_the_answer_to_the_next_purchase_is_lost_once_and_the_purchase_is_made(room: Room) -> None:
    assert "press the button again to undo it" in (await room.act("lose-answer", on=True))[1]["done"]
    assert await room.on() == ["lose-answer"]
    with pytest.raises(ServerDisconnectedError):
        await room.buy()
    assert len(room.hidsim.record.purchases) == 1
    assert await room.on() == []
    assert await room.buy() in (200, 201)


async def test_a_lost_answer_that_is_taken_back_is_not_lost(room: Room) -> None:
    await room.act("lose-answer", on=True)
    assert (await room.act("lose-answer", on=False))[1] == {"done": "Answers to purchases arrive again."}
    assert await room.buy() in (200, 201)


async def test_an_empty_balance_sells_nothing_and_comes_back_as_it_was(room: Room) -> None:
    before = (await room.state())["hidsim"]["balance"]
    for _ in range(2):
        await room.act("empty-balance", on=True)
    assert ((await room.state())["hidsim"]["balance"], await room.on()) == ("$0.00", ["empty-balance"])
    assert await room.buy() >= 400
    assert (await room.act("empty-balance", on=False))[1] == {"done": "HidSim's balance is what it was."}
    assert ((await room.state())["hidsim"]["balance"], await room.on()) == (before, [])
    assert await room.buy() in (200, 201)


async def test_a_refused_sign_in_ends_what_was_signed_in_too(room: Room) -> None:
    _, headers = await room.sign_in()
    assert "press the button again to undo it" in (await room.act("refuse-login", on=True))[1]["done"]
    assert await room.on() == ["refuse-login"]
    assert (await room.services(headers))[0] in (401, 403)
    assert (await room.sign_in())[0] == 401
    await room.act("refuse-login", on=False)
    assert (await room.sign_in())[0] in (200, 201)


async def test_hidsim_answers_429_with_the_seconds_and_stops_by_itself(room: Room) -> None:
    _, headers = await room.sign_in()
    assert "429 to everything for 0.2 s. It ends by itself." in (await room.act("hidsim-429", seconds=0.2))[1]["done"]
    assert (await room.services(headers))[0] == 429
    assert await room.on() == ["hidsim-429"]
    await asyncio.sleep(0.25)
    assert await room.on() == []
    assert (await room.services(headers))[0] == 200


async def test_a_429_is_ended_before_its_time(room: Room) -> None:
    await room.act("hidsim-429", seconds=1000)
    assert (await room.act("hidsim-429", seconds=0))[1] == {"done": "HidSim takes requests again."}
    assert (await room.sign_in())[0] in (200, 201)


async def test_telegram_is_told_how_long_to_refuse(room: Room) -> None:
    await room.act("telegram-429", seconds=3)
    assert room.floods == [3]


async def test_the_bot_is_restarted_and_its_state_shown(room: Room) -> None:
    assert (await room.state())["bot"] == {"state": "absent"}
    assert (await room.act("restart-bot"))[0] == 409
    room.drawer.bot = bot = Bot()
    assert (await room.state())["bot"] == {"state": "running", "age": 4, "problem": ""}
    assert (await room.act("restart-bot"))[0] == 200
    assert bot.restarts == 1


@pytest.mark.parametrize(
    ("act", "body", "status"),
    [
        ("dance", {}, 404),
        ("code-now", {}, 404),
        ("number-now", {}, 404),
        ("story", {"name": "fairy tale"}, 400),
        ("too-early", {"seconds": "soon"}, 400),
        ("too-early", {"seconds": "nan"}, 400),
        ("too-early", {"seconds": -1}, 400),
        ("sell-out", {"service": "Telegram"}, 400),
        ("sell-out", {"service": "No such service", "country": "Atlantis"}, 404),
        ("move-prices", {"service": "Telegram", "country": "Atlantis", "factor": 0}, 400),
        ("hidsim-down", {"on": "maybe"}, 400),
        ("lose-answer", {"on": 1}, 400),
        ("hidsim-429", {"seconds": -1}, 400),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_reason(
    room: Room, act: str, body: dict[str, Any], status: int
) -> None:
    answered, answer = await room.act(act, **body)
    assert answered == status
    assert answer["error"]


async def test_a_body_that_is_no_object_is_refused(room: Room) -> None:
    async with ClientSession() as http, http.post(room.client.make_url("/story"), data=b"[1]") as response:
        assert response.status == 400
    async with ClientSession() as http, http.post(room.client.make_url("/story"), data=b"{oops") as response:
        assert response.status == 400
