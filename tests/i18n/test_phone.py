"""Numbers without their country's code, and numbers of no plan."""

import pytest

from bot.i18n.phone import completed, international, region_elsewhere, region_of, share_a_dial_code

COMPLETED = [
    ("09121234567", "IR", "+989121234567"),
    ("9121234567", "IR", "+989121234567"),
    ("+09121234567", "IR", "+989121234567"),
    ("5511910000777", "BR", "+5511910000777"),
    ("11910000001", "BR", "+5511910000001"),
    ("011910000001", "BR", "+5511910000001"),
    ("55999999999", "BR", "+5555999999999"),
    ("+55 (11) 91000-0001", "BR", "+5511910000001"),
    ("0055 11 91000-0001", "BR", "+5511910000001"),
    ("0055 11 91000-0001", None, "+5511910000001"),
    ("011 55 11 91000-0001", "US", "+5511910000001"),
    ("+49 (0)151 12345678", "DE", "+4915112345678"),
    ("07400 123456", "GB", "+447400123456"),
    ("89161234567", "RU", "+79161234567"),
    ("79161234567", "RU", "+79161234567"),
    ("77011234567", "KZ", "+77011234567"),
    ("2125551234", "US", "+12125551234"),
    ("12125551234", "US", "+12125551234"),
    ("4792225555", "US", "+14792225555"),
    ("447400123456", "BR", "+447400123456"),
    ("+447400123456", "BR", "+447400123456"),
    ("393401234567", "IT", "+393401234567"),
    ("+39 (0)6 12345678", "IT", "+390612345678"),
    ("+5511910000777 ext 5", "BR", "+5511910000777"),
]


@pytest.mark.parametrize(("written", "region", "number"), COMPLETED)
def test_a_number_is_completed_by_the_country_it_was_bought_for(written: str, region: str | None, number: str) -> None:
    assert completed(written, region) == number
    assert completed(number, region) == number


@pytest.mark.parametrize("written", ["12345", "+12345", "99 99 99 99 99 99 99", "Number", "", "+", "0" * 40, "+5511"])
@pytest.mark.parametrize("region", ["BR", None, "XX", ""])
def test_what_is_no_number_stays_as_it_was_written(written: str, region: str | None) -> None:
    assert completed(written, region) == written
    assert international(written, region) == written


def test_a_number_is_shown_in_groups() -> None:
    assert international("+5511912345678") == "+55 11 91234-5678"
    assert international("09121234567", "IR") == "+98 912 123 4567"


@pytest.mark.parametrize(
    ("number", "regions", "found"),
    [
        ("+5511961239275", ["BR", "MX"], "BR"),
        ("5511961239275", ["BR", "MX"], "BR"),
        ("11961239275", ["MX", "BR"], "BR"),
        ("+84912345678", ["BR", "MX"], "VN"),
        ("+77011234567", ["RU", "KZ"], "KZ"),
        ("89161234567", ["RU", "KZ"], "RU"),
        ("+14165550123", ["US", "CA"], "CA"),
        ("+12015550123", ["US", "CA"], "US"),
        ("+447911123456", ["GB"], "GG"),
        ("+4915112345678", [], "DE"),
        ("123456", ["BR", "MX"], None),
        ("no number", ["BR"], None),
        ("", [], None),
    ],
)
def test_a_number_tells_its_country_where_it_can_be_of_one_alone(
    number: str, regions: list[str], found: str | None
) -> None:
    assert region_of(number, regions) == found


def test_digits_that_keep_the_rules_of_two_countries_tell_neither() -> None:
    assert region_of("2125551234", ["US"]) == "US"
    assert region_of("4792225555", ["US", "DE"]) is None


def test_countries_that_are_called_alike_are_known() -> None:
    assert share_a_dial_code("GB", "GG")
    assert not share_a_dial_code("GB", "FR")
    assert not share_a_dial_code("XX", "XX")


ELSEWHERE = [
    ("+77011234567", "RU", "KZ"),
    ("77011234567", "RU", "KZ"),
    ("+79161234567", "KZ", "RU"),
    ("+14165550123", "US", "CA"),
    ("+12125551234", "CA", "US"),
    ("+17872345678", "US", "PR"),
    ("+447400123456", "BR", "GB"),
    ("+38344123456", "RS", "XK"),
]


@pytest.mark.parametrize(("number", "ordered", "region"), ELSEWHERE)
def test_a_number_of_another_country_is_told_from_one_of_the_ordered_one(
    number: str, ordered: str, region: str
) -> None:
    assert region_elsewhere(number, [ordered]) == region
    assert region_elsewhere(number, [ordered, region]) is None
    assert region_elsewhere(number, [ordered.lower()]) == region


HERE_OR_NOBODY_KNOWS = [
    ("+79161234567", "RU"),
    ("9161234567", "RU"),  # national
    ("+5511910000777", "br"),
    ("+447797712345", "GB"),  # Jersey's: taken for British everywhere
    ("+447911123456", "GB"),
    ("+4792225555", "SJ"),
    ("+18005551234", "CA"),  # toll-free: anybody's
    ("+881612345678", "BR"),  # satellite
    ("+80012345678", "US"),
    ("+99900123456", "BR"),  # of no plan
    ("12345", "BR"),
    ("", "BR"),
    ("+5511910000777", None),
    ("+5511910000777", "XX"),
]


@pytest.mark.parametrize(("number", "ordered"), HERE_OR_NOBODY_KNOWS)
def test_nobody_is_warned_of_a_number_that_may_be_right(number: str, ordered: str | None) -> None:
    assert region_elsewhere(number, [ordered]) is None


def test_of_several_countries_any_will_do_and_an_unknown_one_may_be_any() -> None:
    assert region_elsewhere("9161234567", ["BR", "RU"]) is None
    assert region_elsewhere("5511910000777", ["US", "BR"]) is None
    assert region_elsewhere("+5511910000777", ["US", None]) is None
    assert region_elsewhere("+5511910000777", []) is None
    assert region_elsewhere("+5511910000777", ["US", "RU"]) == "BR"
