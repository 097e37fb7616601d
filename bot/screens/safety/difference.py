"""A difference between our books and HidSim's balance."""

from bot.i18n import Translator
from bot.screens.asking import confirm_or_cancel
from bot.screens.callbacks_of_admins import BookDifference, ToAdmin, ToBalance
from bot.screens.navigation import back, menu
from bot.screens.screen import Screen, rows


def difference(amount: int | None, currency: str, t: Translator) -> Screen:
    """Books that HidSim's balance is apart from; None: asked back first."""
    if amount is None:
        return Screen(
            t("Do you know where the difference comes from (a top-up, a fee)? Then the books take HidSim's balance."),
            confirm_or_cancel(t, BookDifference(confirmed=True), ToBalance()),
        )
    return Screen(
        t("📒 Booked: {amount}. The books and HidSim agree.", amount=t.money(amount, currency)),
        rows([back(t, ToAdmin()), menu(t)]),
    )
