"""The catalog as HidSim lists it, before it has ids of ours."""

from typing import NamedTuple


class Listed(NamedTuple):
    """A service or a country. `id` is HidSim's; `code` ISO 3166 of a country, as HidSim says it, if at all."""

    id: str
    name: str
    code: str | None = None
