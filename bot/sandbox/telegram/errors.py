"""Failures of Bot API calls, worded as the official server words them.

Source: telegram-bot-api, where an inner error becomes an answer: a prefix by code, then the text with its first letter
lower-cased unless the second character is an underscore or a capital letter (`BUTTON_DATA_INVALID` stays).
"""

from typing import Any

PREFIXES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class ApiError(Exception):
    """An answer with `ok: false`. `description` is complete; nothing is added to it later."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> dict[str, Any]:
        """The JSON body; the HTTP status equals `error_code`."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def refusal(code: int, text: str) -> ApiError:
    """Builds the description of an error as the official server does: prefix and lower-cased first letter."""
    prefix = PREFIXES[code]
    if text.startswith(prefix):
        return ApiError(code, text)
    keep = len(text) >= 2 and (text[1] == "_" or "A" <= text[1] <= "Z")
    return ApiError(code, f"{prefix}: {text if keep else text[:1].lower() + text[1:]}")


def bad_request(text: str) -> ApiError:
    """400. A text in capitals (`REPLY_MARKUP_TOO_LONG`) stays as it is."""
    return refusal(400, text)


def forbidden(text: str) -> ApiError:
    """403: the person has blocked the bot, or the bot may not write there."""
    return refusal(403, text)


def too_many_requests(seconds: int) -> ApiError:
    """429 with `parameters.retry_after` (seconds)."""
    return ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
