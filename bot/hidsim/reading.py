"""From JSON to models. An item that can't be believed is left out of its list; it never takes the list with it.

Of several spellings of a field the first one that can be read counts.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Generic, TypeVar

from bot.hidsim import wire
from bot.hidsim.amounts import money
from bot.hidsim.models import Account, Country, Operation, OperationState, Product, Service, Sms
from bot.hidsim.numbers import code as code_of
from bot.hidsim.numbers import phone_number, zeros
from bot.hidsim.placeholders import says_nothing
from bot.hidsim.texts import texts_in
from bot.hidsim.values import Json, identity, is_mongo_id, moment, name, present, readable, stock, text

LONGEST_NAME = 200
LONGEST_TOKEN = 8192
_SCHEME = re.compile(r"^(?:authorization:\s{0,9})?(?:bearer|jwt|token)(?:\s{1,9}|:\s{0,9}|$)", re.IGNORECASE)
Item = Mapping[str, Json]
Model = TypeVar("Model")


@dataclass(frozen=True, slots=True)
class Read(Generic[Model]):
    """What could be read of a list, and how many items could not."""

    items: list[Model]
    skipped: int


def read_all(items: Iterable[Json], read: Callable[[Item], Model | None]) -> Read[Model]:
    found = [read(item) if isinstance(item, Mapping) else None for item in items]
    kept = [model for model in found if model is not None]
    return Read(kept, len(found) - len(kept))


def layers(answer: Json, inside: tuple[str, ...] = wire.INSIDE) -> Iterator[Item]:
    """The answer, and what stands in it under one of these names, from the outside in. A list of one is that one."""
    for _ in range(5):
        found = _only(answer)
        if found is None:
            return
        yield found
        answer = readable(found, inside, _only)


def _only(value: Json) -> Item | None:
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    return value if isinstance(value, Mapping) else None


def one(answer: Json, inside: tuple[str, ...], telling: tuple[str, ...] = ()) -> Item | None:
    """The resource: the outermost layer with an `_id`, else with an id and something `telling`, else the inmost."""
    found = list(layers(answer, inside))
    known = [layer for layer in found if readable(layer, wire.SHORT_ID, identity) is not None]
    sure = [layer for layer in found if readable(layer, wire.MONGO_ID, identity) is not None]
    likely = [layer for layer in known if any(True for _ in present(layer, telling))]
    return next(iter([*sure, *likely, *reversed(known), *reversed(found)]), None)


def _ids(item: Item) -> tuple[str | None, str | None]:
    """Its `_id`, and its short id. Where only one is said it is the id."""
    long, short = readable(item, wire.MONGO_ID, identity), readable(item, wire.SHORT_ID, identity)
    return long or short, short


def _related(item: Item, names: tuple[str, ...]) -> str | None:
    """The id of a related resource, given as an id or as the whole object."""

    def related(value: Json) -> str | None:
        return identity(value) or (_ids(value)[0] if isinstance(value, Mapping) else None)

    return readable(item, names, related)


def token(answer: Json) -> str | None:
    """A bearer token that can stand in a header."""
    found = (readable(layer, wire.TOKEN, _token) for layer in layers(answer))
    return next((one_token for one_token in found if one_token is not None), None)


def _token(value: Json) -> str | None:
    """Without the scheme, the quotes and the line's end that some servers give along with it."""
    found = text(value, LONGEST_TOKEN) or ""
    for _ in range(3):
        found = _SCHEME.sub("", found.strip("\"' \t\r\n"), count=1)
    return found if found.isascii() and found.isprintable() and " " not in found and not says_nothing(found) else None


def account(answer: Json) -> Account | None:
    item = one(answer, wire.INSIDE_ACCOUNT)
    if item is None:
        return None
    long, short = _ids(item)
    if long is None:
        return None
    return Account(
        id=long,
        short_id=short,
        balance=readable(item, wire.BALANCE, partial(money, debt=True)),
        currency=readable(item, wire.CURRENCY, partial(name, longest=16)),
    )


