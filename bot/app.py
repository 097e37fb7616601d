"""The only wiring: opens everything in order, closes it in reverse."""

import asyncio
import random
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import structlog
from aiogram import Bot, Dispatcher
from aiogram.exceptions import TelegramAPIError

from bot.db.database import Database, DatabaseFault, check_sqlite, sqlite_file
from bot.db.lock import ProcessLock
from bot.db.migrate import migrate
from bot.domain.money import Markup
from bot.hidsim import HidSim, HidSimConfig
from bot.i18n import Catalogs, service_aliases
from bot.jobs.clock import Clock
from bot.jobs.ticks import Tempo, wind
from bot.services.account import Account
from bot.services.alerts import Alerts
from bot.services.bookkeeping import Bookkeeping
from bot.services.browsing import Browsing
from bot.services.buying import Buying
from bot.services.catalog import Catalog
from bot.services.checkout import Checkout
from bot.services.credit import Credit
from bot.services.desk import Desk
from bot.services.groups import Groups
from bot.services.lifeline import Lifeline
from bot.services.office import Office
from bot.services.outbox import Outbox
from bot.services.people import People
from bot.services.pricing import Pricing
from bot.services.reception import Reception
from bot.services.tracker import Tracker
from bot.services.unconfirmed import Terms as UnconfirmedTerms
from bot.services.unconfirmed import Unconfirmed
from bot.services.wallet import Terms, Wallet
from bot.settings import Settings
from bot.status import status_page
from bot.tasks import Nursery
from bot.telegram import dispatcher as telegram
from bot.telegram.commands import publish
from bot.telegram.deliver import Deliver
from bot.telegram.entrance import Entrance, Throttle
from bot.telegram.intake import Intake
from bot.telegram.pacing import Limits
from bot.telegram.push import Pusher
from bot.telegram.session import open_bot
from bot.telegram.voice import Voice

_log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast everything goes; tests tell their stories in milliseconds. Seconds."""

    tempo: Tempo = field(default_factory=Tempo)
    limits: Limits = field(default_factory=Limits)
    taps: float = 5
    taps_burst: int = 15
    drain: float = 15
    purchase_drain: float = 65
    polling_timeout: int = 30
    spinner: float = 0.7
    beat: float = 5


class Stopped(Exception):
    """The bot can't go on; its message is for the operator."""


@dataclass
class App:
    """An open bot. `run()` polls Telegram until `stop()`; closing is the business of `open_app`."""

    bot: Bot
    dispatcher: Dispatcher
    clock: Clock
    database: Database
    catalog: Catalog
    account: Account
    checkout: Checkout
    unconfirmed: Unconfirmed
    tracker: Tracker
    outbox: Outbox
    pusher: Pusher
    intake: Intake
    nursery: Nursery
    purchases: Nursery
    catalogs: Catalogs
    settings: Settings
    pace: Pace
    now: Callable[[], datetime]
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _fatal: list[str] = field(default_factory=list)

    def stop(self) -> None:
        self._stop.set()

    def alarm(self, why: str) -> None:
        """Something that waiting does not mend: stop, and say why."""
        self._fatal.append(why)
        self._stop.set()

    async def run(self) -> None:
        """Works until stopped, then drains. `ready` is set when HidSim was read or did not answer.

        Raises Stopped when it can't go on.
        """
        await self.begin()
        polling = self.nursery.start(self._poll(), "poll Telegram")
        await self._stop.wait()
        await self.drain(polling)
        if self._fatal:
            raise Stopped(self._fatal[0])

    async def begin(self) -> None:
        """What goes before the first update: what a dead process left, the catalog, the clock."""
        left = await self.unconfirmed.take_over()
        if left:
            _log.warning("purchases of a process that died are unconfirmed now", orders=left)
        await self.catalog.load()
        self.nursery.start(self._read_hidsim(), "first read of HidSim")
        self.clock.start()

    async def _read_hidsim(self) -> None:
        await self.account.try_read(self.now())
        await self.catalog.refresh()
        self.ready.set()

    async def _poll(self) -> None:
        if not await self._reach_telegram():
            return
        self.nursery.start(publish(self.bot, self.catalogs, self.settings.admin_ids), "command menus")
        await self.dispatcher.start_polling(
            self.bot,
            polling_timeout=self.pace.polling_timeout,
            handle_signals=False,
            close_bot_session=False,
            tasks_concurrency_limit=100,
            allowed_updates=self.dispatcher.resolve_used_update_types(),
        )

    async def _reach_telegram(self) -> bool:
        """Waits for Telegram, saying so once. False when stopped meanwhile."""
        said = False
        while not self._stop.is_set():
            try:
                me = await self.bot.me()
                await self.bot.delete_webhook()
            except TelegramAPIError as error:
                if not said:
                    _log.warning("Telegram is not reached; trying on", error=type(error).__name__)
                said = True
                await self._pause(1)
            else:
                _log.info("the bot is up", username=me.username)
                return True
        return False

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stop.wait()
        except TimeoutError:
            return

    async def drain(self, polling: "asyncio.Task[object]") -> None:
        """Stops intake, waits for handlers and purchases, sends what is due. Nothing begun is thrown away."""
        _log.info("stopping: finishing what has begun")
        ends = time.monotonic() + self.pace.drain
        if not polling.done():
            await self._stop_polling(polling)
        self.clock.stop()
        self.catalog.stop_filling()
        await self.intake.idle(max(1.0, ends - time.monotonic()))
        if cut := await self.purchases.drain(self.pace.purchase_drain):
            _log.error("purchases were cut off; the next start calls them unconfirmed", purchases=cut)
        try:
            async with asyncio.timeout(max(1.0, ends - time.monotonic())):
                await self.pusher.push()
                await self.pusher.redraw()
        except (TelegramAPIError, DatabaseFault, TimeoutError) as error:
            _log.warning("not all notices went out; the next start sends them", error=type(error).__name__)
        await self.nursery.drain(max(0.5, ends - time.monotonic()))

    async def _stop_polling(self, polling: "asyncio.Task[object]") -> None:
        try:
            await self.dispatcher.stop_polling()
        except RuntimeError:
            polling.cancel()  # it had not begun
        await asyncio.wait([polling], timeout=5)

    async def figures(self) -> dict[str, object]:
        return {
            "ok": True,
            "waiting_notices": await self.outbox.waiting(),
            "purchases_in_flight": len(self.purchases),
            "hidsim_requests_per_second": str(round(self.settings.hidsim_rate_per_second, 1)),
            "catalog_services": len(self.catalog.services),
        }


