"""The shop as one value: every service, made of resources that are open and of the operator's terms.

Opens nothing, asks nobody and starts nothing: a test builds it around a sandbox, a model or half of its parts.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import timedelta

from bot.db.database import Database
from bot.domain.access import AccessMode, Billing
from bot.domain.guarding import Thresholds
from bot.domain.limits import Limits
from bot.domain.polling.learning import Curves
from bot.services.account import Account
from bot.services.desk.digest import Digest
from bot.services.desk.persons import Persons
from bot.services.desk.record import Record
from bot.services.desk.statistics import Statistics
from bot.services.desk.status import Status, Watched
from bot.services.home import Home
from bot.services.money.balance import Balance
from bot.services.money.credit import Credit
from bot.services.money.credit_requests import CreditRequests
from bot.services.money.debts import Debts
from bot.services.money.wallet import Wallet, WalletTerms
from bot.services.orders.again import Again
from bot.services.orders.ages import Ages
from bot.services.orders.checkout import Checkout
from bot.services.orders.close_all import CloseAll
from bot.services.orders.closing import Closing
from bot.services.orders.delay_watch import DelayWatch
from bot.services.orders.exports import Exports
from bot.services.orders.forgetting import Forgetting
from bot.services.orders.hints import Hints
from bot.services.orders.history import History
from bot.services.orders.labels import Labels
from bot.services.orders.learning import Learning
from bot.services.orders.lost import LostPurchases, LostTerms
from bot.services.orders.own_orders import OwnOrders
from bot.services.orders.recorder import Recorder
from bot.services.orders.retention import Retention
from bot.services.orders.sale import Sale
from bot.services.orders.sequels import Sequels
from bot.services.orders.takeover import Takeover
from bot.services.orders.time_limits import TimeLimits
from bot.services.orders.tracked_orders import TrackedOrders
from bot.services.orders.tracker import Tracker
from bot.services.orders.writer import Writer
from bot.services.partner import Partner
from bot.services.people.entry import Entry
from bot.services.people.groups import Groups
from bot.services.people.invitations import Invitations, InvitationTerms
from bot.services.people.limits import PersonLimits
from bot.services.people.people import People
from bot.services.people.preferences import PeoplesPreferences
from bot.services.people.remembered import RememberedPeople
from bot.services.people.roles import Roles
from bot.services.people.staff import Staff
from bot.services.processes import Processes
from bot.services.safety.book_check import BookCheck
from bot.services.safety.guard import Guard
from bot.services.safety.partner_watch import BalanceTerms, PartnerWatch
from bot.services.safety.pause import Pause
from bot.services.shop.browsing import Browsing
from bot.services.shop.catalog import Catalog
from bot.services.shop.denial import Denial
from bot.services.shop.drafts import Drafts
from bot.services.shop.favorites import Favorites
from bot.services.shop.next_country import NextCountry
from bot.services.shop.pricing import Pricing
from bot.services.shop.recent_pairs import RecentPairs
from bot.services.shop.results import Results
from bot.services.shop.sharing import Sharing
from bot.services.shop.suggestions import Suggestions
from bot.services.shop.watches import Watches
from bot.services.shop.watching import Watching
from bot.services.shop.whereabouts import Whereabouts
from bot.services.telling.alerts import Alerts
from bot.services.telling.hidden_codes import HiddenCodes
from bot.services.telling.incidents import Incidents
from bot.services.telling.outbox import Outbox
from bot.services.telling.ringing import Ringing
from bot.services.telling.telegram_watch import TelegramWatch
from bot.services.telling.told_to_telegram import ToldToTelegram
from bot.services.telling.unreadable import UnreadableUpdates
from bot.services.telling.unsaved import Unsaved
from bot.services.telling.verdicts import Verdicts
from bot.tasks import Nursery


@dataclass(frozen=True, slots=True)
class Terms:
    """What the operator decided. `release_after`: when the hold of a lost purchase comes back;
    `unknowns_before_pause`: so many lost purchases in ten minutes stop buying; `retention_days`: how long numbers and
    SMS are kept after an order's end; `longest_delay`: seconds for which codes may wait at HidSim before staff hears of
    it, 0 for ever; `denial`: what is not sold; `guard`: from which shares of codes and closes on the account is in
    danger; `inline_search`: what is typed behind the bot's name in any chat is answered.
    """

    billing: Billing
    limits: Limits
    access: AccessMode
    admin_ids: frozenset[int]
    release_after: timedelta
    unknowns_before_pause: int
    retention_days: int
    balance: BalanceTerms = field(default_factory=BalanceTerms)
    longest_delay: float = 0.0
    denial: Denial = field(default_factory=Denial)
    guard: Thresholds = field(default_factory=Thresholds)
    invitation_lasts: timedelta = timedelta(hours=72)
    inline_search: bool = False


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
    again: Again
    balance: Balance
    book_check: BookCheck
    browsing: Browsing
    pause: Pause
    guard: Guard
    catalog: Catalog
    checkout: Checkout
    closing: Closing
    close_all: CloseAll
    credit: Credit
    credit_requests: CreditRequests
    debts: Debts
    own_orders: OwnOrders
    drafts: Drafts
    favorites: Favorites
    forgetting: Forgetting
    entry: Entry
    groups: Groups
    hidden_codes: HiddenCodes
    hints: Hints
    invitations: Invitations
    roles: Roles
    unsaved: Unsaved
    outbox: Outbox
    partner: Partner
    people: People
    person_limits: PersonLimits
    persons: Persons
    preferences: PeoplesPreferences
    pricing: Pricing
    processes: Processes
    labels: Labels
    recent_pairs: RecentPairs
    results: Results
    learning: Learning
    exports: Exports
    record: Record
    recorder: Recorder
    retention: Retention
    history: History
    ringing: Ringing
    home: Home
    incidents: Incidents
    delay_watch: DelayWatch
    partner_watch: PartnerWatch
    telegram_watch: TelegramWatch
    told_to_telegram: ToldToTelegram
    takeover: Takeover
    sale: Sale
    sequels: Sequels
    time_limits: TimeLimits
    sharing: Sharing
    tracked: TrackedOrders
    tracker: Tracker
    lost: LostPurchases
    unreadable: UnreadableUpdates
    digest: Digest
    statistics: Statistics
    status: Status
    suggestions: Suggestions
    wallet: Wallet
    watches: Watches
    watching: Watching
    whereabouts: Whereabouts

    def services(self) -> Iterator[tuple[str, object]]:
        """Each with its name."""
        return ((one.name, getattr(self, one.name)) for one in fields(self))


def build(resources: Resources, terms: Terms) -> Shop:
    """From what needs nothing to what needs the others: telling, money, the catalog, orders, what people see."""
    database, partner, nursery, elapsed = resources.database, resources.partner, resources.nursery, resources.elapsed
    processes = Processes(database, resources.process_id, elapsed, alone=resources.alone)
    staff, unsaved = Staff(terms.admin_ids), Unsaved(database, terms.admin_ids)
    alerts = Alerts(staff)
    verdicts = Verdicts(database, alerts.incidents)
    remembered = RememberedPeople(database, elapsed, alone=resources.alone)
    ages, curves = Ages(database, elapsed), Curves()
    tracked = TrackedOrders(database, processes, ages, curves)
    writer, account = Writer(alerts, [tracked.heard]), partner.account
    wallet = Wallet(WalletTerms(terms.billing, terms.limits))
    pause = Pause(database, alerts)
    guard = Guard(database, pause, alerts, terms.guard)
    catalog = Catalog(database, partner, nursery, resources.aliases, alerts, terms.denial)
    drafts = Drafts(database, catalog, account)
    results = Results(database, elapsed)
    preferences = PeoplesPreferences(database, elapsed, alone=resources.alone)
    browsing = Browsing(database, catalog, results)
    pricing = Pricing(database, catalog, results, account, wallet, pause, guard, preferences, resources.rng)
    recorder = Recorder(database, partner, writer, alerts, unsaved)
    promises = LostTerms(terms.release_after, terms.unknowns_before_pause)
    lost = LostPurchases(database, partner, pause, writer, promises, nursery, processes)
    checkout = Checkout(
        database, partner, resources.purchases, catalog, wallet, recorder, ages, lost, pause, guard, writer, processes
    )
    outbox = Outbox(database, remembered, staff, processes, nursery)
    own_orders = OwnOrders(database, partner, recorder, tracked, processes)
    retention = Retention(database, ages, terms.retention_days)
    unreadable = UnreadableUpdates(database, alerts)
    watched = Watched(partner, tracked, catalog, pause, processes, unreadable, resources.purchases)
    people = People(database, remembered, terms.access, terms.admin_ids)
    people.when_erased(preferences.forget)
    closing = Closing(database, partner, own_orders, recorder, ages, processes, wallet)
    credit = Credit(database, wallet, account, people)
    sale, next_country = Sale(checkout, pricing, drafts), NextCountry(catalog, results)
    lasting = InvitationTerms(terms.access, terms.invitation_lasts)
    return Shop(
        account=account,
        again=Again(own_orders, drafts, pricing),
        balance=Balance(database, partner, terms.billing),
        book_check=BookCheck(database, partner, pause, alerts),
        browsing=browsing,
        pause=pause,
        guard=guard,
        catalog=catalog,
        checkout=checkout,
        credit=credit,
        credit_requests=CreditRequests(database, wallet, account, credit, staff, people),
        debts=Debts(database, terms.billing),
        closing=closing,
        close_all=CloseAll(database, wallet, closing, recorder, elapsed),
        own_orders=own_orders,
        drafts=drafts,
        favorites=Favorites(database, catalog, account),
        forgetting=Forgetting(database, remembered, people, wallet, account, retention),
        entry=Entry(database, remembered, staff, people),
        groups=Groups(database),
        hidden_codes=HiddenCodes(database, processes),
        hints=Hints(database, processes, writer, results),
        invitations=Invitations(database, remembered, staff, lasting, resources.secrets),
        roles=Roles(database, remembered, people),
        unsaved=unsaved,
        outbox=outbox,
        partner=partner,
        people=people,
        person_limits=PersonLimits(database, remembered),
        persons=Persons(database, people, wallet, account),
        preferences=preferences,
        pricing=pricing,
        processes=processes,
        recent_pairs=RecentPairs(database, catalog),
        results=results,
        exports=Exports(database),
        record=Record(database, account),
        recorder=recorder,
        retention=retention,
        labels=Labels(database, own_orders),
        ringing=Ringing(remembered, preferences, database.now),
        learning=Learning(database, curves),
        history=History(database),
        home=Home(database, wallet, account),
        incidents=alerts.incidents,
        delay_watch=DelayWatch(tracked, verdicts, terms.longest_delay),
        partner_watch=PartnerWatch(database, partner, verdicts, elapsed, terms.balance),
        telegram_watch=TelegramWatch(database, outbox, verdicts, elapsed),
        told_to_telegram=ToldToTelegram(database),
        takeover=Takeover(database, processes, lost, tracked),
        sale=sale,
        sequels=Sequels(database, sale, own_orders, next_country, wallet, writer, people, ages, processes),
        time_limits=TimeLimits(database, own_orders, wallet, ages, processes),
        sharing=Sharing(catalog, account, browsing, pricing),
        tracked=tracked,
        tracker=Tracker(partner, nursery, recorder, unsaved, tracked),
        lost=lost,
        unreadable=unreadable,
        digest=Digest(database, account, staff),
        statistics=Statistics(database, account),
        suggestions=Suggestions(database, catalog, account, on=terms.inline_search),
        status=Status(database, watched, elapsed),
        wallet=wallet,
        watches=Watches(database, catalog, account),
        watching=Watching(database, catalog, partner, people, pause),
        whereabouts=Whereabouts(database, processes, elapsed),
    )
