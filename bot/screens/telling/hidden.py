"""A message that brought a code, once its person wants to see it no more; and what a tap on Show brings back."""

from dataclasses import replace

from bot.domain.orders import OrderCard, Sms
from bot.i18n import Translator
from bot.screens.callbacks import ShowCode
from bot.screens.orders import words
from bot.screens.orders.cards import order_card
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.telling.pushes import another_sms, code


def hidden(card: OrderCard, sms: Sms, t: Translator) -> Screen:
    """In place of an SMS."""
    show = button("👁 " + t.plain("Show"), ShowCode(order=card.order.id, sms=sms.id))
    return Screen(
        lines(words.title(card.order, t), t("The code is hidden. Tap “Show” to see it again.")),
        rows([show], [another_sms(card, sms, t)]),
    )


def shown(card: OrderCard, sms_id: int | None, via: str | None, t: Translator) -> Screen:
    """What the message of the tap showed before: an SMS, or a whole card that was opened from a list."""
    sms = next((one for one in card.sms if one.id == sms_id), None)
    if via is not None or sms is None:
        return order_card(card, t, via=via)
    if sms.erased:
        return Screen(lines(words.title(card.order, t), words.erased(card, t)), over=True)
    return replace(code(card, sms, t), over=True)
