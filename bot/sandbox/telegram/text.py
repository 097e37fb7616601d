"""A text as a bot sends it: parse mode or entities, limits, trimming, and what Telegram finds in it by itself."""

from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.telegram.autolink import find_entities
from bot.sandbox.telegram.cleaning import TextError, fix_formatted_text
from bot.sandbox.telegram.entities import Entity, date_format, sorted_entities
from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.fields import FieldError, number_of, object_of, optional_text, text_of
from bot.sandbox.telegram.html import parse_html
from bot.sandbox.telegram.links import checked_link
from bot.sandbox.telegram.overlaps import without_overlaps
from bot.sandbox.telegram.params import Json, Params
from bot.sandbox.telegram.tags import MarkupError

BEFORE_PARSING = 32768
MESSAGE = 4096
CAPTION = 1024
PLAIN = {"bold", "italic", "underline", "strikethrough", "spoiler", "code", "blockquote", "expandable_blockquote"}
FOUND = {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text with its entities, as it is stored."""

    text: str = ""
    entities: tuple[Entity, ...] = ()


def read_message_text(params: Params) -> Formatted:
    """`text`, `parse_mode`, `entities` of sendMessage and editMessageText. Raises ApiError."""
    if not params.text("text"):
        raise bad_request("message text is empty")
    return parse_text(params.text("text"), params.text("parse_mode"), params.loose("entities"))


def read_caption(params: Params) -> Formatted:
    return parse_text(params.text("caption"), params.text("parse_mode"), params.loose("caption_entities"))


def parse_text(text: str, parse_mode: str, entities: Any) -> Formatted:
    """The first half, done before chat and message are looked at: markup becomes entities. Raises ApiError."""
    if len(text.encode()) > BEFORE_PARSING:
        raise bad_request("Text is too long")
    mode = parse_mode.lower()
    if text and mode not in ("", "none"):
        if mode != "html":
            raise bad_request(
                "the sandbox knows parse_mode HTML only" if mode.startswith("markdown") else "Unsupported parse_mode"
            )
        try:
            text, found = parse_html(text)
        except MarkupError as error:
            raise bad_request(f"Can't parse entities: {error}") from None
        return Formatted(text, tuple(found))
    given = [_entity(body) for body in entities] if isinstance(entities, list) else []
    return Formatted(text, tuple(entity for entity in given if entity is not None))


def finish_message(draft: Formatted) -> Formatted:
    """The second half, when the chat is known: cleaning, trimming, the limit of 4096 code points. Raises ApiError."""
    done = _finish(draft)
    if len(done.text) > MESSAGE:
        raise bad_request("Message is too long")
    return done


def finish_caption(draft: Formatted) -> Formatted:
    """As for messages, but a caption may be empty and has at most 1024 code points. Raises ApiError."""
    if not draft.text.strip(" \n\r\t"):
        return Formatted()
    done = _finish(draft)
    if len(done.text) > CAPTION:
        raise bad_request("message caption is too long")
    return done


def as_typed(text: str) -> Formatted:
    """What a person has typed: no markup, but commands and links are found in it. Raises ApiError when it is empty."""
    return finish_message(Formatted(text))


def _finish(draft: Formatted) -> Formatted:
    try:
        text, entities = fix_formatted_text(draft.text, list(draft.entities))
    except TextError as error:
        raise bad_request(str(error)) from None
    found = find_entities(text, entities)
    if found:
        entities = without_overlaps(sorted_entities([*entities, *found]))
    return Formatted(text, tuple(entities))


def _entity(body: Any) -> Entity | None:
    try:
        return _typed_entity(body)
    except FieldError as error:
        raise bad_request(f"Can't parse MessageEntity: {error}") from None


def _typed_entity(body: Any) -> Entity | None:
    if not isinstance(body, dict):
        raise FieldError("expected an Object")
    offset, length = number_of(body, "offset"), number_of(body, "length")
    kind = text_of(body, "type")
    plain = Entity(kind, offset, length)
    if kind in PLAIN:
        return plain
    if kind in FOUND:
        return None
    match kind:
        case "":
            raise FieldError("Type is not specified")
        case "pre":
            return replace(plain, language=optional_text(body, "language"))
        case "text_link":
            url = checked_link(text_of(body, "url"))
            return replace(plain, url=url) if url else None
        case "text_mention":
            return replace(plain, user_id=number_of(object_of(body, "user"), "id"))
        case "custom_emoji":
            return replace(plain, custom_emoji_id=str(number_of(body, "custom_emoji_id")))
        case "date_time":
            return _date_time(plain, body)
    raise FieldError("Unsupported type specified")


def _date_time(plain: Entity, body: Json) -> Entity:
    shape = date_format(optional_text(body, "date_time_format"))
    if shape is None:
        raise FieldError("Invalid date-time format specified")
    return replace(plain, unix_time=number_of(body, "unix_time"), date_time_format=shape)
