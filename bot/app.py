"""The only wiring: `connect` opens lock, database and HidSim, `build` makes the shop, the front goes around it."""

import random
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aiogram import Bot

from bot.db.database import Database, network_is_allowed, sqlite_file
from bot.db.lock import ProcessLock
from bot.db.migrate import migrate
from bot.db.sqlite_version import check_sqlite
from bot.domain.guarding import Thresholds
from bot.domain.limits import Limits
from bot.domain.money import Markup, to_micros
from bot.domain.signboard import Signboard
from bot.hidsim import HidSim
from bot.i18n import Languages, service_aliases
from bot.jobs.clock import Clock
from bot.running import App, Pace
from bot.services.partner import Partner
from bot.services.safety.partner_watch import BalanceTerms
from bot.services.shop.denial import Denial
from bot.settings import Settings
from bot.settings.partner import hidsim_config
from bot.shop import Resources, Shop, Terms, build
from bot.status import status_page
from bot.tasks import Nursery
from bot.telegram.front import Front
from bot.telegram.push import PUSH
from bot.telegram.session import open_bot
from bot.ticks import ticks_of

LockOf = Callable[[Settings], AbstractContextManager[ProcessLock | None]]


def utc_now() -> datetime:
    return datetime.now(UTC)


def lock_of(settings: Settings) -> AbstractContextManager[ProcessLock | None]:
    """What keeps a second process away; nothing does (None) from a database that is no file."""
    file = sqlite_file(settings.database_url)
    return nullcontext() if file is None else ProcessLock(file)


def terms_of(settings: Settings) -> Terms:
    """The operator's decisions, as the shop takes them."""
    return Terms(
        billing=settings.billing,
        limits=Limits(
            open_orders=settings.max_open_orders,
            daily_spend=settings.daily_spend_micros,
            purchases_an_hour=settings.max_purchases_per_hour,
            closes_an_hour=settings.max_closes_per_hour,
        ),
        access=settings.access,
        admin_ids=frozenset(settings.admin_ids),
        release_after=timedelta(minutes=settings.unconfirmed_release_minutes),
        unknowns_before_pause=settings.unknowns_before_pause,
        retention_days=settings.retention_days,
        balance=BalanceTerms(to_micros(settings.alert_balance), settings.alert_hours_left),
        longest_delay=settings.alert_delay_seconds,
        denial=Denial(settings.denied_services, settings.hidden_countries),
        guard=Thresholds(settings.guard_success_percent, settings.guard_closes_percent),
        invitation_lasts=timedelta(hours=settings.invite_hours),
        inline_search=settings.inline_search,
    )


@dataclass(frozen=True, slots=True)
class Opened:
    """`lock` None: other processes may work on the same database."""

    resources: Resources
    lock: ProcessLock | None


@asynccontextmanager
async def connect(
    settings: Settings,
    pace: Pace | None = None,
    now: Callable[[], datetime] = utc_now,
    lock_of: LockOf = lock_of,
) -> AsyncIterator[Opened]:
    """Opens lock, database and HidSim's client, in this order; closes them in reverse.

    Raises DatabaseUnusable (for an operator) before anything has begun. `now` is what the wall clock says and may
    jump; the clock of `pace`, in seconds, never does. `lock_of`: held while everything is open.
    """
    pace = pace or Pace()
    async with AsyncExitStack() as stack:
        check_sqlite()
        lock = stack.enter_context(lock_of(settings))
        database = Database(settings.database_url, now)
        stack.push_async_callback(database.close)
        await migrate(database)
        partner = await stack.enter_async_context(partner_of(settings, pace, now))
        nursery = Nursery()
        stack.push_async_callback(nursery.drain, 0)
        yield Opened(_resources(database, partner, nursery, pace, alone=lock is not None), lock)


