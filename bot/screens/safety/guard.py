"""How the whole account does at HidSim, for admins."""

from bot.domain.guarding import FEWEST, Bounds, Guarding, GuardLevel
from bot.i18n import Html, Translator
from bot.screens.callbacks_of_admins import ToBuying
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, lines, rows


def guard(facts: Guarding, t: Translator) -> Screen:
    """Both shares with their bounds, of how many orders, and what the guard does about it."""
    sample, bounds = facts.sample, facts.thresholds
    counted = t.n(
        "Of the last {n} number that ended (in 24 hours, and bought since buying was last resumed):",
        "Of the last {n} numbers that ended (in 24 hours, and bought since buying was last resumed):",
        sample.ended,
    )
    few = t("Too few to judge by: the guard starts at {fewest}.", fewest=t.number(FEWEST))
    return Screen(
        lines(
            t("🛡 <b>Account guard</b>"),
            _level(facts, t),
            "",
            counted,
            t("📩 <b>{share}</b> got a code", share=t.percent(sample.success)) if sample.ended else None,
            _below(bounds.success, t),
            t("↩️ <b>{share}</b> were closed before a code came", share=t.percent(sample.closes))
            if sample.ended
            else None,
            _above(bounds.closes, t),
            few if sample.ended < FEWEST else None,
        ),
        rows([back(t, ToBuying()), menu(t)]),
    )


def _level(facts: Guarding, t: Translator) -> Html:
    match facts.level:
        case GuardLevel.CALM:
            return t("✅ All is well: the guard slows nobody down.")
        case GuardLevel.WARNING:
            return t("⚠️ The account is at risk. The guard slows nobody down yet.")
        case GuardLevel.SLOW:
            # NOTE: {wait} is a span, such as 20 seconds
            return t("🐢 Slowed down: everybody together can buy one number every {wait}.", wait=t.wait(facts.every))
        case GuardLevel.PAUSED:
            return t(
                "⏸ The guard paused buying. When you know why, let people buy again under Buying; the guard then "
                "counts anew."
            )


def _below(bounds: Bounds | None, t: Translator) -> Html:
    if bounds is None:
        return t("This share is not guarded (GUARD_SUCCESS_PERCENT is off).")
    return t("Warns below {warn}, slows down below {slow}, pauses below {pause}.", **_shown(bounds, t))


def _above(bounds: Bounds | None, t: Translator) -> Html:
    if bounds is None:
        return t("This share is not guarded (GUARD_CLOSES_PERCENT is off).")
    return t("Warns above {warn}, slows down above {slow}, pauses above {pause}.", **_shown(bounds, t))


def _shown(bounds: Bounds, t: Translator) -> dict[str, str]:
    return {"warn": t.percent(bounds.warn), "slow": t.percent(bounds.slow), "pause": t.percent(bounds.pause)}
