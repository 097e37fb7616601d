"""Of which country a number is, where an order may be of any of several."""

from bot.db.database import Tx
from bot.db.orders import orders
from bot.db.shop import catalog
from bot.domain.answer import Answer
from bot.domain.catalog import Country
from bot.domain.orders import Order
from bot.i18n.phone import region_of, share_a_dial_code


async def settled(tx: Tx, order: Order, answer: Answer) -> Order:
    """The order, which from now on names its number's country; as it was while nobody can tell."""
    if order.country_known or (found := await _country(tx, order, answer)) is None:
        return order
    await orders.settle_country(tx, order.id, found.id)
    return await orders.get(tx, order.id) or order


async def _country(tx: Tx, order: Order, answer: Answer) -> Country | None:
    """HidSim's own word first, then the number's region. None where nobody can tell."""
    if answer.country is not None and (told := await catalog.country_told(tx, answer.country)) is not None:
        return told
    region = answer.number and region_of(answer.number, [one.code for one in order.countries if one.code])
    if not region:
        return None
    asked = [one for one in order.countries if one.code == region]
    found = asked or await catalog.countries_of_code(tx, region) or _neighbours(order, region)
    return found[0] if len(found) == 1 else None


def _neighbours(order: Order, region: str) -> list[Country]:
    """For a region that nobody sells: a British number may be of Guernsey by its digits."""
    return [one for one in order.countries if one.code and share_a_dial_code(one.code, region)]
