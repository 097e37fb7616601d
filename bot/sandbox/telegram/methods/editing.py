"""editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage(s), setMessageReaction.

For editMessageMedia see `media.py`.
"""

from bot.sandbox.telegram.chats import Stored, same_content
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.fields import FieldError, text_of
from bot.sandbox.telegram.markup import read_inline
from bot.sandbox.telegram.methods.sending import link_preview
from bot.sandbox.telegram.methods.targets import find_deletable, find_editable, find_message, read_chat
from bot.sandbox.telegram.params import Json, Params, whole
from bot.sandbox.telegram.state import State
from bot.sandbox.telegram.text import finish_caption, finish_message, read_caption, read_message_text

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
TEXT = ("text", "entities", "link_preview_options")
CAPTION = ("caption", "caption_entities")
REACTIONS = frozenset(
    "❤,👍,👎,🔥,🥰,👏,😁,🤔,🤯,😱,🤬,😢,🎉,🤩,🤮,💩,🙏,👌,🕊,🤡,🥱,🥴,😍,🐳,❤‍🔥,🌚,🌭,💯,🤣,⚡,🍌,🏆,💔,🤨,😐,🍓,🍾,💋,🖕,"  # noqa: SIM905
    "😈,😴,😭,🤓,👻,👨‍💻,👀,🎃,🙈,😇,😨,🤝,✍,🤗,🫡,🎅,🎄,☃,💅,🤪,🗿,🆒,💘,🙉,🦄,😘,💊,🙊,😎,👾,🤷‍♂,🤷,🤷‍♀,😡".split(",")
)


def edit_text(state: State, params: Params) -> Json:
    draft = read_message_text(params)
    preview = link_preview(params)
    markup = read_inline(params)
    message = find_editable(state, params)
    if "text" not in message.body:
        raise bad_request("There is no text in the message to edit")
    text = finish_message(draft)
    return change(state, message, {**state.chats.content(text.text, text.entities), **preview}, TEXT, markup)


def edit_caption(state: State, params: Params) -> Json:
    markup = read_inline(params)
    draft = read_caption(params)
    message = find_editable(state, params)
    if "text" in message.body:
        raise bad_request("There is no caption in the message to edit")
    caption = finish_caption(draft)
    content = state.chats.content(caption.text, caption.entities, field="caption")
    return change(state, message, content, CAPTION, markup)


def edit_markup(state: State, params: Params) -> Json:
    markup = read_inline(params)
    return change(state, find_editable(state, params), {}, (), markup)


def change(state: State, message: Stored, content: Json, fields: tuple[str, ...], markup: Json | None) -> Json:
    """An edit without markup takes the keyboard away. Raises ApiError when nothing would change."""
    after = content | ({"reply_markup": markup} if markup else {})
    names = (*fields, "reply_markup")
    if same_content(message.body, after, names):
        raise bad_request(NOT_MODIFIED)
    state.flood.pass_or_refuse(message.chat_id)
    kept = {name: value for name, value in message.body.items() if name not in names}
    message.body = {**kept, "edit_date": state.clock.unix(), **after}
    return state.show("edit", message)


def delete_message(state: State, params: Params) -> bool:
    if not params.text("chat_id"):
        raise bad_request("Chat identifier is not specified")
    message_id = params.integer("message_id")
    if message_id == 0:
        raise bad_request("Message identifier is not specified")
    message = find_message(state, read_chat(state, params), message_id, "message to delete")
    find_deletable(state, message)
    _delete(state, message.chat_id, [message])
    return True


def delete_messages(state: State, params: Params) -> bool:
    """Those that can't be found are passed over."""
    wanted = _message_ids(params)
    chat_id = read_chat(state, params)
    found = [message for message in (state.chats.find(chat_id, one) for one in wanted) if message is not None]
    for message in found:
        find_deletable(state, message)
    _delete(state, chat_id, found)
    return True


def _delete(state: State, chat_id: int, messages: list[Stored]) -> None:
    for message in messages:
        state.chats.delete(message)
        state.note("bot", "delete", chat_id, message.visible, message_id=message.id)
    if messages:
        state.tell("delete", chat_id, chat_id=chat_id, message_ids=[message.id for message in messages])


def _message_ids(params: Params) -> list[int]:
    if not params.text("message_ids"):
        raise bad_request("Message identifiers are not specified")
    value = params.json("message_ids", "message_ids")
    if not isinstance(value, list):
        raise bad_request("Expected an Array of message identifiers")
    if not value:
        raise bad_request("Message identifiers are not specified")
    if len(value) > 100:
        raise bad_request("Too many message identifiers specified")
    wanted = [whole(str(one)) for one in value]
    if any(one <= 0 for one in wanted):
        raise bad_request("Invalid message identifier specified")
    return list(dict.fromkeys(wanted))


def set_reaction(state: State, params: Params) -> bool:
    """A bot may set one reaction; an empty list takes it away."""
    reactions = _reactions(params)
    message = find_message(state, read_chat(state, params), params.integer("message_id"), "message to react")
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if any(one.get("emoji") not in REACTIONS for one in reactions):
        raise bad_request("REACTION_INVALID")
    state.chats.reactions[(message.chat_id, message.id)] = reactions
    facts = {"chat_id": message.chat_id, "message_id": message.id, "reactions": reactions}
    state.tell("reaction", message.chat_id, **facts)
    emoji = " ".join(one["emoji"] for one in reactions)
    state.note("bot", "reaction", message.chat_id, emoji, message_id=message.id)
    return True


def _reactions(params: Params) -> list[Json]:
    value = params.json("reaction", "reaction types")
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("Expected an Array of ReactionType")
    return [_reaction(one) for one in value]


def _reaction(value: object) -> Json:
    try:
        return _parse_reaction(value)
    except FieldError as error:
        raise bad_request(f"Can't parse ReactionType: {error}") from None


def _parse_reaction(value: object) -> Json:
    if not isinstance(value, dict):
        raise FieldError("expected an Object")
    kind = text_of(value, "type")
    if kind not in ("emoji", "custom_emoji"):
        raise FieldError("invalid reaction type specified")
    name = "emoji" if kind == "emoji" else "custom_emoji_id"
    return {"type": kind, name: text_of(value, name)}
