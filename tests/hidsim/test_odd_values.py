"""Values that stand for none, spellings beside them, and texts in every container."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.hidsim import Operation, reading
from bot.hidsim.jsontext import loads

OP = "c" * 24
NOTHING = [
    None,
    "",
    " ",
    "\u200b",
    "null",
    "NULL",
    "none",
    "None",
    "nil",
    "undefined",
    "n/a",
    "N/A",
    "-",
    "—",
    "...",
    "+",
]
NOTHING += [0, "0", False, [], {}, "pending", "Waiting…", "Searching...", "waiting for SMS", "Not assigned yet"]
NOTHING += ["STATUS_WAIT_CODE", "no code", "[object Object]", "ожидание"]


def operation(**facts: Any) -> Operation:
    found = reading.operation(loads(json.dumps({"_id": OP, "state": "pending", **facts}).encode()))
    assert found is not None
    return found


@pytest.mark.parametrize("name", ["number", "phone", "phoneNumber", "value"])
def test_a_number_may_stand_in_an_object_of_its_own(name: str) -> None:
    assert operation(number={"id": 7, name: "+5511910000777"}).number == "+5511910000777"
    assert operation(number={"id": 123456, name: "null"}).number is None


@pytest.mark.parametrize("nothing", [*NOTHING, "000000", "00-00-00", "1234", 12, "-1", True], ids=repr)
def test_a_placeholder_is_no_number_and_hides_no_other_spelling(nothing: Any) -> None:
    assert operation(number=nothing).number is None
    for second in ("phone", "phoneNumber", "phone_number"):
        assert operation(**{"number": nothing, second: "+5511910000777"}).number == "+5511910000777"


@pytest.mark.parametrize("nothing", [*NOTHING, "000000", -1, "-1", True, "???"], ids=repr)
def test_a_placeholder_is_no_code_and_makes_no_sms(nothing: Any) -> None:
    found = operation(code=nothing, message="any")
    assert (found.code, found.texts) == (None, ())
    assert operation(messages=[{"text": "Code: 553311", "code": nothing}]).texts[0].code is None


@pytest.mark.parametrize("code", ["tolvek", "A1", "7", 553311, 553311.0, "SMS-4411", "Öä1"])
def test_a_real_code_is_one(code: Any) -> None:
    assert operation(code=code).code == str(code).removesuffix(".0")


def test_zeros_alone_are_a_code_only_where_an_sms_says_so() -> None:
    assert operation(code="0000", messages=["Your code is 0000"]).code == "0000"
    assert operation(code="0000", messages=["Your code is 4711"]).code is None
    assert operation(messages=[{"text": "Your code is 0000", "code": "0000"}]).texts[0].code == "0000"


@pytest.mark.parametrize("nothing", [None, "", "  ", "null", [], {}], ids=repr)
def test_of_several_spellings_the_first_that_can_be_read_counts(nothing: Any) -> None:
    assert operation(state=nothing, status="completed").state == "completed"
    assert str(operation(price=nothing, cost=nothing, amount="0,10").price) == "0.10"
    found = operation(
        messages=[{"text": nothing, "message": nothing, "body": "Hi 4711", "from": nothing, "sender": "A"}]
    )
    assert [(sms.text, sms.sender) for sms in found.texts] == [("Hi 4711", "A")]
    assert operation(state="completed", messages=nothing, message="Hi 4711").texts[0].text == "Hi 4711"
    assert operation(_service=nothing, service={"_id": "a" * 24}).service_id == "a" * 24
    only_short = reading.operation({"_id": nothing, "id": "op-1"})
    assert only_short is not None
    assert only_short.id == "op-1"
    country = reading.country({"_id": "a" * 24, "name": "Germany", "code": nothing, "iso": "49", "iso2": " de "})
    assert country is not None
    assert country.code == "DE"
    product = reading.product_reader("a" * 24, "b" * 24)({"_id": OP, "price": "1", "stock": nothing, "count": "5"})
    assert product is not None
    assert product.stock == 5
    assert reading.token({"token": nothing, "accessToken": "abc"}) == "abc"


MOMENTS = [
    *["1970-01-01T00:00:00.000Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z", "0000-00-00 00:00:00", "never"],
    *[0, 1, 600, 1200, "1200", 1200.5, -1, 253402300799, 253402300799999, "1899-12-30T00:00:00Z", True, 10**14, "20m"],
]


@pytest.mark.parametrize("told", MOMENTS, ids=repr)
def test_a_moment_of_another_age_is_none(told: Any) -> None:
    found = operation(createdAt=told, updatedAt=told, expiresAt=told, messages=[{"text": "a", "date": told}])
    assert (found.created_at, found.updated_at, found.expires_at) == (None, None, None)
    assert found.texts[0].received_at is None
    assert operation(expiresAt=told, expires_at="2026-03-01T12:00:00Z").expires_at == datetime(
        2026, 3, 1, 12, tzinfo=UTC
    )


ONE, TWO = {"text": "Code 553311", "code": "553311"}, {"body": "Code 774422"}
CONTAINERS: dict[str, Any] = {
    "list": [ONE, TWO],
    "keyed": {"0": ONE, "1": TWO},
    "keyed, out of order": {"10": TWO, "9": ONE},
    "by id": {"x7": ONE, "a1": TWO},
    "in an envelope": {"data": [ONE, TWO], "total": 2, "message": "success"},
    "in two envelopes": {"data": {"items": [ONE, TWO]}},
    "list of lists": [[ONE], [TWO]],
    "written": json.dumps([ONE, TWO]),
    "written, keyed": json.dumps({"0": ONE, "1": TWO}),
    "each written": [json.dumps(ONE), json.dumps(TWO)],
    "wrapped": [{"message": ONE}, {"message": TWO}],
    "texts in between": [None, 7, {}, ONE, "", {"text": "null"}, TWO],
}


@pytest.mark.parametrize("messages", CONTAINERS.values(), ids=CONTAINERS)
def test_messages_are_read_in_every_container(messages: Any) -> None:
    told = [("Code 553311", "553311"), ("Code 774422", None)]
    assert [(sms.text, sms.code) for sms in operation(messages=messages).texts] == told
    assert [(sms.text, sms.code) for sms in operation(state="completed", message=messages).texts] == told


SINGLE: dict[str, Any] = {
    "object": ONE,
    "object with its id": {"_id": OP, "id": 3, **ONE},
    "text": "Code 553311",
    "text that looks like JSON": "[Code 553311",
    "keyed text": {"0": "Code 553311"},
    "list of one text": ["Code 553311"],
    "written text": '["Code 553311"]',
}


@pytest.mark.parametrize("messages", SINGLE.values(), ids=SINGLE)
def test_one_message_is_one(messages: Any) -> None:
    (sms,) = operation(messages=messages).texts
    assert sms.text.removeprefix("[") == "Code 553311"


@pytest.mark.parametrize("text", ["[Shop] 4711 is your code", "{4711}", "[4711]", "👍"])
def test_a_text_in_brackets_is_a_text(text: str) -> None:
    assert [sms.text for sms in operation(messages=text).texts] == [text]


@pytest.mark.parametrize(
    "told",
    [
        "Bearer abc.d.e",
        "bearer abc.d.e",
        "JWT abc.d.e",
        "Token abc.d.e",
        "Token: abc.d.e",
        "Authorization: Bearer abc.d.e",
    ],
)
@pytest.mark.parametrize("key", ["token", "accessToken", "access_token", "jwt"])
def test_a_token_comes_without_its_scheme_its_quotes_and_its_line_end(key: str, told: str) -> None:
    for spelled in (told, f'"{told}"', f"{told}\r\n", told.replace("abc.d.e", '"abc.d.e"')):
        assert reading.token({"data": {key: spelled}}) == "abc.d.e"


@pytest.mark.parametrize("told", ["Bearer", "null", "a b", "", 5, {"token": "null"}, "ключ"])
def test_what_is_no_token_is_none(told: Any) -> None:
    assert reading.token({"token": told}) is None
