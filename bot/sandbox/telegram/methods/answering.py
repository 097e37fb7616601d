"""answerCallbackQuery and answerInlineQuery."""

from typing import Any

from bot.sandbox.telegram.errors import ApiError, bad_request
from bot.sandbox.telegram.fields import FieldError, object_of, optional_text, text_of
from bot.sandbox.telegram.markup import parse_markup
from bot.sandbox.telegram.params import Json, Params
from bot.sandbox.telegram.state import State
from bot.sandbox.telegram.text import finish_message, parse_text

TOAST = 200
RESULTS = 50


def answer_callback(state: State, params: Params) -> bool:
    """Stops the spinner. A second answer is refused: the backend's own rule is not public, and a bot must bear it."""
    text, url = params.text("text"), params.text("url")
    if len(text) > TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not url.startswith((f"https://t.me/{state.bot.username}?start=", f"t.me/{state.bot.username}?start=")):
        raise bad_request("URL_INVALID")
    answer = {"text": text or None, "show_alert": params.flag("show_alert"), "url": url or None}
    query = state.taps.answer(params.text("callback_query_id"), answer)
    state.events.send("answer", query.person, query_id=query.id, **answer)
    state.note("bot", "answer", query.chat_id, text, person=query.person)
    return True


def answer_inline(state: State, params: Params) -> bool:
    """Articles with a text are known; other kinds of results are refused by the sandbox."""
    button = _button(params)
    results = _results(params)
    answer = {"results": results, "button": button, "next_offset": params.text("next_offset")}
    query = state.inline.answer(params.text("inline_query_id"), answer)
    state.events.send("inline", query.person, query_id=query.id, **answer)
    return True


def _button(params: Params) -> Json | None:
    value = params.json("button", "inline query results button")
    if value is None:
        return None
    if not isinstance(value, dict) or "text" not in value:
        raise bad_request("Can't parse inline query results button: InlineQueryResultsButton must be an Object")
    if not {"start_parameter", "web_app"} & set(value):
        reason = "InlineQueryResultsButton must have exactly one optional field"
        raise bad_request(f"Can't parse inline query results button: {reason}")
    return value


def _results(params: Params) -> list[Json]:
    try:
        value = params.json("results", "inline query results")
    except ApiError:
        raise bad_request("Can't parse JSON encoded inline query results") from None
    if value is None:
        return []
    if not isinstance(value, list):
        raise bad_request("Expected an Array of inline query results")
    if len(value) > RESULTS:
        raise bad_request("Too many inline query results specified")
    results = [_result(one) for one in value]
    if len({one["id"] for one in results}) < len(results):
        raise bad_request("RESULT_ID_DUPLICATE")
    return results


def _result(value: Any) -> Json:
    try:
        return _article(value)
    except FieldError as error:
        raise bad_request(f"Can't parse inline query result: {error}") from None


def _article(value: Any) -> Json:
    if not isinstance(value, dict):
        raise FieldError("Inline query result must be an object")
    if text_of(value, "type").lower() != "article":
        raise FieldError("the sandbox knows articles only")
    if not 1 <= len(text_of(value, "id").encode()) <= 64:
        raise bad_request("RESULT_ID_INVALID")
    text_of(value, "title")
    content_of(value)
    if "reply_markup" in value:
        parse_markup(value["reply_markup"])
    return value


def content_of(result: Json) -> tuple[str, tuple[Any, ...]]:
    """The text and entities of the message that a chosen article sends. Raises ApiError, FieldError."""
    content = object_of(result, "input_message_content")
    text = text_of(content, "message_text")
    if not text:
        raise FieldError("Message text is empty")
    done = finish_message(parse_text(text, optional_text(content, "parse_mode"), content.get("entities")))
    return done.text, done.entities
