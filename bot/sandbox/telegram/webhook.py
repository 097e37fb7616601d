"""The webhook's settings: what setWebhook accepts, and what getWebhookInfo tells.

The official server wants https on four ports; the sandbox wants http or https on this machine, because it has no
other way out. Everything else is as strict: the secret's alphabet and length, one setWebhook a second.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.sandbox.telegram.errors import bad_request
from bot.sandbox.telegram.params import Json

LOOPBACK = {"127.0.0.1", "localhost", "::1"}


@dataclass(slots=True)
class Webhook:
    """No webhook is set when `url` is empty. `generation` grows with each change, so that old deliveries stop."""

    url: str = ""
    secret: str = ""
    connections: int = 40
    generation: int = 0
    error: str = ""
    error_at: int = 0
    next_change: float = 0.0

    def change(self, url: str, secret: str, connections: int) -> None:
        self.url, self.secret, self.connections = url, secret, connections
        self.error, self.error_at = "", 0
        self.generation += 1

    def info(self, pending: int, allowed: list[str] | None) -> Json:
        """Telegram's WebhookInfo."""
        info: Json = {"url": self.url, "has_custom_certificate": False, "pending_update_count": pending}
        if self.url:
            info |= {"max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.error:
            info |= {"last_error_date": self.error_at, "last_error_message": self.error}
        return info | ({"allowed_updates": allowed} if allowed is not None else {})


def check_webhook(url: str, secret: str) -> None:
    """Raises ApiError when Telegram, or the sandbox, would not deliver there."""
    parts = urlsplit(url if "://" in url else f"https://{url}")
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise bad_request("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    if parts.hostname not in LOOPBACK:
        https = "bad webhook: An HTTPS URL must be provided for webhook"
        raise bad_request(https if parts.scheme == "http" else "bad webhook: the sandbox delivers to this machine only")
