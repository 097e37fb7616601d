"""Whatever the wire holds is read or left out: it never breaks anything, and money stays digit by digit."""

import json
import math
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.hidsim import Operation, Sms, reading, wire
from bot.hidsim.amounts import money
from bot.hidsim.answers import Answer, complaint, rejection, wait_of
from bot.hidsim.errors import LONGEST_MESSAGE, Rejected, masked
from bot.hidsim.jsontext import Unreadable, dumps, loads
from bot.hidsim.numbers import phone_number
from bot.hidsim.pages import page
from bot.hidsim.values import moment, stock
from tests.hidsim.conftest import NOW

A, B, OP = "a" * 24, "b" * 24, "c" * 24
CREATED = datetime(2026, 3, 1, 12, tzinfo=UTC)
MILLISECONDS = int(CREATED.timestamp() * 1000)

CANONICAL = {
    "_id": OP,
    "id": "op-1",
    "state": "completed",
    "number": "+4915112345678",
    "code": "123456",
    "message": "Your code is 123456",
    "messages": [{"text": "Your code is 123456", "code": "123456", "from": "Acme", "date": "2026-03-01T12:00:00Z"}],
    "price": 0.3,
    "_service": A,
    "_country": B,
    "createdAt": "2026-03-01T12:00:00.000Z",
    "updatedAt": "2026-03-01T12:00:00Z",
    "expiresAt": "2026-03-01T12:20:00+00:00",
}
EXPECTED = Operation(
    id=OP,
    short_id="op-1",
    state="completed",
    number="+4915112345678",
    code="123456",
    texts=(Sms("Your code is 123456", "123456", "Acme", CREATED),),
    price=Decimal("0.3"),
    service_id=A,
    country_id=B,
    created_at=CREATED,
    updated_at=CREATED,
    expires_at=datetime(2026, 3, 1, 12, 20, tzinfo=UTC),
)


def over_the_wire(value: Any) -> Any:
    return loads(json.dumps(value).encode())


def renamed(**names: str) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in CANONICAL.items()}


SAME: dict[str, Any] = {
    "canonical": CANONICAL,
    "status": renamed(state="status"),
    "phone": renamed(number="phone"),
    "phoneNumber": renamed(number="phoneNumber"),
    "cost": renamed(price="cost"),
    "amount": renamed(price="amount"),
    "price as text": CANONICAL | {"price": "0.3"},
    "number as a link": CANONICAL | {"number": "tel:+49-151-12345678"},
    "number with spaces": CANONICAL | {"number": "+49 (151) 123-456-78"},
    "number in other digits": CANONICAL | {"number": "\u200e＋٤٩ 151 12345678"},
    "code as number": CANONICAL | {"code": 123456},
    "epoch milliseconds": CANONICAL | {"createdAt": MILLISECONDS, "updatedAt": str(MILLISECONDS)},
    "epoch seconds": CANONICAL | {"createdAt": MILLISECONDS // 1000},
    "another time zone": CANONICAL | {"createdAt": "2026-03-01T14:00:00+02:00", "updatedAt": "2026-03-01 12:00:00"},
    "inside data": {"data": CANONICAL},
    "inside operation": {"operation": CANONICAL},
    "inside both": {"status": "success", "data": {"operation": CANONICAL}},
    "populated": CANONICAL | {"_service": {"_id": A, "name": "S"}, "_country": {"_id": B}},
    "more fields": CANONICAL | {"new": {"_id": 5}, "__v": 0, "user": {"_id": "d" * 24}},
    "loud state": CANONICAL | {"state": " Completed "},
    "message/sender": CANONICAL
    | {
        "messages": [{"message": "Your code is 123456", "code": "123456", "sender": "Acme", "receivedAt": MILLISECONDS}]
    },
    "body/createdAt": CANONICAL
    | {
        "messages": [
            None,
            7,
            {"body": "Your code is 123456", "code": 123456, "from": "Acme", "createdAt": "2026-03-01T12:00:00"},
            {},
        ]
    },
}


@pytest.mark.parametrize("answer", SAME.values(), ids=SAME)
def test_every_spelling_is_the_same_operation(answer: Any) -> None:
    assert reading.operation(over_the_wire(answer)) == EXPECTED


def test_texts_may_be_strings_alone() -> None:
    found = reading.operation(CANONICAL | {"messages": ["one", " ", "two"]})
    assert found is not None
    assert [(sms.text, sms.code) for sms in found.texts] == [("one", None), ("two", None)]


@pytest.mark.parametrize("empty", [None, [], "", {}])
def test_without_messages_the_message_is_the_sms(empty: Any) -> None:
    found = reading.operation(CANONICAL | {"messages": empty})
    assert found is not None
    assert found.texts == (Sms("Your code is 123456", "123456"),)


@pytest.mark.parametrize("state", ["creating", "pending", "no_number_refunded", "system_refunded", "user_refunded"])
def test_a_message_before_any_sms_is_not_one(state: str) -> None:
    found = reading.operation({"_id": OP, "state": state, "message": "Provider failure"})
    assert found is not None
    assert found.texts == ()


@pytest.mark.parametrize("state", ["refunded", "expired", "", None, 5, [], "COMPLETED_PARTLY"])
def test_a_state_that_is_not_published_is_handed_on_as_it_is(state: Any) -> None:
    found = reading.operation({"_id": OP, "state": state})
    assert found is not None
    assert found.state == (state.lower() if isinstance(state, str) else "")


@pytest.mark.parametrize(
    ("answer", "expected"), [({"id": "op-1"}, "op-1"), ({"id": 17}, "17"), ({"data": {"_id": OP}}, OP)]
)
def test_an_operation_needs_an_id_and_nothing_else(answer: Any, expected: str) -> None:
    found = reading.operation(answer)
    assert found is not None
    assert (found.id, found.state, found.number) == (expected, "", None)


@pytest.mark.parametrize(
    "answer",
    [{}, [], None, 5, "x", {"_id": ""}, {"_id": None}, {"_id": {}}, {"data": []}, {"_id": "a b"}, {"user": {"_id": A}}],
)
def test_without_an_id_there_is_no_operation(answer: Any) -> None:
    assert reading.operation(answer) is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"code": "de"}, "DE"),
        ({"iso": "DE"}, "DE"),
        ({"iso2": "DE"}, "DE"),
        ({"countryCode": "DE"}, "DE"),
        ({"code": "+49", "iso2": "DE"}, "DE"),
        ({"code": 49}, None),
        ({"code": "DEU"}, None),
        ({}, None),
    ],
)
def test_a_country_may_spell_its_code_in_many_ways(fields: dict[str, Any], code: str | None) -> None:
    found = reading.country({"_id": A, "id": 3, "name": "Germany", **fields})
    assert found is not None
    assert (found.id, found.short_id, found.name, found.code) == (A, "3", "Germany", code)


