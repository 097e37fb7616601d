"""What went wrong, along one axis: was the request done?

```
HidSimError
├── NotSent              it was not done, and may be asked again
├── Rejected             HidSim read it and refused it
│   ├── InvalidRequest   400  business rule, invalid request, not valid in this state
│   ├── SignInRefused    401, 403 after the one renewal, or the sign-in itself refused
│   │   └── CredentialsRefused   the sign-in, by HidSim and not by a server in between
│   ├── NotFound         404
│   ├── NoMatch          406  no product matched a service-based order
│   ├── TooEarly         425  commonly close
│   └── TooManyRequests  429
└── OutcomeUnknown       it may have been done: a purchase is never sent again
    └── AnotherOperation the answer speaks of another operation than the one asked about
```

Their texts may be logged and shown to an admin: HidSim's own words appear only when short, without control
characters, and with everything that could be a number or a code masked.
"""

import re

LONGEST_MESSAGE = 200
_DIGIT_RUN = re.compile(r"\d(?:[ \-]?\d){3,}")
_CODE = re.compile(r"[A-Za-z0-9_.\-]{1,64}")


def printable(text: str) -> str:
    """`text` on one line, without control, format or surrogate characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def masked(text: str) -> str:
    """HidSim's words made fit for a log: nothing when they are long, and four digits or more become `****`."""
    if len(text) > LONGEST_MESSAGE:
        return ""
    return _DIGIT_RUN.sub("****", printable(text))


class HidSimError(Exception):
    """Anything that this library raises on purpose."""


class NotSent(HidSimError):
    """It was not done: no byte of it left, or its token was refused and signing in again got no answer.

    `lasting` says that trying again within seconds is no use.
    """

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


class OutcomeUnknown(HidSimError):
    """It may or may not have been done: cut, timed out, 5xx, a redirect, or an answer that can't be read.

    `status` is HTTP's, when there was one. `lasting` says that asking again would bring the same.
    """

    def __init__(self, reason: str, *, status: int | None = None, lasting: bool = False) -> None:
        super().__init__(reason)
        self.status = status
        self.lasting = lasting


class AnotherOperation(OutcomeUnknown):
    """The answer speaks of an operation that we did not ask about: its number and codes are somebody else's."""

    def __init__(self) -> None:
        super().__init__("an answer about another operation", lasting=True)


class Rejected(HidSimError):
    """HidSim refused it, so it was not done.

    `retry_after` is in seconds, exactly as HidSim said it (it may be absurd), or None. `code` is the structured one.
    """

    def __init__(
        self, status: int, message: str = "", code: str | None = None, retry_after: float | None = None
    ) -> None:
        self.status = status
        self.message = masked(message)
        self.code = masked(code) if code and _CODE.fullmatch(code) else None
        self.retry_after = retry_after
        super().__init__(status, self.message, self.code, retry_after)

    def __str__(self) -> str:
        return " ".join(part for part in (str(self.status), self.code, self.message) if part)


class InvalidRequest(Rejected):
    """400: a business rule, an invalid request, or an action that is not valid in the operation's state."""


class SignInRefused(Rejected):
    """Our credentials are refused, or this account may not do this."""


class CredentialsRefused(SignInRefused):
    """The sign-in itself, in HidSim's own words or with 401: nothing but other credentials helps."""


class NotFound(Rejected):
    """404. Of an operation that we know this is never a reason for a refund of our own."""


class NoMatch(Rejected):
    """406: no product matched the countries and the price window."""


class TooEarly(Rejected):
    """425: the action will be allowed later, commonly close."""


class TooManyRequests(Rejected):
    """429, or our own pace is paused by one: nothing was sent then. `retry_after` names the wait in seconds."""


REJECTIONS: dict[int, type[Rejected]] = {
    400: InvalidRequest,
    401: SignInRefused,
    403: SignInRefused,
    404: NotFound,
    406: NoMatch,
    425: TooEarly,
    429: TooManyRequests,
}
