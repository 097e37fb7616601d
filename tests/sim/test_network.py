"""The network between the machines of a world: ordered bytes, and links that are mute, cut or slow."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.sim.small import Small, after, in_a_small_world

SERVER, CLIENT = "10.0.0.2", "10.0.0.1"
PORT = 80


class Heard(asyncio.Protocol):
    """What one end of a connection was told, with the loop's time."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self.data: list[tuple[float, bytes]] = []
        self.end: list[tuple[float, str]] = []
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.data.append((self._loop.time(), data))

    def eof_received(self) -> None:
        self.end.append((self._loop.time(), "eof"))

    def connection_lost(self, exc: Exception | None) -> None:
        self.end.append((self._loop.time(), type(exc).__name__ if exc else "closed"))

    @property
    def bytes(self) -> bytes:
        return b"".join(data for _, data in self.data)


class Two:
    """A server, a client that is connected to it, and what both of them heard."""

    def __init__(self, small: Small) -> None:
        self.small = small
        self.serving, self.calling = small.process("server", SERVER), small.process("client", CLIENT)
        self.there, self.back = small.network.link(CLIENT, SERVER), small.network.link(SERVER, CLIENT)
        self.server, self.client = Heard(small.loop), Heard(small.loop)

    async def connect(self) -> None:
        await self.serving.start(self.listen(), "listen")
        await self.calling.start(self.call(), "call")

    async def listen(self) -> None:
        await self.small.loop.create_server(lambda: self.server, SERVER, PORT)

    async def call(self) -> None:
        await self.small.loop.create_connection(lambda: self.client, SERVER, PORT)


def between_two(act: Callable[[Two], Awaitable[None]]) -> Two:
    """Connected; after `act` a minute goes by."""

    async def meet(small: Small) -> Two:
        two = Two(small)
        await two.connect()
        await act(two)
        await asyncio.sleep(60)
        return two

    return in_a_small_world(meet)  # type: ignore[no-any-return]


def test_bytes_arrive_in_the_order_in_which_they_were_sent() -> None:
    sent = [f"{number};".encode() for number in range(200)]

    async def sends(two: Two) -> None:
        for number, data in enumerate(sent):
            two.there.latency = (0.001, 0.5) if number % 3 else (0.0001, 0.001)
            two.client.transport.write(data)
            await asyncio.sleep(0.01)

    assert [data for _, data in between_two(sends).server.data] == sent


def test_a_close_arrives_after_all_that_was_written() -> None:
    async def sends(two: Two) -> None:
        two.there.latency = (0.5, 2)
        two.client.transport.write(b"first")
        two.there.latency = (0.001, 0.001)
        two.client.transport.close()

    two = between_two(sends)
    assert two.server.bytes == b"first"
    assert [said for _, said in two.server.end] == ["eof", "closed"]
    assert two.server.data[0][0] <= two.server.end[0][0]


def test_a_mute_link_loses_nothing_and_speaks_again() -> None:
    async def sends(two: Two) -> None:
        two.there.mute_until = two.small.loop.time() + 20
        two.client.transport.write(b"late")
        two.server.transport.write(b"at once")

    two = between_two(sends)
    assert [two.server.bytes, two.client.bytes] == [b"late", b"at once"]
    assert two.client.data[0][0] < 1
    assert 20 <= two.server.data[0][0] < 21


def test_a_slow_link_takes_its_time() -> None:
    async def sends(two: Two) -> None:
        two.there.latency = (3, 3)
        two.client.transport.write(b"slow")

    ((at, data),) = between_two(sends).server.data
    assert data == b"slow"
    assert 3 <= at < 3.1


def test_a_cut_link_resets_what_is_sent_over_it() -> None:
    async def sends(two: Two) -> None:
        two.there.cut = True
        two.client.transport.write(b"never")

    two = between_two(sends)
    assert two.server.bytes == b""
    assert [said for _, said in two.client.end] == ["ConnectionResetError"]
    assert [said for _, said in two.server.end] == ["ConnectionResetError"]


@pytest.mark.parametrize("way", ["there", "back"])
def test_no_connection_is_made_over_a_link_that_is_cut_until_it_is_mended(way: str) -> None:
    async def dials(two: Two) -> None:
        getattr(two, way).cut = True
        with pytest.raises(ConnectionRefusedError, match="can't be reached"):
            await two.calling.start(two.call(), "call")
        two.small.network.mend()
        await two.calling.start(two.call(), "call")

    assert between_two(dials).client.end == []


def test_some_bytes_of_an_answer_arrive_and_then_the_connection_is_gone() -> None:
    async def answers(two: Two) -> None:
        two.back.drop_next = 4
        two.server.transport.write(b"half of it")

    two = between_two(answers)
    assert two.client.bytes == b"half"
    assert [said for _, said in two.client.end] == ["ConnectionResetError"]


def test_an_answer_that_nobody_got_is_remembered_as_lost() -> None:
    async def answers(two: Two) -> None:
        two.back.drop_next = 0
        two.server.transport.write(b"an answer")

    lost = between_two(answers).small.network.lost
    assert lost
    assert {server for _, server in lost} == {SERVER}


def test_what_arrives_is_not_remembered_as_lost() -> None:
    async def speaks(two: Two) -> None:
        two.client.transport.write(b"a question")
        two.server.transport.write(b"an answer")

    assert between_two(speaks).small.network.lost == []


@pytest.mark.parametrize(("dies", "hears"), [("serving", "client"), ("calling", "server")])
def test_the_other_end_hears_of_a_process_that_died(dies: str, hears: str) -> None:
    async def kills(two: Two) -> None:
        await after(1, getattr(two, dies).die)

    two = between_two(kills)
    assert [said for _, said in getattr(two, hears).end] == ["ConnectionResetError"]
    assert getattr(two, "server" if hears == "client" else "client").end == [], "the dead hear nothing"


def test_nobody_listens_where_a_process_died() -> None:
    async def dials(two: Two) -> None:
        two.serving.die()
        with pytest.raises(ConnectionRefusedError, match="nobody listens"):
            await two.calling.start(two.call(), "call")

    assert between_two(dials).serving.dead


def test_what_is_paused_waits_at_its_end() -> None:
    async def pauses(two: Two) -> None:
        two.server.transport.pause_reading()
        two.client.transport.write(b"one")
        two.client.transport.write(b"two")
        await asyncio.sleep(5)
        assert two.server.bytes == b""
        two.server.transport.resume_reading()

    assert between_two(pauses).server.bytes == b"onetwo"
