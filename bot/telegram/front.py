"""All of the shop that hears and speaks, wired around its services: dispatcher, pusher, command menus, polling."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from aiogram import Bot

from bot.i18n import Catalogs
from bot.shop import Shop
from bot.tasks import Nursery
from bot.telegram import dispatcher
from bot.telegram.commands import CommandMenus
from bot.telegram.deliver import Deliver
from bot.telegram.doorman import Doorman
from bot.telegram.entrance import Entrance
from bot.telegram.intake import Intake
from bot.telegram.outage import Outage
from bot.telegram.pacing import Limits
from bot.telegram.polling import Polling
from bot.telegram.push import Pusher
from bot.telegram.throttle import Throttle
from bot.telegram.voice import Voice


@dataclass(frozen=True, slots=True)
class Manners:
    """How fast we speak and listen. Seconds; `taps` a second of one person after a burst. `clock`: monotonic."""

    limits: Limits = field(default_factory=Limits)
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
        catalogs: Catalogs,
        manners: Manners,
        alarm: Callable[[str], None],
    ) -> None:
        """`alarm`: hears, in a sentence for the operator, what waiting does not mend."""
        voice = Voice(bot)
        self.bot = bot
        self.catalogs = catalogs
        self.intake = Intake()
        self.menus = CommandMenus(bot, catalogs, shop.people.admin_ids, nursery)
        self.pusher = Pusher(voice, shop.outbox, shop.lifeline, catalogs, manners.clock)
        throttle = Throttle(manners.taps, manners.taps_burst)
        doorman = Doorman(voice, nursery)
        self.dispatcher = dispatcher.build(
            self.intake,
            Entrance(voice, doorman, shop.people, shop.groups, catalogs, throttle, self.menus),
            Deliver(voice, shop.outbox, shop.lifeline, shop.people, nursery, shop.whereabouts, manners.spinner),
            **dict(shop.services()),
        )
        outage = Outage(alarm, manners.clock)
        self.polling = Polling(
            bot, self.dispatcher, nursery, shop.unreadable, catalogs, outage, manners.polling_timeout
        )
