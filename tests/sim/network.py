"""TCP between the machines of the world: ordered bytes that take their time, and links that are cut, slow or mute."""

import asyncio
import contextvars
import errno
import socket
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.sim.process import Process, here

Factory = Callable[[], Any]
_APART = 2e-6
LATENCY = (0.0005, 0.004)
"""Seconds that a packet takes when all is well."""


@dataclass
class Link:
    """One direction between two machines. Seconds; `mute_until` by the loop's clock.

    `cut`: connections over it are reset, and none is made. Mute: bytes arrive when it speaks again, as TCP sends them
    again. `drop_next`: so many bytes of the next write arrive, then the connection is reset.
    """

    latency: tuple[float, float] = LATENCY
    cut: bool = False
    mute_until: float = 0.0
    drop_next: int | None = None

    def mend(self) -> None:
        self.latency, self.cut, self.mute_until, self.drop_next = LATENCY, False, 0.0, None


class Network:
    def __init__(self, loop: asyncio.AbstractEventLoop, dice: Random) -> None:
        self._loop = loop
        self._dice = dice
        self._links: dict[tuple[str, str], Link] = {}
        self._listening: dict[tuple[str, int], Server] = {}
        self._dialled: dict[int, tuple[str, int]] = {}
        self._ports = 40_000
        self._made = 0
        self.lost: list[tuple[float, str]] = []
        """When, and of which server, an answer may have been lost: its bytes met nobody, or a connection was reset."""

    def link(self, sender: str, receiver: str) -> Link:
        """From one machine's address to another's."""
        return self._links.setdefault((sender, receiver), Link())

    def mend(self) -> None:
        for link in self._links.values():
            link.mend()

    def arrival(self, link: Link) -> float:
        return max(self._loop.time() + self._dice.uniform(*link.latency), link.mute_until)

    def number(self) -> int:
        self._made += 1
        return self._made

    # -- what the loop asks of it

    def listen(self, factory: Factory, host: str, port: int) -> "Server":
        server = Server(self, factory, here.get(), (host, port))
        if (host, port) in self._listening:
            raise OSError(errno.EADDRINUSE, f"{host}:{port} is in use")
        self._listening[host, port] = server
        return server

    def silence(self, server: "Server") -> None:
        if self._listening.get(server.address) is server:
            del self._listening[server.address]

    async def dial(self, sock: socket.socket, address: tuple[str, int]) -> None:
        await self._reach(address[:2])
        self._dialled[sock.fileno()] = address[0], address[1]

    async def _reach(self, address: tuple[str, int]) -> None:
        """A handshake: there and back. Raises ConnectionRefusedError, and waits for as long as the link is mute."""
        me = here.get().machine.address
        for link in (self.link(me, address[0]), self.link(address[0], me)):
            while (wait := self.arrival(link) - self._loop.time()) > 0:
                await asyncio.sleep(wait)
                if link.mute_until <= self._loop.time():
                    break
            if link.cut:
                raise ConnectionRefusedError(errno.ECONNREFUSED, f"{address[0]} can't be reached")
        if address not in self._listening:
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"nobody listens at {address}")

    async def connect(self, factory: Factory, host: str | None, port: int | None, sock: socket.socket | None) -> Any:
        if sock is not None:
            address = self._dialled.pop(sock.fileno())
            sock.close()
        else:
            address = str(host), int(port or 0)
            await self._reach(address)
        server = self._listening.get(address)
        if server is None or server.process.dead:
            raise ConnectionRefusedError(errno.ECONNREFUSED, f"nobody listens at {address}")
        self._ports += 1
        mine = here.get(), (here.get().machine.address, self._ports)
        ours, theirs = End(self, *mine), End(self, server.process, address)
        ours.dialled = True
        ours.meet(theirs)
        theirs.meet(ours)
        theirs.begin(server.factory())
        protocol = factory()
        ours.begin(protocol)
        await asyncio.sleep(0)  # until `connection_made`, which a caller relies on
        return ours, protocol


class Server(asyncio.AbstractServer):
    def __init__(self, network: Network, factory: Factory, process: Process, address: tuple[str, int]) -> None:
        self._network = network
        self.factory = factory
        self.process = process
        self.address = address
        self.sockets: tuple[Any, ...] = ()
        process.deaths.append(self.close)

    def close(self) -> None:
        self._network.silence(self)

    def get_loop(self) -> asyncio.AbstractEventLoop:
        return asyncio.get_running_loop()

    def is_serving(self) -> bool:
        return True

    async def start_serving(self) -> None:
        pass

    async def serve_forever(self) -> None:
        raise NotImplementedError

    async def wait_closed(self) -> None:
        pass


