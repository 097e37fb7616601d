"""Random lives of the shop: taps, answers, refusals, lost answers, crashes and time, in any order."""

import asyncio
import shutil
import sqlite3
from collections import Counter
from collections.abc import Coroutine
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.db.database import Database
from bot.db.shop import catalog
from bot.domain.access import Billing
from bot.domain.money import Markup, to_decimal
from bot.domain.orders import LIVE, OrderState
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, Refusal
from bot.milestones import NAMES
from bot.services.orders.checkout import Wish
from bot.services.safety import book_check
from tests.db.fresh import ANN, BEN, stock, url_of
from tests.invariants import laws
from tests.invariants.model import REFUNDS, Crash, Deed, HidSimModel, Truth, Verdict, View
from tests.invariants.phones import Phones, Post
from tests.invariants.process import ADA, ADMIN, House, Process

START = datetime(2026, 1, 15, 22, 0, tzinfo=UTC)
PEOPLE = (ANN, BEN)
OPENING = 1000 * 1_000_000

ANY = st.integers(0, 99)
"""Which of the things at hand: counted around."""
READS = st.lists(st.sampled_from([Verdict.DONE, Verdict.LOST_BEFORE, Verdict.NOT_FOUND, Verdict.BUSY]), max_size=3)
VIEWS = st.lists(st.sampled_from([View.TRUE, View.TRUE, *View]), max_size=3)
ACTS = st.sampled_from(
    [
        Verdict.DONE, Verdict.DONE, Verdict.DONE, Verdict.LOST_AFTER, Verdict.LOST_BEFORE, Verdict.TOO_EARLY,
        Verdict.TOO_EARLY_WAIT, Verdict.REFUSED, Verdict.BUSY, Verdict.NOT_SENT, Verdict.NOT_FOUND,
    ]
)  # fmt: skip
PURCHASES = st.sampled_from(
    [
        *[Verdict.DONE] * 8, Verdict.LOST_AFTER, Verdict.LOST_BEFORE, Verdict.NOT_SENT, Verdict.REFUSED, Verdict.UNPAID,
        Verdict.SIGN_IN, Verdict.NOT_FOUND, Verdict.NO_MATCH, Verdict.BUSY, Verdict.BROKEN, Verdict.TWIN,
    ]
)  # fmt: skip


def _nothing(far: HidSimModel, truth: Truth) -> None:
    return


def _refund(far: HidSimModel, truth: Truth) -> None:
    far.refund(truth, "no_number_refunded")


DEEDS = {
    "nothing yet": _nothing,
    "a number": HidSimModel.give_number,
    "a number and its code": HidSimModel.give_sms,
    "a refund": _refund,
}


