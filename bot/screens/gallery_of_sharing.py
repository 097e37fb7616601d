"""The gallery's part about links to services and pairs."""

from collections.abc import Iterator

from bot.domain.access import AccessMode
from bot.domain.catalog import Favorite
from bot.domain.price_window import Window
from bot.domain.shared_links import SharedLink
from bot.facts.pages import Page
from bot.facts.shop import FavoritePage, SharedFacts
from bot.i18n import Translator
from bot.screens.gallery_facts import BRAZIL, TELEGRAM
from bot.screens.screen import Screen
from bot.screens.shop import favorites, sharing


def links(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    window = Window(100_000, 250_000)
    pair = SharedFacts(SharedLink(1, 1, window), TELEGRAM, BRAZIL, "USD")
    yield "share, a maximum", sharing.share(pair, "example_numbers_bot", "h", AccessMode.CLOSED, t)
    without = SharedFacts(SharedLink(1, 1), TELEGRAM, BRAZIL, "USD")
    yield "share, a pair", sharing.share(without, "example_numbers_bot", "h", AccessMode.OPEN, t)
    alone = SharedFacts(SharedLink(1), TELEGRAM, None, "USD")
    yield "share, a service", sharing.share(alone, "example_numbers_bot", "g0", AccessMode.OPEN, t)
    yield "a link that leads nowhere", sharing.unreadable(t)
    saved = (Favorite(1, TELEGRAM, BRAZIL, window.low, window.high),)
    yield "favorites, sharing", favorites.to_share(FavoritePage(saved, Page(0, 2), "USD"), t)
