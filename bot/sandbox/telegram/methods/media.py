"""editMessageMedia: another photo or document, also in place of a text."""

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.fields import FieldError, optional_text, text_of
from bot.sandbox.telegram.markup import read_inline
from bot.sandbox.telegram.methods.editing import CAPTION, TEXT, change
from bot.sandbox.telegram.methods.targets import find_editable
from bot.sandbox.telegram.params import Json, Params
from bot.sandbox.telegram.state import State
from bot.sandbox.telegram.text import Formatted, finish_caption, parse_text

KINDS = ("photo", "document")
BODY = (*TEXT, *CAPTION, *KINDS)


def edit_media(state: State, params: Params) -> Json:
    """Photos and documents are known; other kinds of media are refused by the sandbox."""
    kind, given, draft = _media(params)
    file = state.files.receive(params, kind, given)
    content: Json = {kind: file.photo() if kind == "photo" else file.document()}
    markup = read_inline(params)
    message = find_editable(state, params)
    caption = finish_caption(draft)
    content |= state.chats.content(caption.text, caption.entities, field="caption")
    return change(state, message, content, BODY, markup)


def _media(params: Params) -> tuple[str, str, Formatted]:
    """Kind, file and caption. Raises ApiError."""
    if not params.text("media"):
        raise bad_request('parameter "media" is required')
    value = params.json("media", "input media")
    if not isinstance(value, dict):
        raise bad_request("Can't parse InputMedia: expected an Object")
    try:
        kind, given = text_of(value, "type"), text_of(value, "media")
        caption, mode = optional_text(value, "caption"), optional_text(value, "parse_mode")
    except FieldError as error:
        raise bad_request(f"Can't parse InputMedia: {error}") from None
    if kind not in KINDS:
        raise bad_request("the sandbox knows photos and documents only")
    return kind, given, parse_text(caption, mode, value.get("caption_entities"))
