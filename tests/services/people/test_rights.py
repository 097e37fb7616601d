"""Acts of admins, asked for by somebody else: refused by the service itself, whoever let the call through."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.access import Right, Role, Standing
from bot.domain.exporting import SheetKind
from bot.domain.limits import LimitKind
from bot.domain.people import Among, Person
from bot.domain.refusals import Reason, Refusal
from bot.facts.people import Picked
from tests.services.floor import ADA, ANN, BEN, Floor

BUYER = Person(ANN, "Ann", Standing.ALLOWED, "en", Role.BUYER)
KEPT_OUT = Person(BEN, "Ben", Standing.BLOCKED, "en")
Act = Callable[[Any, Person], Awaitable[object]]
ACTS: dict[str, tuple[Right, Act]] = {
    "balance": (Right.SEE_BALANCE, lambda s, who: s.balance.facts(who)),
    "stats": (Right.SEE_FIGURES, lambda s, who: s.statistics.of(who, 7)),
    "stats, typed": (Right.SEE_FIGURES, lambda s, who: s.statistics.typed(who, "7")),
    "status": (Right.SEE_FIGURES, lambda s, who: s.status.facts(who)),
    "digest": (Right.SET_DIGEST, lambda s, who: s.digest.facts(who)),
    "digest's hour": (Right.SET_DIGEST, lambda s, who: s.digest.set_hour(who, 5)),
    "people": (Right.SEE_PEOPLE, lambda s, who: s.persons.listed(who, Among.ALL, 0, "")),
    "search": (Right.SEE_PEOPLE, lambda s, who: s.persons.search(who, "ann")),
    "person": (Right.SEE_PEOPLE, lambda s, who: s.persons.page(who, ANN)),
    "picked": (Right.SEE_PEOPLE, lambda s, who: s.persons.picked(who, Picked(5, "Eve", None))),
    "asked back": (Right.SEE_PEOPLE, lambda s, who: s.persons.person(who, ANN)),
    "limited": (Right.LIMIT, lambda s, who: s.persons.listed(who, Among.LIMITED, 0, "")),
    "limits": (Right.LIMIT, lambda s, who: s.persons.limits(who, ANN)),
    "allow": (Right.LET_IN, lambda s, who: s.people.named(who, "123", "allow")),
    "decide": (Right.LET_IN, lambda s, who: s.people.decide(who, BEN, Standing.ALLOWED)),
    "limit": (Right.LIMIT, lambda s, who: s.person_limits.set(who, ANN, LimitKind.OPEN_ORDERS, 9)),
    "invite": (Right.INVITE, lambda s, who: s.invitations.invite(who)),
    "invitations": (Right.INVITE, lambda s, who: s.invitations.listed(who)),
    "revoke": (Right.INVITE, lambda s, who: s.invitations.revoke(who, "x")),
    "let in who asks": (Right.LET_IN, lambda s, who: s.entry.answer(who, BEN, allow=True)),
    "role": (Right.APPOINT, lambda s, who: s.roles.wished(who, "123 admin", "role")),
    "role of": (Right.APPOINT, lambda s, who: s.roles.of(who, BEN)),
    "appoint": (Right.APPOINT, lambda s, who: s.roles.appoint(who, ANN, admin=True)),
    "credit": (Right.GIVE_CREDIT, lambda s, who: s.credit.ask(who, f"{ANN} 5", taken=False)),
    "give": (Right.GIVE_CREDIT, lambda s, who: s.credit.carry_out(who, 1)),
    "somebody's credit": (Right.GIVE_CREDIT, lambda s, who: s.credit.desk(who, ANN, taken=False)),
    "an amount": (Right.GIVE_CREDIT, lambda s, who: s.credit.propose(who, ANN, 5, taken=True)),
    "an amount typed": (Right.GIVE_CREDIT, lambda s, who: s.credit.propose_typed(who, ANN, "5", taken=False)),
    "grant": (Right.GIVE_CREDIT, lambda s, who: s.credit_requests.grant(who, 1, 5)),
    "decline": (Right.GIVE_CREDIT, lambda s, who: s.credit_requests.decline(who, 1)),
    "paused?": (Right.PAUSE, lambda s, who: s.pause.why_paused(who)),
    "pause": (Right.PAUSE, lambda s, who: s.pause.steer(who, paused=True)),
    "guard": (Right.PAUSE, lambda s, who: s.guard.seen(who)),
    "unconfirmed": (Right.JUDGE, lambda s, who: s.lost.listed(who)),
    "cost": (Right.JUDGE, lambda s, who: s.lost.cost_of(who, 1)),
    "judge": (Right.JUDGE, lambda s, who: s.lost.judge(who, 1, bought=True)),
    "orders": (Right.SEE_ORDERS, lambda s, who: s.record.orders(who)),
    "order": (Right.SEE_ORDERS, lambda s, who: s.record.order(who, 1)),
    "typed order": (Right.SEE_ORDERS, lambda s, who: s.record.typed(who, "x")),
    "audit": (Right.SEE_AUDIT, lambda s, who: s.record.audit(who)),
    "export": (Right.EXPORT, lambda s, who: s.exports.begin(who, 0, SheetKind.CSV)),
    "book": (Right.BOOK_DIFFERENCE, lambda s, who: s.book_check.book_difference(who)),
}


async def written(floor: Floor) -> list[int]:
    """How many rows all that such acts write have."""
    kept_of_people = ("invitations", "person_limits", "people", "entry_requests", "credit_requests")
    tables = (*kept_of_people, "audit", "switches", "transfers", "notices")
    async with floor.database.read() as tx:
        counts = [await tx.connection.execute(text(f"SELECT COUNT(*) FROM {table}")) for table in tables]  # noqa: S608
        return [int(one.scalar_one()) for one in counts]


async def reason(floor: Floor, act: Act, who: Person) -> Reason | None:
    try:
        await act(floor.shop, who)
    except Refusal as refusal:
        return refusal.facts.reason
    return None


@pytest.mark.parametrize("who", [BUYER, KEPT_OUT], ids=["a buyer", "one kept out"])
async def test_an_act_of_admins_is_refused_to_others_and_leaves_no_trace(floor: Floor, who: Person) -> None:
    before, asked = await written(floor), len(floor.hidsim.record.requests)
    assert {name: await reason(floor, act, who) for name, (_, act) in ACTS.items()} == dict.fromkeys(
        ACTS, Reason.NOT_ALLOWED
    )
    assert await written(floor) == before
    assert len(floor.hidsim.record.requests) == asked


async def test_an_owner_is_never_told_that_they_may_not(floor: Floor) -> None:
    assert Reason.NOT_ALLOWED not in [await reason(floor, act, ADA) for _, act in ACTS.values()]


async def test_an_admin_of_the_shop_may_all_but_look_into_the_owners_purse(floor: Floor) -> None:
    admin = Person(BEN, "Ben", Standing.ALLOWED, "en", Role.ADMIN)
    refused = {name for name, (_, act) in ACTS.items() if await reason(floor, act, admin) is Reason.NOT_ALLOWED}
    assert (
        refused
        == {name for name, (right, _) in ACTS.items() if not admin.may(right)}
        == {
            "balance",
            "book",
            "role",
            "role of",
            "appoint",
        }
    )
