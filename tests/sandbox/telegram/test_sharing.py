"""Telegram's picker: which keyboards it takes, whom one may pick, and what the bot hears of them."""

from typing import Any

import pytest

from bot.sandbox.telegram import TelegramSandbox, acts
from bot.sandbox.telegram.errors import ApiError
from bot.sandbox.telegram.markup import parse_markup
from bot.sandbox.telegram.sharing import share_users

WANTED = {"request_id": 1, "user_is_bot": False, "max_quantity": 2, "request_name": True}


def keyboard(*wanted: Any) -> dict[str, Any]:
    return {"keyboard": [[{"text": f"Pick {n}", "request_users": one}] for n, one in enumerate(wanted)]}


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({}, 'Can\'t find field "request_id"'),
        ({"request_id": 2**31}, 'Field "request_id"'),
        ({"request_id": None}, 'Field "request_id" must be of type Number'),
        ({"request_id": 1, "max_quantity": 0}, "BUTTON_INVALID"),
        ({"request_id": 1, "max_quantity": 11}, "BUTTON_INVALID"),
        ({"request_id": 1, "user_is_bot": 1}, 'Field "user_is_bot" must be of type Boolean'),
        ({"request_id": 1, "request_name": "yes"}, 'Field "request_name" must be of type Boolean'),
        ("everybody", 'Field "request_users" must be of type Object'),
    ],
)
def test_a_button_that_asks_for_people_in_a_wrong_way_is_refused(wanted: Any, says: str) -> None:
    with pytest.raises(ApiError) as error:
        parse_markup(keyboard(wanted))
    assert says in str(error.value.description)


def test_two_requests_of_one_message_have_two_ids() -> None:
    with pytest.raises(ApiError):
        parse_markup(keyboard({"request_id": 1}, {"request_id": 1}))
    assert parse_markup(keyboard({"request_id": -1}, {"request_id": 1})).keyboard


@pytest.fixture
def telegram() -> TelegramSandbox:
    sandbox = TelegramSandbox()
    sandbox.people.put(1, first_name="Ada")
    sandbox.people.put(2, first_name="Eve", last_name="X", username="eve_x")
    sandbox.state.chats.keyboards[1] = parse_markup(keyboard(WANTED) | {"one_time_keyboard": True}).keyboard
    return sandbox


def heard(telegram: TelegramSandbox) -> list[Any]:
    return [one["message"]["users_shared"] for one in telegram.state.updates.fetch(0, 100)]


def test_the_bot_hears_the_names_it_asked_for_and_an_id_of_who_is_hidden(telegram: TelegramSandbox) -> None:
    share_users(telegram.state, telegram.people.get(1), "Pick", [2, 77])
    users = [{"user_id": 2, "first_name": "Eve", "last_name": "X"}, {"user_id": 77}]
    assert heard(telegram) == [{"request_id": 1, "users": users}]
    assert telegram.problems == []


@pytest.mark.parametrize("users", [[], [2, 2], [2, 3, 4], [1_234_567_890]])
def test_a_list_that_the_button_does_not_ask_for_can_not_be_picked(telegram: TelegramSandbox, users: list[int]) -> None:
    with pytest.raises(acts.DeadButtonError):
        share_users(telegram.state, telegram.people.get(1), "Pick", users)
    assert heard(telegram) == []


def test_without_the_keyboard_nobody_is_picked(telegram: TelegramSandbox) -> None:
    with pytest.raises(acts.NoButtonError):
        share_users(telegram.state, telegram.people.get(2), "Pick", [1])
