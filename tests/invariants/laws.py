"""What must hold whatever happened, read from the file by a connection of its own and not through the bot's queries."""

import json
import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from bot.domain.access import Billing
from bot.domain.money import Markup, to_decimal, to_micros
from bot.domain.orders import CLOSED_WITHOUT_HIDSIM, HOLDING, LIVE, REFUNDED, OrderState, may_move
from bot.domain.sms import fingerprint
from tests.invariants.model import HidSimModel

S = OrderState
GIVEN_BACK = REFUNDED | CLOSED_WITHOUT_HIDSIM
KINDS = ("number", "ended", "refused", "unconfirmed", "released")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros_of(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


Row = dict[str, Any]


@dataclass(frozen=True)
class Books:
    """All tables that the laws speak of, at one moment."""

    orders: dict[int, Row]
    transfers: dict[str, Row]
    accounts: dict[str, int]
    notices: dict[str, Row]
    sms: list[Row]
    history: dict[int, list[OrderState]]


def read(eye: sqlite3.Connection) -> Books:
    def table(name: str) -> list[Row]:
        found = eye.execute(f"SELECT * FROM {name} ORDER BY 1")  # noqa: S608 - the names stand below
        columns = [column[0] for column in found.description]
        return [dict(zip(columns, row, strict=True)) for row in found]

    eye.execute("BEGIN")
    try:
        orders, transfers, notices = table("orders"), table("transfers"), table("notices")
        return Books(
            orders={row["id"]: row for row in orders},
            transfers={row["ref"]: row for row in transfers},
            accounts={row["name"]: row["balance"] for row in table("accounts")},
            notices={row["key"]: row for row in notices},
            sms=table("sms"),
            history=_history(table("audit")),
        )
    finally:
        eye.execute("ROLLBACK")


def _history(audit: list[Row]) -> dict[int, list[OrderState]]:
    """The states of each order, in the order in which the audit says that they were entered."""
    states: defaultdict[int, list[OrderState]] = defaultdict(list)
    for row in audit:
        word = str(row["act"]).removeprefix("order.").removeprefix("judged.")
        if row["order_id"] is None or word not in set(S):
            continue
        if states[row["order_id"]][-1:] != [S(word)]:
            states[row["order_id"]].append(S(word))
    return states


def state(order: Row) -> OrderState:
    return S(order["state"])


# --- money ------------------------------------------------------------------------------------------------------------


def money_is_neither_made_nor_lost(books: Books) -> None:
    moved: Counter[str] = Counter()
    for transfer in books.transfers.values():
        moved[transfer["source"]] -= transfer["amount"]
        moved[transfer["target"]] += transfer["amount"]
    assert sum(books.accounts.values()) == 0
    assert {name: moved[name] for name in books.accounts} == books.accounts


def held_is_what_orders_hold(books: Books) -> None:
    holding: Counter[str] = Counter()
    for order in books.orders.values():
        if state(order) in HOLDING:
            holding[f"held:{order['person_id']}"] += order["held"]
    held = {name: amount for name, amount in books.accounts.items() if name.startswith("held:")}
    assert held == {name: holding[name] for name in held}
    assert sum(held.values()) == sum(holding.values())


def given_back(books: Books, order_id: int) -> int:
    """What came back of a capture because a price was told after it: each by a transfer of its own."""
    backs = (row for ref, row in books.transfers.items() if ref.startswith(f"back:{order_id}:"))
    return sum(row["amount"] for row in backs)


def set_free(books: Books, order_id: int) -> int:
    """What came back while the order went on, because its number came and cost less than was set aside."""
    free = (row for ref, row in books.transfers.items() if ref.startswith(f"free:{order_id}:"))
    return sum(row["amount"] for row in free)


def a_hold_ends_once_and_not_before_its_order(books: Books) -> None:
    for key, order in books.orders.items():
        booked = {
            name: books.transfers[ref]["amount"]
            for name in ("hold", "capture", "rest", "release")
            if (ref := f"{name}:{key}") in books.transfers
        }
        held, charged = order["held"], order["charged"]
        first = held + set_free(books, key)
        begun = {"hold": first} if first else {}
        if state(order) in HOLDING:
            assert booked == begun
            assert charged is None
        elif state(order) is S.COMPLETED:
            taken = charged + given_back(books, key)
            parts = {"capture": taken, "rest": held - taken}
            assert booked == begun | {name: amount for name, amount in parts.items() if amount}
        else:
            assert state(order) in GIVEN_BACK
            assert booked == (begun | {"release": held} if held else {})
            assert charged == 0


def nobody_pays_more_than_the_window(books: Books) -> None:
    for order in books.orders.values():
        assert order["held"] + set_free(books, order["id"]) == order["window_high"]
        assert 0 <= (order["charged"] or 0) <= order["held"]


def nothing_above_a_known_price_stays_set_aside(books: Books) -> None:
    """From the moment when the number has come with its price; a price of nothing may be not charged yet."""
    for order in books.orders.values():
        if state(order) is S.PENDING and order["price"]:
            assert order["held"] == order["price"]
        if state(order) is not S.PENDING and state(order) in HOLDING:
            assert order["held"] == order["window_high"]


def what_is_charged_was_told(books: Books, far: HidSimModel, markup: Markup) -> None:
    """A price that HidSim named, up to the hold; the whole hold only while no answer in the books named one."""
    for order in books.orders.values():
        if state(order) is S.COMPLETED:
            told = far.truths[order["operation_id"]].prices_told()
            named = {markup.shown(to_micros(price)) for price in told if price is not None}
            unknown = {order["held"]} if order["price"] is None else set()
            assert order["charged"] in {min(price, order["held"]) for price in named} | unknown


def wallets_hold_credit_less_what_was_paid_and_is_held(books: Books, credited: Counter[int]) -> None:
    owed = Counter(credited)
    for order in books.orders.values():
        owed[order["person_id"]] -= order["held"] if state(order) in HOLDING else order["charged"]
    wallets = {name: amount for name, amount in books.accounts.items() if name.startswith("wallet:")}
    assert wallets == {name: owed[int(name.split(":")[1])] for name in wallets}


def limits_are_kept(books: Books, billing: Billing, daily_spend: int, max_open_orders: int) -> None:
    spent: Counter[tuple[int, int]] = Counter()
    open_: Counter[int] = Counter()
    for order in books.orders.values():
        day = order["placed_at"] // 86_400_000_000
        holding = state(order) in HOLDING
        spent[order["person_id"], day] += order["held"] if holding else order["charged"]
        open_[order["person_id"]] += holding
    assert all(count <= max_open_orders for count in open_.values())
    if billing is Billing.SHARED:
        assert all(amount <= daily_spend for amount in spent.values())
    else:
        assert all(amount >= 0 for name, amount in books.accounts.items() if name.startswith("wallet:"))


def the_books_of_the_partner_follow_the_costs(books: Books) -> None:
    """What HidSim took for an order, as it said it last; nothing for one that it refunded."""
    booked: Counter[int] = Counter()
    for transfer in books.transfers.values():
        for name, sign in (("source", -1), ("target", 1)):
            if transfer[name] == "cost":
                booked[transfer["order_id"]] += sign * transfer["amount"]
    for key, order in books.orders.items():
        assert booked[key] == (0 if state(order) in REFUNDED else order["cost"] or 0), f"the cost of order {key}"


# --- orders -----------------------------------------------------------------------------------------------------------


def states_follow_allowed_moves(books: Books) -> None:
    assert set(books.history) == set(books.orders)
    for key, states in books.history.items():
        assert states[0] is S.PLACING
        assert all(may_move(old, new) for old, new in pairwise(states)), states
        assert states[-1] is state(books.orders[key])


def an_end_is_hidsims_word(books: Books, far: HidSimModel) -> None:
    for order in books.orders.values():
        if state(order) in REFUNDED | {S.COMPLETED}:
            assert order["state"] in {one.operation.state for one in far.truths[order["operation_id"]].told}
        if state(order) in CLOSED_WITHOUT_HIDSIM:
            assert (order["number"], order["cost"]) == (None, None)


def nothing_is_bought_or_even_sent_twice(books: Books, far: HidSimModel) -> None:
    assert all(count == 1 for count in far.executed.values())
    assert all(count == 1 for count in far.sent.values())
    owners = Counter(order["operation_id"] for order in books.orders.values() if order["operation_id"])
    assert all(count == 1 for count in owners.values())


def intent_of(order: Row, markup: Markup) -> str:
    """How HidSim's stand-in knows the purchase: by its product, or by its highest price, of which no two are alike."""
    return order["product_id"] or str(to_decimal(markup.highest_cost(order["window_high"])))


def a_placing_order_has_its_purchase_in_flight(books: Books, far: HidSimModel, markup: Markup) -> None:
    """Nothing is forgotten. (One that is in flight for very long may be called unconfirmed, and what follows that.)"""
    waiting = {gate.intent for gate in far.purchases}
    for key, order in books.orders.items():
        in_flight = intent_of(order, markup) in waiting
        assert in_flight or state(order) is not S.PLACING, f"order {key} waits for nothing"
        assert not in_flight or state(order) in {S.PLACING, S.UNCONFIRMED, S.RELEASED, S.BOUGHT, S.NOT_BOUGHT}


# --- what people are told ---------------------------------------------------------------------------------------------


def every_sms_has_one_notice(books: Books, far: HidSimModel) -> None:
    """Every SMS that an answer brought to an order, and none that no answer brought."""
    by_operation = {order["operation_id"]: key for key, order in books.orders.items() if order["operation_id"]}
    known = [truth for truth in far.truths.values() if truth.id in by_operation]

    def keys(*, surely: bool) -> set[str]:
        return {
            f"code:{by_operation[truth.id]}:{fingerprint(text)}"
            for truth in known
            for text in truth.texts_told(surely=surely)
        }

    noticed = {key for key in books.notices if key.startswith("code:")}
    assert keys(surely=True) <= noticed <= keys(surely=False)
    assert {f"code:{row['order_id']}:{row['fingerprint']}" for row in books.sms} == noticed


def what_happened_is_told(books: Books, closed_by_tap: set[int]) -> None:
    for key, order in books.orders.items():
        told = {kind for kind in KINDS if f"{kind}:{key}" in books.notices}
        past = set(books.history[key])
        has_sms = any(row["order_id"] == key for row in books.sms)
        assert ("refused" in told) is (S.REFUSED in past)
        assert ("unconfirmed" in told) is (S.UNCONFIRMED in past)
        assert ("released" in told) is bool(past & {S.RELEASED, S.BOUGHT, S.NOT_BOUGHT})
        assert "number" not in told or (order["number"] is not None and past & {S.PENDING, S.COMPLETED})
        if order["number"] is not None and state(order) not in REFUNDED:
            assert "number" in told
        if past & REFUNDED and key not in closed_by_tap:
            assert "ended" in told
        if state(order) is S.COMPLETED:
            assert has_sms or "ended" in told
        if state(order) in HOLDING:
            assert "ended" not in told


def a_done_notice_was_delivered(books: Books, delivered: dict[int, str]) -> None:
    for key, notice in books.notices.items():
        if notice["done_at"] is None:
            continue
        if notice["message_id"] is None:
            if key.startswith("incident:") and ":over:" not in key:
                continue  # it was over before it was told, by an admin's own act or with a word of its end
            assert told_elsewhere(books, notice), f"{key} was given up"
        else:
            assert delivered[notice["message_id"]] == key


def told_elsewhere(books: Books, notice: Row) -> bool:
    """Whether the order has moved on, so that another message says it. Never so for a code."""
    if notice["order_id"] is None:
        return False
    order = books.orders[notice["order_id"]]
    match notice["kind"]:
        case "unconfirmed":
            return state(order) is not S.UNCONFIRMED
        case "number":
            return state(order) in REFUNDED
        case "ended":
            return state(order) is S.COMPLETED
        case "alert":
            open_question = {"unconfirmed": {S.UNCONFIRMED, S.RELEASED}, "overdue": LIVE, "lost": LIVE}
            return state(order) not in open_question.get(json.loads(notice["detail"])["what"], set(S))
        case _:
            return False


def the_far_end_agrees(books: Books, far: HidSimModel) -> None:
    """When everything has ended: paid for what HidSim calls completed, and for nothing else."""
    for key, order in books.orders.items():
        assert state(order) not in HOLDING, f"order {key} is still {order['state']}"
        if state(order) in CLOSED_WITHOUT_HIDSIM:
            continue
        truth = far.truths[order["operation_id"]]
        assert truth.state == order["state"]
        assert {f"code:{key}:{fingerprint(text)}" for text in truth.texts} <= set(books.notices)
        if not truth.refunded:
            assert order["cost"] == to_micros(truth.cost)


def our_books_explain_the_balance(books: Books, far: HidSimModel, opening: int) -> None:
    """HidSim's balance is what it was, less the costs in our books and those of purchases whose answer was lost."""
    known = {o["operation_id"] for o in books.orders.values() if state(o) in REFUNDED | {S.COMPLETED}}
    lost = sum(to_micros(t.cost) for t in far.truths.values() if t.id not in known and not t.refunded)
    assert to_micros(far.balance) == opening - books.accounts.get("cost", 0) - lost
