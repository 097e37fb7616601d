"""What notices about watches say, as their JSON column has it: texts. Never raises, as `details.py`."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.domain.watches import CameBack, OfWatches, Pair, WatchOver

CAME, OVER, GIVEN_UP = "came back", "watch over", "watch given up"
WORDS = frozenset({CAME, OVER, GIVEN_UP})
_NAMES = ("service", "country", "country_code", "country_label")
"""Of a pair; the last two may be missing."""


def written(detail: OfWatches) -> dict[str, str]:
    pair = detail.pair
    told = {name: value for name in _NAMES if (value := getattr(pair, name)) is not None}
    told |= {"service_id": str(pair.service_id), "country_id": str(pair.country_id), "currency": detail.currency}
    if detail.high is not None:
        told["high"] = str(detail.high)
    if isinstance(detail, WatchOver):
        return {"what": OVER if detail.sold else GIVEN_UP, **told}
    stock = {} if detail.stock is None else {"stock": str(detail.stock)}
    seen = {"price": str(detail.price), "seen": str(int(detail.seen_at.timestamp())), **stock}
    return {"what": CAME, **told, **seen, **({"silent": "yes"} if detail.silent else {})}


def read(stored: Mapping[str, str]) -> OfWatches | None:
    """None for what can't be read."""
    try:
        pair = _pair(stored)
        high, currency = _whole(stored, "high"), stored["currency"]
        if stored["what"] != CAME:
            return WatchOver(pair, high, currency, sold=stored["what"] == OVER)
        seen_at, price = datetime.fromtimestamp(int(stored["seen"]), UTC), int(stored["price"])
        return CameBack(pair, high, price, _whole(stored, "stock"), seen_at, currency, "silent" in stored)
    except (KeyError, ValueError, OverflowError, OSError):
        return None


def _pair(stored: Mapping[str, str]) -> Pair:
    return Pair(
        int(stored["service_id"]),
        stored["service"],
        int(stored["country_id"]),
        stored["country"],
        stored.get("country_code"),
        stored.get("country_label"),
    )


def _whole(stored: Mapping[str, str], name: str) -> int | None:
    return int(stored[name]) if name in stored else None
