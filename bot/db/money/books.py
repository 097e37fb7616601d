"""Transfers and balances. A balance is cached on its account and moved with each transfer, in the same transaction."""

from collections.abc import Collection

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    func,
    or_,
    select,
    union_all,
    update,
)

from bot.db.database import Tx
from bot.db.schema import accounts, transfers
from bot.db.upsert import upsert
from bot.domain.ledger import HIDSIM, Account, Family, Ref, Transfer
from bot.domain.wallets import Credit

_ENOUGH_MOVES = 10_000


class NotEnough(Exception):
    """A guarded account would fall below zero; nothing was moved."""


async def post(tx: Tx, transfer: Transfer, *, guarded: bool = False) -> bool:
    """Books a transfer once; False when its ref is booked already. Guarded: raises NotEnough instead of overdrawing.

    The caller's transaction must end with the exception, so that nothing of it stays.
    """
    for name in (transfer.source, transfer.target):
        await tx.connection.execute(upsert(accounts).values(name=name, balance=0).on_conflict_do_nothing())
    booked = await tx.connection.execute(
        upsert(transfers)
        .values(
            ref=transfer.ref,
            source=transfer.source,
            target=transfer.target,
            amount=transfer.amount,
            order_id=transfer.order_id,
            at=tx.now,
        )
        .on_conflict_do_nothing(index_elements=["ref"])
    )
    if booked.rowcount != 1:
        return False
    await _move(tx, transfer, guarded=guarded)
    return True


async def _move(tx: Tx, transfer: Transfer, *, guarded: bool) -> None:
    taken = update(accounts).where(accounts.c.name == transfer.source)
    if guarded:
        taken = taken.where(accounts.c.balance >= transfer.amount)
    result = await tx.connection.execute(taken.values(balance=accounts.c.balance - transfer.amount))
    if result.rowcount != 1:
        raise NotEnough(transfer.ref)
    given = update(accounts).where(accounts.c.name == transfer.target)
    await tx.connection.execute(given.values(balance=accounts.c.balance + transfer.amount))


def balance_of(name: Account | BindParameter[str]) -> Select[int]:
    return select(accounts.c.balance).where(accounts.c.name == name)


async def balance(tx: Tx, account: Account) -> int:
    """In micro-units; an account that was never used holds nothing."""
    found = await tx.connection.execute(balance_of(account))
    return found.scalar_one_or_none() or 0


def of_family(family: Family) -> ColumnElement[bool]:
    """A range of names, because no index serves LIKE."""
    first = family.value
    return and_(accounts.c.name >= first, accounts.c.name < first[:-1] + chr(ord(first[-1]) + 1))


async def total(tx: Tx, family: Family | None = None) -> int:
    """The sum of all accounts, or of a family of them."""
    query = select(func.coalesce(func.sum(accounts.c.balance), 0))
    if family is not None:
        query = query.where(of_family(family))
    return int((await tx.connection.execute(query)).scalar_one())


async def last_transfer(tx: Tx) -> int:
    """The newest transfer's id, 0 before the first: as long as it stays, no money moved."""
    return int((await tx.connection.execute(select(func.coalesce(func.max(transfers.c.id), 0)))).scalar_one())


async def sums(tx: Tx, first: int, last: int) -> dict[Account, int]:
    """What the transfers with these ids, both included, add up to for each account that they name."""
    moves = _moves(transfers.c.id.between(first, last)).subquery()
    query = select(moves.c.name, func.sum(moves.c.amount).label("amount")).group_by(moves.c.name)
    return {name: int(amount) for name, amount in await tx.connection.execute(query)}


def _moves(*where: ColumnElement[bool]) -> CompoundSelect[tuple[str, int]]:
    """Every transfer twice: what its target gained and what its source lost."""
    return union_all(
        select(transfers.c.target.label("name"), transfers.c.amount.label("amount")).where(*where),
        select(transfers.c.source.label("name"), (-transfers.c.amount).label("amount")).where(*where),
    )


async def accounts_after(tx: Tx, name: Account, limit: int) -> dict[Account, int]:
    """The balances of the next accounts by name."""
    query = select(accounts.c.name, accounts.c.balance).where(accounts.c.name > name).order_by(accounts.c.name)
    return {row.name: row.balance for row in await tx.connection.execute(query.limit(limit))}


