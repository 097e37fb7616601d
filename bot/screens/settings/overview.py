"""The settings: what is set, and the way to each of them."""

from aiogram.types import InlineKeyboardButton

from bot.domain.price_window import Preset
from bot.facts.people import SettingsFacts
from bot.i18n import Html, Translator
from bot.screens.callbacks import ToForget, ToHome
from bot.screens.callbacks_of_settings import QuietNumbers, ToHiding, ToLanguages, ToQuietHours, ToUsualPrice
from bot.screens.callbacks_of_watches import ToWatches
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, button, lines, rows


def settings(facts: SettingsFacts, retention_days: int, t: Translator) -> Screen:
    return Screen(
        lines(
            t("<b>Settings</b>"),
            "",
            _language(facts, t),
            _usual_price(facts.preferences.window, t),
            _numbers(t, quiet=facts.preferences.quiet_numbers),
            _codes(facts.preferences.hide_codes_after, t),
            quiet_hours(facts, t),
            "",
            _kept_for(retention_days, t),
        ),
        _ways(facts, t),
    )


def _ways(facts: SettingsFacts, t: Translator) -> tuple[tuple[InlineKeyboardButton, ...], ...]:
    return rows(
        [
            button("🌐 " + t.plain("Language"), ToLanguages()),
            # NOTE: leads to the choice of the price that is preset for a service and country never bought before
            button("💵 " + t.plain("Usual price"), ToUsualPrice()),
        ],
        [
            _turn_numbers(t, quiet=not facts.preferences.quiet_numbers),
            button("🙈 " + t.plain("Hide codes"), ToHiding()),
        ],
        [
            button("🌙 " + t.plain("Quiet hours"), ToQuietHours()),
            button("🔔 " + t.plain("Watches"), ToWatches()),
        ],
        [button("🗑 " + t.plain("Delete my data"), ToForget())],
        [back(t, ToHome()), menu(t)],
    )


def _turn_numbers(t: Translator, *, quiet: bool) -> InlineKeyboardButton:
    if quiet:
        # NOTE: from then on the message with a number makes no sound
        return button("🔕 " + t.plain("Quiet numbers"), QuietNumbers(quiet=True))
    # NOTE: from then on the message with a number makes a sound
    return button("🔔 " + t.plain("Loud numbers"), QuietNumbers(quiet=False))


def _language(facts: SettingsFacts, t: Translator) -> Html:
    if facts.person.chosen_language is None:
        return t("🌐 Language: <b>{language}</b>, as in Telegram", language=t.own_name)
    return t("🌐 Language: <b>{language}</b>", language=t.own_name)


def _usual_price(window: Preset, t: Translator) -> Html:
    match window:
        case Preset.CHEAPEST:
            return t("💵 Your first maximum in a country: <b>the cheapest price</b>")
        case Preset.MEDIAN:
            return t("💵 Your first maximum in a country: <b>the median price</b>")
        case Preset.ANY:
            return t("💵 Your first maximum in a country: <b>any price</b>")


def _numbers(t: Translator, *, quiet: bool) -> Html:
    if quiet:
        return t("🔕 A new number comes <b>without a sound</b>. Codes always ring.")
    return t("🔔 A new number comes <b>with a sound</b>.")


def _codes(after: int | None, t: Translator) -> Html:
    if after is None:
        return t("🙈 Codes <b>stay readable</b> in this chat.")
    return t.n(
        "🙈 Codes are hidden in this chat <b>after {n} minute</b>.",
        "🙈 Codes are hidden in this chat <b>after {n} minutes</b>.",
        after,
    )


def quiet_hours(facts: SettingsFacts, t: Translator) -> Html:
    """The client shows both ends in its own zone, which nobody tells us."""
    if facts.quiet is None:
        return t("🌙 Quiet hours: <b>none</b>")
    begins, ends = (t.time(at, "time") for at in (facts.quiet.begins, facts.quiet.ends))
    return t("🌙 Quiet hours: <b>{begins} to {ends}</b>, every day", begins=begins, ends=ends)


def _kept_for(days: int, t: Translator) -> Html:
    return t.n(
        "The number and the SMS of an order are deleted {n} day after it has ended.",
        "The number and the SMS of an order are deleted {n} days after it has ended.",
        days,
    )