@dataclass(frozen=True)
class Socket:
    """What libraries ask of the socket below a transport."""

    name: tuple[str, int]
    peer: tuple[str, int]
    family: int = socket.AF_INET
    type: int = socket.SOCK_STREAM

    def getsockname(self) -> tuple[str, int]:
        return self.name

    def getpeername(self) -> tuple[str, int]:
        return self.peer

    def setsockopt(self, *_: Any) -> None:
        pass

    def fileno(self) -> int:
        return -1


class End(asyncio.Transport):
    """One end of a connection. Buffers without a limit; nothing is lost but with the whole connection."""

    def __init__(self, network: Network, process: Process, address: tuple[str, int]) -> None:
        super().__init__()
        self._network = network
        self._loop = asyncio.get_running_loop()
        self._process = process
        self._address = address
        self._number = network.number()
        self._context: contextvars.Context = process.context()
        self._protocol: Any = None
        self._peer: End
        self.dialled = False
        self._closing = self._gone = False
        self._paused = False
        self._held: list[bytes | None] = []
        self._last = 0.0
        process.connections[self._number] = self

    def meet(self, peer: "End") -> None:
        self._peer = peer
        self._link = self._network.link(self._address[0], peer._address[0])
        sock = Socket(self._address, peer._address)
        self._extra = {"peername": peer._address, "sockname": self._address, "socket": sock}

    def begin(self, protocol: Any) -> None:
        self._protocol = protocol
        self._soon(protocol.connection_made, self)

    def _soon(self, callback: Callable[..., Any], *args: Any) -> None:
        if not self._process.dead:
            self._loop.call_soon(callback, *args, context=self._context)

    # -- what is sent

    def _send(self, receive: Callable[..., Any], *args: Any) -> None:
        """Calls the peer when it has arrived there, after all that went before: timers of one time keep no order."""
        self._last = max(self._last + _APART, self._network.arrival(self._link))
        self._loop.call_at(self._last, receive, *args, context=self._peer._context)

    def _note_loss(self, data: bytes | None) -> None:
        """Data that did not arrive at this end."""
        if data and self.dialled:
            self._network.lost.append((self._loop.time(), self._peer._address[0]))

    def write(self, data: Any) -> None:
        if self._closing or self._gone or self._process.dead:
            self._peer._note_loss(bytes(data))
            return
        sent, kept = bytes(data), self._link.drop_next
        if kept is not None:
            self._link.drop_next = None
            self._peer._note_loss(sent)
            self._send(self._peer.receive, sent[:kept])
            self.reset()
        elif self._link.cut:
            self._peer._note_loss(sent)
            self.reset()
        else:
            self._send(self._peer.receive, sent)

    def writelines(self, list_of_data: Any) -> None:
        self.write(b"".join(list_of_data))

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None:
        if not self._closing and not self._gone:
            self._send(self._peer.receive, None)

    def close(self) -> None:
        """Orderly: what was written arrives first."""
        if self._closing or self._gone:
            return
        self._closing = True
        self._send(self._peer.receive, None)
        self._soon(self._end, None)

    def abort(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Both ends lose it: this one now, the other when it hears of it."""
        if self._gone:
            return
        self._closing = True
        client = self if self.dialled else self._peer
        client._note_loss(b"an answer")
        self._send(self._peer.hear_reset)
        self._soon(self._end, ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"))

    def lost_its_process(self) -> None:
        self._gone = True
        self._send(self._peer.hear_reset)

    # -- what arrives

    def receive(self, data: bytes | None) -> None:
        if self._gone:
            self._note_loss(data)
            return
        if self._paused or self._held:
            self._held.append(data)
        else:
            self._take(data)

    def _take(self, data: bytes | None) -> None:
        if data is None:
            if not self._closing and not self._protocol.eof_received():
                self.close()
        elif data and not self._closing:
            self._protocol.data_received(data)

    def hear_reset(self) -> None:
        self._end(ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"))

    def _end(self, error: Exception | None) -> None:
        if not self._gone:
            self._gone = self._closing = True
            self._process.connections.pop(self._number, None)
            self._protocol.connection_lost(error)

    def pause_reading(self) -> None:
        self._paused = True

    def resume_reading(self) -> None:
        self._paused = False
        self._soon(self._take_held)

    def _take_held(self) -> None:
        """In the order in which they came, before whatever comes now."""
        while self._held and not self._paused and not self._gone:
            self._take(self._held.pop(0))

    def is_reading(self) -> bool:
        return not self._paused

    # -- what a transport can be asked

    def is_closing(self) -> bool:
        return self._closing

    def set_protocol(self, protocol: Any) -> None:
        self._protocol = protocol

    def get_protocol(self) -> Any:
        return self._protocol

    def get_write_buffer_size(self) -> int:
        return 0

    def get_write_buffer_limits(self) -> tuple[int, int]:
        return 0, 0

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass
