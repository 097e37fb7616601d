"""What a lock screen shows of a push: 40 characters of plain text, in every language."""

import gettext
import re
from dataclasses import replace

import pytest

from bot.domain.catalog import Country
from bot.domain.orders import OrderCard, OrderState, Sms
from bot.i18n import Languages, Translator
from bot.screens.orders.cards import order_card
from bot.screens.orders.first_line import SEEN, elsewhere
from bot.screens.screen import Screen
from bot.screens.telling.pushes import code, number
from tests.domain import make
from tests.screens.phone import ENGLISH, read, stretches

LANGUAGES = Languages.load()
ALL = [LANGUAGES.translator(tag) for tag in LANGUAGES.tags]
RIGHT_TO_LEFT = Translator("ar", gettext.NullTranslations())
EACH = pytest.mark.parametrize("t", [*ALL, RIGHT_TO_LEFT], ids=lambda t: t.language)
SERVICES = ["Telegram", "A Very Long Messenger of the Far North and South", "微信", "Tom & <b>Jerry</b>\nin two lines"]
NAMED = pytest.mark.parametrize("service", SERVICES)
PENDING = replace(make.order(OrderState.PENDING), number="+5511912345678")
COUNTRIES = {"Russia": "RU", "Brazil": "BR", "Kazakhstan": "KZ"}
CODES = ["7731", "482 913", "G-482913", "https://example.org/sign-in?token=0123456789abcdef"]


def shown(screen: Screen) -> str:
    """Without the marks that keep a direction: nobody sees them."""
    return re.sub("[\u200e\u200f\u2066-\u2069]", "", read(screen)[0])[:SEEN]


@EACH
@NAMED
@pytest.mark.parametrize("found", CODES)
@pytest.mark.parametrize("facts", [{}, {"guessed": True}])
def test_a_code_begins_with_itself_and_names_its_service_behind(
    t: Translator, service: str, found: str, facts: dict[str, bool]
) -> None:
    order = replace(PENDING, state=OrderState.COMPLETED, service_name=service)
    sms = Sms(1, f"Your code: {found}", found, "Sender", None, **facts)
    for corrected in (False, True):
        screen = code(OrderCard(order, (sms,)), sms, t, corrected=corrected)
        assert shown(screen).startswith(found[:20])
        assert service[:8] in shown(screen).splitlines()[0][len(found[:20]) :]
        assert stretches(screen, "code") == [found]


@EACH
@NAMED
def test_an_sms_without_a_code_names_its_service_first(t: Translator, service: str) -> None:
    sms = Sms(1, "Welcome!", None, None, None)
    screen = code(OrderCard(replace(PENDING, service_name=service), (sms,)), sms, t)
    assert service[:8] in shown(screen).splitlines()[0]
    assert shown(screen)[0].isalnum()


@EACH
@NAMED
@pytest.mark.parametrize("replaces", [False, True])
def test_a_number_begins_with_itself_and_names_its_service_behind(t: Translator, service: str, replaces: bool) -> None:
    screen = number(OrderCard(replace(PENDING, service_name=service)), t, replaces=replaces)
    assert shown(screen).startswith("+55 11 91234-5678")
    assert service[:8] in shown(screen).splitlines()[0]


@EACH
@NAMED
@pytest.mark.parametrize("state", [OrderState.PENDING, OrderState.COMPLETED])
def test_an_order_opened_from_a_list_names_its_service_whole(t: Translator, service: str, state: OrderState) -> None:
    screen = order_card(OrderCard(replace(PENDING, state=state, service_name=service)), t, via="y0")
    assert service.replace("\n", " ") in read(screen)[0].splitlines()[0]


@EACH
def test_a_number_from_elsewhere_says_so_and_what_to_do(t: Translator) -> None:
    order = replace(PENDING, number="+77011234567", country_code="RU", country_name="Russia")
    text = read(order_card(OrderCard(order), t))[0]
    assert "🇰🇿" in text
    assert "🇷🇺" in text
    assert "🇰🇿" not in read(order_card(OrderCard(replace(order, state=OrderState.COMPLETED)), t))[0]


def test_the_words_about_a_number_from_elsewhere() -> None:
    order = replace(PENDING, number="+77011234567", country_code="RU", country_name="Russia")
    assert elsewhere(order, ENGLISH) == (
        "⚠️ This number is from 🇰🇿 Kazakhstan, you ordered 🇷🇺 Russia. "
        "If Telegram does not take it, close it: no code, no charge."
    )
    assert elsewhere(replace(order, country_code="KZ"), ENGLISH) is None


RUSSIA, BRAZIL, KAZAKHSTAN = (
    Country(at, f"{at:024x}", name, code) for at, (name, code) in enumerate(COUNTRIES.items(), 1)
)


def test_of_several_countries_it_is_from_elsewhere_by_what_was_told_and_else_by_its_digits() -> None:
    known = replace(PENDING, number="+77011234567", country_id=3, country_code="KZ", country_name="Kazakhstan")
    for order in (known, replace(known, number="7011234567"), replace(known, country_known=False)):
        told = str(elsewhere(replace(order, countries=(RUSSIA, BRAZIL)), ENGLISH))
        assert "🇰🇿 Kazakhstan, which is none of the countries you ordered" in told
        assert elsewhere(replace(order, countries=(RUSSIA, KAZAKHSTAN)), ENGLISH) is None
    nowhere = replace(known, number="123456", country_known=False, countries=(RUSSIA, BRAZIL))
    assert elsewhere(nowhere, ENGLISH) is None
