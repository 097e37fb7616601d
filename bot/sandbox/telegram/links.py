"""Which addresses Telegram takes for links, and how it writes them."""

import re
from urllib.parse import parse_qsl

HOST = re.compile(r"(?:[A-Za-z0-9.\-_!$,~*'();&+=\x80-\U0010ffff]|%[0-9A-Fa-f]{2})+")
OWN_SCHEMES = ("tg", "ton", "tonsite")


class LinkError(ValueError):
    """The address is no link; the message is TDLib's own."""


def mentioned_user(url: str) -> int:
    """The id in `tg://user?id=…`, or 0."""
    found = re.match(r"tg:(?://)?user/?\?([^#]*)", url.lower())
    if not found:
        return 0
    number = dict(reversed(parse_qsl(found[1]))).get("id", "")
    return int(number) if re.fullmatch(r"[0-9]{1,15}", number) else 0


def checked_link(url: str) -> str:
    """The address as Telegram stores it (scheme added, host in lower case), or empty when it is no link."""
    try:
        return parse_link(url)
    except LinkError:
        return ""


def parse_link(url: str, *, https_only: bool = False) -> str:
    """The address as Telegram stores it. Raises LinkError with TDLib's text."""
    scheme, _, rest = url.partition(":")
    if scheme.lower() in OWN_SCHEMES:
        if https_only:
            raise LinkError("Only HTTPS links are allowed")
        return _own_link(scheme.lower(), rest.removeprefix("//"))
    protocol, userinfo, host, port, query = _split(url)
    if https_only and protocol != "https":
        raise LinkError("Only HTTPS links are allowed")
    if "." not in host and not host.startswith("["):
        raise LinkError("Wrong HTTP URL")
    return f"{protocol}://{userinfo + '@' if userinfo else ''}{host}{f':{port}' if port else ''}{query}"


def _own_link(scheme: str, rest: str) -> str:
    wrong = LinkError("Wrong tg URL" if scheme == "tg" else "Wrong ton URL")
    if rest.lower().startswith(("http://", "https://")):
        raise wrong
    _, userinfo, host, port, query = _split(rest)
    if userinfo or port or host.startswith("["):
        raise wrong
    if not re.fullmatch(r"[A-Za-z0-9_.\-]+" if scheme == "tonsite" else r"[A-Za-z0-9_\-]+", host):
        raise LinkError("Unallowed characters in URL host")
    return f"{scheme}://{host}{query.removeprefix('/') if query.startswith('/?') else query}"


def _split(url: str) -> tuple[str, str, str, int, str]:
    """Protocol, user info, host, port (0 when none is written) and the rest, which always begins with a slash."""
    found = re.match(r"([^:/?#@\[\]]*)://", url)
    protocol = "http"
    if found:
        protocol, url = found[1].lower(), url[found.end() :]
        if protocol not in ("http", "https"):
            raise LinkError("Unsupported URL protocol")
    authority = re.split(r"[/?#]", url, maxsplit=1)[0]
    query = url[len(authority) :].rstrip(" \t\r\n\x0b\0") or "/"
    userinfo, _, place = authority.rpartition("@")
    host, port = _port(place)
    if not host:
        raise LinkError("URL host is empty")
    if host == ".":
        raise LinkError("Host is invalid")
    if not host.startswith("["):
        _check_part(host, "host")
    query = "".join(f"%{ord(c):02X}" if c <= " " else c for c in query)
    return protocol, userinfo, host.lower(), port, query if query.startswith("/") else "/" + query


def _port(place: str) -> tuple[str, int]:
    host, colon, port = place.rpartition(":")
    if not colon or "]" in port:
        return place, 0
    if not re.fullmatch(r"[0-9]{1,9}", port) or not 0 < int(port) <= 65535:
        raise LinkError("Wrong port number specified in the URL")
    return host, int(port)


def _check_part(part: str, name: str) -> None:
    if re.search(r"%(?![0-9A-Fa-f]{2})", part):
        raise LinkError(f"Wrong percent-encoded symbol in URL {name}")
    if not HOST.fullmatch(part):
        raise LinkError(f"Disallowed character in URL {name}")
