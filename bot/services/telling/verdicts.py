"""What watchers say of incidents, look after look: written only when it is news."""

from bot.db.database import Database
from bot.domain.alerts import AlertFacts, AlertKind
from bot.services.telling.incidents import Incidents


class Verdicts:
    """Nothing is written and nothing read while what is said has been said before."""

    def __init__(self, database: Database, incidents: Incidents) -> None:
        self._database = database
        self._incidents = incidents

    def goes_on(self, kind: AlertKind) -> bool:
        """As far as this process knows."""
        return self._incidents.goes_on(kind) is True

    async def ask(self, kind: AlertKind) -> bool:
        """The same, with a look when this process never heard. Raises DatabaseFault."""
        known = self._incidents.goes_on(kind)
        if known is not None:
            return known
        async with self._database.read() as tx:
            return await self._incidents.ask(tx, kind)

    async def drop(self, kind: AlertKind) -> None:
        """Nobody wants to hear of it any more: what goes on ends without a word. Raises DatabaseFault."""
        if await self.ask(kind):
            async with self._database.write() as tx:
                await self._incidents.drop(tx, kind)

    async def take(
        self, kind: AlertKind, goes_on: bool | None, facts: AlertFacts | None = None, ago: float = 0.0
    ) -> None:
        """None: nobody can say. `ago`: for how many seconds it has been so. Raises DatabaseFault."""
        if goes_on is None or goes_on is self._incidents.goes_on(kind):
            return
        async with self._database.write() as tx:
            if goes_on:
                await self._incidents.begin(tx, kind, facts=facts, ago=ago)
            else:
                await self._incidents.end(tx, kind)
