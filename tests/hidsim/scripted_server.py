"""A far end on loopback that answers as badly as it is told. Bytes are written by hand: any hostility is possible."""

import asyncio
import json
import socket
import ssl
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

REASONS = {200: "OK", 201: "Created"}


@dataclass(frozen=True)
class Seen:
    """One request as it arrived. `target` is what stood on the wire."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes
    port: int

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))

    @property
    def token(self) -> str | None:
        return self.headers.get("authorization", "").removeprefix("Bearer ") or None


Behaviour = Callable[[asyncio.StreamWriter, Seen], Awaitable[None]]


def head(status: int, length: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} {REASONS.get(status, 'Whatever')}", f"Content-Length: {length}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()


def say(status: int = 200, content: Any = None, **headers: str) -> Behaviour:
    """An ordinary answer: bytes and text as they are, anything else as JSON."""
    body = content if isinstance(content, bytes) else content.encode() if isinstance(content, str) else b""
    if not isinstance(content, bytes | str) and content is not None:
        body = json.dumps(content).encode()
    extra = {name.replace("_", "-"): value for name, value in headers.items()}

    async def act(writer: asyncio.StreamWriter, _: Seen) -> None:
        writer.write(head(status, len(body), extra) + body)
        await writer.drain()

    return act


def raw(content: bytes, *, close: bool = True) -> Behaviour:
    """These bytes, whatever they are, and the end of the connection."""

    async def act(writer: asyncio.StreamWriter, _: Seen) -> None:
        writer.write(content)
        await writer.drain()
        if close:
            writer.close()

    return act


def cut() -> Behaviour:
    """The connection ends without an answer."""
    return raw(b"")


def hang(arrived: asyncio.Event | None = None) -> Behaviour:
    """No answer, until the client goes. `arrived` is set when the request is here."""

    async def act(_: asyncio.StreamWriter, __: Seen) -> None:
        if arrived is not None:
            arrived.set()
        await asyncio.sleep(30)

    return act


def drip(content: bytes, pause: float) -> Behaviour:
    """A good head, then a byte at a time."""

    async def act(writer: asyncio.StreamWriter, _: Seen) -> None:
        writer.write(head(200, len(content), {}))
        for byte in content:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(pause)

    return act


def slowly(then: Behaviour, pause: float) -> Behaviour:
    async def act(writer: asyncio.StreamWriter, seen: Seen) -> None:
        await asyncio.sleep(pause)
        await then(writer, seen)

    return act


def unless(token: str, then: Behaviour) -> Behaviour:
    """401 to this token, else the other answer."""

    async def act(writer: asyncio.StreamWriter, seen: Seen) -> None:
        await (say(401, {"message": "expired"}) if seen.token == token else then)(writer, seen)

    return act


def door_at(port: int) -> socket.socket:
    """A bound socket that does not listen yet: it refuses."""
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", port))
    return door


@dataclass
class ScriptedServer:
    """`on(path, …)` queues answers for a path; the last one stays. Login gives `token-1`, `token-2`, …"""

    seen: list[Seen] = field(default_factory=list)
    logins: int = 0
    url: str = ""
    _plans: dict[str, deque[Behaviour]] = field(default_factory=lambda: defaultdict(deque))
    _server: asyncio.Server | None = None
    _connections: set[asyncio.Task[None]] = field(default_factory=set)

    def on(self, path: str, *answers: Behaviour) -> None:
        self._plans[path] = deque(answers)

    def asked(self, path: str) -> list[Seen]:
        return [one for one in self.seen if one.path == path]

    async def __aenter__(self) -> Self:
        await self.start(door_at(0))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self, door: socket.socket, tls: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(self._serve, sock=door, ssl=tls, backlog=1000)
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{door.getsockname()[1]}"

    async def stop(self) -> None:
        assert self._server is not None
        self._server.close()
        for connection in self._connections:
            connection.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            while not writer.is_closing() and (seen := await _request(reader, writer)):
                self.seen.append(seen)
                await self._behaviour(seen)(writer, seen)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    def _behaviour(self, seen: Seen) -> Behaviour:
        plan = self._plans[seen.path]
        if not plan and seen.path == "/auth/login":
            self.logins += 1
            return say(200, {"token": f"token-{self.logins}", "user": {"_id": "a" * 24}})
        if not plan:
            return say(404, {"message": "no such path", "code": "NOT_FOUND"})
        return plan.popleft() if len(plan) > 1 else plan[0]


async def _request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> Seen | None:
    start = await reader.readline()
    if not start:
        return None
    method, target, _ = start.decode().split(" ")
    headers: dict[str, str] = {}
    while (line := await reader.readline()).strip():
        name, _, value = line.decode().partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Seen(method, target, headers, body, writer.get_extra_info("peername")[1])
