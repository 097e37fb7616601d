"""What people call well-known services: nicknames and names in other scripts, kept in locales/aliases.toml."""

import tomllib
from importlib.resources.abc import Traversable

from bot.i18n.folders import locales_folder


def service_aliases(folder: Traversable | None = None) -> dict[str, tuple[str, ...]]:
    """Names of services, each with what else people call it; empty without a file.

    Raises ValueError: the file can't be read as names with lists of texts.
    """
    file = (locales_folder() if folder is None else folder).joinpath("aliases.toml")
    if not file.is_file():
        return {}
    found = tomllib.loads(file.read_text(encoding="utf-8"))
    for name, others in found.items():
        if not isinstance(others, list) or not all(isinstance(other, str) for other in others):
            raise ValueError(f"aliases.toml: {name!r} needs a list of texts")
    return {name: tuple(others) for name, others in found.items()}
