"""The health page, and what becomes of it where it can't be."""

import socket
from contextlib import closing

import aiohttp
import pytest
import structlog

from bot.status import status_page


async def figures() -> dict[str, object]:
    return {"ok": True}


async def test_it_answers_while_it_is_open() -> None:
    async with status_page("127.0.0.1:0", figures) as address:
        assert address == "http://127.0.0.1:0/health"


@pytest.mark.parametrize(
    ("listen", "why"),
    [
        ("127.0.0.1:{taken}", "something else listens there already"),
        ("192.0.2.1:8081", "no address of this machine"),
        ("nosuchhost.invalid:8081", "this name is not known"),
        ("x" * 64 + ".invalid:8081", "the system refuses it"),
        ("..:8081", ""),
        ("[::ffff:999]:8081", ""),
    ],
)
async def test_an_address_that_can_not_be_is_a_warning_and_no_more(listen: str, why: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as door, structlog.testing.capture_logs() as logs:
        wanted = listen.format(taken=door.getsockname()[1])
        async with status_page(wanted, figures) as address:
            assert address is None
    (line,) = logs
    assert line["log_level"] == "warning"
    assert line["listen"] == wanted
    assert why in line["event"]
    assert line["event"].startswith("STATUS_LISTEN can't be listened at")


async def test_it_is_off_by_default() -> None:
    async with status_page("", figures) as address:
        assert address is None


async def test_its_figures_are_json() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = door.getsockname()[1]
    async with (
        status_page(f"127.0.0.1:{port}", figures) as address,
        aiohttp.ClientSession() as http,
        http.get(str(address)) as answer,
    ):
        assert await answer.json() == {"ok": True}
