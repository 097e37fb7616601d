"""What helps while an SMS is late: one quiet sentence."""

from bot.domain.orders import OrderCard, OrderState
from bot.i18n import Html, Translator, clean
from bot.screens.navigation import menu
from bot.screens.screen import Screen, rows

_WHATSAPP = "whatsapp"


def sms_late(card: OrderCard, t: Translator) -> Screen | None:
    """None once there is an SMS, or an end."""
    order = card.order
    if order.state is not OrderState.PENDING or order.close_wanted or card.sms:
        return None
    return Screen(_advice(clean(order.service_name, 40), t), rows([menu(t)]))


def _advice(service: str, t: Translator) -> Html:
    if _WHATSAPP in service.casefold():  # its own code never comes into it
        return t("⏳ No SMS yet. Ask {service} to send the code again.", service=service)
    return t(
        "⏳ No SMS yet. Look in WhatsApp and in the {service} app, where some codes arrive, "
        "or ask {service} to send the code again.",
        service=service,
    )
