"""The only wiring: opens everything in order, closes it in reverse."""

import random
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from datetime import UTC, datetime, timedelta

import structlog

from bot.db.database import Database, check_sqlite, network_is_allowed, sqlite_file
from bot.db.lock import ProcessLock
from bot.db.migrate import migrate
from bot.domain.limits import Limits
from bot.domain.money import Markup
from bot.hidsim import HidSim
from bot.i18n import Catalogs, service_aliases
from bot.jobs.clock import Clock
from bot.jobs.ticks import wind
from bot.running import App, Pace
from bot.services.ages import Ages
from bot.services.alerts import Alerts
from bot.services.bookkeeping import Bookkeeping
from bot.services.browsing import Browsing
from bot.services.buying import Buying
from bot.services.catalog import Catalog
from bot.services.checkout import Checkout
from bot.services.code_waits import CodeWaits
from bot.services.credit import Credit
from bot.services.desk import Desk
from bot.services.favorites import Favorites
from bot.services.groups import Groups
from bot.services.lifeline import Lifeline
from bot.services.office import Office
from bot.services.outbox import Outbox
from bot.services.partner import Partner
from bot.services.people import People
from bot.services.pricing import Pricing
from bot.services.processes import Processes
from bot.services.reception import Reception
from bot.services.roster import Roster
from bot.services.takeover import Takeover
from bot.services.till import Till
from bot.services.tracker import Tracker
from bot.services.unconfirmed import Terms as UnconfirmedTerms
from bot.services.unconfirmed import Unconfirmed
from bot.services.unreadable import UnreadableUpdates
from bot.services.wallet import Terms, Wallet
from bot.services.whereabouts import Whereabouts
from bot.services.writer import Writer
from bot.settings import Settings
from bot.settings.partner import hidsim_config
from bot.status import status_page
from bot.tasks import Nursery
from bot.telegram import dispatcher as telegram
from bot.telegram.commands import CommandMenus
from bot.telegram.deliver import Deliver
from bot.telegram.doorman import Doorman
from bot.telegram.entrance import Entrance
from bot.telegram.intake import Intake
from bot.telegram.outage import Outage
from bot.telegram.polling import Polling
from bot.telegram.push import Pusher
from bot.telegram.session import open_bot
from bot.telegram.throttle import Throttle
from bot.telegram.voice import Voice

_log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


def lock_of(settings: Settings) -> AbstractContextManager[ProcessLock | None]:
    """What keeps a second process away; nothing does (None) from a database that is no file."""
    file = sqlite_file(settings.database_url)
    return nullcontext() if file is None else ProcessLock(file)


