"""Who helps to run the shop: the owners of the settings, and the admins whom they appointed."""

from collections.abc import Iterable, Sequence

from bot.db import people
from bot.db.database import Tx
from bot.domain.access import Right, Role, may


class Staff:
    """Who is told of what needs a hand. Blocked admins are none."""

    def __init__(self, owner_ids: Iterable[int]) -> None:
        self.owner_ids = frozenset(owner_ids)

    async def having(self, tx: Tx, right: Right) -> Sequence[int]:
        """Ids of all who have this right beyond what buyers have, in order."""
        found = set(self.owner_ids)
        if may(Role.ADMIN, right):
            found |= set(await people.appointed(tx))
        return sorted(found)
