"""Every periodic and per-tap statement of the bot, each by the function that does it in `bot.db`.

`tests/db/test_query_plans.py` walks the same list: no entry may look at all rows of a big table.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bench.history import A_DAY, NOW, RESELLER
from bot.db import audit, entry, incidents, invitations, limits, people, preferences, processes, switches
from bot.db.database import Tx
from bot.db.desk import audit_lines, machine, moments, record
from bot.db.desk import figures as sums
from bot.db.leases import Lease
from bot.db.money import books, credit_requests, purses
from bot.db.orders import (
    arrivals,
    ended,
    erasing,
    exports,
    figures,
    history,
    hourly,
    labels,
    late,
    operations,
    orders,
    sequels,
    trials,
    windows,
    worklist,
)
from bot.db.orders import sms as sms_rows
from bot.db.people import Wanted
from bot.db.schema import orders as order_rows
from bot.db.shop import catalog, drafts, favorites, watches, whereabouts
from bot.db.telling import cards, hiding, named, notices, unsent
from bot.db.telling.hiding import Exposed
from bot.domain.access import Standing
from bot.domain.acts import Act
from bot.domain.alerts import AlertKind
from bot.domain.cards import Card, CardRole
from bot.domain.credit_requests import MOST_AN_HOUR, CreditAnswer
from bot.domain.entry import EntryAnswer, Stranger
from bot.domain.evidence import Evidence
from bot.domain.exporting import Period
from bot.domain.history import Sought
from bot.domain.ledger import OPENING, Family, Ref, Transfer, held, wallet
from bot.domain.limits import OwnLimits
from bot.domain.moves import Entry
from bot.domain.notices import NoticeKind
from bot.domain.orders import OrderState, Sms
from bot.domain.outcomes import Outcome
from bot.domain.pausing import PauseCause
from bot.domain.people import Among, Person
from bot.domain.polling.learning import Awaited, Learned
from bot.domain.preferences import Preferences
from bot.domain.price_window import Window
from bot.domain.sequels import Sequel
from bot.services.safety.pause import PAUSED

Work = Callable[[Tx], Awaitable[object]]
_DAY = NOW.replace(hour=0)
_WEEK, _LEASE, _TEN_MINUTES = timedelta(days=7), timedelta(seconds=1), timedelta(minutes=10)
_A_DAY, _MONTH = timedelta(days=1), timedelta(days=30)
_EXPOSED = Exposed(7, RESELLER, 14, 7, 7, NOW)
_WALLET, _HELD = wallet(RESELLER), held(RESELLER)


@dataclass(frozen=True, slots=True)
class Statement:
    """`when`: "tap", or the name of the tick."""

    when: str
    function: Callable[..., Awaitable[object]]
    work: Work
    about: str = ""

    @property
    def name(self) -> str:
        where = self.function.__module__.rpartition(".")[2]
        return f"{where}.{self.function.__name__}" + (f" ({self.about})" if self.about else "")


def _pages(number: int, *, in_progress: bool) -> Work:
    return lambda c: orders.of_person(c, RESELLER, in_progress=in_progress, limit=8, offset=8 * number)


async def _the_last(tx: Tx) -> int:
    found = await orders.of_person(tx, RESELLER, in_progress=False, limit=1)
    return found[0].id


_SOUGHT = {
    "all": Sought(),
    "outcome": Sought(outcome=Outcome.NO_CODE),
    "service": Sought(service=7),
    "label": Sought(label=1),
    "digits": Sought(digits="015"),
    "all of it": Sought(Outcome.CODE, 7, 1, "015"),
    "outcome and digits": Sought(Outcome.CODE, digits="015"),
}


def _counted(sought: Sought, tx: Tx) -> Awaitable[object]:
    return history.count(tx, RESELLER, sought)


def _paged(sought: Sought, tx: Tx) -> Awaitable[object]:
    return history.page(tx, RESELLER, sought, 8, 0)


async def _last_card(tx: Tx) -> object:
    return await orders.card(tx, await _the_last(tx))


async def _one_sms(tx: Tx) -> object:
    return await sms_rows.get(tx, await _the_last(tx))


async def _pushed_for(tx: Tx) -> object:
    return await cards.pushed_for(tx, await _the_last(tx))


async def _moves(tx: Tx) -> object:
    order = await orders.get(tx, 7)
    return order and await orders.move(tx, order, replace(order, state=OrderState.PENDING))


async def _a_day_of_moves(tx: Tx) -> object:
    return await books.moves_at_hidsim(tx, await books.last_transfer(tx) - 4 * A_DAY, 10_000)


_NEW = orders.NewOrder(RESELLER, "new", 1, 1, None, Window(100_000, 250_000), "USD", 250_000)
_THE_SEVENTH = orders.selected().where(order_rows.c.id == 7)
_SMS = Sms(0, "Your code is 1234", "1234", None, None)
_SILENCE = timedelta(seconds=15)
_MINE = Lease(7, _LEASE)
_LEARNED = Learned(Awaited.CODE, 7, 5, 1, 1_000)
_BEHIND = cards.Search(20, NOW)
_PERIOD = Period(7, NOW - _WEEK, 1_000, 1, 2_000)
_MONTH_AGO = NOW - timedelta(days=30)
_ALL, _FOUND, _ADMINS = Wanted(), Wanted(words="person 77"), Wanted(Among.ADMINS, "", frozenset({900}))
_CARD = Card(RESELLER, 30, 15, 3, CardRole.VIEW)

STATEMENTS = (
    Statement("poll", worklist.tracked, worklist.tracked),
    Statement("poll", worklist.tracked, lambda c: worklist.tracked(c, 7), "of one process"),
    Statement("poll", worklist.tracked_among, lambda c: worklist.tracked_among(c, [1, 2, 3])),
    Statement("poll", worklist.tracked_among, lambda c: worklist.tracked_among(c, [1, 2, 3], 7), "of one process"),
    Statement("learn", arrivals.add, lambda c: arrivals.add(c, [_LEARNED])),
    Statement("start", arrivals.all_of_them, arrivals.all_of_them),
    Statement("answer", sms_rows.keyed, lambda c: sms_rows.keyed(c, 7)),
    Statement("answer", operations.owners, lambda c: operations.owners(c, 7, ["b7", "b8"])),
    Statement("answer", operations.learn, lambda c: operations.learn(c, 7, ["b7 too"])),
    Statement("poll", sms_rows.of_order, lambda c: sms_rows.of_order(c, 7)),
    Statement("push", notices.any_waiting, notices.any_waiting),
    Statement("push", notices.any_due, notices.any_due),
    Statement("push", notices.claim, lambda c: notices.claim(c, _MINE, 20)),
    Statement("push", notices.due, lambda c: notices.due(c, 20)),
    Statement("push", sms_rows.get, _one_sms),
    Statement("push", orders.cards_of, lambda c: orders.cards_of(c, [5, 6, 7]), "of 3"),
    Statement("push", sms_rows.of_orders, lambda c: sms_rows.of_orders(c, [5, 6, 7]), "of 3"),
    Statement("push", cards.of_orders, lambda c: cards.of_orders(c, [5, 6, 7]), "of 3"),
    Statement("push", people.these, lambda c: people.these(c, [RESELLER, 2, 3]), "3 of them"),
    Statement("answer", cards.pushed_for, _pushed_for),
    Statement("push", notices.message_of, lambda c: notices.message_of(c, "number:5")),
    Statement("push", notices.codes_of, lambda c: notices.codes_of(c, 7)),
    Statement("push", notices.codes_of, lambda c: notices.codes_of(c, 7, 7), "of one SMS"),
    Statement("tap", notices.code_at, lambda c: notices.code_at(c, RESELLER, 30)),
    Statement("push", notices.is_open, lambda c: notices.is_open(c, 5)),
    Statement("tap: card", cards.pushed_role, lambda c: cards.pushed_role(c, RESELLER, 7)),
    Statement("push", notices.settle_ends, lambda c: notices.settle_ends(c, 7)),
    Statement("redraw", cards.is_about_to_be_told, lambda c: cards.is_about_to_be_told(c, _CARD, NOW)),
    Statement("tap: people", notices.welcome, lambda c: notices.welcome(c, RESELLER, 7)),
    Statement("tap: people", notices.not_let_in, lambda c: notices.not_let_in(c, 1, 8)),
    Statement("tap: people", notices.settle_welcome, lambda c: notices.settle_welcome(c, RESELLER)),
    Statement("tap: people", unsent.settle_beside_orders, lambda c: unsent.settle_beside_orders(c, RESELLER)),
    Statement("tap: people", unsent.settle_of_staff, lambda c: unsent.settle_of_staff(c, RESELLER)),
    Statement("tap: credit", unsent.settle_beginning, lambda c: unsent.settle_beginning(c, "credit-request:7:")),
    Statement("redraw", cards.any_behind, cards.any_behind),
    Statement("redraw", cards.behind, lambda c: cards.behind(c, _BEHIND, _MINE)),
    Statement("redraw", cards.claim, lambda c: cards.claim(c, _BEHIND, _MINE)),
    Statement("sequel", sequels.due, sequels.due),
    Statement("sequel", sequels.take, lambda c: sequels.take(c, 7)),
    Statement("sequel", sequels.followed, lambda c: sequels.followed(c, 7)),
    Statement("tap: close all", sequels.awaited, lambda c: sequels.awaited(c, RESELLER)),
    Statement("tap: close all", sequels.begins_until, lambda c: sequels.begins_until(c, 7, 5)),
    Statement("time limit", sequels.limited, sequels.limited),
    Statement("time limit", sequels.give_up, lambda c: sequels.give_up(c, 7)),
    Statement("tap: next country", sequels.countries_tried, lambda c: sequels.countries_tried(c, 7)),
    Statement("tap: turn down", sequels.set_sequel, lambda c: sequels.set_sequel(c, 7, Sequel.THERE, 3)),
    Statement("tap: time limit", sequels.set_limit, lambda c: sequels.set_limit(c, 7, 480)),
    Statement("close", worklist.to_close, worklist.to_close),
    Statement("close", worklist.to_close, lambda c: worklist.to_close(c, 7), "of one process"),
    Statement("close", worklist.lease_close, lambda c: worklist.lease_close(c, 7, _LEASE, 7)),
    Statement("unconfirmed", orders.in_state, lambda c: orders.in_state(c, OrderState.PLACING, NOW), "placing"),
    Statement("unconfirmed", worklist.to_release, worklist.to_release),
    Statement(
        "unconfirmed",
        orders.in_state,
        lambda c: orders.in_state(c, OrderState.PLACING, NOW, owner=7),
        "placing, of one process",
    ),
    Statement("unconfirmed", audit.count, lambda c: audit.count(c, Act.ORDER_UNCONFIRMED, NOW - _TEN_MINUTES)),
    Statement("answer", audit.note, lambda c: audit.note(c, 7, Entry(Act.ORDER_SENT))),
    Statement("tap: record", record.between, lambda c: record.between(c, 900, 908)),
    Statement("tap: record", record.deeds, lambda c: record.deeds(c, 7)),
    Statement("tap: record", record.moves, lambda c: record.moves(c, 7)),
    Statement("tap: record", record.tellings, lambda c: record.tellings(c, 7)),
    Statement("tap: record", record.sms_and_codes, lambda c: record.sms_and_codes(c, 7)),
    Statement("tap: audit", audit_lines.count, audit_lines.count),
    Statement("tap: audit", audit_lines.count, lambda c: audit_lines.count(c, RESELLER), "of one person"),
    Statement("tap: audit", audit_lines.page, lambda c: audit_lines.page(c, 8, 16)),
    Statement("tap: audit", audit_lines.page, lambda c: audit_lines.page(c, 8, 16, RESELLER), "of one person"),
    Statement("export", exports.period, lambda c: exports.period(c, 7, NOW - _WEEK)),
    Statement("export", exports.period, lambda c: exports.period(c, 0, None), "all"),
    Statement("export", exports.after, lambda c: exports.after(c, 500, _PERIOD, 500)),
    Statement("export", exports.own_period, lambda c: exports.own_period(c, RESELLER)),
    Statement("export", exports.own_after, lambda c: exports.own_after(c, 500, RESELLER, 500)),
    Statement("compare", figures.all_quiet, figures.all_quiet),
    Statement("compare", figures.any_without_cost, figures.any_without_cost),
    Statement("compare", figures.last_id, figures.last_id),
    Statement("compare", books.moves_at_hidsim, _a_day_of_moves),
    Statement("compare", books.booked, lambda c: books.booked(c, OPENING)),
    Statement("health page", notices.waiting, notices.waiting),
    Statement("health page", notices.out_of_reach, notices.out_of_reach),
    Statement("start", notices.end_leases, lambda c: notices.end_leases(c, [7])),
    Statement("start", cards.end_leases, lambda c: cards.end_leases(c, [7])),
    Statement("start", processes.end_others, lambda c: processes.end_others(c, 7)),
    Statement("start", processes.placing_left, lambda c: processes.placing_left(c, unnamed=True)),
    Statement("start", processes.adopt, lambda c: processes.adopt(c, 7, unnamed=True)),
    Statement("take over", processes.dead, lambda c: processes.dead(c, _SILENCE)),
    Statement("take over", processes.end_dead, lambda c: processes.end_dead(c, _SILENCE)),
    Statement("take over", processes.anything_left, processes.anything_left),
    Statement("beat", processes.beat, lambda c: processes.beat(c, 7)),
    Statement("hint", late.waiting, lambda c: late.waiting(c, NOW - _TEN_MINUTES, 500)),
    Statement("hint", late.note_hints, lambda c: late.note_hints(c, [5, 6, 7])),
    Statement("push", hiding.delivered, lambda c: hiding.delivered(c, RESELLER, 7)),
    Statement("hide", hiding.any_due, hiding.any_due),
    Statement("hide", hiding.claim, lambda c: hiding.claim(c, Lease(7, _LEASE), 20, [RESELLER])),
    Statement("hide", hiding.is_due, lambda c: hiding.is_due(c, _EXPOSED)),
    Statement("hide", hiding.hidden, lambda c: hiding.hidden(c, _EXPOSED)),
    Statement("tap: show", hiding.show, lambda c: hiding.show(c, RESELLER, 7)),
    Statement("tap: settings", hiding.follow, lambda c: hiding.follow(c, RESELLER, 5), "hidden"),
    Statement("tap: settings", hiding.follow, lambda c: hiding.follow(c, RESELLER, None), "not hidden"),
    Statement("stop", processes.end, lambda c: processes.end(c, 7)),
    Statement("start", catalog.services_after, lambda c: catalog.services_after(c, 0, 500), "500 of them"),
    Statement("start", catalog.all_countries, catalog.all_countries),
    Statement("update", people.get, lambda c: people.get(c, RESELLER)),
    Statement("tap: home", purses.read, lambda c: purses.read(c, RESELLER, _WALLET, _HELD, _DAY)),
    Statement("tap: home", figures.count, lambda c: figures.count(c, RESELLER, in_progress=True), "in progress"),
    Statement("tap: services", catalog.own_services, lambda c: catalog.own_services(c, RESELLER, 4)),
    Statement("tap: services", catalog.most_bought, lambda c: catalog.most_bought(c, 12)),
    Statement("tap: countries", catalog.own_countries, lambda c: catalog.own_countries(c, RESELLER, 3, 3)),
    Statement("tap: countries", catalog.countries_most_bought, lambda c: catalog.countries_most_bought(c, 3, 8)),
    Statement("tap: countries", trials.last, lambda c: trials.last(c, 1, NOW - _MONTH)),
    Statement("tap: home", catalog.own_pairs, lambda c: catalog.own_pairs(c, RESELLER, 8)),
    Statement("tap: price", windows.last, lambda c: windows.last(c, RESELLER, 3, 9)),
    Statement("tap: price", favorites.window_of, lambda c: favorites.window_of(c, RESELLER, 1, 1)),
    Statement("tap: any of these", drafts.of_service, lambda c: drafts.of_service(c, RESELLER, 1)),
    Statement("tap: any of these", drafts.put, lambda c: drafts.put(c, RESELLER, 1, (1, 2, 3))),
    Statement("tap: any of these", drafts.put, lambda c: drafts.put(c, RESELLER, 1, ()), "nothing"),
    Statement("drafts", drafts.delete_old, lambda c: drafts.delete_old(c, NOW, 500)),
    Statement("answer", catalog.country_told, lambda c: catalog.country_told(c, "c" * 24)),
    Statement("answer", catalog.countries_of_code, lambda c: catalog.countries_of_code(c, "BR")),
    Statement("tap: record", orders.read, lambda c: orders.read(c, _THE_SEVENTH)),
    Statement("tap: order", catalog.countries_by_id, lambda c: catalog.countries_by_id(c, [1, 2, 3])),
    Statement("tap: search", catalog.search_id, lambda c: catalog.search_id(c, "telegram")),
    Statement("tap: search", catalog.search_text, lambda c: catalog.search_text(c, 1)),
    Statement("tap: my numbers", orders.of_person, _pages(0, in_progress=True), "in progress"),
    Statement("tap: my numbers", figures.closable, lambda c: figures.closable(c, RESELLER)),
    Statement("tap: label", labels.recent, lambda c: labels.recent(c, RESELLER, 6)),
    Statement("tap: history", labels.of_person, lambda c: labels.of_person(c, RESELLER, 1_000)),
    Statement("tap: label", labels.put, lambda c: labels.put(c, RESELLER, "work")),
    Statement("tap: label", labels.get, lambda c: labels.get(c, RESELLER, 1)),
    Statement("tap: label", labels.drop_unused, lambda c: labels.drop_unused(c, RESELLER, 1)),
    Statement("tap: label", orders.bear_label, lambda c: orders.bear_label(c, 7, 1)),
    Statement("tap: close all", orders.wish_all_closed, lambda c: orders.wish_all_closed(c, [5, 6, 7])),
    Statement("tap: my numbers", figures.count, lambda c: figures.count(c, RESELLER, in_progress=True)),
    *(Statement("tap: history", history.count, partial(_counted, one), about) for about, one in _SOUGHT.items()),
    *(Statement("tap: history", history.page, partial(_paged, one), about) for about, one in _SOUGHT.items()),
    Statement("tap: history", history.page, lambda c: history.page(c, RESELLER, Sought(), 8, 600), "page 75"),
    Statement("tap: history", history.outcomes, lambda c: history.outcomes(c, RESELLER)),
    Statement("tap: history", history.bought, lambda c: history.bought(c, RESELLER)),
    Statement("tap: history", history.service_name, lambda c: history.service_name(c, 1)),
    Statement("tap: history", labels.any_of, lambda c: labels.any_of(c, RESELLER)),
    Statement("tap: order", orders.get, lambda c: orders.get(c, 7)),
    Statement("tap: order", orders.card, _last_card),
    Statement("tap", cards.at, lambda c: cards.at(c, RESELLER, 30)),
    Statement("tap", cards.pushed_order, lambda c: cards.pushed_order(c, RESELLER, 30)),
    Statement("tap: buy", orders.by_nonce, lambda c: orders.by_nonce(c, RESELLER, "n15")),
    Statement("tap: buy", figures.spent_since, lambda c: figures.spent_since(c, _DAY, RESELLER), "of one, today"),
    Statement("tap: buy", limits.own, lambda c: limits.own(c, RESELLER)),
    Statement("tap: people", limits.put, lambda c: limits.put(c, RESELLER, OwnLimits(5, None))),
    Statement("erase", erasing.due, lambda c: erasing.due(c, NOW - timedelta(days=30), 200)),
    Statement("erase", erasing.never_ended, lambda c: erasing.never_ended(c, NOW - timedelta(days=30), 200)),
    Statement("erase", erasing.contents, lambda c: erasing.contents(c, [5, 6, 7])),
    Statement("erase", erasing.erase, lambda c: erasing.erase(c, [5, 6, 7], {5: "a", 6: "b"})),
    Statement("erase", sms_rows.keyed_of, lambda c: sms_rows.keyed_of(c, [5, 6, 7])),
    Statement("answer", erasing.take_up, lambda c: erasing.take_up(c, 7, "+5511")),
    Statement("tap: settings", erasing.of_person, lambda c: erasing.of_person(c, RESELLER, 200)),
    Statement("tap: settings", erasing.codes_on_their_way, lambda c: erasing.codes_on_their_way(c, RESELLER)),
    Statement("tap: settings", named.forget_names, lambda c: named.forget_names(c, RESELLER)),
    Statement("a push", preferences.get, lambda c: preferences.get(c, RESELLER)),
    Statement(
        "tap: settings", preferences.put, lambda c: preferences.put(c, RESELLER, Preferences(hide_codes_after=5))
    ),
    Statement("tap: settings", people.erase_person, lambda c: people.erase_person(c, RESELLER)),
    Statement("tap: language", people.choose_language, lambda c: people.choose_language(c, RESELLER, "de")),
    Statement("tap: buy", books.balance, lambda c: books.balance(c, _WALLET)),
    Statement("tap: buy", switches.value, lambda c: switches.value(c, PAUSED)),
    Statement("tap: buy", figures.last_placed, figures.last_placed),
    Statement("tap: buy", figures.last_placed, lambda c: figures.last_placed(c, 7), "before another"),
    Statement("guard", audit.last, lambda c: audit.last(c, Act.BUYING_RESUMED, "guard")),
    Statement("guard", ended.sample, lambda c: ended.sample(c, _DAY, _DAY - _WEEK, 200), "of a day"),
    Statement("guard", ended.sample, lambda c: ended.sample(c, NOW - _WEEK, NOW - _WEEK, 200), "of a week"),
    Statement("tap: resume", switches.clear, lambda c: switches.clear(c, PAUSED)),
    Statement("tap: wallet", books.credits_of, lambda c: books.credits_of(c, _WALLET, 500)),
    Statement("tap: wallet", books.credits_of, lambda c: books.credits_of(c, wallet(0), 500), "of a newcomer"),
    Statement("tap: credit", credit_requests.waiting, lambda c: credit_requests.waiting(c, RESELLER)),
    Statement("tap: credit", credit_requests.usual_maximum, credit_requests.usual_maximum),
    Statement(
        "tap: credit",
        credit_requests.asked_since,
        lambda c: credit_requests.asked_since(c, RESELLER, NOW, MOST_AN_HOUR),
    ),
    Statement(
        "tap: credit",
        credit_requests.last_answered,
        lambda c: credit_requests.last_answered(c, RESELLER, NOW),
    ),
    Statement("tap: credit", credit_requests.get, lambda c: credit_requests.get(c, 7)),
    Statement("tap: credit", credit_requests.answer, lambda c: credit_requests.answer(c, 7, CreditAnswer.DECLINED)),
    Statement("tap: credit", notices.settle_open, lambda c: notices.settle_open(c, ["credit-request:7:1"])),
    Statement("tap: favorites", favorites.count, lambda c: favorites.count(c, RESELLER)),
    Statement("tap: favorites", favorites.of_person, lambda c: favorites.of_person(c, RESELLER, 8, 0)),
    Statement("tap: watches", watches.begin, lambda c: watches.begin(c, RESELLER, 3, 9, 200_000)),
    Statement("tap: watches", watches.count, lambda c: watches.count(c, RESELLER)),
    Statement("tap: watches", watches.of_person, lambda c: watches.of_person(c, RESELLER, 8, 0)),
    Statement("tap: watches", watches.get, lambda c: watches.get(c, RESELLER, 7)),
    Statement("tap: price", watches.on_pair, lambda c: watches.on_pair(c, RESELLER, 3, 9)),
    Statement("watches", watches.to_look_at, lambda c: watches.to_look_at(c, NOW)),
    Statement("watches", watches.looking, lambda c: watches.looking(c, 3, 9)),
    Statement("watches", watches.waiting, lambda c: watches.waiting(c, 3, 9, 200_000, 100)),
    Statement("watches", watches.end, lambda c: watches.end(c, [5, 6, 7])),
    Statement("watches over", watches.any_over, lambda c: watches.any_over(c, NOW - _A_DAY)),
    Statement("watches over", watches.run_out, lambda c: watches.run_out(c, 100)),
    Statement("watches over", watches.forget_ended, lambda c: watches.forget_ended(c, NOW - _A_DAY, 100)),
    Statement("tap: balance", books.total, lambda c: books.total(c, Family.HELD)),
    Statement("tap: balance", figures.spent_since, lambda c: figures.spent_since(c, _DAY), "of all, today"),
    Statement("tap: balance", figures.spent_since, lambda c: figures.spent_since(c, NOW - _WEEK), "of all, a week"),
    Statement("tap: balance", sums.cost_since, lambda c: sums.cost_since(c, NOW - _WEEK), "a week"),
    Statement("tap: balance", sums.first_order_at, sums.first_order_at),
    Statement("tap: balance", sums.owed, sums.owed),
    Statement("tap: balance", moments.moment, moments.moment),
    Statement("tap: stats", sums.sums, lambda c: sums.sums(c, NOW - _MONTH, NOW, _A_DAY), "30 days"),
    Statement("tap: status", machine.alive, lambda c: machine.alive(c, timedelta(seconds=15))),
    Statement("tap: status", machine.revision, machine.revision),
    Statement("tap: status", machine.engine, machine.engine),
    Statement("tap: status", sums.going_on, sums.going_on),
    Statement("digest", sums.first_met_at, sums.first_met_at),
    Statement("digest", sums.people_met, lambda c: sums.people_met(c, _DAY, NOW)),
    Statement("alert", people.appointed, people.appointed),
    Statement("alert", incidents.begin, lambda c: incidents.begin(c, AlertKind.EMPTY, "", None, timedelta())),
    Statement("alert", incidents.end, lambda c: incidents.end(c, AlertKind.EMPTY, "")),
    Statement("alert", incidents.goes_on, lambda c: incidents.goes_on(c, AlertKind.EMPTY, "")),
    Statement("alert", incidents.going_on, incidents.going_on),
    Statement("alert", notices.settle_open, lambda c: notices.settle_open(c, ["incident:7:900"])),
    Statement("watch-telegram", notices.oldest, notices.oldest),
    Statement("tap: people", people.appoint, lambda c: people.appoint(c, RESELLER, admin=True)),
    Statement("tap: people", people.count, lambda c: people.count(c, _ALL), "all"),
    Statement("tap: people", people.count, lambda c: people.count(c, _FOUND), "searched"),
    Statement("tap: people", people.count, lambda c: people.count(c, _ADMINS), "admins"),
    Statement("tap: people", people.listed, lambda c: people.listed(c, _ALL, 8), "first page"),
    Statement("tap: people", people.listed, lambda c: people.listed(c, _ALL, 8, 9_992), "last page"),
    Statement("tap: people", people.listed, lambda c: people.listed(c, _FOUND, 8), "searched"),
    Statement("tap: people", people.listed, lambda c: people.listed(c, Wanted(Among.BLOCKED), 8), "blocked"),
    Statement("tap: people", people.listed, lambda c: people.listed(c, Wanted(Among.UNREACHABLE), 8), "unreachable"),
    Statement("tap: people", people.listed, lambda c: people.listed(c, Wanted(Among.LIMITED), 8), "with own limits"),
    Statement("tap: person", people.first_seen, lambda c: people.first_seen(c, RESELLER)),
    Statement("tap: person", audit.about, lambda c: audit.about(c, RESELLER, [Act.PERSON_LIMITED], 3)),
    Statement("tap: person", figures.spent_since, lambda c: figures.spent_since(c, _MONTH_AGO, RESELLER), "30 days"),
    Statement("tap: buy", hourly.purchases, lambda c: hourly.purchases(c, RESELLER)),
    Statement("tap: close", hourly.closes, lambda c: hourly.closes(c, RESELLER)),
    Statement("tap: close", hourly.note_close, lambda c: hourly.note_close(c, 7, RESELLER)),
    Statement("tap: unconfirmed", orders.in_state, lambda c: orders.in_state(c, OrderState.RELEASED), "released"),
    Statement("tap: judge", worklist.any_lost, worklist.any_lost),
    Statement("tap: resume", switches.since, lambda c: switches.since(c, PAUSED)),
    Statement("tap: judge", audit.get, lambda c: audit.get(c, 5)),
    Statement("books", books.last_transfer, books.last_transfer),
    Statement("books", books.sums, lambda c: books.sums(c, 4_001, 5_000), "1,000 transfers"),
    Statement("books", books.accounts_after, lambda c: books.accounts_after(c, held(3), 1_000), "1,000 accounts"),
    Statement("books", books.balances_of, lambda c: books.balances_of(c, [_WALLET, _HELD])),
    Statement("books", books.total, books.total, "of all"),
    Statement("books", books.wallets_below_zero, lambda c: books.wallets_below_zero(c, 1)),
    Statement("books", books.debts, lambda c: books.debts(c, 200)),
    Statement("books", figures.held_in_progress, figures.held_in_progress),
    # what is written, where it is due
    Statement("tap: buy", orders.add, lambda c: orders.add(c, _NEW)),
    Statement("tap: buy", books.post, lambda c: books.post(c, Transfer(Ref("t"), _WALLET, _HELD, 5))),
    Statement("tap: buy", audit.write, lambda c: audit.write(c, Act.ORDER_PLACING, order_id=7)),
    Statement("answer", orders.move, _moves),
    Statement("answer", orders.show_anew, lambda c: orders.show_anew(c, 7)),
    Statement("answer", orders.name_operation, lambda c: orders.name_operation(c, 7, "e" * 24)),
    Statement("answer", orders.settle_country, lambda c: orders.settle_country(c, 7, 1)),
    Statement("answer", orders.keep_evidence, lambda c: orders.keep_evidence(c, 7, Evidence(1, None))),
    Statement("tap: another SMS", orders.watch, lambda c: orders.watch(c, 7, NOW)),
    Statement("tap: close", hourly.take_back_close, lambda c: hourly.take_back_close(c, 7)),
    Statement("tap: close", orders.never_close, lambda c: orders.never_close(c, 7)),
    Statement("tap: close", orders.wish_closed, lambda c: orders.wish_closed(c, 7, wanted=True)),
    Statement("close", orders.close_later, lambda c: orders.close_later(c, 7, NOW)),
    Statement("answer", sms_rows.add, lambda c: sms_rows.add(c, 7, "f" * 64, _SMS)),
    Statement("answer", sms_rows.complete, lambda c: sms_rows.complete(c, 7, "f" * 64, _SMS)),
    Statement("answer", notices.add, lambda c: notices.add(c, "k", RESELLER, NoticeKind.CODE, order_id=7)),
    Statement("answer", notices.settle, lambda c: notices.settle(c, "k", 70)),
    Statement("push", notices.done, lambda c: notices.done(c, {7: 70})),
    Statement("push", notices.postpone, lambda c: notices.postpone(c, 7, NOW, refused=True)),
    Statement("poll", worklist.end_watch, lambda c: worklist.end_watch(c, 7, NOW)),
    Statement("tap", cards.put, lambda c: cards.put(c, _CARD)),
    Statement("tap", whereabouts.last, lambda c: whereabouts.last(c, RESELLER)),
    Statement("whereabouts", whereabouts.note, lambda c: whereabouts.note(c, {RESELLER: "c1:1:p:0:h::", 7: None})),
    Statement("tap", cards.drop, lambda c: cards.drop(c, RESELLER, 30)),
    Statement("redraw", cards.shown, lambda c: cards.shown(c, _CARD, 5)),
    Statement("redraw", cards.folded, lambda c: cards.folded(c, _CARD)),
    Statement("tap", sms_rows.with_code, lambda c: sms_rows.with_code(c, [5, 6, 7])),
    Statement("tap", cards.newest, lambda c: cards.newest(c, 15)),
    Statement("tap: pause", switches.put, lambda c: switches.put(c, PAUSED, PauseCause.ADMIN)),
    Statement("catalog", catalog.save_services, lambda c: catalog.save_services(c, [("x", "X")], complete=False)),
    Statement("catalog", catalog.services_gone, lambda c: catalog.services_gone(c, ["x"])),
    Statement("catalog", catalog.save_countries, lambda c: catalog.save_countries(c, [("x", "X", None)])),
    Statement("catalog", catalog.denied_services, catalog.denied_services),
    Statement("catalog", catalog.hidden_countries, catalog.hidden_countries),
    Statement("catalog", catalog.note_denied_services, lambda c: catalog.note_denied_services(c, {1: "x*"})),
    Statement("catalog", catalog.note_hidden_countries, lambda c: catalog.note_hidden_countries(c, {1: "xx"})),
    Statement("tap: credit", credit_requests.take_over_basket, lambda c: credit_requests.take_over_basket(c, 7, "p1")),
    Statement("tap: credit", credit_requests.add, lambda c: credit_requests.add(c, RESELLER, 5_000_000, "", None)),
    Statement("tap: favorites", favorites.save, lambda c: favorites.save(c, RESELLER, 1, 1, _NEW.window)),
    Statement("tap: favorites", favorites.get, lambda c: favorites.get(c, RESELLER, 1)),
    Statement("tap: favorites", favorites.forget, lambda c: favorites.forget(c, RESELLER, 1, 1)),
    Statement("tap: favorites", favorites.remove, lambda c: favorites.remove(c, RESELLER, 1)),
    Statement("update", people.add, lambda c: people.add(c, Person(9_999_999, "N", Standing.ALLOWED, "en"))),
    Statement("update", people.greet, lambda c: people.greet(c, RESELLER, "N", "en")),
    Statement("update", people.set_unreachable, lambda c: people.set_unreachable(c, RESELLER, NOW)),
    Statement("tap: people", people.set_standing, lambda c: people.set_standing(c, RESELLER, Standing.BLOCKED)),
    Statement("tap: people", invitations.add, lambda c: invitations.add(c, "code", 1, NOW)),
    Statement("tap: people", invitations.end, lambda c: invitations.end(c, "code")),
    Statement("tap: people", invitations.open_ones, lambda c: invitations.open_ones(c, [RESELLER], 9)),
    Statement("tap: people", entry.answer, lambda c: entry.answer(c, 1, EntryAnswer.ALLOWED, 1)),
    Statement("start", people.once_appointed, people.once_appointed),
    Statement("update", entry.get, lambda c: entry.get(c, 1)),
    Statement("update", entry.add, lambda c: entry.add(c, Stranger(1, "Ann"))),
    Statement("update", entry.asked_since, lambda c: entry.asked_since(c, NOW)),
    Statement("update", entry.waiting_since, lambda c: entry.waiting_since(c, NOW)),
    Statement("update", invitations.get, lambda c: invitations.get(c, "code")),
    Statement("update", invitations.use, lambda c: invitations.use(c, "code", RESELLER)),
)