@pytest.mark.parametrize(
    "item", [{"id": 3, "name": "X"}, {"_id": "short", "name": "X"}, {"_id": A}, {"_id": A, "name": 5}]
)
def test_a_country_or_service_that_filters_can_not_take_is_left_out(item: dict[str, Any]) -> None:
    assert reading.country(item) is None
    assert reading.service(item) is None


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ({"stock": 5}, 5),
        ({"count": "5"}, 5),
        ({"quantity": 5.0}, 5),
        ({"available": 0}, 0),
        ({"available": True}, None),
        ({"available": False}, 0),
        ({"stock": -1}, 0),
        ({"stock": 10**30}, None),
        ({"stock": "many"}, None),
        ({}, None),
    ],
)
def test_stock_is_a_number_or_unknown(fields: dict[str, Any], left: int | None) -> None:
    read = reading.product_reader(A, B)
    found = read(over_the_wire({"_id": OP, "id": 1, "price": "0.25", **fields}))
    assert found is not None
    assert (found.stock, found.price, found.service_id, found.country_id) == (left, Decimal("0.25"), A, B)


@pytest.mark.parametrize(
    "price",
    [
        *[b"NaN", b"Infinity", b"-Infinity", b"-0.01", b"1e30", b"1E+999999999999999999999", b"1e-99999", b"null"],
        *[b"true", b'"NaN"', b'"-1"', b'"1,500"', b'"1_000"', b'""', b"[]", b"{}", b'"free"', b"9" * 5000],
    ],
)
def test_a_price_that_is_none_makes_the_product_invalid_and_no_other(price: bytes) -> None:
    body = b'[{"_id":"%s","price":%s},{"_id":"%s","price":0.10}]' % (A.encode(), price, OP.encode())
    read = reading.read_all(loads(body), reading.product_reader(A, B))
    assert ([str(product.price) for product in read.items], read.skipped) == (["0.10"], 1)


@given(st.decimals(min_value=0, max_value=1000, places=12))
def test_a_price_survives_the_wire_digit_by_digit(price: Decimal) -> None:
    assert money(loads(b'{"price":' + format(price, "f").encode() + b"}")["price"]) == price
    assert money(loads(dumps({"p": price}))["p"]) == price
    assert money(str(price)) == price


@given(st.one_of(st.integers(), st.floats(), st.text(), st.booleans(), st.none(), st.decimals()))
def test_money_is_finite_and_never_a_debt_unless_wanted(value: Any) -> None:
    found = money(value)
    assert found is None or (found.is_finite() and found >= 0)
    assert not isinstance(found, float)


