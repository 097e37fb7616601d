"""Whose shop this is, as its operator calls it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Signboard:
    """`name`: what people call the shop. `contact`: whom they ask, a @username or a web address; "" for nobody."""

    name: str = ""
    contact: str = ""

    @property
    def contact_url(self) -> str | None:
        """Where a tap on the contact leads; None without one."""
        if self.contact.startswith("@"):
            return f"https://t.me/{self.contact[1:]}"
        return self.contact or None
