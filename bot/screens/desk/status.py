"""How the bot is doing, in words: the figures of the health page."""

from datetime import datetime, timedelta

from bot.domain.refusals import Reason
from bot.facts.status import Asking, LastAnswers, StatusFacts, TelegramTrouble, Vitals
from bot.i18n import Html, Translator
from bot.screens.callbacks_of_admins import ToAdmin, ToBuying, ToStatus
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows

_MEGABYTE = 1_000_000


def status(facts: StatusFacts, t: Translator) -> Screen:
    return Screen(
        lines(
            t("🩺 <b>Status</b>"),
            t("⏸ Buying is paused.") if facts.paused else t("▶️ People may buy."),
            _incidents(facts, t),
            "",
            *_codes(facts.asking, t),
            "",
            *_hidsim(facts.hidsim, facts.asking, t),
            "",
            *([] if facts.vitals is None else _telegram(facts.vitals, facts.at, t)),
            _outbox(facts, t),
            _unreached(facts, t),
            "",
            *_program(facts, t),
        ),
        rows(
            [button("🔄 " + t.plain("Refresh"), ToStatus()), button("⏯ " + t.plain("Buying"), ToBuying())],
            [back(t, ToAdmin()), menu(t)],
        ),
    )


def _incidents(facts: StatusFacts, t: Translator) -> Html:
    if not facts.incidents:
        return t("No alert is open.")
    return t.n("⚠️ {n} alert is open.", "⚠️ {n} alerts are open.", facts.incidents)


def _codes(asking: Asking, t: Translator) -> list[Html]:
    delay = t("No code came since the start.")
    if asking.delay is not None:
        # NOTE: between its arrival at HidSim and our reading it
        delay = t("Codes waited {seconds} s until they were read.", seconds=tenths(asking.delay))
    if not asking.orders:
        return [delay, t("No order is asked about.")]
    followed = t.n("{n} order is asked about", "{n} orders are asked about", asking.orders)
    # NOTE: {orders}: "12 orders are asked about"
    longest = t(
        "{orders}, the longest unasked for {seconds} s.", orders=followed, seconds=tenths(asking.longest_unasked)
    )
    return [delay, longest]


def _hidsim(answers: LastAnswers, asking: Asking, t: Translator) -> list[Html | None]:
    never = t("HidSim has not answered yet.")
    return [
        never
        if answers.answered_at is None
        else t("HidSim answered {when}.", when=t.time(answers.answered_at, "relative")),
        _hidsim_failed(answers, t),
        t(
            "{rate} requests a second to HidSim, {waiting} in line.",
            rate=tenths(asking.rate),
            waiting=t.number(asking.queue),
        ),
        t("HidSim is asked nothing for {seconds} s.", seconds=tenths(asking.paused)) if asking.paused > 0 else None,
    ]


def _hidsim_failed(answers: LastAnswers, t: Translator) -> Html | None:
    if answers.failed_at is None:
        return None
    when = t.time(answers.failed_at, "relative")
    match answers.failure:
        case Reason.HIDSIM_BUSY:
            return t("Last failure {when}: HidSim was busy (429).", when=when)
        case Reason.HIDSIM_SIGN_IN:
            return t("Last failure {when}: HidSim refused the sign-in.", when=when)
        case _:
            return t("Last failure {when}: HidSim did not answer.", when=when)


def _telegram(vitals: Vitals, now: datetime, t: Translator) -> list[Html | None]:
    hearing, failed = vitals.hearing, None
    if hearing.trouble is not None and hearing.trouble_ago is not None:
        when = t.time(now - timedelta(seconds=hearing.trouble_ago), "relative")
        failed = t("Last failure {when}: {trouble}.", when=when, trouble=_trouble(hearing.trouble, t))
    return [
        t("Telegram answered {when}.", when=t.time(now - timedelta(seconds=hearing.silent), "relative")),
        failed,
    ]


def _trouble(trouble: TelegramTrouble, t: Translator) -> Html:
    """Behind "Last failure 5 minutes ago: "."""
    said = {
        TelegramTrouble.WAITS: t("Telegram asked to wait"),
        TelegramTrouble.CONFLICT: t("another program uses this bot's token"),
        TelegramTrouble.ITS_OWN: t("Telegram had trouble of its own"),
        TelegramTrouble.NETWORK: t("Telegram could not be reached"),
        TelegramTrouble.REFUSED: t("Telegram refused the call"),
        TelegramTrouble.UNREADABLE: t("Telegram's answer could not be read"),
    }
    return said[trouble]


def _outbox(facts: StatusFacts, t: Translator) -> Html:
    if facts.oldest is None:
        return t("No message waits to be sent.")
    when = t.time(facts.oldest, "relative")
    return t.n(
        "{n} message waits, since {when}.", "{n} messages wait, the oldest since {when}.", facts.waiting, when=when
    )


def _unreached(facts: StatusFacts, t: Translator) -> Html | None:
    """They are late by nobody's fault."""
    if not facts.unreached:
        return None
    return t.n(
        "{n} message waits for somebody who blocks the bot or never wrote to it.",
        "{n} messages wait for people who block the bot or never wrote to it.",
        facts.unreached,
    )


def _program(facts: StatusFacts, t: Translator) -> list[Html | None]:
    versions, vitals = facts.versions, facts.vitals
    failed = 0 if vitals is None else vitals.hearing.failed_updates
    return [
        t.n("{n} purchase under way.", "{n} purchases under way.", facts.purchases),
        t(
            "Updates that failed: {failed}, unreadable: {unreadable}.",
            failed=t.number(failed),
            unreadable=t.number(facts.unreadable),
        ),
        None if vitals is None else _lag(vitals, t),
        # NOTE: {n} copies of the bot work on one database
        t.n(
            "{n} process, up for {time}.",
            "{n} processes, this one up for {time}.",
            facts.processes,
            time=t.wait(round(facts.uptime.total_seconds())),
        ),
        _disk(facts, t),
        t(
            "Bot {bot}, Python {python}, {database}, tables {schema}.",
            bot=versions.bot,
            python=versions.python,
            database=versions.database,
            schema=versions.schema,
        ),
    ]


def _lag(vitals: Vitals, t: Translator) -> Html:
    # NOTE: by how much the program is late with what it has to do
    return t(
        "Loop lag of the last minute: {mean} ms, at most {worst} ms.",
        mean=tenths(vitals.lag_mean * 1000),
        worst=tenths(vitals.lag_worst * 1000),
    )


def _disk(facts: StatusFacts, t: Translator) -> Html | None:
    if facts.size is None or facts.free is None:
        return None
    return t(
        "Database: {size} MB, {free} MB free beside it.",
        size=t.number(-(-facts.size // _MEGABYTE)),
        free=t.number(facts.free // _MEGABYTE),
    )


def tenths(value: float) -> str:
    return f"{value:.1f}"
