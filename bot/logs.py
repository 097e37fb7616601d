"""Structured logs: one line an event on stderr, readable or JSON, with secrets, numbers and codes taken out."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import structlog

from bot.domain.ends import both_ends

LONGEST = 16_000
"""Characters of one value that are logged: of longer ones both ends, where a traceback says what and why."""

_TOKEN = re.compile(
    r"(?<!\d)\d{6,}+:[A-Za-z0-9_-]{20,}+"  # a bot's, also inside `/bot<token>/`
    r"|eyJ[A-Za-z0-9_-]{10,}+(?:\.[A-Za-z0-9_.-]++)?|eyJ[A-Za-z0-9_-]{1,9}\.[A-Za-z0-9_.-]++"  # a JWT, or its beginning
)
_DIGITS = re.compile(
    r"(?P<id>\b(?=[0-9a-f]*[a-f])[0-9a-f]{24}\b)"  # an id of HidSim's, which is evidence and must stay whole
    r"|\+?\d(?:[\s().-]{0,3}\d){6,}"  # a phone number, however it is written
    r"|(?<![A-Za-z0-9])(?<!\d:)(?<!line )\d(?:[ -]?\d){3,5}(?![A-Za-z0-9])"  # a code; not a port, not a line of ours
)
_SECRET_KEYS = frozenset({"token", "password", "number", "code", "text", "authorization", "secret"})
_QUIET = ("httpx", "httpcore", "aiogram", "apscheduler", "aiosqlite", "sqlalchemy", "alembic", "aiohttp.access")


_OURS = frozenset(
    {"timestamp", "logger", "level", "fault", "hidsim_api", "telegram_api", "database", "listen", "proxy"}
)
"""What we make ourselves, or the operator did, and what may consist of digits."""


def redact(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Takes out what must not be logged: values under telling names; tokens, numbers and codes in any text.

    Numbers that are no text (ids, milliseconds) stay. A code made of letters is not recognised: nobody may log texts.
    """
    for key, value in event.items():
        if not key.startswith("_") and key not in _OURS:
            event[key] = _clean(key, value)
    return event


def _clean(key: str, value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if key in _SECRET_KEYS:
        return "…"
    if isinstance(value, int | float):
        return value
    if isinstance(value, Mapping):
        return {_clean("", name): _clean(str(name), one) for name, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_clean("", one) for one in value]
    return _DIGITS.sub(lambda found: found["id"] or "…", _TOKEN.sub("…", both_ends(str(value), LONGEST, " … ")))


def configure(level: str, form: str) -> None:
    """`form`: console or json. Libraries that log whole URLs or bodies are raised to WARNING."""
    chain: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        redact,
    ]
    last = structlog.processors.JSONRenderer() if form == "json" else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *chain, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=chain, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a tick still running when the next is due is no news
