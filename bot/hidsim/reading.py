"""From JSON to models. An item that can't be believed is left out of its list; it never takes the list with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.hidsim import wire
from bot.hidsim.models import Account, Country, Operation, OperationState, Product, Service, Sms
from bot.hidsim.values import (
    LONGEST_CODE,
    Json,
    first,
    identity,
    is_mongo_id,
    moment,
    money,
    phone_number,
    present,
    stock,
    text,
    word,
)

LONGEST_NAME = 200
LONGEST_TOKEN = 8192
MOST_TEXTS = 100
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
    """The answer, and what stands in it under one of these names, from the outside in."""
    for _ in range(4):
        if not isinstance(answer, Mapping):
            return
        yield answer
        answer = next((value for value in present(answer, inside) if isinstance(value, Mapping)), None)


def one(answer: Json, inside: tuple[str, ...]) -> Item | None:
    """The resource itself: the outermost layer with an `_id`, else the innermost."""
    found = list(layers(answer, inside))
    inmost = found[-1] if found else None
    return next((layer for layer in found if first(layer, wire.MONGO_ID) is not None), inmost)


def _ids(item: Item) -> tuple[str | None, str | None]:
    """Its `_id`, and its short id. Where only one is said it is the id."""
    long, short = identity(first(item, wire.MONGO_ID)), identity(first(item, wire.SHORT_ID))
    return long or short, short


def _related(item: Item, names: tuple[str, ...]) -> str | None:
    """The id of a related resource, given as an id or as the whole object."""
    value = first(item, names)
    return _ids(value)[0] if isinstance(value, Mapping) else identity(value)


def token(answer: Json) -> str | None:
    """A bearer token that can stand in a header."""
    found = (text(first(layer, wire.TOKEN), LONGEST_TOKEN) for layer in layers(answer))
    return next((one_token for one_token in found if one_token is not None and _fits_a_header(one_token)), None)


def _fits_a_header(found: str) -> bool:
    return found.isascii() and found.isprintable() and " " not in found


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
        email=text(first(item, wire.EMAIL), LONGEST_NAME),
        balance=money(first(item, wire.BALANCE), debt=True),
        currency=text(first(item, wire.CURRENCY), 16),
    )


def country(item: Item) -> Country | None:
    long, short = _ids(item)
    code = next((c.upper() for c in present(item, wire.COUNTRY_CODE) if _is_alpha2(c)), None)
    name = text(first(item, wire.NAME), LONGEST_NAME) or code
    if long is None or name is None or not is_mongo_id(long):
        return None
    return Country(id=long, short_id=short, name=name, code=code)


def _is_alpha2(value: Json) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isascii() and value.isalpha()


def service(item: Item) -> Service | None:
    long, short = _ids(item)
    name = text(first(item, wire.NAME), LONGEST_NAME)
    if long is None or name is None or not is_mongo_id(long):
        return None
    return Service(id=long, short_id=short, name=name)


def product_reader(service_id: str, country_id: str) -> Callable[[Item], Product | None]:
    """Reads the products of one pair, and no others: a filter that HidSim ignored must not sell a wrong country."""

    def read(item: Item) -> Product | None:
        long, short = _ids(item)
        price = next((found for found in map(money, present(item, wire.PRICE)) if found is not None), None)
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
            stock=stock(first(item, wire.STOCK)),
            name=text(first(item, wire.NAME), LONGEST_NAME),
        )

    return read


def differs(found: str | None, asked: str) -> bool:
    """True only when both are `_id`s and not the same: a short id can't be compared with one."""
    return found is not None and is_mongo_id(found) and is_mongo_id(asked) and found.lower() != asked.lower()


def operation(answer: Json) -> Operation | None:
    """An operation is anything with an id: whatever else is missing, it was created and can be asked about."""
    item = one(answer, wire.INSIDE_OPERATION)
    if item is None:
        return None
    long, short = _ids(item)
    if long is None:
        return None
    state = _state(item)
    code = word(first(item, wire.CODE), LONGEST_CODE)
    return Operation(
        id=long,
        short_id=short,
        state=state,
        number=phone_number(first(item, wire.NUMBER)),
        code=code,
        texts=_texts(item, state, code),
        price=money(first(item, wire.PRICE)),
        service_id=_related(item, wire.SERVICE),
        country_id=_related(item, wire.COUNTRY),
        created_at=moment(first(item, wire.CREATED_AT)),
        updated_at=moment(first(item, wire.UPDATED_AT)),
        expires_at=moment(first(item, wire.EXPIRES_AT)),
    )


def _state(item: Item) -> str:
    words = (text(value, 40) for value in present(item, wire.STATE))
    found = next((one_word for one_word in words if one_word is not None), "")
    return "".join(c for c in found.lower() if c.isprintable())


def _texts(item: Item, state: str, code: str | None) -> tuple[Sms, ...]:
    """The SMS from `messages`, else from `message`.

    `message` alone is an SMS only once one has come (contract: of a completed operation "use number, code, message"):
    before that, and in a refund, such a field speaks to developers.
    """
    messages = first(item, wire.MESSAGES)
    if isinstance(messages, list) and messages:
        found = [_sms(message) for message in messages[:MOST_TEXTS]]
        return tuple(sms for sms in found if sms is not None)
    if state != OperationState.COMPLETED and code is None:
        return ()
    sms = _sms(first(item, wire.MESSAGE), code)
    return () if sms is None else (sms,)


def _sms(value: Json, code: str | None = None) -> Sms | None:
    if isinstance(value, str):
        body = text(value)
        return None if body is None else Sms(text=body, code=code)
    if not isinstance(value, Mapping):
        return None
    body = text(first(value, wire.SMS_TEXT))
    own = word(first(value, wire.CODE), LONGEST_CODE) or code
    if body is None and own is None:
        return None
    return Sms(
        text=body or "",
        code=own,
        sender=word(first(value, wire.SENDER), LONGEST_NAME),
        received_at=moment(first(value, wire.RECEIVED_AT)),
    )
