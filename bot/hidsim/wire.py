"""HidSim's words: every path, parameter and field name of the partner API, and nothing else knows one.

The partner's page publishes the paths, the states and few fields. The first name of a tuple is the one we expect, the
others are variants that are read as well: meeting the real contract should cost a change here and nowhere else.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from bot.hidsim.errors import NotFound

LONGEST_ID = 128


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path template; `{}` takes one id."""

    method: str
    template: str

    def path(self, *ids: str) -> str:
        """The path with the ids quoted. Raises NotFound, without asking, for an id that no resource can have."""
        return self.template.format(*(_quoted(one) for one in ids))


def _quoted(one: str) -> str:
    """Dots alone would climb up the path however they are quoted, and an empty id would name the collection."""
    if not one.strip(".") or len(one) > LONGEST_ID or not one.isprintable():
        raise NotFound(404, "no resource has such an id, nothing was sent")
    return quote(one, safe="")


LOGIN: Final = Route("POST", "/auth/login")
ME: Final = Route("GET", "/auth/me")
RENEW: Final = Route("GET", "/auth/renew")
COUNTRIES: Final = Route("GET", "/countries")
SERVICES: Final = Route("GET", "/services")
SEARCH: Final = Route("GET", "/services/search")
PRODUCTS: Final = Route("GET", "/products")
BUY_PRODUCT: Final = Route("POST", "/products/{}/purchase")
BUY_SERVICE: Final = Route("POST", "/services/{}/purchase")
OPERATION: Final = Route("GET", "/operations/{}")
REFETCH: Final = Route("GET", "/operations/{}/refetch")
CLOSE: Final = Route("GET", "/operations/{}/close")

# Request fields
IDENTIFIER: Final = "identifier"
PASSWORD: Final = "password"  # noqa: S105 - a field's name
FILTER_SERVICE: Final = "_service"
FILTER_COUNTRY: Final = "_country"
COUNTRY_IDS: Final = "_countryIds"
MIN_PRICE: Final = "minPrice"
MAX_PRICE: Final = "maxPrice"
PAGE: Final = "page"

# Envelopes
ITEMS: Final = ("data", "items", "docs", "results")
NEXT: Final = ("next", "nextPage")
HAS_NEXT: Final = ("hasNextPage", "hasNext")
PAGE_NUMBER: Final = ("page", "currentPage")
TOTAL_PAGES: Final = ("totalPages", "pageCount")
PAGING: Final = ("meta", "pagination")
INSIDE: Final = ("data", "result", "tokens", "token", "auth", "session")
INSIDE_OPERATION: Final = ("data", "operation", "operations", "result", "results", "items", "docs", "order", "response")
INSIDE_ACCOUNT: Final = ("data", "user", "account", "result")

# Answer fields
MONGO_ID: Final = ("_id",)
SHORT_ID: Final = ("id",)
TOKEN: Final = ("token", "accessToken", "access_token", "jwt", "authToken", "auth_token")
NAME: Final = ("name",)
BALANCE: Final = ("balance",)
CURRENCY: Final = ("currency",)
COUNTRY_CODE: Final = ("code", "iso", "iso2", "countryCode")
SERVICE: Final = ("_service", "service")
COUNTRY: Final = ("_country", "country")
PRICE: Final = ("price", "cost", "amount")
STOCK: Final = ("stock", "count", "quantity", "available")
STATE: Final = ("state", "status")
NUMBER: Final = ("number", "phone", "phoneNumber", "phone_number")
CODE: Final = ("code",)
MESSAGES: Final = ("messages",)
MESSAGE: Final = ("message",)
SMS_TEXT: Final = ("text", "message", "body", "content", "sms")
SENDER: Final = ("from", "sender")
RECEIVED_AT: Final = ("date", "receivedAt", "received_at", "createdAt", "created_at")
CREATED_AT: Final = ("createdAt", "created_at")
UPDATED_AT: Final = ("updatedAt", "updated_at")
EXPIRES_AT: Final = ("expiresAt", "expires_at")

# Errors
ERROR_TEXT: Final = ("message", "error", "errors")
ERROR_CODE: Final = ("code",)
RETRY_AFTER: Final = ("retryAfter", "retry_after")
