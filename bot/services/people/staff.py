"""Who helps to run the shop: the owners of the settings, and the admins whom they appointed."""

from collections.abc import Iterable, Sequence

from bot.db import people
from bot.db.database import Tx
from bot.domain.access import AccessMode, Right, Role, Standing, may, role_of
from bot.domain.people import Person


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

    def role(self, person_id: int, known: Person | None) -> Role:
        """What somebody is when only who was let in by name is a buyer. `known`: as the database has them."""
        standing = known.standing if known else Standing.UNKNOWN
        appointed = known is not None and known.appointed
        is_owner = person_id in self.owner_ids
        return role_of(AccessMode.CLOSED, standing, is_owner=is_owner, appointed=appointed)
