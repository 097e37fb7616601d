"""What the first screen says about a person."""

from bot.db.database import Database
from bot.db.orders import figures
from bot.db.shop import favorites
from bot.domain.people import Person
from bot.facts.people import HomeFacts
from bot.services.account import Account
from bot.services.money.wallet import Wallet

_FAVORITES = 3


class Home:
    def __init__(self, database: Database, wallet: Wallet, account: Account) -> None:
        self._database = database
        self._wallet = wallet
        self._account = account

    async def facts(self, person: Person) -> HomeFacts:
        async with self._database.glance() as tx:
            purse = await self._wallet.purse_in(tx, person.id, self._account.currency)
            busy = await figures.count(tx, person.id, in_progress=True)
            saved = await favorites.of_person(tx, person.id, _FAVORITES, 0)
        return HomeFacts(person, purse, busy, tuple(saved))
