"""What a poll of HidSim costs in CPU, beside a bare aiohttp GET and `json.loads` at the same rate.

    python -m bench.ask [--rounds 5] [--asks 600] [--profile FILE]

The far end is a process of its own that answers every path after a while with the same bytes. Rounds alternate; a round
is so many asks, some at a time. "read" polls for an answer that is not known yet, "same" for one that is.
"""

import argparse
import asyncio
import cProfile
import gc
import json
import pstats
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import aiohttp

from bench.children import HERE
from bot.domain.money import Markup
from bot.hidsim import HidSim, HidSimConfig
from bot.logs import configure
from bot.services.partner import Partner, Urgency

OPERATION = "b" * 24
ANSWER = {
    "_id": OPERATION,
    "id": "op-1",
    "state": "pending",
    "number": "4915112345678",
    "price": 0.35,
    "_service": "c" * 24,
    "_country": "d" * 24,
    "createdAt": "2026-03-01T12:00:00.000Z",
    "updatedAt": "2026-03-01T12:00:05.000Z",
    "expiresAt": "2026-03-01T12:20:00.000Z",
}
LOADS = ((60, 0.2), (3, 0.01))
"""How many are in flight, and the seconds after which the far end answers: about 300 a second either way."""

Ask = Callable[[], Awaitable[object]]


class FarEnd(asyncio.Protocol):
    """Reads heads and nothing else: one blank line is one request. The first byte of the path is `s` for slow."""

    def __init__(self) -> None:
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a server of TCP has
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            head, _, self._read = self._read.partition(b"\r\n\r\n")
            if b"Content-Length:" in head:
                self._read = b""
            path = head.split(b" ", 2)[1]
            body = json.dumps({"token": "t"} if path.endswith(b"/login") else ANSWER).encode()
            seconds = float(path.split(b"/")[1])
            asyncio.get_running_loop().call_later(seconds, self._answer, body)

    def _answer(self, body: bytes) -> None:
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._transport.write(head.encode() + body)


async def serve() -> None:
    server = await asyncio.get_running_loop().create_server(FarEnd, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.wait_for(server.serve_forever(), 600)


async def costs(ask: Ask, at_once: int, asks: int) -> float:
    """Milliseconds of CPU an ask."""
    numbers = iter(range(asks))

    async def work() -> None:
        for _ in numbers:
            await ask()

    gc.collect()
    begun = time.process_time()
    async with asyncio.TaskGroup() as group:
        for _ in range(at_once):
            group.create_task(work())
    return (time.process_time() - begun) * 1000 / asks


async def load(port: int, at_once: int, seconds: float, given: argparse.Namespace) -> None:
    url = f"http://127.0.0.1:{port}/{seconds}"
    config = HidSimConfig(url, "i", "p", rate_per_second=1000)
    async with HidSim(config, now=lambda: datetime.now(UTC)) as hidsim, aiohttp.ClientSession() as session:
        partner = Partner(hidsim, Markup(20), "USD")
        known = (await partner.ask(OPERATION, Urgency.POLL)).digest

        async def bare() -> None:
            async with session.get(f"{url}/operations/{OPERATION}") as answer:
                json.loads(await answer.read())

        async def read() -> None:
            await partner.ask(OPERATION, Urgency.POLL, await partner.turn())

        async def same() -> None:
            await partner.ask(OPERATION, Urgency.POLL, await partner.turn(), known=known)

        ways: dict[str, Ask] = {"bare": bare, "read": read, "same": same}
        for ask in ways.values():
            await costs(ask, at_once, 4 * at_once)
        found: dict[str, list[float]] = {name: [] for name in ways}
        for _ in range(given.rounds):
            for name, ask in ways.items():
                found[name].append(await costs(ask, at_once, given.asks))
        if given.profile:
            with cProfile.Profile() as profile:
                await costs(same, at_once, given.asks)
            profile.dump_stats(given.profile)
    cost = {name: median(rounds) for name, rounds in found.items()}
    print(
        f"ask, {at_once} in flight: bare {cost['bare']:.3f} ms, read {cost['read']:.3f} ms "
        f"({cost['read'] / cost['bare']:.2f} x), same {cost['same']:.3f} ms ({cost['same'] / cost['bare']:.2f} x)"
    )


async def measure(given: argparse.Namespace) -> None:
    configure("INFO", "json")
    command = (sys.executable, "-m", "bench.ask", "--serve")
    far = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, cwd=HERE)
    try:
        assert far.stdout is not None  # noqa: S101 - it was asked for as a pipe
        port = int(await far.stdout.readline())
        for at_once, seconds in LOADS:
            await load(port, at_once, seconds, given)
    finally:
        far.terminate()
        await far.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--asks", type=int, default=600, help="asks in a round")
    parser.add_argument("--profile", type=Path, help="profile one more round into this file, and show where time goes")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    asyncio.run(serve() if given.serve else measure(given))
    if given.profile:
        pstats.Stats(str(given.profile)).sort_stats("tottime").print_stats(45)
    return 0


if __name__ == "__main__":
    sys.exit(main())