def _name(value: Json) -> str | None:
    return name(value, LONGEST_NAME)


def country(item: Item) -> Country | None:
    long, short = _ids(item)
    code = readable(item, wire.COUNTRY_CODE, _alpha2)
    called = readable(item, wire.NAME, _name) or code
    if long is None or called is None or not is_mongo_id(long):
        return None
    return Country(id=long, short_id=short, name=called, code=code)


def _alpha2(value: Json) -> str | None:
    found = text(value) or ""
    return found.upper() if len(found) == 2 and found.isascii() and found.isalpha() else None


def service(item: Item) -> Service | None:
    long, short = _ids(item)
    called = readable(item, wire.NAME, _name)
    if long is None or called is None or not is_mongo_id(long):
        return None
    return Service(id=long, short_id=short, name=called)


def product_reader(service_id: str, country_id: str) -> Callable[[Item], Product | None]:
    """Reads the products of one pair, and no others: a filter that HidSim ignored must not sell a wrong country."""

    def read(item: Item) -> Product | None:
        long, short = _ids(item)
        price = readable(item, wire.PRICE, money)
        if long is None or price is None:
            return None
        if differs(_related(item, wire.SERVICE), service_id) or differs(_related(item, wire.COUNTRY), country_id):
            return None
        return Product(
            id=long,
            short_id=short,
            service_id=service_id,
            country_id=country_id,
            price=price,
            stock=readable(item, wire.STOCK, stock),
            name=readable(item, wire.NAME, _name),
        )

    return read


def differs(found: str | None, asked: str) -> bool:
    """True only when both are `_id`s and not the same: a short id can't be compared with one."""
    return found is not None and is_mongo_id(found) and is_mongo_id(asked) and found.lower() != asked.lower()


def operation(answer: Json) -> Operation | None:
    """An operation is anything with an id: whatever else is missing, it was created and can be asked about."""
    item = one(answer, wire.INSIDE_OPERATION, wire.STATE + wire.NUMBER)
    if item is None:
        return None
    long, short = _ids(item)
    if long is None:
        return None
    state = _state(item)
    code = readable(item, wire.CODE, code_of)
    texts = _texts(item, state, code)
    return Operation(
        id=long,
        short_id=short,
        state=state,
        number=readable(item, wire.NUMBER, phone_number),
        code=code or _zeros_in(texts, readable(item, wire.CODE, zeros)),
        texts=texts,
        price=readable(item, wire.PRICE, money),
        service_id=_related(item, wire.SERVICE),
        country_id=_related(item, wire.COUNTRY),
        created_at=readable(item, wire.CREATED_AT, moment),
        updated_at=readable(item, wire.UPDATED_AT, moment),
        expires_at=readable(item, wire.EXPIRES_AT, moment),
    )


def _state(item: Item) -> str:
    found = readable(item, wire.STATE, partial(name, longest=40)) or ""
    return "".join(c for c in found.lower() if c.isprintable())


def _zeros_in(texts: tuple[Sms, ...], zeros_alone: str | None) -> str | None:
    """Nothing but zeros is a code only where an SMS says so."""
    return zeros_alone if zeros_alone and any(zeros_alone in sms.text for sms in texts) else None


def _texts(item: Item, state: str, code: str | None) -> tuple[Sms, ...]:
    """The SMS from `messages`, else from `message`.

    `message` alone is an SMS only once one has come (contract: of a completed operation "use number, code, message"):
    before that, and in a refund, such a field speaks to developers.
    """
    found = readable(item, wire.MESSAGES, texts_in)
    if found is None and (state == OperationState.COMPLETED or code is not None):
        found = readable(item, wire.MESSAGE, texts_in)
        if found is not None and len(found) == 1 and found[0].code is None:
            found = (replace(found[0], code=code),)
    return found or ()
