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
from bot.domain.polling.learning import Curves
from bot.services.account import Account
from bot.services.home import Home
from bot.services.money.balance import Balance
from bot.services.money.credit import Credit
from bot.services.money.wallet import Wallet, WalletTerms
from bot.services.orders.ages import Ages
from bot.services.orders.checkout import Checkout
from bot.services.orders.closing import Closing
from bot.services.orders.learning import Learning
from bot.services.orders.lost import LostPurchases, LostTerms
from bot.services.orders.own_orders import OwnOrders
from bot.services.orders.recorder import Recorder
from bot.services.orders.sale import Sale
from bot.services.orders.takeover import Takeover
from bot.services.orders.tracked_orders import TrackedOrders
from bot.services.orders.tracker import Tracker
from bot.services.orders.writer import Writer
from bot.services.partner import Partner
from bot.services.people.entry import Entry
from bot.services.people.groups import Groups
from bot.services.people.invitations import Invitations, InvitationTerms
from bot.services.people.people import People
from bot.services.people.remembered import RememberedPeople
from bot.services.people.roles import Roles
from bot.services.people.staff import Staff
from bot.services.processes import Processes
from bot.services.safety.book_check import BookCheck
from bot.services.safety.pause import Pause
from bot.services.shop.browsing import Browsing
from bot.services.shop.catalog import Catalog
from bot.services.shop.favorites import Favorites
from bot.services.shop.pricing import Pricing
from bot.services.shop.whereabouts import Whereabouts
from bot.services.telling.alerts import Alerts
from bot.services.telling.outbox import Outbox
from bot.services.telling.unreadable import UnreadableUpdates
from bot.services.telling.unsaved import Unsaved
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
    invitation_lasts: timedelta = timedelta(hours=72)


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
    """Every service by its name; handlers ask for theirs by it."""

    account: Account
    balance: Balance
    book_check: BookCheck
    browsing: Browsing
    pause: Pause
    catalog: Catalog
    checkout: Checkout
    closing: Closing
    credit: Credit
    own_orders: OwnOrders
    favorites: Favorites
    entry: Entry
    groups: Groups
    invitations: Invitations
    roles: Roles
    unsaved: Unsaved
    outbox: Outbox
    partner: Partner
    people: People
    pricing: Pricing
    processes: Processes
    learning: Learning
    recorder: Recorder
    home: Home
    takeover: Takeover
    sale: Sale
    tracked: TrackedOrders
    tracker: Tracker
    lost: LostPurchases
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
    staff, unsaved = Staff(terms.admin_ids), Unsaved(database, terms.admin_ids)
    alerts = Alerts(staff)
    remembered = RememberedPeople(database, elapsed, alone=resources.alone)
    ages, curves = Ages(database, elapsed), Curves()
    tracked = TrackedOrders(database, processes, ages, curves)
    writer, account = Writer(alerts, [tracked.heard]), partner.account
    wallet = Wallet(WalletTerms(terms.billing, terms.limits))
    pause = Pause(database, alerts)
    catalog = Catalog(database, partner, nursery, resources.aliases, alerts)
    pricing = Pricing(database, catalog, account, wallet, pause, resources.rng)
    recorder = Recorder(database, partner, writer, alerts, unsaved)
    promises = LostTerms(terms.release_after, terms.unknowns_before_pause)
    lost = LostPurchases(database, partner, pause, writer, promises, nursery, processes)
    checkout = Checkout(
        database, partner, resources.purchases, catalog, wallet, recorder, ages, lost, pause, writer, processes
    )
    own_orders = OwnOrders(database, partner, recorder, tracked, processes)
    people = People(database, remembered, terms.access, terms.admin_ids)
    lasting = InvitationTerms(terms.access, terms.invitation_lasts)
    return Shop(
        account=account,
        balance=Balance(database, partner),
        book_check=BookCheck(database, partner, pause, alerts),
        browsing=Browsing(database, catalog),
        pause=pause,
        catalog=catalog,
        checkout=checkout,
        closing=Closing(database, partner, own_orders, recorder, ages, processes),
        credit=Credit(database, wallet, account),
        own_orders=own_orders,
        favorites=Favorites(database, catalog, account),
        entry=Entry(database, remembered, staff, people),
        groups=Groups(database),
        invitations=Invitations(database, remembered, staff, lasting, resources.secrets),
        roles=Roles(database, remembered, people),
        unsaved=unsaved,
        outbox=Outbox(database, remembered, processes, nursery),
        partner=partner,
        people=people,
        pricing=pricing,
        processes=processes,
        recorder=recorder,
        learning=Learning(database, curves),
        home=Home(database, wallet, account),
        takeover=Takeover(database, processes, lost, tracked),
        sale=Sale(checkout, pricing),
        tracked=tracked,
        tracker=Tracker(partner, nursery, recorder, unsaved, tracked),
        lost=lost,
        unreadable=UnreadableUpdates(database, alerts),
        wallet=wallet,
        whereabouts=Whereabouts(database, processes, elapsed),
    )
