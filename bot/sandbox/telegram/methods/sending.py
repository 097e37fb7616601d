"""sendMessage, sendPhoto, sendDocument, copyMessage, forwardMessage, sendChatAction."""

from bot.sandbox.telegram.chats import Stored
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.markup import Markup, read_markup
from bot.sandbox.telegram.methods.targets import (
    find_message,
    read_chat,
    read_reply,
    reply_target,
    require_start,
    require_unblocked,
)
from bot.sandbox.telegram.params import Json, Params
from bot.sandbox.telegram.state import State
from bot.sandbox.telegram.text import finish_caption, finish_message, read_caption, read_message_text

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
COPIED = ("text", "entities", "caption", "caption_entities", "photo", "document", "link_preview_options")


def send_message(state: State, params: Params) -> Json:
    draft = read_message_text(params)
    preview = link_preview(params)
    envelope = Envelope(state, params)
    text = finish_message(draft)
    return envelope.send({**state.chats.content(text.text, text.entities), **preview})


def send_photo(state: State, params: Params) -> Json:
    photo = state.files.receive(params, "photo")
    draft = read_caption(params)
    sizes = photo.photo()
    envelope = Envelope(state, params)
    caption = finish_caption(draft)
    spoiler = {"has_media_spoiler": True} if params.flag("has_spoiler") else {}
    return envelope.send(
        {"photo": sizes, **state.chats.content(caption.text, caption.entities, field="caption"), **spoiler}
    )


def send_document(state: State, params: Params) -> Json:
    document = state.files.receive(params, "document")
    draft = read_caption(params)
    envelope = Envelope(state, params)
    caption = finish_caption(draft)
    return envelope.send(
        {"document": document.document(), **state.chats.content(caption.text, caption.entities, field="caption")}
    )


def copy_message(state: State, params: Params) -> Json:
    """The copy is the bot's own message, without the keyboard of the original unless a new one is given."""
    original = _original(state, params, "message to copy")
    content = {name: original.body[name] for name in COPIED if name in original.body}
    if params.has("caption") and "text" not in content:
        caption = finish_caption(read_caption(params))
        content = {name: value for name, value in content.items() if not name.startswith("caption")}
        content |= state.chats.content(caption.text, caption.entities, field="caption")
    return {"message_id": Envelope(state, params).send(content)["message_id"]}


def forward_message(state: State, params: Params) -> Json:
    original = _original(state, params, "message to forward")
    content = {name: original.body[name] for name in COPIED if name in original.body}
    origin = {"type": "user", "date": original.body["date"], "sender_user": original.body["from"]}
    return Envelope(state, params).send({"forward_origin": origin, **content}, frozen=True)


def send_chat_action(state: State, params: Params) -> bool:
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("Wrong parameter action in request")
    chat_id = read_chat(state, params)
    require_start(state, chat_id)
    require_unblocked(state, chat_id)
    state.chats.actions[chat_id] = (action, state.clock.seconds() + 5)
    state.tell("action", chat_id, chat_id=chat_id, action=action)
    state.note("bot", "action", chat_id, action)
    return True


class Envelope:
    """What all sends share: the markup, the chat and the answered message, read in this order. Raises ApiError."""

    def __init__(self, state: State, params: Params) -> None:
        self._state = state
        self._params = params
        reply = read_reply(params)
        self._markup = read_markup(params)
        self.chat_id = read_chat(state, params)
        self._reply_to = reply_target(state, self.chat_id, reply)
        require_start(state, self.chat_id)

    def send(self, content: Json, *, frozen: bool = False) -> Json:
        """Stores and shows the message. Raises ApiError when it is blocked or comes too fast."""
        state, markup = self._state, self._markup
        require_unblocked(state, self.chat_id)
        state.flood.pass_or_refuse(self.chat_id)
        body = {**content, **self._options()}
        if markup.inline:
            body["reply_markup"] = markup.inline
        frozen = frozen or not markup.is_inline
        state.chats.actions.pop(self.chat_id, None)
        message = state.chats.add(self.chat_id, state.bot.user(), body, reply_to=self._reply_to, frozen=frozen)
        self._change_keyboard(markup)
        return state.show("message", message)

    def _options(self) -> Json:
        protected = {"has_protected_content": True} if self._params.flag("protect_content") else {}
        effect = self._params.text("message_effect_id")
        return {**protected, **({"effect_id": effect} if effect and self.chat_id > 0 else {})}

    def _change_keyboard(self, markup: Markup) -> None:
        if markup.is_inline:
            return
        keyboard = markup.keyboard or None
        self._state.chats.keyboards[self.chat_id] = keyboard
        self._state.tell("keyboard", self.chat_id, keyboard=keyboard)


def link_preview(params: Params) -> Json:
    """`link_preview_options`, or its legacy form; kept only when the preview is switched off. Raises ApiError."""
    if not params.text("link_preview_options"):
        return {"link_preview_options": {"is_disabled": True}} if params.flag("disable_web_page_preview") else {}
    options = params.json("link_preview_options", "link preview options")
    if not isinstance(options, dict):
        raise bad_request("Object expected as link preview options")
    return {"link_preview_options": options} if options.get("is_disabled") is True else {}


def _original(state: State, params: Params, what: str) -> Stored:
    if not params.text("from_chat_id"):
        raise bad_request('parameter "from_chat_id" is required')
    chat_id = read_chat(state, params, "from_chat_id")
    message = find_message(state, chat_id, params.integer("message_id"), what)
    if message.body.get("has_protected_content"):
        verb = "copied" if "copy" in what else "forwarded"
        raise bad_request(f"message can't be {verb}")
    return message
