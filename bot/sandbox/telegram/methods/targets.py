"""Chats and messages that a call speaks of: the checks every method makes, in the official order."""

from bot.sandbox.telegram.chats import Stored
from bot.sandbox.telegram.errors import bad_request, forbidden
from bot.sandbox.telegram.fields import FieldError, as_object, flag_of, number_of, optional_text
from bot.sandbox.telegram.params import Json, Params, whole
from bot.sandbox.telegram.people import GROUP_ID
from bot.sandbox.telegram.state import State

HOURS_48 = 48 * 3600


def read_chat(state: State, params: Params, name: str = "chat_id") -> int:
    """The chat's id. Raises ApiError when it is missing or the bot has never met it."""
    text = params.text(name)
    if not text:
        raise bad_request(f"{name} is empty")
    return known_chat(state, text)


def known_chat(state: State, text: str) -> int:
    chat_id = 0 if text.startswith("@") else whole(text)
    person = state.people.find(chat_id)
    if chat_id not in (GROUP_ID, state.bot.id) and (person is None or not person.seen):
        raise bad_request("chat not found")
    return chat_id


def require_start(state: State, chat_id: int) -> None:
    """A bot may write first only where somebody pressed Start, and never to a bot."""
    person = state.people.find(chat_id)
    if chat_id == state.bot.id:
        raise forbidden("the bot can't send messages to the bot")
    if person is not None and not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def require_unblocked(state: State, chat_id: int) -> None:
    """Known only to the backend, so it is the last check of a send."""
    person = state.people.find(chat_id)
    if person is not None and person.blocked:
        raise forbidden("bot was blocked by the user")


def find_message(state: State, chat_id: int, message_id: int, what: str) -> Stored:
    message = state.chats.find(chat_id, message_id)
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def find_editable(state: State, params: Params) -> Stored:
    """The message of an edit. Raises ApiError; edits of inline messages are not in the sandbox."""
    message_id = params.integer("message_id")
    if not params.text("chat_id") and not message_id:
        missing = not params.text("inline_message_id")
        raise bad_request("Message identifier is not specified" if missing else "MESSAGE_ID_INVALID")
    message = find_message(state, read_chat(state, params), message_id, "message to edit")
    if not message.from_bot or message.frozen:
        raise bad_request("Message can't be edited")
    return message


def find_deletable(state: State, message: Stored) -> None:
    """48 hours, and in a group only the bot's own. Raises ApiError."""
    if message.chat_id == GROUP_ID and not message.from_bot:
        raise bad_request("message can't be deleted")
    if state.clock.unix() - message.body["date"] > HOURS_48:
        raise bad_request("message can't be deleted for everyone")


def read_reply(params: Params) -> Json:
    """`reply_parameters` as {message_id, chat_id, allow}; empty when there is none. Raises ApiError."""
    if not params.has("reply_parameters"):
        target = params.integer("reply_to_message_id")
        return {"message_id": target, "allow": params.flag("allow_sending_without_reply")} if target else {}
    value = params.json("reply_parameters", "reply parameters")
    body = as_object({} if value is None else value, "Object expected as reply parameters")
    if not body:
        return {}
    try:
        reply = {"message_id": number_of(body, "message_id"), "allow": flag_of(body, "allow_sending_without_reply")}
        return {**reply, "chat_id": optional_text(body, "chat_id")}
    except FieldError as error:
        raise bad_request(str(error)) from None


def reply_target(state: State, chat_id: int, reply: Json) -> int | None:
    """The message to be answered; None when it is gone and may be. Raises ApiError."""
    if not reply or reply["message_id"] <= 0:
        return None
    where = known_chat(state, reply["chat_id"]) if reply.get("chat_id") else chat_id
    if state.chats.find(where, reply["message_id"]) is None:
        if reply["allow"]:
            return None
        raise bad_request("message to be replied not found")
    return int(reply["message_id"]) if where == chat_id else None
