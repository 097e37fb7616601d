"""The daily digest: its message, and the hour at which it comes."""

from datetime import UTC, datetime, time, timedelta

from bot.domain.details import DailyDigest
from bot.domain.figures import Tally
from bot.facts.figures import DigestFacts
from bot.i18n import Html, Translator
from bot.screens.callbacks_of_admins import SetDigest, ToAdmin, ToDigest, ToStats
from bot.screens.desk.stats import outcome_lines, tally_lines
from bot.screens.money.balance import lasts
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, grid, lines, rows


def told(digest: DailyDigest, t: Translator) -> Screen:
    """A message of its own, once a day. The day is one of UTC, so no client may show it in its own zone."""
    day = t.day(datetime.combine(digest.day, time(), UTC))
    return Screen(
        lines(
            t("🗞 <b>Orders of {day}</b> (UTC)", day=day),
            "",
            *_orders(digest, t),
            *_beside(digest, t),
        ),
        rows(
            [button("📊 " + t.plain("Stats"), ToStats(days=7)), button("🗞 " + t.plain("Daily digest"), ToDigest())],
            [menu(t)],
        ),
    )


def _orders(digest: DailyDigest, t: Translator) -> list[Html]:
    median = None if digest.median is None else timedelta(seconds=digest.median)
    tally = Tally(digest.counts, digest.spent, median)
    if not tally.orders:
        return [t("No orders.")]
    return [*outcome_lines(tally, t), *tally_lines(tally, digest.currency, t)]


def _beside(digest: DailyDigest, t: Translator) -> list[Html]:
    """Below a blank line, what there is to say besides orders."""
    told = []
    if digest.newcomers:
        told.append(t.n("{n} new person.", "{n} new people.", digest.newcomers))
    if digest.incidents:
        told.append(t.n("⚠️ {n} alert is open.", "⚠️ {n} alerts are open.", digest.incidents))
    if digest.balance is not None:
        told.append(t("HidSim balance: <b>{amount}</b>", amount=t.money(digest.balance, digest.currency)))
    if digest.lasts is not None:
        told.append(lasts(timedelta(seconds=digest.lasts), t))
    return [Html(), *told] if told else []


def hours(facts: DigestFacts, t: Translator) -> Screen:
    """One tap chooses the hour. Buttons name it by UTC, the text in the reader's own zone too."""
    label = "{:02}:00".format
    choices = [
        button(f"✓ {label(hour)}" if hour == facts.hour else label(hour), SetDigest(hour=hour)) for hour in range(24)
    ]
    off = t.plain("Off")
    never = button(f"✓ {off}" if facts.hour is None else off, SetDigest(hour=None))
    return Screen(
        lines(
            t("🗞 <b>Daily digest</b>"),
            t("Yesterday's orders in one message a day, to every admin."),
            _when(facts, t),
        ),
        rows(*grid(choices, 3), [never, back(t, ToAdmin()), menu(t)]),
    )


def _when(facts: DigestFacts, t: Translator) -> Html:
    if facts.hour is None:
        return t("It is off. Tap an hour (UTC) to get it.")
    # NOTE: {own}: the same hour in the reader's own time zone
    return t("It comes at {hour} UTC: {own} for you.", hour=f"{facts.hour:02}:00", own=t.time(facts.at))
