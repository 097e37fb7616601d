"""The shop as one value: every service, made of resources that are open and of the operator's terms.

Opens nothing, asks nobody and starts nothing: a test builds it around a sandbox, a model or half of its parts.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta

from bot.db.database import Database
from bot.domain.access import AccessMode, Billing
from bot.domain.limits import Limits
from bot.services.account import Account
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
from bot.services.unconfirmed import Terms as LostTerms
from bot.services.unconfirmed import Unconfirmed
from bot.services.unreadable import UnreadableUpdates
from bot.services.wallet import Terms as WalletTerms
from bot.services.wallet import Wallet
from bot.services.whereabouts import Whereabouts
from bot.services.writer import Writer
from bot.tasks import Nursery


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator decided. `release_after`: when the hold of a lost purchase comes back;
    `unknowns_before_pause`: so many lost purchases in ten minutes stop buying.
    """

    billing: Billing
    limits: Limits
    access: AccessMode
    admin_ids: frozenset[int]
    release_after: timedelta
    unknowns_before_pause: int


@dataclass(frozen=True, slots=True)
class Resources:
    """What is open, and belongs to whoever opened it.

    `purchases`: the nursery that a stop waits for longest. `process_id`: drawn, so that no two processes share one.
    `alone`: a lock proves that no other process works on the database. `aliases`: other names of services.
    `rng` draws what only has to differ, `secrets` what nobody may guess. `elapsed`: monotonic seconds.
    """

    database: Database
    partner: Partner
    nursery: Nursery
    purchases: Nursery
    process_id: int
    alone: bool
    aliases: Mapping[str, Sequence[str]]
    rng: random.Random
    secrets: random.Random
    elapsed: Callable[[], float]


@dataclass(frozen=True, slots=True)
class Shop:
    """Every service by the name under which handlers ask for it."""

    account: Account
    bookkeeping: Bookkeeping
    browsing: Browsing
    buying: Buying
    catalog: Catalog
    checkout: Checkout
    credit: Credit
    desk: Desk
    favorites: Favorites
    groups: Groups
    lifeline: Lifeline
    office: Office
    outbox: Outbox
    partner: Partner
    people: People
    pricing: Pricing
    processes: Processes
    reception: Reception
    takeover: Takeover
    till: Till
    tracker: Tracker
    unconfirmed: Unconfirmed
    unreadable: UnreadableUpdates
    wallet: Wallet
    whereabouts: Whereabouts

    def services(self) -> Iterator[tuple[str, object]]:
        """Each with its name."""
        return ((field.name, getattr(self, field.name)) for field in fields(self))


def build(resources: Resources, terms: Terms) -> Shop:
    """From what needs nothing to what needs the others: telling, money, the catalog, orders, what people see."""
    database, partner, nursery, elapsed = resources.database, resources.partner, resources.nursery, resources.elapsed
    processes = Processes(database, resources.process_id, elapsed, alone=resources.alone)
    alerts, lifeline = Alerts(terms.admin_ids), Lifeline(database, terms.admin_ids)
    roster, ages, waits = Roster(database, elapsed), Ages(database, elapsed), CodeWaits()
    writer, account = Writer(alerts, [waits.heard]), partner.account
    wallet = Wallet(WalletTerms(terms.billing, terms.limits))
    buying = Buying(database, alerts)
    catalog = Catalog(database, partner, nursery, resources.aliases, alerts)
    pricing = Pricing(database, catalog, account, wallet, buying, resources.rng)
    tracker = Tracker(database, partner, nursery, writer, alerts, lifeline, ages, waits, processes)
    lost = LostTerms(terms.release_after, terms.unknowns_before_pause)
    unconfirmed = Unconfirmed(database, partner, buying, writer, lost, nursery, processes)
    checkout = Checkout(
        database, partner, resources.purchases, catalog, wallet, tracker, unconfirmed, buying, writer, processes
    )
    people = People(database, roster, terms.access, terms.admin_ids, resources.secrets)
    return Shop(
        account=account,
        bookkeeping=Bookkeeping(database, partner, buying, alerts),
        browsing=Browsing(database, catalog),
        buying=buying,
        catalog=catalog,
        checkout=checkout,
        credit=Credit(database, wallet, account),
        desk=Desk(database, partner, tracker, ages, processes),
        favorites=Favorites(database, catalog, account),
        groups=Groups(database),
        lifeline=lifeline,
        office=Office(database, partner, people, terms.access),
        outbox=Outbox(database, roster, processes),
        partner=partner,
        people=people,
        pricing=pricing,
        processes=processes,
        reception=Reception(database, wallet, account),
        takeover=Takeover(database, processes, unconfirmed),
        till=Till(checkout, pricing),
        tracker=tracker,
        unconfirmed=unconfirmed,
        unreadable=UnreadableUpdates(database, alerts),
        wallet=wallet,
        whereabouts=Whereabouts(database, nursery, processes, elapsed),
    )
