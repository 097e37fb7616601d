"""The health page, and what becomes of it where it can't be."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing

import aiohttp
import pytest
import structlog

from bot.status import Figures, status_page


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


@asynccontextmanager
async def asked(path: str, told: Figures = figures, method: str = "GET") -> AsyncIterator[aiohttp.ClientResponse]:
    """What an open page answers."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        place = f"127.0.0.1:{door.getsockname()[1]}"
    async with (
        status_page(place, told) as address,
        aiohttp.ClientSession() as http,
        http.request(method, f"http://{place}{path}") as answer,
    ):
        assert address == f"http://{place}/health"
        yield answer


async def test_its_figures_are_json() -> None:
    async with asked("/health") as answer:
        assert (answer.status, answer.content_type) == (200, "application/json")
        assert await answer.json() == {"ok": True}


@pytest.mark.parametrize("path", ["/", "/health/", "/healthz", "/health/more", "/..", "/metrics"])
async def test_nothing_else_is_there(path: str) -> None:
    async with asked(path) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_it_can_only_be_read(method: str) -> None:
    async with asked("/health", method=method) as answer:
        assert answer.status == 405


async def test_figures_that_can_not_be_had_are_an_error_without_a_reason() -> None:
    async def no_figures() -> dict[str, object]:
        raise OSError("the disk of /var/lib/secret-place is full")

    async with asked("/health", no_figures) as answer:
        assert answer.status == 500
        assert "secret-place" not in await answer.text()