@asynccontextmanager
async def partner_of(
    settings: Settings, pace: Pace | None = None, now: Callable[[], datetime] = utc_now
) -> AsyncIterator[Partner]:
    """HidSim, which is not asked before somebody wants to know something."""
    pace = pace or Pace()
    config = hidsim_config(settings, pace.hidsim_reads, pace.hidsim_purchases, pace.hidsim_taps)
    async with HidSim(config, now=now, rng=_dice(), guard=network_is_allowed) as hidsim:
        yield Partner(hidsim, Markup(settings.markup_percent), settings.currency)


def _resources(database: Database, partner: Partner, nursery: Nursery, pace: Pace, *, alone: bool) -> Resources:
    return Resources(
        database=database,
        partner=partner,
        nursery=nursery,
        purchases=Nursery(),
        process_id=secrets.randbits(62),
        alone=alone,
        aliases=service_aliases(),
        rng=_dice(),
        secrets=random.SystemRandom(),
        elapsed=pace.clock,
    )


def _dice() -> random.Random:
    return random.Random(secrets.randbits(64))


@asynccontextmanager
async def open_app(
    settings: Settings,
    pace: Pace | None = None,
    now: Callable[[], datetime] = utc_now,
    lock_of: LockOf = lock_of,
    languages: Languages | None = None,
) -> AsyncIterator[App]:
    """Opens the whole bot. Arguments and errors are those of `connect`. `languages`: else those of our catalogs."""
    pace = pace or Pace()
    async with AsyncExitStack() as stack:
        opened = await stack.enter_async_context(connect(settings, pace, now, lock_of))
        shop = build(opened.resources, terms_of(settings))
        stack.push_async_callback(shop.processes.end)
        stack.push_async_callback(opened.resources.nursery.drain, 0)  # before: nothing signs after the end
        languages = _speaking_for(settings.shop, languages or Languages.load(now=now))
        alarms: list[Callable[[str], None]] = []
        alarm: Callable[[str], None] = lambda why: alarms[0](why)  # noqa: E731 - the app hears it, once it is there
        bot = _bot(settings, pace, alarm)
        stack.push_async_callback(bot.session.close)
        stack.push_async_callback(opened.resources.nursery.drain, 0)  # before: who speaks on would open it again
        front = Front(bot, shop, opened.resources.nursery, languages, pace.manners, alarm)
        for speaker in (front.pusher, front.hiding):
            stack.push_async_callback(speaker.close)
        clock = Clock(opened.resources.nursery)
        stack.callback(clock.close)
        app = App(shop, opened.resources, front, clock, pace)
        stack.callback(app.lag.close)
        alarms.append(app.alarm)
        shop.status.attach(app.vitals)
        await stack.enter_async_context(status_page(settings.status_listen, app.figures))
        _wind(clock, pace, shop, front, opened.lock)
        yield app


def _speaking_for(shop: Signboard, languages: Languages) -> Languages:
    languages.speak_for(shop)
    return languages


def _bot(settings: Settings, pace: Pace, alarm: Callable[[str], None]) -> Bot:
    return open_bot(
        settings.bot_token.get_secret_value(),
        settings.telegram_api_url,
        pace.limits,
        alarm,
        pace.clock,
        proxy=settings.proxy_for(settings.telegram_api_url),
        guard=network_is_allowed,
    )


def _wind(clock: Clock, pace: Pace, shop: Shop, front: Front, lock: ProcessLock | None) -> None:
    """Hangs every tick that anybody declares on the clock; starts nothing."""
    owners = [
        *(service for _, service in shop.services()),
        front.pusher,
        front.hiding,
        *([lock] if lock is not None else []),
    ]
    ticks = list(ticks_of(owners))
    if unknown := set(pace.ticks) - {tick.name for tick in ticks}:
        raise ValueError(f"no tick is called {', '.join(sorted(unknown))}")
    for tick in ticks:
        clock.every(pace.ticks.get(tick.name, tick.seconds), tick.name, tick.work)
    for rings in (shop.outbox.when_written, shop.unsaved.when_kept):
        rings(lambda: clock.wake(PUSH))
