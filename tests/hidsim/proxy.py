"""An HTTP proxy on loopback: it opens tunnels for CONNECT, to wherever the test says, and remembers what was asked."""

import asyncio
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit


@dataclass
class Proxy:
    """`answer` to a CONNECT; with 200 a tunnel to `leads_to` (host, port), whatever was asked for."""

    leads_to: tuple[str, int] = ("127.0.0.1", 9)
    answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n"
    heads: list[list[str]] = field(default_factory=list)
    url: str = ""
    _server: asyncio.Server | None = None
    _connections: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def asked(self) -> list[str]:
        return [head[0] for head in self.heads]

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for one in self._connections:
            one.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def with_credentials(self) -> str:
        host = urlsplit(self.url).netloc
        return f"http://user:proxy-secret@{host}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._tunnel(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._connections.discard(task)
            writer.close()

    async def _tunnel(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        self.heads.append(head)
        writer.write(self.answer)
        await writer.drain()
        if b" 200 " not in self.answer:
            return
        there_reader, there_writer = await asyncio.open_connection(*self.leads_to)
        try:
            await asyncio.gather(_pump(reader, there_writer), _pump(there_reader, writer))
        finally:
            there_writer.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    while content := await source.read(65536):
        target.write(content)
        await target.drain()
    target.close()
