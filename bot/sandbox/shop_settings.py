"""What the demo's bot is set to, and what is worth knowing of it: the few settings that change what people see."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from bot.settings import Settings
from bot.settings.sources import Given
from bot.settings.words import line

_NEEDED = {
    "bot_token": f"1:{'A' * 20}",
    "hidsim_api_url": "https://x",
    "hidsim_identifier": "x",
    "hidsim_password": "x",
}
"""Something sound for what the demo sets by itself."""


@dataclass(frozen=True)
class ShopSettings:
    """Named like the settings; all text, as an operator writes it."""

    access: str = "open"
    billing: str = "shared"
    shop_name: str = "Demo shop"
    contact: str = "@demo_support"
    markup_percent: str = "0"

    def environment(self) -> Mapping[str, str]:
        return {name.upper(): value for name, value in vars(self).items()}

    def problems(self) -> list[str]:
        """A line for each value that the bot would refuse, in the bot's own words."""
        given = {name: value.strip() for name, value in vars(self).items() if value.strip()}
        try:
            Settings.model_validate({**_NEEDED, **given})
        except ValidationError as error:
            return [
                re.sub(r"^MARKUP_PERCENT", "MARKUP", line(one, given, Given(given, {}), {})) for one in error.errors()
            ]
        return []

    def notes(self, admin: str, stranger: str) -> Iterator[str]:
        """What a person at the page should know. `admin`, `stranger`: what these people of the page are called."""
        if self.access != "open":
            yield f"This bot is not open to everybody: {admin} lets the buyers in, and {stranger} is a stranger to it."
        else:
            yield f"This bot is open to everybody, {stranger} too. What strangers see: make demo ACCESS=closed."
        if self.billing == "prepaid":
            yield f"People pay from credit and begin with none: they ask for some with a tap, and {admin} grants it."
