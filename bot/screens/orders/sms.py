"""An SMS on a screen: the code to tap, the whole text in a quote that opens."""

from collections.abc import Sequence

from bot.domain.orders import Sms
from bot.domain.sms import clip
from bot.i18n import Html, Translator, clean
from bot.screens.screen import lines

_WHOLE = 3000
"""Characters of an SMS in its own push; Telegram allows 4096 with everything else."""
_IN_CARD = 600
_CODE_IN_CARD = 64
_AROUND_IN_CARD = 40
"""Characters of the words around an SMS."""
_ROOM_IN_CARD = 3_520
"""Characters of all SMS together."""
_MOST_IN_CARD = 25


def quoted(text: str, limit: int) -> Html | None:
    """Somebody else's text: cleaned, clipped, escaped, in an expandable quote."""
    shown = clip(clean(text), limit).strip()
    return Html("<blockquote expandable>{}</blockquote>").format(shown) if shown else None


def code_of(sms: Sms) -> str | None:
    """The code as it is read and copied; None also when nothing of it can be seen, such as direction marks alone."""
    code = clean(sms.code or "").replace("\n", " ").strip()
    return code if any(character.isalnum() for character in code) else None


def code_line(sms: Sms, t: Translator, limit: int) -> Html | None:
    shown = code_of(sms)
    if shown is None:
        return None
    code = Html("<code>{}</code>").format(clip(shown, limit))
    if sms.guessed:
        return t("🔑 {code} — our guess from the text; check it below", code=code)
    return t("🔑 {code}", code=code)


def sms_text(sms: Sms, t: Translator) -> Html:
    """Who sent it, and the text."""
    sender = t("From {sender}", sender=clean(sms.sender, 64)) if sms.sender else None
    return lines(sender, quoted(sms.text, _WHOLE))


def sms_lines(found: Sequence[Sms], t: Translator) -> list[Html | None]:
    """The SMS of an order, newest first, as many as fit into one message, and each clipped so that some do.

    Of those that are erased there is nothing to show.
    """
    found = [sms for sms in found if not sms.erased]
    shown = _fitting(list(reversed(found))[:_MOST_IN_CARD])
    parts: list[Html | None] = []
    for sms in shown:
        if sms.hidden:
            parts += [Html(""), t("The SMS is hidden. Tap “Show” to see it again.")]
            continue
        parts += [Html(""), code_line(sms, t, _CODE_IN_CARD), quoted(sms.text, _IN_CARD)]
    left = len(found) - len(shown)
    if left:
        parts.append(t.n("{n} older SMS", "{n} older SMS", left))
    return parts


def _fitting(found: Sequence[Sms]) -> Sequence[Sms]:
    """The first of them, as many as there is room for."""
    room = _ROOM_IN_CARD
    for place, sms in enumerate(found):
        room -= min(len(sms.text), _IN_CARD) + _CODE_IN_CARD + _AROUND_IN_CARD
        if room < 0:
            return found[:place]
    return found
