"""A client of HidSim's partner API, a library of its own: it imports nothing else of the bot.

    async with HidSim(HidSimConfig(url, identifier, password), now=utc_now) as hidsim:
        operation = await hidsim.buy_product(product.id)

Every method raises only `HidSimError` and its heirs, whose axis is "was it done?".
"""

from bot.hidsim.client import HidSim
from bot.hidsim.config import HidSimConfig
from bot.hidsim.errors import (
    AnotherOperation,
    CredentialsRefused,
    HidSimError,
    InvalidRequest,
    NoMatch,
    NotFound,
    NotSent,
    OutcomeUnknown,
    Rejected,
    SignInRefused,
    TooEarly,
    TooManyRequests,
)
from bot.hidsim.models import (
    Account,
    Country,
    Operation,
    OperationState,
    Product,
    Service,
    Sms,
    mongo_ids,
    same_operation,
)
from bot.hidsim.pace import Turn, Urgency

__all__ = [
    "Account",
    "AnotherOperation",
    "Country",
    "CredentialsRefused",
    "HidSim",
    "HidSimConfig",
    "HidSimError",
    "InvalidRequest",
    "NoMatch",
    "NotFound",
    "NotSent",
    "Operation",
    "OperationState",
    "OutcomeUnknown",
    "Product",
    "Rejected",
    "Service",
    "SignInRefused",
    "Sms",
    "TooEarly",
    "TooManyRequests",
    "Turn",
    "Urgency",
    "mongo_ids",
    "same_operation",
]
