"""What a request to HidSim comes to when it brings no answer. The axis is "was it done?".

```
Refusal
└── NotDone                  it was not done, or was only a question
    ├── NotFound             HidSim knows nothing under this id; never a reason for a refund of our own
    ├── NotAllowed           the operation's state or a rule of HidSim's does not allow it
    ├── Stranger             a question was answered about another operation
    └── CredentialsRefused   the sign-in was refused: nothing but other credentials helps
Lost                         it may have been done: it is never sent again
TooEarly                     closing will be allowed later
```

Their texts may be logged: no number, no code and no password is in them.
"""

from bot.domain.refusals import Reason, Refusal


class NotDone(Refusal):
    """Surely not done. `why` for a log; `words` HidSim's own, hostile and perhaps empty; `status` HTTP's, if any."""

    def __init__(
        self, reason: Reason, why: str, *, words: str = "", status: int | None = None, wait: int | None = None
    ) -> None:
        said = words if reason is Reason.HIDSIM_REFUSED else None
        super().__init__(reason, wait=wait, said=said)
        self.why = why
        self.words = words
        self.status = status


class NotFound(NotDone):
    pass


class NotAllowed(NotDone):
    pass


class Stranger(NotDone):
    pass


class CredentialsRefused(NotDone):
    pass


class Lost(Exception):
    """Nobody knows whether it was done. `strange`: the answer spoke of another operation."""

    def __init__(self, why: str, *, strange: bool = False) -> None:
        super().__init__(why)
        self.strange = strange


class TooEarly(Exception):
    """`wait` in seconds, exactly as HidSim said it (it may be absurd); None when it named none."""

    def __init__(self, wait: float | None) -> None:
        super().__init__("too early to close")
        self.wait = wait