def test_a_debt_is_possible_for_a_balance_only() -> None:
    assert money("-1.5") is None
    found = reading.account({"_id": A, "balance": "-1.5"})
    assert found is not None
    assert found.balance == Decimal("-1.5")


@pytest.mark.parametrize("inner", ["data", "user"])
def test_an_account_may_stand_inside(inner: str) -> None:
    found = reading.account({inner: {"_id": A, "id": "u1", "email": "a@b.c", "balance": "12.50", "currency": "USD"}})
    assert found is not None
    assert (found.id, found.short_id, found.balance, found.currency) == (A, "u1", Decimal("12.50"), "USD")


@pytest.mark.parametrize("amount", [Decimal("NaN"), Decimal("Infinity")])
def test_an_amount_that_is_none_is_not_sent(amount: Decimal) -> None:
    with pytest.raises(ValueError, match="finite"):
        dumps({"maxPrice": amount})


FIELDS = sorted(
    {name for value in vars(wire).values() if isinstance(value, tuple) for name in value if isinstance(name, str)}
)
anything = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        st.sampled_from(["completed", "\ud800", "1e999999", A, "2026-13-01", "https://x/?page=2", "\x00", "+" * 50]),
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=8)),
    max_leaves=25,
)


@given(anything)
def test_no_answer_breaks_a_reader(answer: Any) -> None:
    seen = over_the_wire(answer)
    operation = reading.operation(seen)
    if operation is not None:
        f"{operation.id}{operation.state}{operation.number}{operation.code}{operation.texts}".encode()
        assert operation.price is None or operation.price >= 0
    reading.account(seen)
    token = reading.token(seen)
    assert token is None or token.isascii()
    found = page(seen, "services")
    items = [] if found is None else found.items
    for reader in (reading.country, reading.service, reading.product_reader(A, B)):
        read = reading.read_all(items, reader)
        assert len(read.items) + read.skipped == len(items)


@given(st.binary(max_size=60), st.integers(100, 599), st.one_of(st.none(), st.text(max_size=30)))
def test_no_bytes_break_the_judgement_of_an_answer(body: bytes, status: int, header: str | None) -> None:
    answer = Answer(status, body, header)
    wait = wait_of(answer, NOW)
    assert wait is None or (wait >= 0 and math.isfinite(wait))
    strict = rejection(answer, NOW, strict=True)
    assert strict is None or status == 429 or (400 <= status < 500 and complaint(answer) is not None)


@pytest.mark.parametrize("body", [b"", b"{", b"<html>", b"\xff\xfe", b"[" * 200_000, b"'a'"])
def test_what_is_no_json_says_so(body: bytes) -> None:
    with pytest.raises(Unreadable):
        loads(body)


def test_of_a_name_that_comes_twice_the_last_one_counts() -> None:
    found = reading.operation(loads(b'{"_id":"first","_id":"second","state":"pending"}'))
    assert found is not None
    assert found.id == "second"


@given(st.text())
def test_a_masked_text_is_short_printable_and_without_long_numbers(text: str) -> None:
    found = masked(text)
    assert len(found) <= LONGEST_MESSAGE
    assert found.isprintable()
    digits = 0
    for character in found:
        digits = digits + 1 if character.isdigit() else 0
        assert digits < 4


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Code 123456 sent", "Code **** sent"),
        ("to +49 151 1234-5678 now", "to +**** now"),
        ("Balance 0.30 is below 1.25", "Balance 0.30 is below 1.25"),
        ("line\nbreak\x1b[31m", "line break [31m"),
        ("x" * 201, ""),
    ],
)
def test_words_of_a_refusal_hold_no_number_or_code(said: str, kept: str) -> None:
    assert Rejected(400, said).message == kept


@pytest.mark.parametrize(
    ("code", "kept"), [("NO_STOCK", "NO_STOCK"), ("123456", "****"), ("a b", None), ("x" * 65, None)]
)
def test_the_code_of_a_refusal_is_a_name(code: str, kept: str | None) -> None:
    assert Rejected(400, "", code).code == kept


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.booleans(), st.none(), st.decimals()))
def test_no_value_breaks_the_small_readers(value: Any) -> None:
    when = moment(value)
    assert when is None or when.tzinfo is UTC
    left = stock(value)
    assert left is None or left >= 0
    number = phone_number(value)
    assert number is None or number


def test_reprs_hold_no_number_no_code_and_no_text() -> None:
    shown = repr(EXPECTED) + repr(EXPECTED.texts)
    assert not any(secret in shown for secret in ("4915112345678", "123456", "Your code", "Acme"))