def _wallets_below_zero(limit: int) -> Select[tuple[Account, int]]:
    below = of_family(Family.WALLET), accounts.c.balance < 0
    query = select(accounts.c.name, accounts.c.balance).where(*below)
    return query.order_by(accounts.c.name).limit(limit)


async def wallets_below_zero(tx: Tx, limit: int) -> dict[Account, int]:
    return {row.name: row.balance for row in await tx.connection.execute(_wallets_below_zero(limit))}


async def debts(tx: Tx, limit: int) -> dict[Account, int]:
    """By wallet: how far it is below zero, beyond what is set aside for its person's orders in progress."""
    held = accounts.alias("held")
    of_same = held.c.name == Family.HELD.value + func.substr(accounts.c.name, len(Family.WALLET.value) + 1)
    both = accounts.c.balance + func.coalesce(held.c.balance, 0)
    query = _wallets_below_zero(limit).outerjoin_from(accounts, held, of_same).where(both < 0)
    found = await tx.connection.execute(query.add_columns((-both).label("debt")))
    return {row.name: row.debt for row in found}


async def balances_of(tx: Tx, names: Collection[Account]) -> dict[Account, int]:
    query = select(accounts.c.name, accounts.c.balance).where(accounts.c.name.in_(names))
    return {row.name: row.balance for row in await tx.connection.execute(query)}


async def balances(tx: Tx) -> dict[Account, int]:
    rows = await tx.connection.execute(select(accounts.c.name, accounts.c.balance).order_by(accounts.c.name))
    return {row.name: row.balance for row in rows}


async def booked(tx: Tx, ref: Ref) -> bool:
    return (await tx.connection.execute(select(transfers.c.id).where(transfers.c.ref == ref))).first() is not None


async def credits_of(tx: Tx, account: Account, limit: int) -> list[Credit]:
    """What came to an account, or left it, for no order: newest first."""
    without_order = transfers.c.order_id.is_(None)
    sides = [
        select(transfers.c.id, (sign * transfers.c.amount).label("amount"), transfers.c.at)
        .where(side == account, without_order)
        .order_by(transfers.c.id.desc())
        .limit(limit)
        .subquery()
        for side, sign in ((transfers.c.target, 1), (transfers.c.source, -1))
    ]
    both = union_all(*(select(side) for side in sides)).subquery()
    query = select(both.c.amount, both.c.at).order_by(both.c.id.desc()).limit(limit)
    return [Credit(row.amount, row.at) for row in await tx.connection.execute(query)]


async def differences(tx: Tx) -> dict[Account, int]:
    """Accounts whose cached balance is not the sum of their transfers, with the difference. Empty when all is well.

    Adds up all transfers there are, at once: for an operator beside the bot. The bot itself takes slices (`Recount`).
    """
    moves = _moves().subquery()
    summed = select(moves.c.name, func.sum(moves.c.amount).label("amount")).group_by(moves.c.name).subquery()
    query = (
        select(accounts.c.name, (accounts.c.balance - func.coalesce(summed.c.amount, 0)).label("difference"))
        .outerjoin(summed, summed.c.name == accounts.c.name)
        .where(accounts.c.balance != func.coalesce(summed.c.amount, 0))
    )
    return {row.name: row.difference for row in await tx.connection.execute(query)}


async def moves_at_hidsim(tx: Tx, since: int, unit: int) -> tuple[int, int]:
    """How many amounts of orders moved at HidSim after the transfer `since`, and how many of them are no multiple of
    `unit`. Counts no further than ten thousand.
    """
    moved = (
        select(transfers.c.amount)
        .where(
            transfers.c.id > since,
            transfers.c.order_id.is_not(None),
            or_(transfers.c.source == HIDSIM, transfers.c.target == HIDSIM),
        )
        .limit(_ENOUGH_MOVES)
        .subquery()
    )
    uneven = func.coalesce(func.sum(case((moved.c.amount % unit != 0, 1), else_=0)), 0)
    row = (
        await tx.connection.execute(select(func.count().label("moves"), uneven.label("uneven")).select_from(moved))
    ).one()
    return int(row.moves), int(row.uneven)
