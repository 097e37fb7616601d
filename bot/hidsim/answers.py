"""What an answer says about the request: done, refused, or nobody knows."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from hashlib import blake2b

from bot.hidsim import wire
from bot.hidsim.amounts import money
from bot.hidsim.errors import REJECTIONS, OutcomeUnknown, Rejected
from bot.hidsim.jsontext import Unreadable, loads
from bot.hidsim.values import Json, present, readable, text

NOT_A_REFUSAL = frozenset({408})
"""4xx that say nothing about whether the work was done: a server may time out while it works."""
TOO_MANY = 429
"""A refusal in any shape: who limits requests, HidSim or a proxy before it, does so before the work."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer, read whole. `charset` is what its Content-Type names."""

    status: int
    body: bytes = field(repr=False)
    retry_after: str | None = None
    charset: str | None = None

    @property
    def success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def digest(self) -> bytes:
        """Sixteen bytes that stand for all that the body says."""
        return blake2b(self.body, digest_size=16, key=(self.charset or "").encode()[:64]).digest()


@dataclass(frozen=True, slots=True)
class Complaint:
    """HidSim's error shape: a JSON object with a text or a code."""

    message: str
    code: str | None
    retry_after: float | None


def json_of(answer: Answer) -> Json:
    """The body of a success. Raises OutcomeUnknown when it is no JSON."""
    try:
        return loads(answer.body, answer.charset)
    except Unreadable:
        raise OutcomeUnknown("an answer that is no JSON", status=answer.status) from None


def unknown(answer: Answer) -> OutcomeUnknown:
    """For an answer that is neither a success nor a refusal. Redirects are not followed, so they last."""
    return OutcomeUnknown(
        f"an answer with status {answer.status}", status=answer.status, lasting=300 <= answer.status < 400
    )


def complaint(answer: Answer) -> Complaint | None:
    """The error shape, or None: a proxy's page, an empty body and a stranger's JSON are not HidSim's word."""
    try:
        body = loads(answer.body, answer.charset)
    except Unreadable:
        return None
    if not isinstance(body, dict):
        return None
    message, code = _words(body), _code(body)
    if not message and code is None:
        return None
    wait = readable(body, wire.RETRY_AFTER, money)
    return Complaint(message, code, None if wait is None else float(wait))


def _words(value: Json, depth: int = 4) -> str:
    """The human-readable text: a string, a list of them, or an object around one."""
    if depth == 0:
        return ""
    if isinstance(value, list):
        return "; ".join(filter(None, (_words(item, depth - 1) for item in value[:10])))
    if isinstance(value, dict):
        return next(filter(None, (_words(part, depth - 1) for part in present(value, wire.ERROR_TEXT))), "")
    return text(value) or ""


def _code(body: dict[str, Json]) -> str | None:
    inner = body.get("error")
    holders = [body, inner] if isinstance(inner, dict) else [body]
    return next(filter(None, (readable(holder, wire.ERROR_CODE, text) for holder in holders)), None)


def rejection(answer: Answer, now: datetime, *, strict: bool) -> Rejected | None:
    """The refusal that a 4xx is, or None.

    `strict` is for what must not be done twice: only HidSim's own error shape is believed, and a 429 in any shape.
    Without it (reads) the status is enough.
    """
    if not 400 <= answer.status < 500 or answer.status in NOT_A_REFUSAL:
        return None
    said = complaint(answer)
    if said is None and strict and answer.status != TOO_MANY:
        return None
    words = said or Complaint("", None, None)
    kind = REJECTIONS.get(answer.status, Rejected)
    return kind(answer.status, words.message, words.code, wait_of(answer, now))


def wait_of(answer: Answer, now: datetime) -> float | None:
    """Seconds that the answer asks us to wait, as it says them: never negative, perhaps absurd."""
    if answer.retry_after is not None:
        found = _from_header(answer.retry_after.strip(), now)
        if found is not None:
            return found
    said = complaint(answer)
    return None if said is None else said.retry_after


def _from_header(value: str, now: datetime) -> float | None:
    """RFC 9110, 10.2.3: a number of seconds, or an HTTP date."""
    seconds = money(value)
    if seconds is not None:
        return float(seconds)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    aware = until.replace(tzinfo=UTC) if until.tzinfo is None else until
    return max(0.0, (aware - now).total_seconds())
