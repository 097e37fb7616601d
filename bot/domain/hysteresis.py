"""When a figure that is looked at again and again makes an incident, and when it ends one, so that nothing flaps."""


class Hysteresis:
    """Of one figure. Seconds, by whatever monotonic clock the caller has."""

    def __init__(self, begins_after: float, ends_after: float) -> None:
        """For how long it has to be bad without a break until it is an incident, and good until that is over."""
        self._begins_after = begins_after
        self._ends_after = ends_after
        self._bad_since: float | None = None
        self._good_since: float | None = None

    def says(self, now: float, *, bad: bool, good: bool) -> bool | None:
        """True: an incident goes on. False: none does. None: neither is sure; what was so stays so.

        Between the bounds a figure is neither bad nor good, and both counts begin anew.
        """
        self._bad_since = (now if self._bad_since is None else self._bad_since) if bad else None
        self._good_since = (now if self._good_since is None else self._good_since) if good else None
        if self._bad_since is not None and now - self._bad_since >= self._begins_after:
            return True
        if self._good_since is not None and now - self._good_since >= self._ends_after:
            return False
        return None

    def unknown(self) -> None:
        """The figure could not be read: nothing is counted over the gap."""
        self._bad_since = self._good_since = None
