"""Structured logs: one line an event on stderr, readable or JSON, with secrets, numbers and codes taken out."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

_DIGITS = re.compile(r"\+?\d[\d\s().-]{5,}\d")
_TOKEN = re.compile(r"\b\d{6,}:[A-Za-z0-9_-]{20,}|\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_.-]+")
_SECRET_KEYS = frozenset({"token", "password", "number", "code", "text", "authorization", "secret"})
_QUIET = ("httpx", "httpcore", "aiogram", "apscheduler", "aiosqlite", "sqlalchemy", "alembic", "aiohttp.access")


def redact(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Takes out what must not be logged: values under telling names, tokens and phone-like digits anywhere."""
    for key, value in event.items():
        if key in _SECRET_KEYS and value is not None:
            event[key] = "…"
        elif isinstance(value, str) and key != "timestamp":
            event[key] = _TOKEN.sub("…", value if key in ("logger", "level") else _DIGITS.sub("…", value))
    return event


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
