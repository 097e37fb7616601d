"""What the client must be told. Nothing here is read from the environment."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class HidSimConfig:
    """Where HidSim is and who we are. Timeouts are seconds.

    `tap_patience` is how long a person who tapped waits for a read in all, `taps_at_once` how many do so.
    `retry_delay` is about how long after its first failure a read is asked again.
    `rate_per_second` is the most that leaves in any second; polls leave evenly, what people wait for at once.
    """

    url: str
    identifier: str
    password: str = field(repr=False)
    rate_per_second: float | int = 10
    search_param: str = "q"
    read_timeout: float = 10
    purchase_timeout: float = 60
    connect_timeout: float = 5
    retry_delay: float = 0.1
    tap_patience: float = 8
    taps_at_once: int = 200
    proxy: str | None = field(default=None, repr=False)
    """An HTTP proxy's URL, perhaps with credentials. None: directly; nothing is read from the environment."""
