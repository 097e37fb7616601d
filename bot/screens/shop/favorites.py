"""Favorites: one tap to the prefilled price screen."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Favorite
from bot.domain.price_window import Window
from bot.facts.shop import FavoritePage
from bot.i18n import Html, Translator, clean
from bot.screens import origin
from bot.screens.callbacks import (
    Forget,
    Save,
    SaveBack,
    ToFavorites,
    ToHome,
    ToPrice,
    ToRemoving,
    ToServices,
    Unsave,
)
from bot.screens.flags import flagged
from bot.screens.navigation import arrows, back, menu
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.shop.watches import to_watches

_LABEL = 34
"""Characters of a label that fit into a row of a phone."""
_SHORTEST_NAME = 8


def favorites(facts: FavoritePage, t: Translator, *, removing: bool = False, toast: str | None = None) -> Screen:
    """The list; `removing`: a tap on one takes it out."""
    return Screen(
        lines(
            t("<b>Favorites</b>"),
            _removed(facts.removed, t) if facts.removed else None,
            _how(facts, removing=removing, t=t),
        ),
        rows(
            *([_removes(one, facts, t) if removing else _opens(one, facts, t)] for one in facts.favorites),
            arrows(facts.page, lambda at: ToRemoving(number=at) if removing else ToFavorites(number=at)),
            [_undo(facts.removed, facts.page.number, t) if facts.removed else None],
            [
                _mode(facts, removing=removing, t=t) if facts.favorites else None,
                to_watches(t) if not removing else None,
            ],
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY) if not removing else None],
            [back(t, ToHome()), menu(t)],
        ),
        toast=toast,
    )


def _how(facts: FavoritePage, *, removing: bool, t: Translator) -> Html:
    if not facts.favorites:
        return t("Nothing saved yet. “Save” on a price or on an order puts it here.")
    return t("Tap one to remove it.") if removing else t("Tap one to buy it again at your price.")


def _mode(facts: FavoritePage, *, removing: bool, t: Translator) -> InlineKeyboardButton:
    if removing:
        return button("✅ " + t.plain("Done"), ToFavorites(number=facts.page.number))
    return button("🗑 " + t.plain("Remove"), ToRemoving(number=facts.page.number))


def _removed(favorite: Favorite, t: Translator) -> Html:
    country = favorite.country
    return t(
        "Removed: {service} · {country}.",
        service=favorite.service.name,
        country=t.country(country.code, country.name, country.label),
    )


def _undo(favorite: Favorite, number: int, t: Translator) -> InlineKeyboardButton:
    leads_to = SaveBack(
        service=favorite.service.id, country=favorite.country.id, low=favorite.low, high=favorite.high, number=number
    )
    return button("↩️ " + t.plain("Undo"), leads_to)


def _opens(favorite: Favorite, facts: FavoritePage, t: Translator) -> InlineKeyboardButton:
    leads_to = ToPrice(
        service=favorite.service.id,
        country=favorite.country.id,
        low=favorite.low,
        high=favorite.high,
        via=origin.favorites(facts.page.number),
    )
    return button(_label(favorite, facts, _LABEL, t), leads_to)


def _removes(favorite: Favorite, facts: FavoritePage, t: Translator) -> InlineKeyboardButton:
    leads_to = Unsave(favorite=favorite.id, number=facts.page.number)
    return button("🗑 " + _label(favorite, facts, _LABEL - 3, t), leads_to)


def _label(favorite: Favorite, facts: FavoritePage, room: int, t: Translator) -> str:
    country = flagged(favorite.country.code, favorite.country.label)
    price = t.price(favorite.high, facts.currency)
    # NOTE: a service, the flag of a country, and the most that one wants to pay there
    rest = t.plain("{service} {country} · up to {price}", service="", country=country, price=price)
    name = clean(favorite.service.name, max(_SHORTEST_NAME, room - len(rest)))
    return t.plain("{service} {country} · up to {price}", service=name, country=country, price=price)


def save_button(
    pair: tuple[int, int],
    window: Window,
    t: Translator,
    *,
    saved: bool = False,
    via: str | None = None,
    plan: int | None = None,
) -> InlineKeyboardButton:
    """Stands on the price screen, where `via` and `plan` bring that back, and on orders, which stay as they are (None).

    `pair`: ids of the service and the country.
    """
    given = {"service": pair[0], "country": pair[1], "low": window.low, "high": window.high, "plan": plan}
    if saved and via is not None:
        return button("⭐ " + t.plain("Saved"), Forget(**given, via=via))
    return button("☆ " + t.plain("Save"), Save(**given, via=via))


def saved(t: Translator) -> Screen:
    """Only a toast: the screen that was saved stays."""
    return Screen(lines(), toast=saved_toast(t), stays=True)


def saved_toast(t: Translator) -> str:
    return t.plain("Saved to Favorites.")


def forgotten_toast(t: Translator) -> str:
    return t.plain("Removed from Favorites. Tap Save to get it back.")
