"""The only reader of the environment and of `.env`. A wrong value is said in one readable line that names its variable.

found = look()          # everything, or WrongSettings
found.settings.markup_percent, found.notes, found.doubts
database_url()          # what `books`, `backup`, `health` and `migrate` need, and no more
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.settings import near, sources
from bot.settings.doubts import Doubt, doubts
from bot.settings.model import Settings, sound_database_url
from bot.settings.sources import Given, WrongSettings
from bot.settings.words import line

__all__ = ["Doubt", "Found", "Settings", "WrongSettings", "database_url", "load", "look"]


@dataclass(frozen=True, slots=True)
class Found:
    """Sound settings; `notes` are worth saying at the start, `doubts` only where something fails."""

    settings: Settings
    notes: tuple[str, ...]
    doubts: tuple[Doubt, ...]


def look(**given: Any) -> Found:
    """Settings from the environment and `.env`; `given` goes before both.

    Raises WrongSettings, which shows no value of a secret.
    """
    found = sources.read(Path(".env"), os.environ, frozenset(Settings.model_fields))
    values = {name: one for name, one in sources.trimmed(found.values | given).items() if one != ""}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise WrongSettings(_said(error, values, found)) from None
    return Found(settings, (*found.notes, *near.notes(found, set(values)), *settings.remarks()), doubts(found))


def load(**given: Any) -> Settings:
    """The settings alone. Raises WrongSettings."""
    return look(**given).settings


def database_url() -> str:
    """DATABASE_URL alone, whatever the rest is like; `.env` is opened only when the environment does not have it.

    Raises WrongSettings.
    """
    name = "database_url"
    found = sources.read_environment(os.environ, frozenset({name}))
    if not found.values.get(name):
        found = sources.read(Path(".env"), os.environ, frozenset({name}))
    value = found.values.get(name) or str(Settings.model_fields[name].default)
    try:
        return sound_database_url(value)
    except ValueError as error:
        raise WrongSettings(f"{name.upper()} {error}") from None


def _said(error: ValidationError, values: dict[str, Any], found: Given) -> str:
    suspected = {doubt.name: doubt.sentence for doubt in doubts(found)}
    lines = (line(problem, values, found, near.mistaken_for(found)) for problem in error.errors())
    return "\n".join(f"{one}. {suspected[name]}" if (name := one.split()[0]) in suspected else one for one in lines)
