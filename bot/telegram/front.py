"""All of the shop that hears and speaks, wired around its services: dispatcher, pusher, command menus, polling."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aiogram import Bot, Dispatcher

from bot.i18n import Languages
from bot.shop import Shop
from bot.tasks import Nursery
from bot.telegram import dispatcher
from bot.telegram.admission import Admission
from bot.telegram.commands import CommandMenus
from bot.telegram.deliver import Deliver
from bot.telegram.doorman import Doorman
from bot.telegram.exporting import Exporter
from bot.telegram.hiding import Hiding
from bot.telegram.intake import Intake
from bot.telegram.left_links import LeftLinks
from bot.telegram.messenger import Messenger
from bot.telegram.outage import Outage
from bot.telegram.polling import Polling
from bot.telegram.profile import Profile
from bot.telegram.push import Pusher
from bot.telegram.send_pacing import SendLimits
from bot.telegram.strangers import Strangers
from bot.telegram.throttle import Throttle


@dataclass(frozen=True, slots=True)
class Manners:
    """How fast we speak and listen. Seconds; `taps` a second of one person after a burst. `clock`: monotonic."""

    limits: SendLimits = field(default_factory=SendLimits)
    taps: float = 5
    taps_burst: int = 15
    polling_timeout: int = 30
    spinner: float = 0.7
    clock: Callable[[], float] = time.monotonic


class Front:
    """Starts nothing. `polling` is one source of updates; whatever is another gives them to `dispatcher` too."""

    def __init__(
        self,
        bot: Bot,
        shop: Shop,
        nursery: Nursery,
        languages: Languages,
        manners: Manners,
        alarm: Callable[[str], None],
    ) -> None:
        """`alarm`: hears, in a sentence for the operator, what waiting does not mend."""
        messenger = Messenger(bot)
        self.bot, self.languages = bot, languages
        self.intake = Intake()
        self.menus = CommandMenus(bot, languages, shop.people, shop.told_to_telegram, nursery)
        self.profile = Profile(bot, languages, shop.told_to_telegram)
        shop.people.when_role_turns(self.menus.turned)
        shop.people.when_erased(self.menus.forgotten)
        self.pusher, self.hiding = _speakers(messenger, shop, languages, manners.clock)
        self.exporter = Exporter(messenger, shop.exports, shop.people, nursery, manners.clock)
        self.left_links = LeftLinks()
        self.dispatcher = self._dispatcher(messenger, shop, nursery, manners)
        outage = Outage(alarm, manners.clock)
        shop.telegram_watch.follow(outage)
        wait = manners.polling_timeout
        self.polling = Polling(bot, self.dispatcher, nursery, shop.unreadable, languages, outage, wait)

    def _dispatcher(self, messenger: Messenger, shop: Shop, nursery: Nursery, manners: Manners) -> Dispatcher:
        throttle = Throttle(manners.taps, manners.taps_burst)
        return dispatcher.build(
            self.intake,
            self._admission(messenger, Doorman(messenger, nursery), shop, throttle),
            Deliver(messenger, shop.outbox, shop.unsaved, shop.people, nursery, shop.whereabouts, manners.spinner),
            inline=shop.suggestions.on,
            **dict(shop.services()),
            languages=self.languages,
            exporter=self.exporter,
            menus=self.menus,
            left_links=self.left_links,
        )

    def _admission(self, messenger: Messenger, doorman: Doorman, shop: Shop, throttle: Throttle) -> Admission:
        strangers = Strangers(doorman, shop.people, shop.entry, shop.invitations, self.left_links)
        return Admission(messenger, doorman, strangers, shop.people, shop.groups, self.languages, throttle, self.menus)

    async def introduce(self) -> None:
        """Once Telegram is reached: all that it shows beside the chats. Nobody waits for it."""
        await self.menus.publish()
        await self.profile.publish()


def _speakers(
    messenger: Messenger, shop: Shop, languages: Languages, clock: Callable[[], float]
) -> tuple[Pusher, Hiding]:
    """Who speaks without being asked."""
    pusher = Pusher(messenger, shop.outbox, shop.unsaved, languages, shop.ringing, clock)
    return pusher, Hiding(messenger, shop.hidden_codes, shop.outbox.cards, languages, clock)