@asynccontextmanager
async def open_app(
    settings: Settings,
    pace: Pace | None = None,
    now: Callable[[], datetime] = utc_now,
    lock_of: Callable[[Settings], AbstractContextManager[ProcessLock | None]] = lock_of,
) -> AsyncIterator[App]:
    """Opens the whole bot; raises DatabaseUnusable (for an operator) before anything has begun.

    `now` is what the wall clock says and may jump; the clock of `pace`, in seconds, never does.
    `lock_of`: held while the bot is open. Where it gives None, other processes may work on the same database.
    """
    pace = pace or Pace()
    rng = random.Random(secrets.randbits(64))
    async with AsyncExitStack() as stack:
        check_sqlite()
        lock = stack.enter_context(lock_of(settings))
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        await migrate(database)
        processes = Processes(database, secrets.randbits(62), now, pace.clock, alone=lock is not None)
        stack.push_async_callback(processes.end)
        hidsim = await stack.enter_async_context(
            HidSim(
                hidsim_config(settings, pace.hidsim_reads, pace.hidsim_purchases, pace.hidsim_taps),
                now=now,
                rng=rng,
                guard=network_is_allowed,
            )
        )
        nursery, purchases = Nursery(), Nursery()
        stack.push_async_callback(nursery.drain, 0)
        partner = Partner(hidsim, Markup(settings.markup_percent), settings.currency)
        account, alerts = partner.account, Alerts(settings.admin_ids)
        waits = CodeWaits()
        writer = Writer(alerts, [waits.heard])
        catalogs = Catalogs.load(now=now)
        catalogs.speak_for(settings.shop)
        catalog = Catalog(database, partner, nursery, service_aliases(), alerts, now)
        limits = Limits(settings.max_open_orders, settings.daily_spend_micros)
        wallet = Wallet(Terms(settings.billing, limits))
        lifeline, ages = Lifeline(settings.admin_ids, now), Ages(now, pace.clock)
        tracker = Tracker(database, partner, nursery, writer, alerts, lifeline, ages, waits, processes, now)
        buying = Buying(database, alerts, now)
        terms = UnconfirmedTerms(
            timedelta(minutes=settings.unconfirmed_release_minutes), settings.unknowns_before_pause
        )
        unconfirmed = Unconfirmed(database, partner, buying, writer, terms, nursery, processes, now)
        takeover = Takeover(database, processes, unconfirmed, now)
        bookkeeping = Bookkeeping(database, partner, buying, alerts, now)
        checkout = Checkout(
            database, partner, purchases, catalog, wallet, tracker, unconfirmed, buying, writer, processes, now
        )
        pricing = Pricing(database, catalog, account, wallet, buying, rng, now)
        desk = Desk(database, partner, tracker, ages, processes, now)
        roster = Roster(database, pace.clock)
        people = People(database, roster, settings.access, settings.admin_ids, random.SystemRandom(), now)
        outbox = Outbox(database, roster, processes, now)
        alarms: list[Callable[[str], None]] = []

        def alarm(why: str) -> None:
            alarms[0](why)

        bot = open_bot(
            settings.bot_token.get_secret_value(),
            settings.telegram_api_url,
            pace.limits,
            alarm,
            pace.clock,
            proxy=settings.proxy_for(settings.telegram_api_url),
        )
        stack.push_async_callback(bot.session.close)
        voice, intake = Voice(bot), Intake()
        whereabouts = Whereabouts(database, nursery, processes, pace.clock)
        menus = CommandMenus(bot, catalogs, settings.admin_ids, nursery)
        pusher = Pusher(voice, outbox, lifeline, catalogs, pace.clock)
        stack.push_async_callback(pusher.close)
        dispatcher = telegram.build(
            intake,
            Entrance(
                voice,
                Doorman(voice, nursery),
                people,
                Groups(database, now),
                catalogs,
                Throttle(pace.taps, pace.taps_burst),
                menus,
            ),
            Deliver(voice, outbox, lifeline, people, nursery, whereabouts, pace.spinner),
            people=people,
            reception=Reception(database, wallet, account, now),
            browsing=Browsing(database, catalog, now),
            catalog=catalog,
            whereabouts=whereabouts,
            account=account,
            pricing=pricing,
            checkout=checkout,
            till=Till(checkout, pricing),
            desk=desk,
            office=Office(database, partner, people, settings.access, now),
            favorites=Favorites(database, catalog, account, now),
            buying=buying,
            unconfirmed=unconfirmed,
            bookkeeping=bookkeeping,
            credit=Credit(database, wallet, account, now),
        )
        clock = Clock()
        stack.callback(clock.close)
        wind(
            clock,
            pace.tempo,
            tracker=tracker,
            pusher=pusher,
            desk=desk,
            catalog=catalog,
            unconfirmed=unconfirmed,
            bookkeeping=bookkeeping,
        )
        clock.every(pace.beat, "beat", processes.beat if lock is None else lock.breathe)
        if lock is None:
            clock.every(pace.tempo.take_over, "take over", takeover.take_over)
        unreadable = UnreadableUpdates(database, alerts, now)
        outage = Outage(alarm, pace.clock)
        polling = Polling(bot, dispatcher, nursery, unreadable, catalogs, outage, pace.polling_timeout)
        app = App(
            bot, polling, unreadable, clock, database, catalog, partner, checkout, unconfirmed, processes, takeover,
            tracker, outbox, pusher, intake, dispatcher, nursery, purchases, catalogs, menus, pace, now,
        )  # fmt: skip
        alarms.append(app.alarm)
        await stack.enter_async_context(status_page(settings.status_listen, app.figures))
        yield app