@asynccontextmanager
async def open_app(
    settings: Settings, pace: Pace | None = None, now: Callable[[], datetime] = utc_now
) -> AsyncIterator[App]:
    """Opens the whole bot; raises AlreadyRunning or DatabaseIsNewer before anything has begun."""
    pace = pace or Pace()
    rng = random.Random(secrets.randbits(64))
    async with AsyncExitStack() as stack:
        check_sqlite()
        lock = _lock(settings, stack)
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        await migrate(database)
        hidsim = await stack.enter_async_context(HidSim(hidsim_config(settings), now=now, rng=rng))
        nursery, purchases = Nursery(), Nursery()
        stack.push_async_callback(nursery.drain, 0)
        markup, alerts = Markup(settings.markup_percent), Alerts(settings.admin_ids)
        catalogs = Catalogs.load()
        catalog = Catalog(database, hidsim, nursery, markup, service_aliases(), now)
        account = Account(hidsim, settings.currency)
        wallet = Wallet(database, Terms(settings.billing, settings.daily_spend_micros, settings.max_open_orders))
        lifeline = Lifeline(settings.admin_ids, now)
        tracker = Tracker(database, hidsim, nursery, alerts, lifeline, markup, now)
        buying = Buying(database, alerts, now)
        terms = UnconfirmedTerms(
            timedelta(minutes=settings.unconfirmed_release_minutes), settings.unknowns_before_pause
        )
        unconfirmed = Unconfirmed(database, account, buying, alerts, markup, terms, now)
        bookkeeping = Bookkeeping(database, account, buying, alerts, now)
        checkout = Checkout(
            database, hidsim, purchases, catalog, account, wallet, tracker, unconfirmed, buying, markup, now
        )
        desk = Desk(database, hidsim, tracker, now)
        people = People(database, settings.access, settings.admin_ids, rng, now)
        outbox = Outbox(database, now)
        alarms: list[Callable[[str], None]] = []
        bot = open_bot(
            settings.bot_token.get_secret_value(),
            settings.telegram_api_url,
            pace.limits,
            lambda why: alarms[0](why),
        )
        stack.push_async_callback(bot.session.close)
        voice, intake = Voice(bot), Intake()
        pusher = Pusher(voice, outbox, lifeline, catalogs)
        dispatcher = telegram.build(
            intake,
            Entrance(voice, people, Groups(database, now), catalogs, Throttle(pace.taps, pace.taps_burst)),
            Deliver(voice, outbox, lifeline, people, nursery, pace.spinner),
            people=people,
            reception=Reception(database, wallet, account, now),
            browsing=Browsing(database, catalog, now),
            catalog=catalog,
            account=account,
            pricing=Pricing(database, catalog, account, wallet, rng, now),
            checkout=checkout,
            desk=desk,
            office=Office(database, account, people, settings.access, now),
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
        if lock is not None:
            clock.every(pace.beat, "beat", lock.breathe)
        app = App(
            bot, dispatcher, clock, database, catalog, account, checkout, unconfirmed, tracker, outbox, pusher, intake,
            nursery, purchases, catalogs, settings, pace, now,
        )  # fmt: skip
        alarms.append(app.alarm)
        await stack.enter_async_context(status_page(settings.status_listen, app.figures))
        yield app


def _lock(settings: Settings, stack: AsyncExitStack) -> ProcessLock | None:
    file = sqlite_file(settings.database_url)
    return None if file is None else stack.enter_context(ProcessLock(file))


def hidsim_config(settings: Settings) -> HidSimConfig:
    return HidSimConfig(
        url=settings.hidsim_api_url,
        identifier=settings.hidsim_identifier,
        password=settings.hidsim_password.get_secret_value(),
        rate_per_second=float(settings.hidsim_rate_per_second),
        search_param=settings.hidsim_search_param,
    )