class Shop(RuleBasedStateMachine):
    """One shop over one database file, from its first order to the end of everything."""

    template: Path
    folder: Path
    process: Process
    house: House
    phones: Phones

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.file = self.folder / f"{len(list(self.folder.iterdir()))}.db"
        shutil.copy(self.template, self.file)
        self.clock = START
        self.far = HidSimModel(lambda: self.clock)
        self.eye: sqlite3.Connection | None = None
        self.intents: list[tuple[int, Wish]] = []
        self.placed: dict[tuple[int, str], int] = {}
        self.credited: Counter[int] = Counter()
        self.asked: dict[int, tuple[int, int]] = {}
        self.confirmed: set[int] = set()
        self.closed_by_tap: set[int] = set()
        self.judged: set[int] = set()
        self.paused = False
        self.executes_when_dead = False
        self.broken = True

    # --- how a step runs ----------------------------------------------------------------------------------------------

    def do(self, act: Coroutine[Any, Any, Any]) -> Any:
        """Runs one act to rest: until nothing moves but what waits for HidSim. A Refusal comes back as its reason."""
        return self.loop.run_until_complete(self._do(act))

    async def _do(self, act: Coroutine[Any, Any, Any]) -> Any:
        found = None
        try:
            found = await act
        except Crash:
            pass
        except Refusal as refusal:
            found = refusal.facts.reason
        await self._rest()
        if self.process.dead:
            await self._revive()
        else:
            self.far.settle(alive=True)
        self.far.verdicts.clear()
        self.far.views.clear()
        self.phones.posts.clear()
        return found

    async def _rest(self) -> None:
        loop, me = asyncio.get_running_loop(), asyncio.current_task()
        while True:
            self.far.new_gate = loop.create_future()
            waiting = {gate.task for gate in self.far.gates}
            moving = asyncio.all_tasks() - {me} - waiting
            if not moving:
                return
            await asyncio.wait([*moving, self.far.new_gate], return_when=asyncio.FIRST_COMPLETED)

    async def _revive(self) -> None:
        """Nothing of the dead process is waited for; the next one opens the same file."""
        self.process.die()
        self.far.kill_gates(executed=self.executes_when_dead)
        await self.process.bury()
        self.far.settle(alive=False)
        self.phones.process_died()
        self.process = self._process()
        await self.process.begin()
        await self._rest()
        self.far.settle(alive=True)

    def _process(self) -> Process:
        return Process(self.file, self.far, self.phones, self.house, lambda: self.clock)

    @property
    def books(self) -> laws.Books:
        assert self.eye is not None
        return laws.read(self.eye)

    def order_at(self, which: int, *, live: bool = False) -> laws.Row | None:
        orders = [o for o in self.books.orders.values() if o["operation_id"] and (not live or o["state"] in LIVE)]
        return orders[which % len(orders)] if orders else None

    def truth_at(self, which: int) -> Truth | None:
        truths = list(self.far.truths.values())
        return truths[which % len(truths)] if truths else None

    # --- opening ------------------------------------------------------------------------------------------------------

    @initialize(
        billing=st.sampled_from(Billing),
        percent=st.sampled_from([0, 0, 7, 33]),
        credit=st.sampled_from([3_000_000, 900_000, 50_000_000]),
        before_pause=st.sampled_from([3, 1, 99]),
    )
    def open(self, billing: Billing, percent: int, credit: int, before_pause: int) -> None:
        self.house = House(billing, Markup(percent), credit, 4, timedelta(minutes=10), before_pause)
        self.loop.run_until_complete(self._stock())
        self.eye = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, isolation_level=None)
        self.phones = Phones(self.eye, lambda: self.clock)
        self.process = self._process()
        self.broken = False
        self.do(self.process.begin())
        self.do(self.process.shop.book_check.compare())
        if billing is Billing.PREPAID:
            for person in PEOPLE:
                self._ask(person, credit, taken=False)
                self._confirm(next(reversed(self.asked)))

    async def _stock(self) -> None:
        database = Database(url_of(self.file))
        async with database.write() as tx:
            await stock(tx)
            await catalog.save_countries(tx, [("c" * 24, "Brazil", "BR")])
        await database.close()

    # --- what people tap ----------------------------------------------------------------------------------------------

    @rule(
        person=st.sampled_from(PEOPLE),
        high=st.sampled_from([100_000, 400_000, 1_500_000]),
        low=st.sampled_from([0, 2, 1]),
        taps=st.sampled_from([1, 1, 2]),
    )
    def buy(self, person: int, high: int, low: int, taps: int) -> None:
        """A new button, tapped once or twice at once."""
        high += 1_000 * len(self.intents)
        self._new(person, Wish(1, 1, Window(high // low if low else 0, high), f"n{len(self.intents)}"), taps)

    @rule(
        person=st.sampled_from(PEOPLE),
        cost=st.sampled_from([250_000, 0, 1, 999_999]),
        moved=st.sampled_from([0, 0, 0, 1, 50_000, -1]),
    )
    def buy_an_exact_offer(self, person: int, cost: int, moved: int) -> None:
        """`moved`: what the price does between the reading of the offers and the purchase."""
        name = f"p{len(self.intents)}"
        price = self.house.markup.shown(cost)
        self.far.products[name] = to_decimal(cost)
        self._new(person, Wish(1, 1, Window(price, price), f"n{len(self.intents)}", name), 1)
        if name in self.far.windows:
            self.far.windows[name] = (to_decimal(max(0, cost + moved)),) * 2

    @rule(
        people=st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3),
        deed=st.sampled_from(sorted(DEEDS)),
        milestone=st.sampled_from([None, None, *NAMES]),
    )
    def a_brisk_trade(self, people: list[int], deed: str, milestone: str | None) -> None:
        """Several purchases that HidSim answers at once: deep states are reached sooner. A crash may lie in its way."""
        self.process.die_at(milestone)
        for person in people:
            high = 500_000 + 1_000 * len(self.intents)
            self._new(person, Wish(1, 1, Window(0, high), f"n{len(self.intents)}"), 1)
        self.do(self._answer_all(deed))
        self.clock += timedelta(seconds=1)
        self.do(self.process.shop.tracker.tick())

    async def _answer_all(self, deed: str) -> None:
        for place, gate in enumerate(self.far.purchases):
            self.far.answer_purchase(gate, Verdict.DONE, View.TRUE, Deed(50, then=DEEDS[deed if place else "a number"]))

    def _new(self, person: int, wish: Wish, taps: int) -> None:
        self.intents.append((person, wish))
        before = len(self.books.orders)
        found = self.do(self._tap(person, wish, taps))
        orders = self.books.orders
        assert len(orders) <= before + 1
        if isinstance(found, list):
            assert len({order.id for order in found}) == 1
            self.placed[person, wish.nonce] = found[0].id
        elif len(orders) > before:  # the process died when the order stood already
            self.placed[person, wish.nonce] = max(orders)
        if self.paused and len(orders) > before:
            raise AssertionError("an order was placed while buying is paused")

    async def _tap(self, person: int, wish: Wish, taps: int) -> list[Any]:
        return await asyncio.gather(*(self.process.shop.checkout.buy(person, wish) for _ in range(taps)))

    @precondition(lambda self: self.placed)
    @rule(which=ANY)
    def tap_an_old_button_again(self, which: int) -> None:
        person, wish = self.intents[which % len(self.intents)]
        if (known := self.placed.get((person, wish.nonce))) is None:
            return
        before = len(self.books.orders)
        assert self.do(self.process.shop.checkout.buy(person, wish)).id == known
        assert len(self.books.orders) == before

    @precondition(lambda self: self.far.truths)
    @rule(which=ANY, act=ACTS, reads=READS, polled=st.booleans())
    def close(self, which: int, act: Verdict, reads: list[Verdict], polled: bool) -> None:
        """`polled`: the clock asks about the same orders at the same time."""
        if (order := self.order_at(which)) is None:
            return
        self.far.verdicts.extend([act, *reads])
        self.closed_by_tap.add(order["id"])
        self.do(self._at_once(self.process.shop.closing.close(order["person_id"], order["id"]), polled=polled))

    async def _at_once(self, act: Coroutine[Any, Any, Any], *, polled: bool) -> None:
        if polled:
            await asyncio.gather(act, self.process.shop.tracker.tick())
        else:
            await act

    @precondition(lambda self: self.far.truths)
    @rule(which=ANY)
    def close_when_allowed(self, which: int) -> None:
        if (order := self.order_at(which)) is not None:
            self.do(self.process.shop.closing.close_when_allowed(order["person_id"], order["id"]))

    @precondition(lambda self: self.far.truths)
    @rule(which=ANY, another=st.booleans(), act=ACTS, reads=READS, views=VIEWS)
    def ask_for_another_sms(
        self, which: int, another: bool, act: Verdict, reads: list[Verdict], views: list[View]
    ) -> None:
        if (order := self.order_at(which)) is None:
            return
        if another:
            self.far.give_sms(self.far.truths[order["operation_id"]])
        self.far.verdicts.extend([act, *reads])
        self.far.views.extend(views)
        self.do(self.process.shop.own_orders.another_sms(order["person_id"], order["id"]))

    @precondition(lambda self: self.far.truths)
    @rule(which=ANY, reads=READS, views=VIEWS)
    def refresh(self, which: int, reads: list[Verdict], views: list[View]) -> None:
        if (order := self.order_at(which)) is None:
            return
        self.far.verdicts.extend(reads)
        self.far.views.extend(views)
        self.do(self.process.shop.own_orders.refresh(order["person_id"], order["id"]))

    @precondition(lambda self: self.far.truths)
    @rule(which=ANY)
    def touch_somebody_elses_order(self, which: int) -> None:
        if (order := self.order_at(which)) is None:
            return
        stranger = BEN if order["person_id"] == ANN else ANN
        own_orders, closing = self.process.shop.own_orders, self.process.shop.closing
        for act in (closing.close, own_orders.another_sms, closing.close_when_allowed, own_orders.refresh):
            assert self.do(act(stranger, order["id"])) is Reason.NOT_YOURS

    # --- what HidSim does ---------------------------------------------------------------------------------------------

    @precondition(lambda self: self.far.purchases)
    @rule(
        which=ANY,
        verdict=PURCHASES,
        view=st.sampled_from([View.TRUE, View.TRUE, View.TRUE, *View]),
        part=st.sampled_from([100, 0, 33]),
        over=st.sampled_from([False, False, False, True]),
        deed=st.sampled_from(sorted(DEEDS)),
    )
    def answer_a_purchase(self, which: int, verdict: Verdict, view: View, part: int, over: bool, deed: str) -> None:
        gates = self.far.purchases
        gate = gates[which % len(gates)]

        async def answer() -> None:
            self.far.answer_purchase(gate, verdict, view, Deed(part, over, DEEDS[deed]))

        self.do(answer())

    @precondition(lambda self: self.far.truths)
    @rule(
        which=ANY, what=st.sampled_from(["number", "sms", "sms", "sms", "end without sms", "price", "price", *REFUNDS])
    )
    def something_happens_at_hidsim(self, which: int, what: str) -> None:
        truth = self.truth_at(which)
        assert truth is not None
        if what == "number":
            self.far.give_number(truth)
        elif what == "sms":
            self.far.give_sms(truth)
        elif what == "end without sms":
            self.far.complete(truth)
        elif what == "price":
            self.far.reprice(truth, [truth.cost + Decimal("0.05"), Decimal(0), Decimal("0.3")][which % 3])
        else:
            self.far.refund(truth, what)

    # --- the clock's ticks --------------------------------------------------------------------------------------------

    @rule(seconds=st.sampled_from([1, 1, 2, 7, 61, 601, 4_000, 90_000]))
    def time_passes(self, seconds: int) -> None:
        self.clock += timedelta(seconds=seconds)

    @precondition(lambda self: self.far.truths)
    @rule(reads=READS, views=VIEWS, slow=st.booleans())
    def poll(self, reads: list[Verdict], views: list[View], slow: bool) -> None:
        """`slow`: the answers stay on their way until the reads are let go."""
        self.clock += timedelta(seconds=1)
        self.far.verdicts.extend(reads)
        self.far.views.extend(views)
        self.far.slow_reads = slow
        self.do(self.process.shop.tracker.tick())
        self.far.slow_reads = False

    @precondition(lambda self: len(self.far.gates) > len(self.far.purchases))
    @rule()
    def slow_answers_arrive(self) -> None:
        self.do(self._let_reads_go())

    async def _let_reads_go(self) -> None:
        self.far.let_reads_go()

    @rule(posts=st.lists(st.sampled_from([Post.TAKEN, Post.TAKEN, *Post]), max_size=4))
    def push(self, posts: list[Post]) -> None:
        self.phones.posts.extend(posts)
        self.do(self.process.pusher.push())

    @rule(
        tick=st.sampled_from(["close", "close", "release", "release", "books", "redraw"]),
        acts=st.lists(ACTS, max_size=4),
    )
    def another_tick(self, tick: str, acts: list[Verdict]) -> None:
        if tick == "close":
            self.far.verdicts.extend(acts)
            self.do(self.process.shop.closing.close_due())
        elif tick == "release":
            self._release_what_is_due()
        elif tick == "books":
            self._look_at_the_books()
        else:
            self.do(self.process.pusher.redraw())

    def _release_what_is_due(self) -> None:
        died = self.process
        self.do(self.process.shop.lost.release_due())
        due = laws.micros_of(self.clock - self.house.release_after)
        for order in self.books.orders.values():
            held = order["state"] == OrderState.UNCONFIRMED and order["placed_at"] <= due
            assert not held or died is not self.process

    def _look_at_the_books(self) -> None:
        self.do(self.process.shop.book_check.check())
        self.do(self.process.shop.book_check.compare())
        self.do(self.process.shop.tracker.tell_overdue())

    # --- what admins do -----------------------------------------------------------------------------------------------

    @precondition(lambda self: self.placed)
    @rule(which=ANY, bought=st.booleans())
    def judge(self, which: int, bought: bool) -> None:
        orders = [*self.books.orders.values()]
        judged = [o for o in orders if o["state"] in (OrderState.UNCONFIRMED, OrderState.RELEASED)]
        orders = (judged if which % 4 else None) or orders
        if not orders:
            return
        order = orders[which % len(orders)]
        found = self.do(self.process.shop.lost.judge(ADA, order["id"], bought=bought))
        assert (found is Reason.NOT_NOW) is (order not in judged)

    @rule(act=st.sampled_from(["pause", "resume", *PEOPLE, ADMIN]))
    def steer_or_come_back(self, act: str | int) -> None:
        """An admin switches buying, or a person who may have blocked the bot writes to it again."""
        if isinstance(act, int):
            self.do(self.process.shop.people.meet(act, "Anybody", "en"))
        else:
            self.do(self.process.shop.pause.steer(ADA, paused=act == "pause"))

    @precondition(lambda self: self.house.billing is Billing.PREPAID)
    @rule(
        person=st.sampled_from(PEOPLE),
        amount=st.sampled_from([1, 250_000, 5_000_000, None, None]),
        taken=st.booleans(),
        which=ANY,
    )
    def give_or_take_credit(self, person: int, amount: int | None, taken: bool, which: int) -> None:
        """Asks, and confirms something: what was asked now, or before, or was confirmed already."""
        if amount is not None:
            self._ask(person, amount, taken=taken)
        if self.asked:
            self._confirm(list(self.asked)[-1 - which % min(3, len(self.asked))])

    def _ask(self, person: int, amount: int, *, taken: bool) -> None:
        asked = self.do(self.process.shop.credit.ask(ADA, f"{person} {to_decimal(amount):f} a note", taken=taken))
        self.asked[asked.number] = (person, asked.amount)

    def _confirm(self, number: int) -> None:
        person, amount = self.asked[number]
        found = self.do(self.process.shop.credit.carry_out(ADA, number))
        if number not in self.confirmed and not isinstance(found, Reason):
            self.confirmed.add(number)
            self.credited[person] += amount

    # --- ends of the process ------------------------------------------------------------------------------------------

    @rule(milestone=st.sampled_from([*NAMES, None]), executed=st.booleans())
    def die(self, milestone: str | None, executed: bool) -> None:
        """Now, or the next time it gets there. `executed`: whether purchases in flight then arrive at HidSim."""
        self.executes_when_dead = executed
        if milestone is None:
            self.do(self._die())
        else:
            self.process.die_at(milestone)

    async def _die(self) -> None:
        self.process.die()

    # --- what holds ---------------------------------------------------------------------------------------------------

    @invariant()
    def the_laws_hold(self) -> None:
        if self.broken:
            return
        self.broken = True
        self._laws()
        self.broken = False

    def _laws(self) -> None:
        books, far, house = self.books, self.far, self.house
        self.paused, sound = self.do(self._look())
        laws.money_is_neither_made_nor_lost(books)
        laws.held_is_what_orders_hold(books)
        laws.a_hold_ends_once_and_not_before_its_order(books)
        laws.nobody_pays_more_than_the_window(books)
        laws.nothing_above_a_known_price_stays_set_aside(books)
        laws.what_is_charged_was_told(books, far, house.markup)
        laws.wallets_hold_credit_less_what_was_paid_and_is_held(books, self.credited)
        laws.limits_are_kept(books, house.billing, house.daily_spend, house.max_open_orders)
        laws.the_books_of_the_partner_follow_the_costs(books)
        laws.states_follow_allowed_moves(books)
        laws.an_end_is_hidsims_word(books, far)
        laws.nothing_is_bought_or_even_sent_twice(books, far)
        laws.a_placing_order_has_its_purchase_in_flight(books, far, house.markup)
        laws.every_sms_has_one_notice(books, far)
        laws.what_happened_is_told(books, self.closed_by_tap)
        laws.a_done_notice_was_delivered(books, {one.message_id: one.key for one in self.phones.deliveries})
        assert sound

    async def _look(self) -> tuple[bool, bool]:
        """As the bot sees it: whether buying is paused, and whether its own check finds the books sound."""
        async with self.process.database.read() as tx:
            found = await book_check.check(tx)
        return await self.process.shop.pause.why_paused(ADA) is not None, found.sound

    # --- the end of everything ----------------------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            if not self.broken:
                self._to_the_end()
        finally:
            if hasattr(self, "process"):
                self.loop.run_until_complete(self._close())
            if self.eye is not None:
                self.eye.close()
            self.loop.run_until_complete(self.loop.shutdown_default_executor())
            self.loop.close()
            for file in self.folder.glob(f"{self.file.name}*"):
                if file != self.file:
                    file.unlink()

    async def _close(self) -> None:
        self.process.die()
        self.far.kill_gates(executed=False)
        await self.process.bury()

    def _to_the_end(self) -> None:
        """HidSim answers everything, ends everything and hides nothing; then all must be told and settled."""
        self.process.die_at(None)
        self.do(self._let_reads_go())
        for gate in self.far.purchases:
            self.far.answer_purchase(gate, Verdict.DONE, View.TRUE, Deed())
        self.do(asyncio.sleep(0))
        for place, truth in enumerate(self.far.truths.values()):
            if truth.open and place % 2:
                self.far.give_sms(truth)
            self.far.refund(truth, "system_refunded")
        self._tick_until_all_has_ended()
        self._laws()
        books = self.books
        laws.the_far_end_agrees(books, self.far)
        laws.our_books_explain_the_balance(books, self.far, OPENING)
        left = [key for key, notice in books.notices.items() if notice["done_at"] is None]
        assert not left, f"never delivered: {left}"

    def _tick_until_all_has_ended(self) -> None:
        self.clock += timedelta(minutes=11)
        self.do(self.process.shop.tracker.tick())
        self.do(self.process.shop.lost.release_due())
        for order in self.books.orders.values():
            if order["state"] == OrderState.COMPLETED:
                self.do(self.process.shop.own_orders.another_sms(order["person_id"], order["id"]))
        for person in (*PEOPLE, ADMIN):
            self.do(self.process.shop.people.meet(person, "Anybody", "en"))
        self.do(self.process.pusher.push())
