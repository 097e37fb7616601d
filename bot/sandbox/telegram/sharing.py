"""Telegram's picker of people: what a person shares after a button of the reply keyboard asked for it."""

from bot.sandbox.telegram.acts import DeadButtonError, NoButtonError
from bot.sandbox.telegram.chats import Stored
from bot.sandbox.telegram.params import Json
from bot.sandbox.telegram.people import Profile
from bot.sandbox.telegram.state import State


def share_users(state: State, person: Profile, label: str, users: list[int]) -> Stored:
    """Picks these in the list that the button opens. The bot hears of it, and no more than it asked for.

    Raises NoButtonError: no such button. Raises DeadButtonError: a list of whom this button does not ask for.
    """
    wanted = _button(state, person, label)["request_users"]
    if person.blocked:
        raise DeadButtonError("the person has blocked the bot", [])
    if not 1 <= len(users) <= wanted["max_quantity"] or len(set(users)) < len(users):
        raise DeadButtonError(f"{wanted['max_quantity']} different people at most, and one at least", [])
    if state.bot.id in users and wanted.get("user_is_bot") is False:
        raise DeadButtonError("no bots are asked for", [])
    shared = {"request_id": wanted["request_id"], "users": [_shared(state, wanted, one) for one in users]}
    message = state.chats.add(person.id, person.user(), {"users_shared": shared})
    state.note("person", "message", person.id, "", message_id=message.id, person=person.id)
    shown = state.chats.shown(message)
    state.tell("message", person.id, message=shown)
    if (state.chats.keyboards.get(person.id) or {}).get("one_time_keyboard"):
        state.tell("keyboard", person.id, keyboard=None)  # hidden, and still there for whoever opens it again
    state.update("message", shown, person.id)
    return message


def _button(state: State, person: Profile, label: str) -> Json:
    rows = (state.chats.keyboards.get(person.id) or {}).get("keyboard", [])
    found = next((key for row in rows for key in row if label in key["text"] and "request_users" in key), None)
    if found is None:
        raise NoButtonError(f"no button asks for people with {label!r}", [[key["text"] for key in row] for row in rows])
    return dict(found)


def _shared(state: State, wanted: Json, user_id: int) -> Json:
    """Of somebody whom nobody here knows there is no more than an id, as of those who hide."""
    found = state.people.find(user_id)
    if found is None:
        return {"user_id": user_id}
    names = {"first_name": found.first_name, "last_name": found.last_name} if "request_name" in wanted else {}
    username = {"username": found.username} if "request_username" in wanted else {}
    return {"user_id": user_id, **{name: value for name, value in (names | username).items() if value}}
