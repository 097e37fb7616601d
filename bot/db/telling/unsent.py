"""What is not sent any more to people whom it is no business of, or about people who are forgotten."""

from sqlalchemy import ColumnElement, and_, not_, or_, update

from bot.db.database import Tx
from bot.db.schema import notices
from bot.domain.notices import NoticeKind

_NOT_SENT = notices.c.done_at.is_(None)
_BESIDE_ORDERS = notices.c.kind.in_([NoticeKind.ALERT.value, NoticeKind.MESSAGE.value])
_OF_ONES_OWN = ("role:", "allowed:", "credit:", "credit-answer:", "watch:")
"""How keys begin of what a person is told about their own account, whatever their role is."""


def begins(beginning: str) -> ColumnElement[bool]:
    """A range, because no index serves LIKE. `beginning` ends with a colon; a semicolon is the next sign."""
    return and_(notices.c.key >= beginning, notices.c.key < f"{beginning[:-1]};")


async def settle_beside_orders(tx: Tx, person_id: int) -> None:
    """Of somebody who is kept out. What tells of their orders stays: they paid for it."""
    await _settle(tx, notices.c.person_id == person_id, _BESIDE_ORDERS)


async def settle_of_staff(tx: Tx, person_id: int) -> None:
    """Of somebody who was an admin: what the others are asked and told. Their own account's news stays."""
    own = or_(*(notices.c.key.startswith(beginning) for beginning in _OF_ONES_OWN))
    await _settle(tx, notices.c.person_id == person_id, _BESIDE_ORDERS, not_(own))


async def settle_beginning(tx: Tx, beginning: str) -> None:
    """Whoever they are for: those whose keys begin so, with a colon at its end."""
    await _settle(tx, begins(beginning))


async def _settle(tx: Tx, *where: ColumnElement[bool]) -> None:
    """Those of them that were not sent by now, unless they are on their way."""
    values = {"done_at": tx.now, "leased_until": None}
    await tx.connection.execute(update(notices).where(_NOT_SENT, *where).values(**values))
