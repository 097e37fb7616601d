"""What helps while an SMS is late: one quiet sentence."""

from bot.domain.orders import OrderCard, OrderState
from bot.i18n import Translator, clean
from bot.screens.navigation import menu
from bot.screens.screen import Screen, rows


def sms_late(card: OrderCard, t: Translator) -> Screen | None:
    """None once there is an SMS, or an end."""
    order = card.order
    if order.state is not OrderState.PENDING or order.close_wanted or card.sms:
        return None
    said = t(
        "⏳ No SMS yet. Look in WhatsApp and in the {service} app, where some codes arrive, "
        "or ask {service} to send the code again.",
        service=clean(order.service_name, 40),
    )
    return Screen(said, rows([menu(t)]))
