"""Moments and spans. A moment is a <tg-time> entity: the client shows it in its own zone and language."""

from datetime import UTC, datetime, timedelta
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_datetime, format_skeleton, format_time
from babel.units import format_unit
from markupsafe import escape

from bot.i18n.text import Html

Kind = Literal["time", "date", "datetime", "relative"]

_FORMATS: dict[Kind, str] = {"time": "t", "date": "D", "datetime": "Dt", "relative": "r"}
"""Telegram's format letters, `r|w?[dD]?[tT]?`: t short and T long time, d short and D long date, w weekday."""

_FIRST = datetime(2013, 1, 1, tzinfo=UTC)
"""Older than Telegram: no moment, but a clock that was never set."""
_AHEAD = timedelta(days=1000)
"""Telegram refuses a message with a date more than about 1,098 days ahead of its own clock."""

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))
_AND = {"ar": " و", "fa": " و "}
"""What stands between two units where a blank is not enough."""
_SHORT_DAYS = {"pt": "d MMM", "vi": "d/M", "zh": "M/d"}
"""How a list says a day where Babel's "15 de jan.", "15 thg 1", "1月15日" take the room of what happened on it."""


def format_moment(at: datetime, kind: Kind, locale: Locale, now: datetime) -> Html:
    """`at` (UTC; a naive one is taken for UTC) for the client to show. Old clients show the text inside, in UTC.

    A moment that Telegram would refuse is that text alone.
    """
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    text = escape(_fallback(at, kind, locale))
    if not at >= _FIRST or at - now > _AHEAD:
        return text
    unix = int(at.timestamp())
    return Html('<tg-time unix="{}" format="{}">{}</tg-time>').format(unix, _FORMATS[kind], text)


def _fallback(at: datetime, kind: Kind, locale: Locale) -> str:
    if kind == "date":
        return str(format_date(at, "medium", locale=locale))
    if kind == "time":
        return f"{format_time(at, 'short', tzinfo=UTC, locale=locale)} UTC"
    return f"{format_datetime(at, 'medium', tzinfo=UTC, locale=locale)} UTC"


def format_day(at: datetime, locale: Locale) -> str:
    """ "Jan 15", by UTC: for labels, in which no client shows a time of its own."""
    if pattern := _SHORT_DAYS.get(locale.language):
        return str(format_date(at, pattern, locale=locale))
    return str(format_skeleton("MMMd", at, locale=locale))


def format_span(seconds: int, locale: Locale, length: Literal["long", "short"] = "long") -> str:
    """A span in its two largest units, in whole words: "45 seconds", "1 hour 5 minutes"; nothing below zero.

    Short: "45 sec", "1 hr 5 min".
    """
    rest, parts = max(0, seconds), list[str]()
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count or (unit == "second" and not parts):
            parts.append(format_unit(count, unit, length=_length(count, unit, locale, length), locale=locale))
        elif parts:
            break
    return _AND.get(locale.language, " ").join(parts[:2])


_Length = Literal["long", "short"]


def _length(count: int, unit: str, locale: Locale, wanted: _Length) -> _Length:
    """Where long words are the short ones, Babel has the short ones alone, and says the others in English."""
    words = locale._data["unit_patterns"].get(f"duration-{unit}", {}).get(wanted, {})
    return wanted if locale.plural_form(count) in words else "short"
