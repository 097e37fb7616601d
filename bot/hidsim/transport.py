"""How one request leaves and its answer comes back. The only importer of httpx and aiohttp here.

Two ways, one tree of errors:

* `read` goes over aiohttp, whose connections are kept alive: many calls, cheap ones, that may be asked again (aiohttp
  itself repeats a GET once when its connection was cut before an answer).
* `once` is for what must not be done twice. It goes over httpx's own transport and a connection of its own: a kept
  connection that dies in our hands looks like an unknown outcome, and close and refetch are GETs.
  httpcore's `trace` proves whether a byte of the request left.

Both go through the config's proxy, if there is one. For https that is a tunnel: the CONNECT that asks for it is a
request to the proxy and none to HidSim, so a tunnel that was not opened is proof, too, that nothing left.

Nothing of httpx's or aiohttp's errors gets into ours but a word for their class: their texts hold addresses and their
objects hold requests with our password.
"""

import asyncio
import logging
import ssl
from collections.abc import Mapping
from email.message import Message
from functools import cache, lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import httpx

from bot.hidsim.answers import Answer
from bot.hidsim.config import HidSimConfig
from bot.hidsim.errors import HidSimError, NotSent, OutcomeUnknown

LARGEST_BODY = 10 * 1024 * 1024
MOST_CONNECTIONS = 250
"""To HidSim for reads. `exchange.MOST_POLLS` of them at most are for polls, so that no tap waits for one."""

FIRST_BYTE = "http11.send_request_headers.started"
TO_THE_PROXY = b"CONNECT"
HEADERS = {
    "Accept": "application/json",
    # A small body could unpack to a huge one.
    "Accept-Encoding": "identity",
    "User-Agent": "hidsim-bot",
}
NEVER_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)


class TooLarge(Exception):
    """The body is larger than anything HidSim would say."""


class Transport:
    """Sends requests. It knows nothing of tokens, pace or retries, and logs nothing."""

    def __init__(self, config: HidSimConfig) -> None:
        for noisy in ("httpx", "httpcore"):
            logging.getLogger(noisy).setLevel(logging.WARNING)  # httpx logs whole addresses at INFO
        self._config = config
        self._closed = False
        self._address = _checked(config.url)
        self._reads: aiohttp.ClientSession | None = None
        self._reads_end = aiohttp.ClientTimeout(
            total=config.connect_timeout + config.read_timeout,
            sock_connect=config.connect_timeout,
            sock_read=config.read_timeout,
        )
        self._purchases = httpx.AsyncClient(
            transport=_new_connections(config.proxy),
            headers={**HEADERS, "Connection": "close"},
            cookies=_no_cookies(),
        )

    def _kept(self) -> aiohttp.ClientSession:
        """Made at the first request: it needs the running loop."""
        if self._reads is None:
            self._reads = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=MOST_CONNECTIONS, ssl=_trust(), keepalive_timeout=15),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=HEADERS,
                timeout=self._reads_end,
                proxy=self._config.proxy,
            )
        return self._reads

    async def aclose(self) -> None:
        self._closed = True
        if self._reads is not None:
            await self._reads.close()
        await self._purchases.aclose()

    def _check_open(self) -> None:
        if self._closed:
            raise NotSent("the client is closed")

    async def read(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> Answer:
        """Raises NotSent when there was no connection, else OutcomeUnknown when no whole answer came in time."""
        self._check_open()
        ask = self._kept().request
        try:
            async with ask(
                method, self._address + path, params=params, data=body, headers=headers, allow_redirects=False
            ) as response:
                told = await _whole(response.content)
                kind = response.headers.get("Content-Type")
                return Answer(response.status, told, response.headers.get("Retry-After"), kind and _charset(kind))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, TooLarge) as error:
            connected = not isinstance(error, NEVER_CONNECTED)
            name = type(error).__name__
        raise _failure(name, sent=connected)

    async def once(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None = None, patience: float
    ) -> Answer:
        """Like `read`, for what must not be done twice. `patience` is the read timeout in seconds.

        NotSent is proved here: httpcore never began to write the request.
        """
        self._check_open()
        written = asyncio.Event()

        async def trace(event: str, facts: dict[str, Any]) -> None:
            if event == FIRST_BYTE and facts["request"].method != TO_THE_PROXY:
                written.set()

        request = self._purchases.build_request(
            method,
            self._address + path,
            headers=headers,
            content=body,
            timeout=httpx.Timeout(patience, connect=self._config.connect_timeout),
            extensions={"trace": trace},
        )
        try:
            async with asyncio.timeout(self._config.connect_timeout + patience + self._config.read_timeout):
                return await _exchange(self._purchases, request)
        except (httpx.HTTPError, TimeoutError, OSError, ValueError, TooLarge) as error:
            name = type(error).__name__
        raise _failure(name, sent=written.is_set())


