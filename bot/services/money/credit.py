"""Prepaid wallets: an admin gives or takes credit, asked back first, and once however often Confirm is tapped."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.db import audit, people
from bot.db.database import Database, Tx
from bot.db.money import books
from bot.db.money import credit_requests as requests
from bot.db.orders import figures
from bot.db.orders import orders as order_rows
from bot.db.telling import notices
from bot.domain import ledger
from bot.domain.access import Billing, Right, Role, Standing
from bot.domain.acts import Act
from bot.domain.amounts import to_choose
from bot.domain.credit_requests import MOST_IN_WALLET, CreditAnswer, CreditRequest
from bot.domain.details import CreditGranted, CreditMoved
from bot.domain.noted_amounts import read_noted
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.domain.wallets import LINES, lines_of, orders_for
from bot.domain.whole_numbers import read_whole
from bot.facts.money import CreditAsk, CreditDesk, WalletFacts
from bot.facts.pages import page_of
from bot.services.account import Account
from bot.services.money import request_ends
from bot.services.money.wallet import Wallet
from bot.services.people.people import People

_MOST_CREDITS = 500
"""Of one person, in their wallet: the newest."""


@dataclass(frozen=True, slots=True)
class Booked:
    """What the wallet held before and after. Micro-units."""

    before: int
    after: int


class Credit:
    """What is asked stands in the audit; the button carries only its number."""

    def __init__(self, database: Database, wallet: Wallet, account: Account, people: People) -> None:
        self._database = database
        self._wallet = wallet
        self._account = account
        self._people = people

    async def ask(self, actor: Person, typed: str | None, *, taken: bool) -> CreditAsk:
        """Reads `ID AMOUNT [note]` and remembers it.

        Raises Refusal for what can't be read, a debit that the wallet does not cover, shared billing, or an actor who
        may not, for themselves or at all.
        """
        actor.must_have(Right.GIVE_CREDIT)
        self._must_be_prepaid()
        command = "debit" if taken else "credit"
        person_id, behind = _read_id(typed, command)
        amount, note = read_noted(behind, self._account.currency, command)
        return await self._remember(actor, person_id, -amount if taken else amount, note)

    async def propose(self, actor: Person, person_id: int, amount: int, *, taken: bool) -> CreditAsk:
        """An amount of a button's. Raises Refusal as `ask` does."""
        actor.must_have(Right.GIVE_CREDIT)
        self._must_be_prepaid()
        if amount <= 0:
            raise Refusal(Reason.BAD_AMOUNT)
        return await self._remember(actor, person_id, -amount if taken else amount, "")

    async def propose_typed(self, actor: Person, person_id: int, typed: str, *, taken: bool) -> CreditAsk:
        """An amount that was typed on the person's credit, maybe with a note. Raises Refusal as `ask` does."""
        actor.must_have(Right.GIVE_CREDIT)
        self._must_be_prepaid()
        amount, note = read_noted(typed, self._account.currency, None)
        return await self._remember(actor, person_id, -amount if taken else amount, note)

    def _must_be_prepaid(self) -> None:
        if self._wallet.terms.billing is not Billing.PREPAID:
            raise Refusal(Reason.NOT_PREPAID)

    async def _remember(self, actor: Person, person_id: int, amount: int, note: str) -> CreditAsk:
        check_not_own(actor, person_id)
        facts: dict[str, str | int | None] = {"amount": amount, "note": note}
        async with self._database.write() as tx:
            person, currency = await _known(tx, person_id), self._account.currency
            balance = await books.balance(tx, ledger.wallet(person_id))
            if balance + amount < 0 and amount < 0:
                raise Refusal(
                    Reason.NOT_IN_WALLET, amount=balance, limit=-amount, currency=currency, person_id=person_id
                )
            number = await audit.write(tx, Act.CREDIT_ASKED, actor_id=actor.id, person_id=person_id, detail=facts)
        return CreditAsk(number, person, amount, balance, self._account.currency, note)

    async def desk(self, actor: Person, person_id: int, *, taken: bool) -> CreditDesk:
        """Somebody's wallet, and what could be given or taken. Raises Refusal: shared billing, or who may not."""
        actor.must_have(Right.GIVE_CREDIT)
        self._must_be_prepaid()
        async with self._database.read() as tx:
            person, request = await _known(tx, person_id), await requests.waiting(tx, person_id)
            purse = await self._wallet.purse_in(tx, person_id, self._account.currency)
            amounts = to_choose(await requests.usual_maximum(tx))
        some = tuple(one for one in amounts if one < purse.left) if taken else amounts
        return CreditDesk(person, purse.left, purse.held, purse.currency, some, taken, request)

    async def carry_out(self, actor: Person, number: int) -> CreditAsk:
        """Books what was asked, once. The person is told, unless they can't use the bot. Credit that reaches for what
        they wait for is the answer to it.

        Raises Refusal: nothing was asked, a debit that the wallet does not cover, or an actor who may not.
        """
        actor.must_have(Right.GIVE_CREDIT)
        self._must_be_prepaid()
        async with self._database.write() as tx:
            asked = await audit.get(tx, number)
            if asked is None or asked.act is not Act.CREDIT_ASKED or asked.person_id is None:
                raise Refusal(Reason.NOTHING_ASKED)
            check_not_own(actor, asked.person_id)
            amount, person_id = int(asked.detail["amount"]), asked.person_id
            person = self._people.with_role(await _written_down(tx, person_id))
            request = await _reached(tx, person_id, amount)
            detail = {"number": number} | ({} if request is None else {"request": request.id, "asked": request.amount})
            booked = await self.book_in(tx, str(number), person_id, amount, by=actor.id, detail=detail)
            balance = await books.balance(tx, ledger.wallet(person_id))
            done = CreditAsk(number, person, amount, balance, self._account.currency, _note_of(asked))
            if booked is None:
                return done
            done = replace(done, before=booked.before, answers=request)
            await self._tell(tx, actor, done)
        return done

    async def _tell(self, tx: Tx, actor: Person, done: CreditAsk) -> None:
        """Once, also where it is the answer to a request."""
        key, told = f"credit:{done.number}", None
        if (request := done.answers) is not None:
            granted = {"by": actor.id, "granted": done.amount}
            await request_ends.end(tx, request, CreditAnswer.GRANTED, **granted)
            key = request_ends.key_of_answer(request.id)
            told = CreditGranted(done.amount, done.balance, done.currency, request.basket)
        if done.person.role is not Role.STRANGER:
            moved = CreditMoved(done.amount, done.balance, done.currency)
            await notices.add(tx, key, done.person.id, NoticeKind.MESSAGE, detail=told or moved)

    async def book_in(
        self, tx: Tx, key: str, person_id: int, amount: int, *, by: int, detail: Mapping[str, int]
    ) -> Booked | None:
        """Credit, or a debit when negative, with its line in the audit; None when this key was booked before.

        Tells nobody. Raises Refusal: more than the wallet holds, or may hold; the transaction must end with it.
        """
        before = await books.balance(tx, ledger.wallet(person_id))
        if amount > 0 and before + amount > MOST_IN_WALLET:
            raise Refusal(Reason.WALLET_FULL, amount=before, limit=MOST_IN_WALLET, currency=self._account.currency)
        given = ledger.credit(key, person_id, amount) if amount > 0 else ledger.debit(key, person_id, -amount)
        try:
            new = await books.post(tx, given, guarded=amount < 0)
        except books.NotEnough:
            raise Refusal(Reason.NOT_IN_WALLET, amount=before, limit=-amount, currency=self._account.currency) from None
        if not new:
            return None
        facts = {"amount": amount, "before": before, "after": before + amount, **detail}
        await audit.write(tx, Act.CREDIT_DONE, actor_id=by, person_id=person_id, detail=facts)
        return Booked(before, before + amount)

    async def wallet(self, person_id: int, wanted: int = 0) -> WalletFacts:
        """A page of a person's own wallet: what is left, what is set aside, and a line an order."""
        async with self._database.read() as tx:
            purse = await self._wallet.purse_in(tx, person_id, self._account.currency)
            given = await books.credits_of(tx, ledger.wallet(person_id), _MOST_CREDITS)
            total = len(given) + await figures.count(tx, person_id, in_progress=False)
            page = page_of(total, LINES, wanted)
            some = orders_for(page.number, len(given))
            orders = await order_rows.of_person(tx, person_id, in_progress=False, limit=some.limit, offset=some.offset)
        return WalletFacts(purse, lines_of(page.number, orders, given), page)


