"""The gallery's part about links to services and pairs."""

from collections.abc import Iterator

from bot.domain.access import AccessMode
from bot.domain.catalog import Favorite
from bot.domain.price_window import Window
from bot.domain.shared_links import SharedLink
from bot.facts.pages import Page
from bot.facts.shop import FavoritePage, SharedFacts
from bot.i18n import Translator
from bot.screens.callbacks_of_sharing import ToShare
from bot.screens.gallery_facts import BRAZIL, TELEGRAM
from bot.screens.screen import Screen
from bot.screens.shop import favorites, sharing


def links(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    window, bot = Window(100_000, 250_000), "example_numbers_bot"
    here = ToShare(service=1, country=1, low=window.low, high=window.high, via="h", everywhere=False)
    pair = SharedFacts(SharedLink(1, 1, window), TELEGRAM, BRAZIL, "USD")
    yield "share", sharing.share(pair, bot, here, AccessMode.CLOSED, t)
    alone, everywhere = SharedFacts(SharedLink(1), TELEGRAM, None, "USD"), here.model_copy(update={"everywhere": True})
    yield "share, a service", sharing.share(alone, bot, everywhere, AccessMode.OPEN, t)
    yield "share, from Favorites", sharing.share(pair, bot, here.model_copy(update={"via": "g0"}), AccessMode.OPEN, t)
    yield "a link that leads nowhere", sharing.unreadable(t)
    saved = (Favorite(1, TELEGRAM, BRAZIL, window.low, window.high),)
    yield "favorites, sharing", favorites.to_share(FavoritePage(saved, Page(0, 2), "USD"), t)
