"""The ends of incidents as messages: what is over, after how long, and whose deed it was."""

from collections.abc import Callable

from bot.domain.alerts import AlertKind, Over
from bot.i18n import Html, Translator
from bot.screens.naming import plainly
from bot.screens.navigation import menu
from bot.screens.screen import Screen, lines, rows


def ended(kind: AlertKind, over: Over, t: Translator) -> Screen:
    """To those who were told of its beginning, or would have been. Nothing is left to do."""
    # NOTE: the heading of a message that an alert is over
    return Screen(lines(t("✅ <b>Over</b>"), _what(kind, over, t), _lasted(kind, over, t)), rows([menu(t)]))


def _what(kind: AlertKind, over: Over, t: Translator) -> Html:
    if kind in _PAUSES:
        named = t("People can buy again: {name} resumed it.", name=plainly(over.by)) if over.by else None
        return named or t("People can buy again.")
    if kind is AlertKind.SILENCE:
        return t("Telegram could not be reached for {time}. What came meanwhile is told now.", time=_span(over, t))
    text = _TEXTS.get(kind)
    return t("What the alert was about is over.") if text is None else text(t)


def _lasted(kind: AlertKind, over: Over, t: Translator) -> Html | None:
    if kind is AlertKind.SILENCE:
        return None
    # NOTE: {time} is a span, such as "12 minutes"
    return t("It lasted {time}.", time=_span(over, t))


def _span(over: Over, t: Translator) -> str:
    return t.wait(over.seconds)


_PAUSES = frozenset(
    {
        AlertKind.PAUSED_BY_ADMIN,
        AlertKind.PAUSED_BY_UNKNOWNS,
        AlertKind.PAUSED_BY_BOOKS,
        AlertKind.PAUSED_BY_GUARD,
    }
)
_TEXTS: dict[AlertKind, Callable[[Translator], Html]] = {
    AlertKind.UNCONFIRMED: lambda t: t("No purchase is unconfirmed any more."),
    AlertKind.EMPTY: lambda t: t("HidSim's balance does not keep people from buying any more."),
    AlertKind.SIGN_IN: lambda t: t("HidSim takes the sign-in again."),
    AlertKind.APART: lambda t: t("HidSim's balance and the books agree again."),
    AlertKind.LOW_BALANCE: lambda t: t("HidSim's balance is high enough again."),
    AlertKind.SHORT_BALANCE: lambda t: t("HidSim's balance lasts long enough again."),
    AlertKind.UNREACHABLE: lambda t: t("HidSim answers again."),
    AlertKind.SLOW_CODES: lambda t: t("Codes are read in time again."),
    AlertKind.LATE_PUSHES: lambda t: t("Messages go out in time again."),
    AlertKind.CONFLICT: lambda t: t("The bot has its token to itself again."),
}
