"""Whoever lacks credit asks for it; every admin who may give some is asked once, and one of them answers once."""

from dataclasses import replace
from datetime import timedelta

from bot.db import audit, people
from bot.db.database import Database, Tx
from bot.db.money import books
from bot.db.money import credit_requests as requests
from bot.db.telling import notices
from bot.domain import ledger
from bot.domain.access import Billing, Right, Role, Standing
from bot.domain.acts import Act
from bot.domain.amounts import MOST, read_amount, to_choose
from bot.domain.credit_requests import (
    HOUR,
    MOST_AN_HOUR,
    REASON_LIMIT,
    CreditAnswer,
    CreditRequest,
    wait_for_next,
)
from bot.domain.details import CreditDeclined, CreditGranted, CreditRequested
from bot.domain.noted_amounts import means_amount
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal, RefusalFacts
from bot.facts.money import AskingFacts, RequestFacts
from bot.services.account import Account
from bot.services.money import request_ends
from bot.services.money.credit import Credit, check_not_own
from bot.services.money.request_ends import key_of, key_of_answer
from bot.services.money.wallet import Wallet
from bot.services.people.people import People
from bot.services.people.staff import Staff

_NEWS = timedelta(days=1)
"""So long an admin's answer is said to whoever taps a button of the request."""


