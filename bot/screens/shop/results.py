"""What numbers of a pair have brought lately, in a sentence and on a button."""

from datetime import timedelta

from bot.domain.results import Result
from bot.i18n import Html, Translator


def sentence(result: Result | None, t: Translator) -> Html | None:
    """None where too few people tell."""
    if result is None:
        return None
    given = {"codes": t.number(result.codes), "n": t.number(result.ended)}
    if result.median is None:
        # NOTE: of the last {n} numbers for this service in this country; at least 8, at most 30
        return t("📩 {codes} of the last {n} got a code", **given)
    # NOTE: as above; {time} is the median time from the number to its code: "41 sec"
    return t("📩 {codes} of the last {n} got a code, median {time}", **given, time=_span(result.median, t))


def share(result: Result | None, t: Translator) -> list[str]:
    return [] if result is None else [t.percent(result.percent)]


def share_and_median(result: Result, t: Translator) -> list[str]:
    return [*share(result, t), *([] if result.median is None else [_span(result.median, t)])]


def _span(median: timedelta, t: Translator) -> str:
    return t.span(round(median.total_seconds()))
