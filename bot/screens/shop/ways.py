"""Where the buttons of a price screen lead: of one country, or of any of several."""

from typing import Any

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Place, Service, Sort
from bot.domain.drafts import mark_of
from bot.domain.price_window import Window
from bot.domain.sequels import coded
from bot.facts.shop import PriceFacts, SoldOut
from bot.i18n import Translator
from bot.screens import origin
from bot.screens.callbacks import Buy, ToCountries, ToOffers, ToPrice
from bot.screens.callbacks_of_drafts import BuyAny, ToPriceOfAny
from bot.screens.screen import button


def to(facts: PriceFacts | SoldOut, window: Window | None, via: str) -> ToPrice | ToPriceOfAny:
    low, high = (None, None) if window is None else (window.low, window.high)
    plan = coded(facts.plan) if isinstance(facts, PriceFacts) else None
    if facts.countries:
        return ToPriceOfAny(service=facts.service.id, low=low, high=high, via=via, plan=plan)
    return ToPrice(service=facts.service.id, country=facts.country.id, low=low, high=high, via=via, plan=plan)


def purchase(facts: PriceFacts, window: Window, via: str) -> Buy | BuyAny:
    """Of several countries it buys of these and of no others, whatever is ticked by the time of the tap."""
    same: dict[str, Any] = {"service": facts.service.id, "low": window.low, "high": window.high}
    same |= {"nonce": facts.nonce, "via": via, "plan": coded(facts.plan)}
    if facts.countries:
        return BuyAny(ticked=mark_of([one.id for one in facts.countries]), **same)
    return Buy(country=facts.country.id, **same)


def to_offers(facts: PriceFacts, via: str, number: int) -> ToOffers:
    window = facts.window
    return ToOffers(
        service=facts.service.id, country=facts.country.id, low=window.low, high=window.high, number=number, via=via
    )


def place(facts: PriceFacts | SoldOut, here: CallbackData) -> Place:
    return Place(facts.service.id, None if facts.countries else facts.country.id, here.pack())


def elsewhere(service: Service, t: Translator) -> InlineKeyboardButton:
    leads_to = ToCountries(service=service.id, sort=Sort.USUAL, number=0, via=origin.HOME)
    return button("🌍 " + t.plain("Other countries"), leads_to, ButtonStyle.PRIMARY)


def look_again(leads_to: CallbackData, t: Translator) -> InlineKeyboardButton:
    return button("🔄 " + t.plain("Look again"), leads_to)