class CreditRequests:
    """A request is never edited: another amount or reason is a new one, so that old buttons can tell the truth."""

    def __init__(
        self, database: Database, wallet: Wallet, account: Account, credit: Credit, staff: Staff, people: People
    ) -> None:
        self._database = database
        self._wallet = wallet
        self._account = account
        self._credit = credit
        self._staff = staff
        self._people = people

    @property
    def open(self) -> bool:
        """Whether there is credit to ask for at all."""
        return self._wallet.terms.billing is Billing.PREPAID

    async def facts(self, person_id: int, wanted: int | None) -> AskingFacts:
        """What may be asked for. `wanted`: the maximum of the purchase that was left.

        Raises Refusal while billing is shared.
        """
        if not self.open:
            raise Refusal(Reason.NOT_ALLOWED)
        async with self._database.read() as tx:
            purse = await self._wallet.purse_in(tx, person_id, self._account.currency)
            waiting = await requests.waiting(tx, person_id)
            answered = await requests.last_answered(tx, person_id, tx.now - _NEWS)
            usual = wanted or await requests.usual_maximum(tx)
        missing = max(0, (wanted or 0) - purse.left)
        return AskingFacts(purse, missing, to_choose(usual, missing), waiting, None if waiting else answered)

    async def answered(self, person_id: int) -> CreditRequest | None:
        """What an admin answered to this person last; None while another request waits, or where it is no news."""
        async with self._database.read() as tx:
            if await requests.waiting(tx, person_id) is not None:
                return None
            return await requests.last_answered(tx, person_id, tx.now - _NEWS)

    def understood(self, typed: str, chosen: int | None) -> int | RefusalFacts | None:
        """As `read`; what it refuses comes back as facts."""
        try:
            return self.read(typed, chosen)
        except Refusal as refusal:
            return refusal.facts

    def read(self, typed: str, chosen: int | None) -> int | None:
        """An amount as somebody typed it, in micro-units. None: one is chosen, and this is the reason for it.

        Raises Refusal for what can't be read as an amount where none is chosen, and for what was meant as one.
        """
        try:
            return read_amount(typed.rstrip(" .,;:"), self._account.currency)
        except Refusal as refusal:
            if not chosen or refusal.facts.reason is not Reason.BAD_AMOUNT or means_amount(typed):
                raise
            return None

    async def ask(self, person: Person, amount: int, reason: str, basket: str | None) -> CreditRequest:
        """Asks every admin who may give credit, in place of what this person asked for before; once for two taps.

        Raises Refusal: shared billing, no such amount, too often, or nobody to ask.
        """
        if not self.open:
            raise Refusal(Reason.NOT_ALLOWED)
        if not 0 < amount <= MOST:
            raise Refusal(Reason.BAD_AMOUNT)
        reason = " ".join(reason.split())[:REASON_LIMIT]
        async with self._database.write() as tx:
            before = await requests.waiting(tx, person.id)
            if before is not None and before.amount == amount and reason in ("", before.reason):
                return await _with_basket(tx, before, basket)
            await self._check_pace(tx, person.id)
            staff = await self._staff.having(tx, Right.GIVE_CREDIT)
            if not staff:
                raise Refusal(Reason.NOBODY_TO_ASK)
            if before is not None:
                await request_ends.end(tx, before, CreditAnswer.REPLACED)
            request_id = await requests.add(tx, person.id, amount, reason, basket)
            earlier = before.amount if before else None
            facts = {"amount": amount, "before": earlier, "after": amount, "request": request_id}
            await audit.write(tx, Act.CREDIT_REQUESTED, actor_id=person.id, person_id=person.id, detail=facts)
            balance = await books.balance(tx, ledger.wallet(person.id))
            currency = self._account.currency
            told = CreditRequested(request_id, person.id, amount, balance, currency, person.name, reason)
            for admin_id in staff:
                await notices.add(tx, key_of(request_id, admin_id), admin_id, NoticeKind.MESSAGE, detail=told)
            return CreditRequest(request_id, person.id, amount, reason, basket, tx.now)

    async def _check_pace(self, tx: Tx, person_id: int) -> None:
        last = await requests.asked_since(tx, person_id, tx.now - HOUR, MOST_AN_HOUR)
        if len(last) >= MOST_AN_HOUR:
            raise Refusal(Reason.ASKED_OFTEN, count=MOST_AN_HOUR, wait=wait_for_next(last[-1], tx.now))

    async def withdraw(self, person_id: int) -> None:
        """What this person waits for, if anything."""
        async with self._database.write() as tx:
            await request_ends.withdraw(tx, person_id)

    async def grant(self, actor: Person, request_id: int, amount: int) -> RequestFacts:
        """Books this amount, once for a request, whoever taps how often; the person is told.

        What was answered before stays as it is, and is what the facts say. Raises Refusal: no such request, shared
        billing, a person who is kept out, a full wallet, or an actor who may not, as admins may not to themselves.
        """
        actor.must_have(Right.GIVE_CREDIT)
        if not self.open:
            raise Refusal(Reason.NOT_PREPAID)
        if not 0 < amount <= MOST:
            raise Refusal(Reason.BAD_AMOUNT)
        async with self._database.write() as tx:
            request, person = await _found(tx, request_id)
            check_not_own(actor, request.person_id)
            if request.waits and self._kept_out(person):
                raise Refusal(Reason.KEPT_OUT)
            answer = CreditAnswer.GRANTED
            fresh = await request_ends.end(tx, request, answer, by=actor.id, granted=amount)
            before = await self._give(tx, actor, request, amount) if fresh else None
            return await self._facts(tx, request_id, person, fresh=fresh, before=before)

    async def _give(self, tx: Tx, actor: Person, request: CreditRequest, amount: int) -> int | None:
        """What the wallet held before."""
        key, facts = f"request-{request.id}", {"request": request.id, "asked": request.amount}
        booked = await self._credit.book_in(tx, key, request.person_id, amount, by=actor.id, detail=facts)
        if booked is None:
            return None
        told = CreditGranted(amount, booked.after, self._account.currency, request.basket)
        await notices.add(tx, key_of_answer(request.id), request.person_id, NoticeKind.MESSAGE, detail=told)
        return booked.before

    async def decline(self, actor: Person, request_id: int) -> RequestFacts:
        """The person is told. Raises Refusal: no such request, or an actor who may not."""
        actor.must_have(Right.GIVE_CREDIT)
        async with self._database.write() as tx:
            request, person = await _found(tx, request_id)
            fresh = await request_ends.end(tx, request, CreditAnswer.DECLINED, by=actor.id)
            if fresh:
                await self._tell_no(tx, actor, request, person)
            return await self._facts(tx, request_id, person, fresh=fresh)

    async def _tell_no(self, tx: Tx, actor: Person, request: CreditRequest, person: Person) -> None:
        """Those who are kept out hear nothing."""
        facts: dict[str, str | int | None] = {"request": request.id, "before": request.amount, "after": None}
        await audit.write(tx, Act.CREDIT_DECLINED, actor_id=actor.id, person_id=person.id, detail=facts)
        if not self._kept_out(person):
            told = CreditDeclined(request.amount, self._account.currency)
            await notices.add(tx, key_of_answer(request.id), person.id, NoticeKind.MESSAGE, detail=told)

    def _kept_out(self, person: Person) -> bool:
        return self._people.with_role(person).role is Role.STRANGER

    async def _facts(
        self, tx: Tx, request_id: int, person: Person, *, fresh: bool, before: int | None = None
    ) -> RequestFacts:
        request = await _request(tx, request_id)
        balance = await books.balance(tx, ledger.wallet(person.id))
        by = None if request.answered_by is None else await people.get(tx, request.answered_by)
        if by is None and request.answered_by is not None:
            by = Person(request.answered_by, "", Standing.UNKNOWN, None)
        waiting = await requests.waiting(tx, person.id)
        return RequestFacts(request, person, balance, self._account.currency, by, fresh, before, waiting)


async def _with_basket(tx: Tx, request: CreditRequest, basket: str | None) -> CreditRequest:
    """The same wish, for another purchase: the answer leads to the last one. Admins see no baskets."""
    if basket is None or basket == request.basket:
        return request
    await requests.take_over_basket(tx, request.id, basket)
    return replace(request, basket=basket)


async def _found(tx: Tx, request_id: int) -> tuple[CreditRequest, Person]:
    request = await _request(tx, request_id)
    person = await people.get(tx, request.person_id)
    return request, person or Person(request.person_id, "", Standing.UNKNOWN, None)


async def _request(tx: Tx, request_id: int) -> CreditRequest:
    request = await requests.get(tx, request_id)
    if request is None:
        raise Refusal(Reason.NOTHING_ASKED)
    return request
