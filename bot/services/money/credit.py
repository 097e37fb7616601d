"""Prepaid wallets: an admin gives or takes credit, asked back first, and once however often Confirm is tapped."""

from decimal import Decimal, InvalidOperation

from bot.db import audit, people
from bot.db.database import Database, Tx
from bot.db.money import books
from bot.db.orders import figures
from bot.db.orders import orders as order_rows
from bot.db.telling import notices
from bot.domain import ledger
from bot.domain.access import Billing, Right, Standing
from bot.domain.acts import Act
from bot.domain.details import CreditMoved
from bot.domain.money import to_micros
from bot.domain.notices import NoticeKind
from bot.domain.people import Person
from bot.domain.refusals import Reason, Refusal
from bot.domain.wallets import LINES, lines_of, orders_for
from bot.facts.money import CreditAsk, WalletFacts
from bot.facts.pages import page_of
from bot.services.account import Account
from bot.services.money.wallet import Wallet

_MOST = Decimal(1_000_000)
_NOTE_LIMIT = 200
_MOST_CREDITS = 500
"""Of one person, in their wallet: the newest."""


class Credit:
    """What is asked stands in the audit; the button carries only its number."""

    def __init__(self, database: Database, wallet: Wallet, account: Account) -> None:
        self._database = database
        self._wallet = wallet
        self._account = account

    async def ask(self, actor: Person, typed: str | None, *, taken: bool) -> CreditAsk:
        """Reads `ID AMOUNT [note]` and remembers it.

        Raises Refusal for what can't be read, shared billing, or an actor who may not.
        """
        actor.must_have(Right.GIVE_CREDIT)
        if self._wallet.terms.billing is not Billing.PREPAID:
            raise Refusal(Reason.NOT_PREPAID)
        person_id, amount, note = _read(typed, "debit" if taken else "credit")
        signed = -amount if taken else amount
        async with self._database.write() as tx:
            number = await audit.write(
                tx,
                Act.CREDIT_ASKED,
                actor_id=actor.id,
                person_id=person_id,
                detail={"amount": signed, "note": note},
            )
            person = await people.get(tx, person_id)
            balance = await books.balance(tx, ledger.wallet(person_id))
        known = person or Person(person_id, "", Standing.UNKNOWN, None)
        return CreditAsk(number, known, signed, balance, self._account.currency, note)

    async def carry_out(self, actor: Person, number: int) -> CreditAsk:
        """Books what was asked, once.

        Raises Refusal: nothing was asked, a debit that the wallet does not cover, or an actor who may not.
        """
        actor.must_have(Right.GIVE_CREDIT)
        async with self._database.write() as tx:
            asked = await audit.get(tx, number)
            if asked is None or asked.act is not Act.CREDIT_ASKED or asked.person_id is None:
                raise Refusal(Reason.NOT_NOW)
            amount, person_id = int(asked.detail["amount"]), asked.person_id
            person = await _written_down(tx, person_id)
            transfer = ledger.credit(str(number), person_id, amount) if amount > 0 else None
            move = transfer or ledger.debit(str(number), person_id, -amount)
            try:
                new = await books.post(tx, move, guarded=amount < 0)
            except books.NotEnough:
                left = await books.balance(tx, ledger.wallet(person_id))
                raise Refusal(
                    Reason.NOT_IN_WALLET, amount=left, limit=-amount, currency=self._account.currency
                ) from None
            balance = await books.balance(tx, ledger.wallet(person_id))
            if new:
                moved = {"amount": amount, "before": balance - amount, "after": balance}
                await audit.write(tx, Act.CREDIT_DONE, actor_id=actor.id, person_id=person_id, detail=moved)
                detail = CreditMoved(amount, balance, self._account.currency)
                await notices.add(tx, f"credit:{number}", person_id, NoticeKind.MESSAGE, detail=detail)
        return CreditAsk(number, person, amount, balance, self._account.currency, str(asked.detail.get("note") or ""))

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


async def _written_down(tx: Tx, person_id: int) -> Person:
    """Credit may be given to somebody who never wrote to the bot."""
    person = await people.get(tx, person_id)
    if person is None:
        person = Person(person_id, "", Standing.UNKNOWN, None)
        await people.add(tx, person)
    return person


def _read(typed: str | None, command: str) -> tuple[int, int, str]:
    parts = (typed or "").split(maxsplit=2)
    if not parts or not (parts[0].isascii() and parts[0].isdecimal() and 0 < int(parts[0]) < 2**52):
        raise Refusal(Reason.BAD_ID, command=command)
    try:
        amount = Decimal(parts[1].replace(",", "."))
    except (IndexError, InvalidOperation):
        raise Refusal(Reason.BAD_AMOUNT, command=command) from None
    if not amount.is_finite() or not 0 < amount <= _MOST or to_micros(amount) <= 0:
        raise Refusal(Reason.BAD_AMOUNT, command=command)
    return int(parts[0]), to_micros(amount), parts[2][:_NOTE_LIMIT] if len(parts) > 2 else ""
