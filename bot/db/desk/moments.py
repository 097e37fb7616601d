"""The shop at a moment: whether what HidSim says of its balance can be compared with our books."""

from dataclasses import dataclass

from bot.db.database import Tx
from bot.db.money import books
from bot.db.orders import figures


@dataclass(frozen=True, slots=True)
class Moment:
    """The shop when HidSim's balance was asked for: as long as it is equal, no money moved and no order came.

    `quiet`: no order is on its way. `certain`: HidSim has told the price of every number it sold.
    """

    quiet: bool
    certain: bool
    last_order: int
    last_transfer: int


async def moment(tx: Tx) -> Moment:
    return Moment(
        quiet=await figures.all_quiet(tx),
        certain=not await figures.any_without_cost(tx),
        last_order=await figures.last_id(tx),
        last_transfer=await books.last_transfer(tx),
    )
