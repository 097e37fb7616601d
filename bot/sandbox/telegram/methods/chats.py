"""getChat, getChatMember, getFile."""

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.methods.targets import read_chat
from bot.sandbox.telegram.params import Json, Params
from bot.sandbox.telegram.people import GROUP_ID
from bot.sandbox.telegram.state import State

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat(state: State, params: Params) -> Json:
    """ChatFullInfo, with only the fields that must be there."""
    chat_id = read_chat(state, params)
    chat = {**state.bot.user(), "type": "private"} if chat_id == state.bot.id else state.chats.chat(chat_id)
    chat.pop("is_bot", None)
    gifts = dict.fromkeys(GIFTS, False)
    return {**chat, "accent_color_id": abs(chat_id) % 7, "max_reaction_count": 11, "accepted_gift_types": gifts}


def get_chat_member(state: State, params: Params) -> Json:
    """In a private chat both sides are members; everybody known is a member of the group."""
    user_id = max(params.integer("user_id", high=2**52), 0)
    if user_id == 0:
        raise bad_request("Invalid user_id specified")
    chat_id = read_chat(state, params)
    if user_id == state.bot.id:
        return {"status": "member", "user": state.bot.user()}
    person = state.people.find(user_id)
    if person is None:
        raise bad_request("user not found")
    status = "member" if chat_id in (GROUP_ID, user_id) else "left"
    return {"status": status, "user": person.user()}


def get_file(state: State, params: Params) -> Json:
    file = state.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    return file.json()
