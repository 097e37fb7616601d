"""The gallery's part about what people wait for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.domain.watches import LASTS, CameBack, Pair, Watch, WatchOver
from bot.facts.pages import Page
from bot.facts.shop import Watched, WatchPage
from bot.i18n import Translator
from bot.screens.callbacks import ToHome
from bot.screens.gallery_facts import NOW
from bot.screens.screen import Screen
from bot.screens.shop import watches
from bot.screens.telling import watches as telling

_PAIR = Pair(1, "Telegram", 1, "Brazil", "BR")
_HOSTILE = Pair(2, "Tom & Jerry's <b>Bar</b>", 2, "Somewhere <i>new</i>")
_ANY = Watch(1, _PAIR, None, NOW + LASTS)
_UNDER = Watch(2, _HOSTILE, 305_000, NOW + LASTS)
_CAME = CameBack(_PAIR, None, 100_000, 1_320, NOW - timedelta(minutes=2), "USD")


def of_watches(t: Translator) -> Iterator[tuple[str, Screen]]:
    """(name, screen), in reading order."""
    yield "watch: begun", watches.begun(Watched(_ANY, "USD", quiet=False), ToHome(), t)
    yield "watch: begun, at a price", watches.begun(Watched(_UNDER, "USD", quiet=True), ToHome(), t)
    page = WatchPage((_ANY, _UNDER), Page(0, 3), "USD")
    yield "watches", watches.watches(page, t)
    yield "watches, one stopped", watches.watches(replace(page, stopped=_ANY), t)
    yield "watches, none", watches.watches(WatchPage((), Page(0, 1), "USD"), t)
    yield "push: available", telling.told(_CAME, t)
    yield "push: available, at a price", telling.told(replace(_CAME, pair=_HOSTILE, high=305_000, stock=None), t)
    over = WatchOver(_PAIR, None, "USD")
    yield "push: watch over", telling.told(over, t)
    yield "push: watch over, at a price", telling.told(replace(over, pair=_HOSTILE, high=305_000), t)
    yield "push: watched no more, not sold", telling.told(replace(over, sold=False), t)
