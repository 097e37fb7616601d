"""Where the catalogs lie: the bot runs from any folder."""

from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path


def locales_folder() -> Traversable:
    """Inside the package when installed from a wheel, else beside it in the repository."""
    package = resources.files("bot")
    packed = package.joinpath("locales")
    return packed if packed.is_dir() else Path(str(package)).parent / "locales"


def catalog_files(folder: Traversable) -> dict[str, Traversable]:
    """The catalogs that are there, <folder>/<language>/LC_MESSAGES/messages.po, by the name of the language."""
    if not folder.is_dir():
        return {}
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    files = {entry.name: entry.joinpath("LC_MESSAGES", "messages.po") for entry in entries if entry.is_dir()}
    return {name: file for name, file in files.items() if file.is_file()}
