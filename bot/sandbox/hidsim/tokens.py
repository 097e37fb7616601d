"""Real JSON Web Tokens (HS256), made by hand, so that clients can read `exp` from them."""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any, Literal

from bot.sandbox.hidsim.clock import Clock

Verdict = Literal["valid", "invalid", "expired", "revoked"]


class Tokens:
    """Signs for one user. `life` is in seconds of the clock; short lives get an `exp` with a fraction."""

    def __init__(self, clock: Clock, life: float, subject: str) -> None:
        self.life = life
        self._clock = clock
        self._subject = subject
        self._secret = hashlib.sha256(f"sandbox:{subject}".encode()).digest()
        self._issued = 0
        self._revoked = 0

    def issue(self) -> str:
        self._issued += 1
        now = self._clock.now().timestamp()
        expires: float = round(now + self.life, 3) if self.life < 60 else int(now + self.life)
        claims = {"sub": self._subject, "iat": int(now), "exp": expires, "jti": str(self._issued)}
        signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
        return f"{signed}.{self._signature(signed)}"

    def revoke_all(self) -> None:
        """Those issued so far; later ones are good."""
        self._revoked = self._issued

    def check(self, token: str) -> Verdict:
        claims = self._claims(token)
        if claims is None:
            return "invalid"
        if float(claims["exp"]) <= self._clock.now().timestamp():
            return "expired"
        return "revoked" if int(claims["jti"]) <= self._revoked else "valid"

    def _claims(self, token: str) -> dict[str, Any] | None:
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(signed).encode()):
            return None
        try:
            claims: dict[str, Any] = json.loads(base64.urlsafe_b64decode(signed.partition(".")[2] + "=="))
        except (binascii.Error, ValueError):
            return None
        return claims

    def _signature(self, signed: str) -> str:
        return _base64(hmac.digest(self._secret, signed.encode(), "sha256"))


def _part(claims: dict[str, Any]) -> str:
    return _base64(json.dumps(claims, separators=(",", ":")).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
