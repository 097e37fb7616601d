"""Favorites: one tap to the prefilled price screen, removed in place."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Favorite, FavoritePage
from bot.domain.price_window import Window
from bot.i18n import Translator, clean
from bot.screens import origin
from bot.screens.callbacks import Save, ToFavorites, ToHome, ToPrice, ToServices, Unsave
from bot.screens.flags import flagged
from bot.screens.navigation import arrows, back
from bot.screens.screen import Screen, button, lines, rows

_NAME_LIMIT = 18


def favorites(facts: FavoritePage, t: Translator) -> Screen:
    some = lines(
        t("<b>Favorites</b>"),
        t("A tap opens the price, with your window in it. 🗑 removes."),
        t("Page {number}/{pages}", number=facts.page.number + 1, pages=facts.page.pages),
    )
    none = lines(t("<b>Favorites</b>"), t("Nothing saved yet. “Save” on a price or on an order puts it here."))
    return Screen(
        some if facts.favorites else none,
        rows(
            *(_row(f, facts, t) for f in facts.favorites),
            arrows(facts.page, lambda number: ToFavorites(number=number)),
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY), back(t, ToHome())],
        ),
    )


def _row(favorite: Favorite, facts: FavoritePage, t: Translator) -> list[InlineKeyboardButton]:
    name = clean(favorite.service.name, _NAME_LIMIT)
    label = (
        f"{name} {flagged(favorite.country.code, favorite.country.label)} ≤ {t.money(favorite.high, facts.currency)}"
    )
    leads_to = ToPrice(
        service=favorite.service.id,
        country=favorite.country.id,
        low=favorite.low,
        high=favorite.high,
        via=origin.favorites(facts.page.number),
    )
    return [button(label, leads_to), button("🗑", Unsave(favorite=favorite.id, number=facts.page.number))]


def save_button(service_id: int, country_id: int, window: Window, t: Translator) -> InlineKeyboardButton:
    """Stands on the price screen and on orders."""
    leads_to = Save(service=service_id, country=country_id, low=window.low, high=window.high)
    return button("⭐ " + t.plain("Save"), leads_to)


def saved(t: Translator) -> Screen:
    """Only a toast: the screen that was saved stays."""
    return Screen(lines(), toast=t.plain("Saved. It stands under Favorites."), stays=True)