def _checked(url: str) -> str:
    """Raises ValueError for an address that could never be asked. A path in it stays in front of every route's."""
    try:
        httpx.URL(url)
        parsed = urlsplit(url)
    except (httpx.InvalidURL, ValueError):
        raise ValueError("HidSim's address is no URL") from None
    if parsed.scheme not in {"http", "https"} or not parsed.hostname or parsed.query or parsed.fragment:
        raise ValueError("HidSim's address must be http(s)://host, perhaps with a path")
    return url.rstrip("/")


@cache
def _trust() -> ssl.SSLContext:
    """Reading the authorities takes tens of milliseconds, and all clients trust the same."""
    return httpx.create_ssl_context()


def _new_connections(proxy: str | None) -> httpx.AsyncHTTPTransport:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncHTTPTransport(verify=_trust(), limits=limits, retries=0, proxy=proxy)


async def _whole(content: aiohttp.StreamReader) -> bytes:
    """The body, which mostly comes in one piece. Raises TooLarge."""
    body = await content.readany()
    if content.at_eof() and len(body) <= LARGEST_BODY:
        return body
    pieces = bytearray(body)
    while len(pieces) <= LARGEST_BODY:
        piece = await content.readany()
        if not piece and content.at_eof():
            return bytes(pieces)
        pieces += piece
    raise TooLarge


@lru_cache(64)
def _charset(content_type: str) -> str | None:
    message = Message()
    message["Content-Type"] = content_type
    return message.get_content_charset()


def _no_cookies() -> CookieJar:
    """A token is all that HidSim knows us by."""
    return CookieJar(policy=DefaultCookiePolicy(allowed_domains=[]))


async def _exchange(client: httpx.AsyncClient, request: httpx.Request) -> Answer:
    response = await client.send(request, stream=True, follow_redirects=False)
    try:
        body = bytearray()
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise TooLarge
        headers = response.headers
        return Answer(response.status_code, bytes(body), headers.get("Retry-After"), response.charset_encoding)
    finally:
        await response.aclose()


def _failure(name: str, *, sent: bool) -> HidSimError:
    why = _IN_WORDS.get(name, "it failed on the way")
    if not sent:
        return NotSent(f"no connection: {why}")
    return OutcomeUnknown(f"no whole answer: {why}", lasting=name == TooLarge.__name__)


_IN_WORDS = {
    **dict.fromkeys(("ClientConnectorDNSError", "gaierror"), "the name is not found (DNS)"),
    **dict.fromkeys(("ClientConnectorCertificateError", "SSLCertVerificationError"), "the certificate is not trusted"),
    **dict.fromkeys(("ClientConnectorSSLError", "SSLError"), "the encryption is not accepted"),
    **dict.fromkeys(("ClientConnectorError", "ConnectError"), "nobody answers at the address"),
    **dict.fromkeys(("ClientHttpProxyError", "ProxyError"), "the proxy refuses"),
    **dict.fromkeys(
        (
            "ConnectionTimeoutError",
            "ConnectTimeout",
            "ReadTimeout",
            "ServerTimeoutError",
            "SocketTimeoutError",
            "TimeoutError",
            "WriteTimeout",
        ),
        "it took too long",
    ),
    **dict.fromkeys(
        (
            "ClientConnectionResetError",
            "ClientOSError",
            "ClientPayloadError",
            "ReadError",
            "ServerDisconnectedError",
            "WriteError",
        ),
        "it was cut",
    ),
    **dict.fromkeys(("ClientResponseError", "RemoteProtocolError"), "what came is not HTTP"),
    "TooLarge": "it is too large",
}
"""What went wrong, by the name of the library's class, in words that an operator reads."""
