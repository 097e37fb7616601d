"""Which way to a service: through the proxy of HTTPS_PROXY or ALL_PROXY, or directly.

Both services are spoken to by https; plain http is for this machine, which is never reached through a proxy. So
HTTP_PROXY has no meaning here.
"""

import ipaddress
from urllib.parse import urlsplit

_SPOKEN = ("http", "https")
"""Kinds of proxies that both of our HTTP libraries speak to without a further one."""


def is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def proxy_for(url: str, https_proxy: str, all_proxy: str, no_proxy: str) -> str | None:
    """The proxy's URL, with its credentials."""
    host = urlsplit(url).hostname or ""
    proxy = next((one for one in map(_spoken, (https_proxy, all_proxy)) if one), None)
    if proxy is None or is_loopback(host) or _is_excepted(urlsplit(url).netloc, no_proxy):
        return None
    return proxy


def remark(https_proxy: str, all_proxy: str) -> str | None:
    """A sentence when a proxy was named that can't be used; shows no credentials."""
    if _spoken(https_proxy):
        return None
    for name, value in (("HTTPS_PROXY", https_proxy), ("ALL_PROXY", all_proxy)):
        if _spoken(value):
            return None
        if value:
            kind = value.partition("://")[0]
            return f"{name} names a {kind} proxy, which is not used: the bot speaks to http and https proxies only"
    return None


def address(proxy: str) -> str:
    """Host and port, fit for a log."""
    parts = urlsplit(proxy)
    return f"{parts.hostname}:{parts.port}" if parts.port else str(parts.hostname)


def _spoken(value: str) -> str | None:
    full = value if not value or "://" in value else f"http://{value}"
    return full if full.partition("://")[0].lower() in _SPOKEN else None


def _is_excepted(netloc: str, no_proxy: str) -> bool:
    """NO_PROXY as Python itself reads it (names, suffixes, *), and networks like 10.0.0.0/8."""
    if not no_proxy:
        return False
    from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # slow, and seldom needed

    host = netloc.rpartition("@")[2]
    return bool(proxy_bypass_environment(host, {"no": no_proxy})) or _in_a_network(host, no_proxy)


def _in_a_network(host: str, no_proxy: str) -> bool:
    try:
        one = ipaddress.ip_address(urlsplit(f"//{host}").hostname or "")
    except ValueError:
        return False
    for part in no_proxy.split(","):
        try:
            if one in ipaddress.ip_network(part.strip(), strict=False):
                return True
        except ValueError:
            continue
    return False