def check_not_own(admin: Person, person_id: int) -> None:
    """Raises Refusal when an admin whom the owners appointed is about to move credit of her own."""
    if admin.id == person_id and not admin.may(Right.APPOINT):
        raise Refusal(Reason.OWN_CREDIT)


async def _known(tx: Tx, person_id: int) -> Person:
    return await people.get(tx, person_id) or Person(person_id, "", Standing.UNKNOWN, None)


async def _reached(tx: Tx, person_id: int, amount: int) -> CreditRequest | None:
    """The request that waits, if the credit is as much."""
    request = await requests.waiting(tx, person_id)
    return request if request is not None and amount >= request.amount else None


def _note_of(asked: audit.Entry) -> str:
    return str(asked.detail.get("note") or "")


async def _written_down(tx: Tx, person_id: int) -> Person:
    """Credit may be given to somebody who never wrote to the bot."""
    person = await people.get(tx, person_id)
    if person is None:
        person = Person(person_id, "", Standing.UNKNOWN, None)
        await people.add(tx, person)
    return person


def _read_id(typed: str | None, command: str) -> tuple[int, str]:
    """The id, and what stands behind it."""
    first, *behind = (typed or "").split(maxsplit=1) or [""]
    if not (found := read_whole(first, below=2**52)):
        raise Refusal(Reason.BAD_ID, command=command)
    return found, behind[0] if behind else ""
