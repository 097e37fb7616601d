"""One address for everything: the page, Telegram, HidSim and the director; and it ends when it is told to."""

import asyncio

import aiohttp
import pytest

from bot.sandbox.bot_process import BotProcess
from bot.sandbox.server import SandboxServer


async def test_the_page_the_gallery_telegram_and_hidsim_answer_under_one_address() -> None:
    async with SandboxServer(gallery=lambda: [{"name": "home"}]) as server, aiohttp.ClientSession() as http:
        for path in ("/", "/gallery"):
            async with http.get(server.url + path) as response:
                assert (response.status, response.content_type) == (200, "text/html")
        async with http.get(f"{server.telegram_url}/bot{server.token}/getMe") as response:
            assert (await response.json())["result"]["is_bot"] is True
        async with http.get(f"{server.hidsim_url}/countries") as response:
            assert response.status == 401
        async with http.get(f"{server.url}/sim/director/state") as response:
            assert (await response.json())["bot"] == {"state": "absent"}
        async with http.get(f"{server.url}/sim/gallery") as response:
            assert await response.json() == [{"name": "home"}]


@pytest.mark.parametrize("page", ["/", "/gallery"])
async def test_a_page_is_whole_by_itself_and_forbids_everything_else(page: str) -> None:
    async with SandboxServer() as server, aiohttp.ClientSession() as http, http.get(server.url + page) as response:
        text = await response.text()
    assert "default-src 'none'" in text
    assert "require-trusted-types-for 'script'" in text
    assert "innerHTML" not in text.replace("refuse innerHTML", "")
    assert " src=" not in text
    assert "@import" not in text


async def test_there_are_two_buyers_an_admin_and_a_stranger_and_one_reads_from_right_to_left() -> None:
    async with SandboxServer() as server:
        people = [person.json() for person in server.telegram.people]
    assert [person["is_admin"] for person in people] == [False, False, True, False]
    assert [person["is_stranger"] for person in people] == [False, False, False, True]
    assert [one.id for one in server.buyers] == [people[0]["id"], people[1]["id"]]
    assert "ar" in {person["language_code"] for person in people}
    assert server.admin_ids == (people[2]["id"],)


async def test_a_port_in_use_is_given_up_for_a_free_one() -> None:
    async with SandboxServer() as first, SandboxServer(port=first.port) as second:
        assert first.port_was_taken is False
        assert second.port_was_taken is True
        assert second.port != first.port


async def test_an_open_page_does_not_hold_up_the_end() -> None:
    async with asyncio.timeout(5), aiohttp.ClientSession() as http:
        async with SandboxServer() as server:
            events = await http.get(f"{server.url}/sim/events")
            began = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - began < 0.9
        events.close()


async def test_another_site_can_not_direct_the_sandbox() -> None:
    stranger = {"Origin": "https://example.org"}
    async with SandboxServer() as server, aiohttp.ClientSession(headers=stranger) as http:
        async with http.post(f"{server.url}/sim/director/hidsim-down", json={"on": True}) as response:
            assert response.status == 403
        assert server.hidsim.director.state()["down"] is False


async def test_hidsim_that_is_down_leaves_the_page_and_telegram_alone() -> None:
    async with SandboxServer() as server, aiohttp.ClientSession() as http:
        server.hidsim.director.down(True)
        with pytest.raises(aiohttp.ClientError):
            await http.get(f"{server.hidsim_url}/countries")
        async with http.get(server.url) as response:
            assert response.status == 200


async def test_a_bot_that_asks_for_updates_is_up() -> None:
    async with SandboxServer() as server, aiohttp.ClientSession() as http:
        born = asyncio.Event()
        command = ("sh", "-c", "echo up >&2; exec sleep 60")
        server.bot = process = BotProcess(command, {"PATH": "/usr/bin:/bin"}, lambda line: born.set())
        async with asyncio.TaskGroup() as group:
            group.create_task(process.run())
            await born.wait()
            before = process.state
            await (await http.get(f"{server.url}/bot{server.token}/getUpdates")).read()
            async with http.get(f"{server.url}/sim/director/state") as response:
                after = (await response.json())["bot"]
            await process.stop()
        assert (before, after) == ("starting", {"state": "running", "age": 0, "problem": ""})
