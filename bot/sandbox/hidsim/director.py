"""The one who decides what happens. Nothing here is part of the partner's contract."""

from collections.abc import Sequence
from dataclasses import asdict, is_dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.sandbox.hidsim.backend import Backend
from bot.sandbox.hidsim.catalog import Country, Service
from bot.sandbox.hidsim.faults import Fault
from bot.sandbox.hidsim.operation import Operation
from bot.sandbox.hidsim.stories import story


class Director:
    """Raises LookupError for what does not exist and ValueError for what makes no sense."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def set_default_story(self, name: str, **overrides: Any) -> None:
        """For every coming purchase that finds no queued story."""
        self._backend.script.default = story(name, **overrides)

    def queue_story(self, name: str, **overrides: Any) -> None:
        """For one coming purchase, behind those already queued."""
        self._backend.script.queue.append(story(name, **overrides))

    def code_now(self, operation_id: str | None = None, text: str | None = None) -> dict[str, Any]:
        """The SMS comes now. On a completed operation the text waits for the next refetch, or one waits for it."""
        operation = self._operation(operation_id)
        if operation.state == "completed":
            operation.one_more(text or "{service}: one more code, {code}.", self._backend.clock.now())
        else:
            self._still_open(operation)
            self._backend.book.complete(operation, None if text is None else (text,))
        return _shown(operation)

    def number_now(self, operation_id: str | None = None) -> dict[str, Any]:
        operation = self._still_open(self._operation(operation_id))
        operation.assign_number(self._backend.clock.now())
        return _shown(operation)

    def no_number_now(self, operation_id: str | None = None) -> dict[str, Any]:
        operation = self._still_open(self._operation(operation_id))
        self._backend.book.refund(operation, "no_number_refunded")
        return _shown(operation)

    def refund_now(self, operation_id: str | None = None) -> dict[str, Any]:
        operation = self._still_open(self._operation(operation_id))
        self._backend.book.refund(operation, "system_refunded")
        return _shown(operation)

    def too_early(self, seconds: float) -> None:
        """Close is refused: for open operations from now, for coming ones from their purchase. 0 ends it for all."""
        if not 0 <= seconds < 1e9:
            raise ValueError("seconds must be 0 or more")
        self._backend.book.refuse_closing(float(seconds))

    def set_balance(self, amount: Decimal | int | str) -> None:
        self._backend.book.settle()
        self._backend.account.set_balance(_amount(amount))

    def show_balance(self, decimals: int | None) -> None:
        """The balance is told rounded (half up) to so many decimals, and kept exact; None tells all of it."""
        if decimals is not None and not 0 <= decimals <= 12:
            raise ValueError("decimals must be between 0 and 12")
        self._backend.account.shown_decimals = decimals

    def move_prices(self, service: str | int, country: str | int, factor: Decimal | float | str) -> None:
        """Multiplies every price of the pair; they keep four decimals and stay above 0."""
        by = _amount(factor)
        if by <= 0:
            raise ValueError("factor must be greater than 0")
        self._backend.market.move_prices(*self._pair(service, country), by)

    def set_prices(self, service: str | int, country: str | int, prices: Sequence[Decimal | int | str]) -> None:
        """The pair has these offers and no others, at these prices to the last digit; they may be 0."""
        amounts = [_amount(price) for price in prices]
        if any(amount < 0 for amount in amounts):
            raise ValueError("a price is 0 or more")
        self._backend.market.set_prices(*self._pair(service, country), amounts)

    def sell_out(self, service: str | int, country: str | int) -> None:
        self._backend.market.sell_out(*self._pair(service, country))

    def restock(self, service: str | int, country: str | int) -> None:
        """Ends `sell_out`; also where the pair never had an offer."""
        self._backend.market.restock(*self._pair(service, country))

    def down(self, on: bool) -> None:
        """Cuts what is open and everything that comes, until it is switched off. Work begun goes on unseen."""
        self._backend.connections.down = _flag(on)
        if on:
            self._backend.connections.cut_all()

    def revoke_tokens(self) -> None:
        self._backend.tokens.revoke_all()

    def refuse_login(self, on: bool) -> None:
        """Only /auth/login; tokens already issued go on working and can be renewed."""
        self._backend.login_refused = _flag(on)

    def set_rate_limit(self, n: int | None, retry_after: float | None = 1, shape: str = "sliding second") -> None:
        """Requests a second of the clock; None = no limit, 0 = all are refused. `retry_after` None sends none.

        `shape`: how they are counted, one of `limits.SHAPES`; a sliding minute takes sixty times as many a minute.
        """
        self._backend.limit.set(n, None if retry_after is None else float(retry_after), shape)

    def fault(self, path_contains: str, **details: Any) -> Fault:
        """Details are `Fault`'s fields. Returns the fault, whose `hits` can be watched."""
        if "hits" in details:
            raise ValueError("hits are counted, not given")
        for seconds in ("delay", "drip"):
            if details.get(seconds) is not None:
                details[seconds] = float(details[seconds])
        for name in ("headers", "merge", "drop", "states"):
            if details.get(name) is None:
                details.pop(name, None)
        return self._backend.faults.add(Fault(path_contains, **details))

    def clear_faults(self) -> None:
        self._backend.faults.clear()

    def state(self) -> dict[str, Any]:
        """Everything at a glance, ready for JSON: money is text, times are ISO 8601."""
        backend = self._backend
        backend.book.settle()
        account = backend.account
        return {
            "now": backend.clock.now().isoformat(),
            "dialect": type(backend.dialect).__name__.lower(),
            "speed": backend.clock.speed,
            "default_story": backend.script.default.name,
            "queued_stories": [one.name for one in backend.script.queue],
            "balance": str(account.balance),
            "opening": str(account.opening),
            "spent": str(account.spent),
            "refunded": str(account.refunded),
            "adjusted": str(account.adjusted),
            "down": backend.connections.down,
            "login_refused": backend.login_refused,
            "rate_limit": backend.limit.per_second,
            "faults": [
                {"path_contains": one.path_contains, "times": one.times, "hits": one.hits} for one in backend.faults
            ],
            "operations": self.operations(),
        }

    def operations(self) -> list[dict[str, Any]]:
        """Every operation, as it is now, in the order of purchase."""
        self._backend.book.settle()
        return [_shown(operation) for operation in self._backend.book]

    def record(self) -> dict[str, Any]:
        """The record, ready for JSON."""
        record = self._backend.record
        counted = record.by_path_and_status().items()
        counts = [{"method": key[0], "path": key[1], "status": key[2], "count": count} for key, count in counted]
        return {**_plain(record), "by_path_and_status": counts}

    def _operation(self, operation_id: str | int | None) -> Operation:
        book = self._backend.book
        found = book.latest_open() if operation_id is None else book.find(str(operation_id))
        if found is None:
            raise LookupError("no operation is open" if operation_id is None else f"no such operation: {operation_id}")
        return found

    def _still_open(self, operation: Operation) -> Operation:
        if operation.terminal:
            raise ValueError(f"the operation has ended: {operation.state}")
        return operation

    def _pair(self, service: str | int, country: str | int) -> tuple[Service, Country]:
        catalog = self._backend.catalog
        return catalog.find_service(str(service)), catalog.find_country(str(country))


def _amount(given: Decimal | float | str) -> Decimal:
    try:
        amount = Decimal(str(given))
    except InvalidOperation:
        raise ValueError("not an amount") from None
    if not amount.is_finite():
        raise ValueError("not an amount")
    return amount


def _flag(given: bool) -> bool:
    if not isinstance(given, bool):
        raise ValueError("on must be true or false")  # noqa: TRY004  (the director speaks of values, not types)
    return given


def _shown(operation: Operation) -> dict[str, Any]:
    facts = {
        "id": operation.object_id,
        "short_id": operation.short_id,
        "story": operation.story.name,
        "state": operation.state,
        "service": operation.offer.service.name,
        "country": operation.offer.country.code,
        "price": operation.price,
        "number": operation.number,
        "code": operation.code,
        "texts": [sms.text for sms in operation.messages],
        "created_at": operation.created_at,
        "updated_at": operation.updated_at,
        "expires_at": operation.expires_at,
        "no_close_before": operation.no_close_before,
    }
    return {key: _plain(value) for key, value in facts.items()}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {key: _plain(item) for key, item in asdict(value).items()}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
