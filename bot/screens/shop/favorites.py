"""Favorites: one tap to the prefilled price screen."""

from aiogram.enums import ButtonStyle
from aiogram.types import InlineKeyboardButton

from bot.domain.catalog import Favorite
from bot.domain.price_window import Window
from bot.facts.shop import FavoritePage, PriceFacts
from bot.i18n import Html, Translator
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
from bot.screens.callbacks_of_sharing import ToShare, ToSharing
from bot.screens.navigation import arrows, back, menu
from bot.screens.pairs import ROOM, pair_label
from bot.screens.screen import Screen, button, lines, rows
from bot.screens.shop.watches import to_watches


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
            _modes(facts, removing=removing, t=t) if facts.favorites else [],
            [to_watches(t) if not removing else None],
            [button("📱 " + t.plain("Buy a number"), ToServices(), ButtonStyle.PRIMARY) if not removing else None],
            [back(t, ToHome()), menu(t)],
        ),
        toast=toast,
    )


def to_share(facts: FavoritePage, t: Translator) -> Screen:
    """The same list, of which a tap makes a link."""
    return Screen(
        lines(t("<b>Favorites</b>"), t("Tap one to share it.")),
        rows(
            *([_shares(one, facts, t)] for one in facts.favorites),
            arrows(facts.page, lambda at: ToSharing(number=at)),
            [back(t, ToFavorites(number=facts.page.number)), menu(t)],
        ),
    )


def _shares(favorite: Favorite, facts: FavoritePage, t: Translator) -> InlineKeyboardButton:
    via = origin.sharing(facts.page.number)
    window = Window(favorite.low, favorite.high)
    leads_to = _to_share(favorite.service.id, favorite.country.id, window, via)
    return button("🔗 " + pair_label(favorite, facts.currency, t, ROOM - 3), leads_to)


def share_button(facts: PriceFacts, via: str, t: Translator) -> InlineKeyboardButton:
    """Stands on the price screen, to which `via` belongs."""
    # NOTE: makes a link that can be sent to others
    return button("🔗 " + t.plain("Share"), _to_share(facts.service.id, facts.country.id, facts.window, via))


def _to_share(service_id: int, country_id: int, window: Window, via: str) -> ToShare:
    return ToShare(service=service_id, country=country_id, low=window.low, high=window.high, via=via, everywhere=False)


def _how(facts: FavoritePage, *, removing: bool, t: Translator) -> Html:
    if not facts.favorites:
        return t("Nothing saved yet. “Save” on a price or on an order puts it here.")
    return t("Tap one to remove it.") if removing else t("Tap one to buy it again at your price.")


def _modes(facts: FavoritePage, *, removing: bool, t: Translator) -> list[InlineKeyboardButton]:
    number = facts.page.number
    if removing:
        return [button("✅ " + t.plain("Done"), ToFavorites(number=number))]
    shares = button("🔗 " + t.plain("Share"), ToSharing(number=number))
    return [button("🗑 " + t.plain("Remove"), ToRemoving(number=number)), shares]


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
    return button(pair_label(favorite, facts.currency, t), leads_to)


def _removes(favorite: Favorite, facts: FavoritePage, t: Translator) -> InlineKeyboardButton:
    leads_to = Unsave(favorite=favorite.id, number=facts.page.number)
    return button("🗑 " + pair_label(favorite, facts.currency, t, ROOM - 3), leads_to)


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
