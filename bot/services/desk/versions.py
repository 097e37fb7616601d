"""Which release of the bot this is."""

from importlib.metadata import PackageNotFoundError, version


def own_version() -> str:
    """As it was installed; words where it was not."""
    try:
        return version("hidsim-bot")
    except PackageNotFoundError:
        return "of a folder that is not installed"
