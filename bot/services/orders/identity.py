"""Whether an answer speaks of an order's operation: by every id under which HidSim ever showed it."""

from bot.db.database import Tx
from bot.db.orders import operations
from bot.domain.answer import Answer
from bot.services.partner import mongo_ids, same_operation


async def is_strange(tx: Tx, order_id: int, answer: Answer) -> bool:
    """True for an operation that is not this order's: its number and its codes are for nobody here.

    An order that knows no id yet waits for its purchase's answer; `learn` judges that one.
    """
    owners = await operations.owners(tx, order_id, answer.ids)
    ours = frozenset(one for one, owner in owners.items() if owner == order_id)
    theirs = frozenset(owners) - ours
    if not ours:
        return False
    another_orders = bool(mongo_ids(theirs)) or (bool(theirs) and not ours & answer.ids)
    return another_orders or not same_operation(ours, answer.ids)


async def learn(tx: Tx, order_id: int, answer: Answer) -> None:
    """Remembers the ids of an answer. Raises DatabaseConflict for the operation of another order.

    A short id that another order has, whose `_id` is known to be another one, is no sign of anything.
    """
    owners = await operations.owners(tx, order_id, answer.ids)
    new = answer.ids - frozenset(one for one, owner in owners.items() if owner == order_id)
    for one in new & frozenset(owners) if mongo_ids(answer.ids) else ():
        others = frozenset(await operations.owners(tx, owners[one], ()))
        if mongo_ids(others) and not mongo_ids(others) & answer.ids:
            new -= {one}
    await operations.learn(tx, order_id, new)
