"""Through an HTTP proxy: the same answers, and the same proof that nothing was sent."""

import shutil
import ssl
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from bot.hidsim import HidSimConfig, NotSent, OutcomeUnknown
from bot.hidsim.answers import Answer
from bot.hidsim.transport import Transport, _trust
from tests.hidsim.proxy import Proxy
from tests.hidsim.scripted_server import ScriptedServer, cut, door_at, hang, say

WAYS = ["read", "once"]
API = "https://hidsim.invalid"


async def ask(way: str, proxy: str, url: str = API, patience: float = 5) -> Answer:
    transport = Transport(HidSimConfig(url, "i", "p", read_timeout=patience, connect_timeout=5, proxy=proxy))
    try:
        if way == "read":
            return await transport.read("GET", "/x", headers={})
        return await transport.once("POST", "/x", headers={}, body=b"{}", patience=patience)
    finally:
        await transport.aclose()


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ssl.SSLContext]:
    """A server's side of TLS for hidsim.invalid, with a certificate that is trusted here."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl here to make a certificate with")
    key, certificate = tmp_path / "key", tmp_path / "certificate"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=hidsim.invalid", "-addext", "subjectAltName=DNS:hidsim.invalid",
         "-keyout", str(key), "-out", str(certificate)],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    _trust.cache_clear()
    yield context
    _trust.cache_clear()


@pytest_asyncio.fixture
async def hidsim(tls: ssl.SSLContext) -> AsyncIterator[ScriptedServer]:
    """HidSim under a name that only the proxy can reach."""
    far = ScriptedServer()
    await far.start(door_at(0), tls)
    yield far
    await far.stop()


def port_of(far: ScriptedServer) -> tuple[str, int]:
    return "127.0.0.1", urlsplit(far.url).port or 0


@pytest.mark.parametrize("way", WAYS)
async def test_an_answer_comes_through_a_tunnel(hidsim: ScriptedServer, way: str) -> None:
    hidsim.on("/x", say(200, {"a": 1}))
    async with Proxy(port_of(hidsim)) as proxy:
        assert await ask(way, proxy.with_credentials()) == Answer(200, b'{"a": 1}')
        assert proxy.asked == ["CONNECT hidsim.invalid:443 HTTP/1.1"]
    assert "proxy-authorization" not in hidsim.asked("/x")[0].headers


@pytest.mark.parametrize("status", ["403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"])
@pytest.mark.parametrize("way", WAYS)
async def test_a_tunnel_that_is_refused_is_not_sent_and_shows_no_credentials(way: str, status: str) -> None:
    async with Proxy(answer=f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode()) as proxy:
        with pytest.raises(NotSent) as caught:
            await ask(way, proxy.with_credentials())
    assert "proxy-secret" not in f"{caught.value!r}{caught.value.__context__!r}{caught.value.__cause__!r}"


async def test_a_purchase_whose_tunnel_is_cut_before_it_begins_is_not_sent() -> None:
    """The CONNECT left, and is no request to HidSim."""
    for answer in (b"", b"HTTP/1.1 200 OK\r\n\r\n", b"nonsense\r\n\r\n"):
        async with Proxy(answer=answer) as proxy:
            with pytest.raises(NotSent):
                await ask("once", proxy.url)
            assert len(proxy.heads) == 1


async def test_a_purchase_that_entered_the_tunnel_is_an_unknown_outcome(hidsim: ScriptedServer) -> None:
    for behaviour in (cut(), hang()):
        hidsim.on("/x", behaviour)
        async with Proxy(port_of(hidsim)) as proxy:
            with pytest.raises(OutcomeUnknown):
                await ask("once", proxy.url, patience=1)
    assert len(hidsim.asked("/x")) == 2


async def test_a_purchase_to_a_proxy_that_forwards_is_unknown_once_it_began(far: ScriptedServer) -> None:
    """Without TLS there is no tunnel: what reaches the proxy may reach HidSim."""
    far.on("/x", cut())
    with pytest.raises(OutcomeUnknown):
        await ask("once", far.url, "http://hidsim.invalid")


@pytest.mark.parametrize("way", WAYS)
async def test_a_proxy_that_is_not_there_is_not_sent(way: str) -> None:
    with door_at(0) as door, pytest.raises(NotSent):
        await ask(way, f"http://127.0.0.1:{door.getsockname()[1]}")


@pytest.mark.parametrize("way", WAYS)
async def test_nothing_is_read_from_the_environment(
    far: ScriptedServer, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    far.on("/x", say(200, {}))
    async with Proxy() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        transport = Transport(HidSimConfig(far.url, "i", "p"))
        if way == "read":
            await transport.read("GET", "/x", headers={})
        else:
            await transport.once("POST", "/x", headers={}, body=b"{}", patience=2)
        await transport.aclose()
        assert proxy.heads == []
