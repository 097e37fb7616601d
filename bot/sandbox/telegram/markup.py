"""Reply markup: inline keyboards by all of Telegram's rules, reply keyboards as far as a text button goes.

Sources: the official server's parsing (order of a button's actions, texts of errors) and, where only the backend
knows, the limits that clients meet: callback_data of 1-64 bytes, copy_text of 1-256 characters, 8 buttons in a row,
100 in all.
"""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.fields import (
    FieldError,
    as_object,
    flag_of,
    number_of,
    object_of,
    optional_list,
    optional_number,
    optional_text,
    text_of,
)
from bot.sandbox.telegram.links import LinkError, mentioned_user, parse_link
from bot.sandbox.telegram.params import Json, Params

STYLES = ("primary", "success", "danger")
ROW, ALL = 8, 100
KEYBOARD_FLAGS = ("is_persistent", "resize_keyboard", "one_time_keyboard", "selective")
REQUESTS = ("request_contact", "request_location", "request_poll", "request_chat", "web_app")
MOST_USERS = 10
SIGNED = 2**31


@dataclass(frozen=True, slots=True)
class Markup:
    """`inline` is stored with the message; `keyboard` is shown below the input line, {} removes it, None leaves it."""

    inline: Json | None = None
    keyboard: Json | None = None

    @property
    def is_inline(self) -> bool:
        return self.keyboard is None


def read_markup(params: Params) -> Markup:
    """The `reply_markup` parameter. Raises ApiError."""
    value = params.json("reply_markup", "reply keyboard markup")
    return Markup() if value is None else parse_markup(value)


def read_inline(params: Params) -> Json | None:
    """The `reply_markup` of an edit, which must be an inline keyboard; None removes it."""
    markup = read_markup(params)
    if not markup.is_inline:
        raise bad_request("Inline keyboard expected")
    return markup.inline


def parse_markup(value: Any) -> Markup:
    """Decides which of the four kinds of markup it is, in the official order. Raises ApiError."""
    body = as_object(value, "Object expected as reply markup")
    try:
        keyboard = _rows(optional_list(body, "keyboard"), 'Field "keyboard" must be an Array of Arrays', _key)
        inline = _rows(
            optional_list(body, "inline_keyboard"),
            'Field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
            _inline,
        )
        return _choose(body, keyboard, inline)
    except FieldError as error:
        raise bad_request(str(error)) from None


def _choose(body: Json, keyboard: list[list[Json]], inline: list[list[Json]]) -> Markup:
    if body.get("keyboard") and keyboard:
        _check_requests(keyboard)
        flags = {name: True for name in KEYBOARD_FLAGS if flag_of(body, name)}
        return Markup(keyboard={"keyboard": keyboard, **flags, **_placeholder(body)})
    if body.get("inline_keyboard"):
        _check_size(inline)
        forced = {"force_reply": True} if flag_of(body, "force_reply") else {}
        return Markup(inline={"inline_keyboard": inline, **forced} if inline else None)
    if flag_of(body, "remove_keyboard"):
        return Markup(keyboard={})
    if flag_of(body, "force_reply"):
        return Markup(keyboard={"force_reply": True, **_placeholder(body)})
    return Markup()


def _check_requests(rows: list[list[Json]]) -> None:
    """The id tells the requests of one message apart."""
    ids = [key["request_users"]["request_id"] for row in rows for key in row if "request_users" in key]
    if len(set(ids)) < len(ids):
        raise bad_request("BUTTON_ID_INVALID")


def _placeholder(body: Json) -> Json:
    text = optional_text(body, "input_field_placeholder")
    return {"input_field_placeholder": text} if text else {}


def _check_size(rows: list[list[Json]]) -> None:
    if any(len(row) > ROW for row in rows) or sum(map(len, rows)) > ALL:
        raise bad_request("reply markup is too long")


def _rows(rows: list[Any], message: str, parse: Any) -> list[list[Json]]:
    """Buttons with an empty text are dropped without a word, and so are rows that end up empty."""
    kept = []
    for row in rows:
        if not isinstance(row, list):
            raise bad_request(message)
        kept.append([button for button in map(parse, row) if button["text"]])
    return [row for row in kept if row]


