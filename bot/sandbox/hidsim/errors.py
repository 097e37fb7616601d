"""What the API answers when it will not do something."""

from dataclasses import dataclass


@dataclass
class ApiError(Exception):
    """Nothing was done. `retry_after` is in seconds and may be a fraction; a header rounds it up."""

    status: int
    message: str
    code: str
    retry_after: float | None = None


def bad_request(message: str, code: str = "VALIDATION_ERROR") -> ApiError:
    return ApiError(400, message, code)


def not_found(what: str) -> ApiError:
    return ApiError(404, f"{what} not found", "NOT_FOUND")
