"""Two transports, one tree of errors: what fails the same way is told the same way."""

import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from bot.hidsim import HidSimConfig, NotSent, OutcomeUnknown
from bot.hidsim.answers import Answer
from bot.hidsim.transport import LARGEST_BODY, Transport
from tests.hidsim.scripted_server import Behaviour, ScriptedServer, cut, door_at, drip, hang, raw, say

WAYS = ["read", "once"]
SENDS = {"read": 2, "once": 1}
"""aiohttp itself repeats a GET whose connection was cut, at once and once."""

Ask = Callable[[str], Awaitable[Answer]]


@asynccontextmanager
async def asking(way: str, *, patience: float = 2, connect: float = 2) -> AsyncIterator[Ask]:
    """Asks an address for `/x` over one of the two transports."""
    opened: list[Transport] = []

    async def ask(url: str) -> Answer:
        config = HidSimConfig(url, "i", "p", read_timeout=patience, connect_timeout=connect)
        transport = Transport(config)
        opened.append(transport)
        if way == "read":
            return await transport.read("GET", "/x", headers={})
        return await transport.once("POST", "/x", headers={}, body=b"{}", patience=patience)

    yield ask
    for transport in opened:
        await transport.aclose()


@pytest.mark.parametrize("way", WAYS)
async def test_an_answer_comes_back_whole(far: ScriptedServer, way: str) -> None:
    far.on("/x", say(418, {"message": "tea"}, Retry_After="7"))
    async with asking(way) as ask:
        assert await ask(far.url) == Answer(418, b'{"message": "tea"}', "7")


@pytest.mark.parametrize("way", WAYS)
async def test_a_refused_connection_is_not_sent(way: str) -> None:
    with door_at(0) as door:
        async with asking(way) as ask:
            with pytest.raises(NotSent):
                await ask(f"http://127.0.0.1:{door.getsockname()[1]}")


@pytest.mark.parametrize("way", WAYS)
async def test_an_unknown_host_is_not_sent(way: str) -> None:
    async with asking(way) as ask:
        with pytest.raises(NotSent):
            await ask("http://nowhere.invalid")


@pytest.mark.parametrize("way", WAYS)
async def test_a_connection_that_hangs_is_not_sent(way: str) -> None:
    with full_door() as url:
        async with asking(way, connect=0.05) as ask:
            with pytest.raises(NotSent):
                await ask(url)


class full_door:  # noqa: N801 - read as a sentence
    """A listener whose queue is full: the kernel leaves further connections hanging."""

    def __enter__(self) -> str:
        self.door = door_at(0)
        self.door.listen(0)
        address = self.door.getsockname()
        self.waiting = [socket.socket() for _ in range(4)]
        for one in self.waiting:
            one.setblocking(False)
            with suppress(BlockingIOError):
                one.connect(address)
        return f"http://127.0.0.1:{address[1]}"

    def __exit__(self, *_: object) -> None:
        for one in (*self.waiting, self.door):
            one.close()


@pytest.mark.parametrize("way", WAYS)
async def test_a_failed_tls_handshake_is_not_sent(far: ScriptedServer, way: str) -> None:
    async with asking(way) as ask:
        with pytest.raises(NotSent):
            await ask(far.url.replace("http", "https"))


@pytest.mark.parametrize("way", WAYS)
async def test_a_tls_handshake_that_hangs_is_not_sent(way: str) -> None:
    with door_at(0) as door:
        door.listen()
        async with asking(way, connect=0.05) as ask:
            with pytest.raises(NotSent):
                await ask(f"https://127.0.0.1:{door.getsockname()[1]}")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://127.0.0.1:9", "no connection: nobody answers at the address"),
        ("http://nosuch.invalid", "no connection: "),
    ],
)
async def test_what_failed_is_said_in_words_and_not_by_a_librarys_class(way: str, address: str, said: str) -> None:
    async with asking(way, connect=2) as ask:
        with pytest.raises(NotSent) as caught:
            await ask(address)
    assert str(caught.value).startswith(said)
    assert "Error" not in str(caught.value)


BROKEN: dict[str, Behaviour] = {
    "cut without an answer": cut(),
    "cut in the head": raw(b"HTTP/1.1 200 OK\r\nContent-Le"),
    "cut in the body": raw(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
    "cut in a chunk": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf"),
    "no HTTP": raw(b"220 smtp.example ESMTP\r\n"),
    "no status": raw(b"HTTP/1.1 abc OK\r\n\r\n"),
    "not gzip": raw(b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf"),
    "too large": say(200, b" " * (LARGEST_BODY + 1)),
    "endless head": raw(b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 300_000),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
async def test_a_broken_answer_is_an_unknown_outcome(far: ScriptedServer, way: str, answer: Behaviour) -> None:
    far.on("/x", answer)
    async with asking(way) as ask:
        with pytest.raises(OutcomeUnknown):
            await ask(far.url)
    assert len(far.asked("/x")) <= SENDS[way]


@pytest.mark.parametrize("way", WAYS)
async def test_silence_is_an_unknown_outcome(far: ScriptedServer, way: str) -> None:
    far.on("/x", hang())
    async with asking(way, patience=0.05) as ask:
        with pytest.raises(OutcomeUnknown):
            await ask(far.url)


@pytest.mark.parametrize("way", WAYS)
async def test_a_drip_is_an_unknown_outcome_when_the_total_time_is_over(far: ScriptedServer, way: str) -> None:
    far.on("/x", drip(b"x" * 1000, 0.01))
    async with asking(way, patience=0.1, connect=1) as ask:
        with pytest.raises(OutcomeUnknown):
            await ask(far.url)


@pytest.mark.parametrize("way", WAYS)
async def test_cookies_are_not_kept(far: ScriptedServer, way: str) -> None:
    far.on("/x", say(200, {}, Set_Cookie="session=1; Path=/"))
    transport = Transport(HidSimConfig(far.url, "i", "p"))
    for _ in range(2):
        if way == "read":
            await transport.read("GET", "/x", headers={})
        else:
            await transport.once("GET", "/x", headers={}, patience=1)
    await transport.aclose()
    assert [one.headers.get("cookie") for one in far.asked("/x")] == [None, None]


@pytest.mark.parametrize(
    "address", ["", "hidsim.example", "ftp://hidsim.example", "https://", "https://h/?a=b", "http://["]
)
def test_an_address_that_can_not_be_asked_is_told_at_once(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        Transport(HidSimConfig(address, "i", "p"))