def _key(value: Any) -> Json:
    if isinstance(value, str):
        return {"text": value}
    try:
        body = _button_body(value, "KeyboardButton must be a String or an Object")
        key = {"text": text_of(body, "text")} | _style(body) | {name: body[name] for name in REQUESTS if name in body}
        return key | ({"request_users": _request_users(body)} if "request_users" in body else {})
    except FieldError as error:
        raise bad_request(f"Can't parse keyboard button: {error}") from None


def _request_users(body: Json) -> Json:
    """What a person's client may share: whom, how many of them, and which of their names."""
    wanted = object_of(body, "request_users")
    request_id = number_of(wanted, "request_id")
    if not -SIGNED <= request_id < SIGNED:
        raise FieldError('Field "request_id" must be a valid Number')
    most = optional_number(wanted, "max_quantity") if "max_quantity" in wanted else 1
    if not 1 <= most <= MOST_USERS:
        raise bad_request("BUTTON_INVALID")
    only: Json = {name: flag_of(wanted, name) for name in ("user_is_bot", "user_is_premium") if name in wanted}
    names = {name: True for name in ("request_name", "request_username", "request_photo") if flag_of(wanted, name)}
    return {"request_id": request_id, "max_quantity": most, **only, **names}


def _inline(value: Any) -> Json:
    try:
        body = _button_body(value, "InlineKeyboardButton must be an Object")
        button = {"text": text_of(body, "text")}
        icon = optional_text(body, "icon_custom_emoji_id")
        return button | ({"icon_custom_emoji_id": icon} if icon else {}) | _style(body) | _action(body)
    except FieldError as error:
        raise bad_request(f"Can't parse inline keyboard button: {error}") from None


def _button_body(value: Any, message: str) -> Json:
    if not isinstance(value, dict):
        raise FieldError(message)
    return value


def _style(body: Json) -> Json:
    style = optional_text(body, "style").lower()
    if style in ("", "default"):
        return {}
    if style not in STYLES:
        raise FieldError("invalid button style specified")
    return {"style": style}


def _action(body: Json) -> Json:
    """The first action in the official order counts; the rest of the button is not read."""
    if url := optional_text(body, "url"):
        return {"url": url if mentioned_user(url) else _link("URL", url)}
    if data := optional_text(body, "callback_data"):
        return {"callback_data": _callback_data(data)}
    if "pay" in body or "callback_game" in body:
        raise bad_request("BUTTON_TYPE_INVALID")
    for name in ("switch_inline_query", "switch_inline_query_current_chat"):
        if name in body:
            return {name: text_of(body, name)}
    if "switch_inline_query_chosen_chat" in body:
        return {"switch_inline_query_chosen_chat": object_of(body, "switch_inline_query_chosen_chat")}
    return _later_action(body)


def _later_action(body: Json) -> Json:
    if "login_url" in body:
        return {"url": _link("login URL", text_of(object_of(body, "login_url"), "url"), https_only=True)}
    if "web_app" in body:
        return {"web_app": {"url": _link("Web App URL", text_of(object_of(body, "web_app"), "url"), https_only=True)}}
    if "copy_text" in body:
        text = text_of(object_of(body, "copy_text"), "text")
        if not 1 <= len(text) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"copy_text": {"text": text}}
    if "disabled" in body:
        return {"disabled": object_of(body, "disabled")}
    raise FieldError("Text buttons are unallowed in the inline keyboard")


def _callback_data(data: str) -> str:
    if len(data.encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")
    return data


def _link(what: str, url: str, *, https_only: bool = False) -> str:
    try:
        return parse_link(url, https_only=https_only)
    except LinkError as error:
        label = what.removesuffix(" URL").removesuffix("URL")
        name = f"Inline keyboard button {label + ' ' if label else ''}URL"
        raise bad_request(f"{name} '{url}' is invalid: {error}") from None
