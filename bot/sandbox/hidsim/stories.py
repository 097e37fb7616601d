"""What will become of an operation, as a script. Times are seconds from the purchase, before `speed` divides them."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Story:
    """None for a time means never. `{code}` and `{service}` in a text are filled in.

    Without a number (`number_after=None`) there is no code either: after `no_number_after` it ends in
    `no_number_refunded`.
    """

    name: str
    number_after: float | None = 0.7
    code_after: float | None = 6.0
    no_number_after: float = 3.0
    expires_after: float = 1200.0
    system_refund_after: float | None = None
    early: float = 0.0
    retry_after: bool = True
    code_while_closing: bool = False
    texts: tuple[str, ...] = ("{service} code: {code}. Do not share it with anyone.",)
    second_texts: tuple[str, ...] = ()
    code: str | None = None
    code_in_field: bool = True
    sender: str | None = None
    extra_state: str | None = None
    extra_state_after: float = 0.2

    def __post_init__(self) -> None:
        if not self.texts:
            raise ValueError("a story needs at least one text")


_HOSTILE = (
    "<b>Bold</b> & <a href='https://example.org'>link</a> &lt;i&gt; \u202egnihtyreve\u202c \u2067עברית\u2069 "
    "🔐👩\u200d👩\u200d👧 _*`code`*_ — {code} is your {service} code"
)
_LONG = "{service}: {code}. " + "Terms and conditions apply, see the enclosed leaflet. " * 100

_ALL = (
    Story("code"),
    Story("quick", number_after=0.05, code_after=0.3, extra_state_after=0.02),
    Story("never", code_after=None),
    Story("no_number", number_after=None),
    Story("system_refund", code_after=None, system_refund_after=4.0),
    Story("too_early", code_after=None, early=8.0),
    Story("code_while_closing", code_after=None, code_while_closing=True),
    Story("second_sms", second_texts=("{service}: your second code is {code}.",)),
    Story("unknown_state", extra_state="verifying"),
    Story("html_sms", texts=(_HOSTILE,)),
    Story("long_sms", texts=(_LONG,)),
    Story("code_only_in_text", code_in_field=False),
)
STORIES: Mapping[str, Story] = {one.name: one for one in _ALL}


def story(name: str, /, **overrides: Any) -> Story:
    """A named story with some fields changed. Raises ValueError for an unknown name, field or type."""
    if name not in STORIES:
        raise ValueError(f"no such story: {name}; there are {', '.join(STORIES)}")
    unknown = set(overrides) - ({field.name for field in fields(Story)} - {"name"})
    if unknown:
        raise ValueError(f"a story has no {', '.join(sorted(unknown))}")
    for texts in ("texts", "second_texts"):
        if texts in overrides:
            overrides[texts] = _texts(overrides[texts])
    for key, value in overrides.items():
        if (key.endswith("_after") and key != "retry_after") or key == "early":
            overrides[key] = _seconds(key, value)
    return replace(STORIES[name], **overrides)


def _texts(given: Any) -> tuple[str, ...]:
    texts = (given,) if isinstance(given, str) else tuple(given)
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("texts must be text")
    return texts


def _seconds(key: str, given: Any) -> float | None:
    """JSON from another process may bring numbers as Decimal."""
    if given is None and key in {"number_after", "code_after", "system_refund_after"}:
        return None
    if given is None:
        raise ValueError(f"{key} must be seconds")
    seconds = float(given)
    if not 0 <= seconds < 1e9:
        raise ValueError(f"{key} must be seconds, 0 or more")
    return seconds


class Script:
    """Which story the next purchase gets: what was queued, in order, then the default."""

    def __init__(self) -> None:
        self.default = STORIES["code"]
        self.queue: deque[Story] = deque()

    def next(self) -> Story:
        return self.queue.popleft() if self.queue else self.default
