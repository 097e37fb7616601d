"""An order in lists and on its card: what fits, what leads where, what is said once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.history import Sought
from bot.domain.orders import OrderCard, OrderState, Sms
from bot.domain.outcomes import Outcome
from bot.domain.price_window import Window
from bot.domain.refusals import Reason, RefusalFacts
from bot.facts.orders import HistoryPage
from bot.facts.pages import Page
from bot.i18n import Languages
from bot.screens import origin, refusals
from bot.screens.callbacks import ToCountries, ToHistory, ToMine, ToOrder
from bot.screens.orders.cards import order_card
from bot.screens.orders.history import history, sought_of
from bot.screens.orders.lists import in_history
from bot.screens.screen import Screen
from bot.screens.telling.late import sms_late
from bot.screens.telling.pushes import code
from tests.domain import make
from tests.screens.phone import ENGLISH as T
from tests.screens.phone import check

AT = datetime(2026, 1, 15, 12, tzinfo=UTC)
DONE = replace(make.order(OrderState.COMPLETED), number="+5511912345678", charged=340_000, price=340_000, placed_at=AT)
SMS = Sms(1, "Your code is 7731", "7731", None, None)
NO_CODE = Sms(2, "Welcome!", None, None, None)


def labels(screen: Screen) -> list[str]:
    return [button.text for row in screen.rows for button in row]


def test_a_row_of_history_says_day_last_digits_outcome_and_price_in_one_line() -> None:
    page = HistoryPage((replace(DONE, id=7, service_name="Some Very Long Messenger"),), Page(0, 1), 1, frozenset({7}))
    row = labels(history(page, T))[0]
    assert row.startswith("Jan 15 Some")
    assert row.endswith("…5678 code $0.34")
    assert len(row) <= 38
    assert "Page" not in history(page, T).text


@pytest.mark.parametrize(
    ("language", "price", "row"),
    [
        ("pt_BR", 340_000, "15 jan. Tele… 🇧🇷 …5678 código US$\xa00,34"),
        ("pt_BR", 12_340_000, "15 jan. Telegram 🇧🇷 código US$\xa012,34"),
        ("pt_BR", 98_765_432_100_000, "Telegram 🇧🇷 código US$\xa098.765.432,10"),
        ("zh_Hans", 340_000, "1/15 Tele… 🇧🇷 …5678 有验证码 US$0.34"),
    ],
)
def test_without_room_a_row_of_history_leaves_out_the_number_and_then_the_day(
    language: str, price: int, row: str
) -> None:
    told = replace(DONE, id=7, charged=price)
    assert in_history(told, True, Languages.load().translator(language)) == row


@pytest.mark.parametrize(
    ("via", "leads_to"),
    [("y3", ToHistory(number=3)), ("m0", ToMine(number=0)), ("o12.y3", ToOrder(order=12, via="y3"))],
)
def test_back_leads_to_the_page_one_came_from(via: str, leads_to: object) -> None:
    assert origin.back(via, 1) == leads_to


def test_countries_reached_from_an_order_lead_back_to_it() -> None:
    there = origin.back("cp2.o12.y3", 5)
    assert isinstance(there, ToCountries)
    assert origin.back(there.via, 5) == ToOrder(order=12, via="y3")


def test_a_card_in_a_chat_does_not_repeat_its_sms_and_one_from_a_list_does() -> None:
    card = OrderCard(DONE, (SMS,))
    assert "7731" not in order_card(card, T).text
    looked_up = order_card(card, T, via="y3")
    assert "7731" in looked_up.text
    assert "Placed" in looked_up.text
    assert "Back" in " ".join(labels(looked_up))
    assert len([one for one in labels(order_card(card, T)) if "Another SMS" in one]) == 1


def test_an_sms_without_a_code_is_not_done_and_asks_for_another_on_one_message() -> None:
    card = OrderCard(DONE, (NO_CODE,))
    assert "Done" not in order_card(card, T).text
    assert "📨 Another SMS" not in labels(order_card(card, T))
    assert labels(code(card, NO_CODE, T)) == ["📨 Another SMS"]
    assert "Done" in order_card(OrderCard(DONE, (NO_CODE, SMS)), T).text


@pytest.mark.parametrize(("cheapest", "said"), [(900_000, True), (200_000, False), (None, False)])
def test_the_cheapest_is_said_where_it_is_above_the_maximum(cheapest: int | None, said: bool) -> None:
    refused = replace(make.order(OrderState.REFUSED), reason=Reason.NO_MATCH.value, cheapest=cheapest)
    text = order_card(OrderCard(refused), T).text
    assert ("The cheapest is" in text) is said
    assert text.endswith("You paid nothing.")


def test_where_numbers_are_cheaper_than_the_window_nobody_reads_that_there_are_none_for_less() -> None:
    window = Window(2_000_000, 5_000_000)
    refused = replace(make.order(OrderState.REFUSED), reason=Reason.NO_MATCH.value, window=window, cheapest=100_000)
    text = order_card(OrderCard(refused), T).text
    assert "or less" not in text
    assert "Numbers start at $0.10. You paid nothing." in text
    dialog = refusals.toast(RefusalFacts(Reason.NO_MATCH, amount=100_000, limit=5_000_000, currency="USD"), T)
    assert dialog == "😕 No number in this price range right now. Numbers start at $0.10. You paid nothing."


def test_once_closing_is_wanted_only_the_wish_stands_there() -> None:
    pending = replace(make.order(OrderState.PENDING), number="+5511912345678", close_wanted=True, close_at=AT)
    assert [one for one in labels(order_card(OrderCard(pending), T)) if "Close" in one] == ["✓ Close when allowed"]


SOUGHT = Sought(Outcome.NO_CODE, 99_999, 1_234, "012345")


@pytest.mark.parametrize(
    "sought",
    [Sought(), SOUGHT, Sought(digits="045"), Sought(label=36), Sought(Outcome.IN_PROGRESS), Sought(service=35)],
)
def test_back_leads_to_the_same_page_of_what_was_sought(sought: Sought) -> None:
    via = origin.history(7, sought)
    there = origin.back(via, 1)
    assert isinstance(there, ToHistory)
    assert (there.number, sought_of(there)) == (7, sought)
    assert origin.back(origin.order(12, via), 1) == ToOrder(order=12, via=via)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_way_back(outcome: Outcome) -> None:
    there = origin.back(origin.history(0, Sought(outcome)), 1)
    assert isinstance(there, ToHistory)
    assert there.outcome is outcome


def test_what_has_no_room_in_a_way_back_leads_to_all_orders() -> None:
    huge = replace(SOUGHT, service=2**50, label=2**50)
    assert origin.back(origin.history(7, huge), 1) == ToHistory(number=7)
    assert origin.order(999_999_999, origin.history(9_999, SOUGHT)) == "o999999999.y9999"


def test_a_tap_on_what_is_sought_takes_that_alone_off() -> None:
    page = HistoryPage((DONE,), Page(0, 1), 1, frozenset(), SOUGHT, "Telegram", "work", labelled=True)
    off = {button.callback_data for row in history(page, T).rows for button in row if button.text.startswith("✕")}
    assert {sought_of(ToHistory.unpack(data or "")) for data in off} == {
        replace(SOUGHT, outcome=None),
        replace(SOUGHT, service=None),
        replace(SOUGHT, label=None),
        replace(SOUGHT, digits=""),
    }


def test_the_place_of_history_holds_no_digits() -> None:
    page = HistoryPage((DONE,), Page(0, 1), 1, frozenset(), SOUGHT, "Telegram", "work", labelled=True)
    place = history(page, T).place
    assert place is not None
    assert sought_of(ToHistory.unpack(place.data)) == replace(SOUGHT, digits="")


def test_a_button_of_history_of_before_leads_to_its_page() -> None:
    assert ToHistory.unpack("y1:3") == ToHistory(number=3)


def test_an_order_from_a_list_shows_all_its_sms_as_far_as_a_message_holds_them() -> None:
    short = tuple(Sms(n, f"Your code is {n}", str(n), None, AT) for n in range(1000, 1020))
    text = order_card(OrderCard(DONE, short), T, via="y3").text
    assert all(f"<code>{sms.code}</code>" in text for sms in short)
    assert "🔑 Code" in text
    long = tuple(replace(sms, text="x" * 3_000) for sms in short)
    check(order_card(OrderCard(DONE, long), T, via="y3"))
    assert "older SMS" in order_card(OrderCard(DONE, long), T, via="y3").text


def test_nobody_who_waits_for_whatsapps_code_is_sent_to_look_for_it_in_whatsapp() -> None:
    waiting = replace(make.order(OrderState.PENDING), number="+5511912345678")
    other, whatsapp = (sms_late(OrderCard(replace(waiting, service_name=name)), T) for name in ("Uber", "WhatsApp 2"))
    assert other is not None
    assert whatsapp is not None
    assert "Look in WhatsApp and in the Uber app" in other.text
    assert whatsapp.text == "⏳ No SMS yet. Ask WhatsApp 2 to send the code again."
