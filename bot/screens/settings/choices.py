"""What a setting can be: one tap chooses, and what is chosen has a ✓."""

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.preferences import A_DAY
from bot.domain.price_window import Preset
from bot.facts.people import SettingsFacts
from bot.i18n import Translator
from bot.screens.callbacks import ToSettings
from bot.screens.callbacks_of_settings import (
    ChooseLanguage,
    HideCodes,
    QuietFromNow,
    SetQuietHours,
    ToQuietHours,
    UsualPrice,
)
from bot.screens.navigation import back, menu
from bot.screens.screen import Row, Screen, button, grid, lines, rows
from bot.screens.settings.overview import quiet_hours

HIDE_AFTER = (1, 5, 15, 60)
_STEP = 60


def languages(chosen: str | None, own_names: dict[str, str], t: Translator) -> Screen:
    """`own_names`: each language by its tag, in its own words, so that nobody is lost in a foreign one."""
    found = [_choice(name, ChooseLanguage(language=tag), chosen=tag == chosen) for tag, name in own_names.items()]
    # NOTE: the bot speaks the language that the person's Telegram app is set to
    telegrams = _choice(t.plain("As in Telegram"), ChooseLanguage(language=None), chosen=chosen is None)
    return Screen(
        lines(t("🌐 <b>Language</b>"), t("All messages from now on come in the one you choose.")),
        rows(*grid(found, 2), [telegrams], [back(t, ToSettings()), menu(t)]),
    )


def hiding(facts: SettingsFacts, t: Translator) -> Screen:
    after = facts.preferences.hide_codes_after
    times = [_choice(t.wait(60 * one), HideCodes(after=one), chosen=one == after) for one in HIDE_AFTER]
    return Screen(
        lines(
            t("🙈 <b>Hide codes</b>"),
            t("After this time a code and its SMS are covered in this chat. A tap shows them again."),
        ),
        rows(
            *grid(times, 2),
            # NOTE: codes are never hidden
            [_choice(t.plain("Never"), HideCodes(after=None), chosen=after is None)],
            [back(t, ToSettings()), menu(t)],
        ),
    )


def usual_price(facts: SettingsFacts, t: Translator) -> Screen:
    labels = {
        Preset.CHEAPEST: t.plain("Cheapest"),
        Preset.MEDIAN: t.plain("Median"),
        Preset.ANY: t.plain("Any price"),
    }
    chosen = facts.preferences.window
    return Screen(
        lines(
            t("💵 <b>Usual price</b>"),
            t(
                "The maximum you see first for a service in a country where you haven't bought it yet. "
                "After that, your last choice there is kept."
            ),
        ),
        rows(
            *([_choice(label, UsualPrice(window=one), chosen=one is chosen)] for one, label in labels.items()),
            [back(t, ToSettings()), menu(t)],
        ),
    )


def resting(facts: SettingsFacts, t: Translator) -> Screen:
    """Quiet hours. Telegram tells no zone: the client shows the times in its own, and the steppers move them."""
    about = t("News that can wait comes without a sound then. Codes always ring.")
    if facts.quiet is None:
        # NOTE: switches quiet hours on; they can be moved afterwards
        on = button("🌙 " + t.plain("From now, for 8 hours"), QuietFromNow(), ButtonStyle.PRIMARY)
        return Screen(lines(quiet_hours(facts, t), about), rows([on], [back(t, ToSettings()), menu(t)]))
    begins, ends = facts.quiet.minutes
    return Screen(
        lines(quiet_hours(facts, t), about, t("Move each end by an hour with − and +.")),
        rows(
            # NOTE: the beginning of the quiet hours, between − and +
            _stepper(t.plain("From"), _moved(begins - _STEP, ends), _moved(begins + _STEP, ends)),
            # NOTE: the end of the quiet hours, between − and +
            _stepper(t.plain("Until"), _moved(begins, ends - _STEP), _moved(begins, ends + _STEP)),
            [button("🔔 " + t.plain("No quiet hours"), SetQuietHours(begins=None, ends=None))],
            [back(t, ToSettings()), menu(t)],
        ),
    )


def _stepper(label: str, earlier: CallbackData, later: CallbackData) -> Row:
    return [button("➖", earlier), button(label, ToQuietHours()), button("➕", later)]


def _moved(begins: int, ends: int) -> CallbackData:
    """Ends that would meet stay: nobody means a day without a sound."""
    begins, ends = begins % A_DAY, ends % A_DAY
    return ToQuietHours() if begins == ends else SetQuietHours(begins=begins, ends=ends)


def _choice(label: str, leads_to: CallbackData, *, chosen: bool) -> InlineKeyboardButton:
    return button(("✓ " if chosen else "") + label, leads_to, ButtonStyle.PRIMARY if chosen else None)
