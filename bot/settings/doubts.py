"""What a quote, a `#` or a backslash may have done to a value. Said where a value is refused; shows no value."""

import re
from dataclasses import dataclass

from bot.settings.sources import Given, Line


@dataclass(frozen=True, slots=True)
class Doubt:
    """`sentence` explains what may be wrong with the setting `name`."""

    name: str
    sentence: str


def doubts(found: Given) -> tuple[Doubt, ...]:
    """Of every value that was read, whether it is right or not."""
    told = ((name.upper(), _of(name, value, found)) for name, value in found.values.items())
    return tuple(Doubt(name, sentence) for name, sentence in told if sentence)


def _of(name: str, value: str, found: Given) -> str | None:
    line = found.lines.get(name)
    if line is not None and (sentence := _of_line(name.upper(), value, line)):
        return sentence
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return f"{name.upper()} was read with the quotes around it (docker run --env-file keeps them): write it without"
    if name == "hidsim_password" and line is None:
        return (
            "HIDSIM_PASSWORD comes from the environment: shells and Docker Compose replace what follows a $, and take "
            "quotes and backslashes away; in a file of Compose's it goes between single quotes"
        )
    return None


def _of_line(name: str, value: str, line: Line) -> str | None:
    written = line.text.partition("=")[2].strip()
    where = f"{name} in line {line.number} of .env was read as {len(value)} characters"
    if written[:1] not in ("'", '"'):
        if re.search(r"\s#", written):
            return f"{where}: what stands behind the blank and # was a remark to it. Put it between single quotes ('…')"
        return None
    if "\\" in written:
        return f"{where}: between quotes a backslash has a meaning. Between single quotes write \\\\ for one"
    return None
