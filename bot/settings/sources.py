"""What stands in `.env` and in the environment: every value as written, where it stands, and what was odd about it."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dotenv.parser import Binding, parse_stream

_INVISIBLE = "\ufeff\u200b\u200e\u200f\u2060"
"""What copying from a web page or a messenger leaves at the ends of a value, and `strip` does not take."""
_QUOTED = re.compile(r"=[^\S\r\n]*(['\"])")
_KEPT_BETWEEN_QUOTES = "hidsim_password"
"""The one value whose blanks may be meant, when somebody put quotes around them."""


class WrongSettings(Exception):
    """Its message is for the operator: one line for each thing that is wrong."""


@dataclass(frozen=True, slots=True)
class Line:
    """A setting of `.env`: its name as spelled, its value, and the text of its line."""

    name: str
    value: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """`values` by the setting's name in small letters, no empty ones; `lines` are those of `.env` that count."""

    values: dict[str, str]
    lines: dict[str, Line]
    foreign_lines: tuple[Line, ...] = ()
    foreign_names: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    file: Path | None = None
    environment: frozenset[str] = field(default=frozenset())


def read(file: Path, environment: Mapping[str, str], ours: frozenset[str]) -> Given:
    """Both sources, the environment first; an empty variable there does not hide one of the file.

    Raises WrongSettings when the file can't be read, or one of its lines can't.
    """
    outer = read_environment(environment, ours)
    text = _text_of(file)
    if text is None:
        return outer
    lines, notes = _lines_of(text, ours)
    mine = {one.name.lower(): one for one in lines if one.name.lower() in ours}
    inner = {name: value for name, one in mine.items() if (value := _value_of(name, one)) != ""}
    return Given(
        values=inner | outer.values,
        lines={name: one for name, one in mine.items() if name not in outer.values},
        foreign_lines=tuple(one for one in lines if one.name.lower() not in ours),
        foreign_names=outer.foreign_names,
        notes=(*notes, *(note for name in mine if (note := _twice(name, lines)))),
        file=file,
        environment=outer.environment,
    )


def read_environment(environment: Mapping[str, str], ours: frozenset[str]) -> Given:
    """The environment alone. Names may be written small, as proxies' often are."""
    mine = {name.lower(): value for name, value in environment.items() if name.lower() in ours}
    values = {name: value for name, one in mine.items() if (value := trim(one)) != ""}
    foreign = tuple(name for name in environment if name.lower() not in ours)
    return Given(values, {}, foreign_names=foreign, environment=frozenset(values))


def trim(value: str) -> str:
    """Without what is white or invisible at either end: a line feed from a secret's file, a carriage return."""
    before = None
    while before != value:
        before, value = value, value.strip().strip(_INVISIBLE)
    return value


def trimmed(values: Mapping[str, Any]) -> dict[str, Any]:
    """The same for all texts but the password, which was trimmed where it was read, unless quotes kept its blanks."""
    return {
        name: trim(value) if isinstance(value, str) and name != _KEPT_BETWEEN_QUOTES else value
        for name, value in values.items()
    }


def _value_of(name: str, line: Line) -> str:
    kept = name == _KEPT_BETWEEN_QUOTES and _QUOTED.search(line.text)
    return line.value if kept and trim(line.value) else trim(line.value)


def _text_of(file: Path) -> str | None:
    """None without a file. Raises WrongSettings."""
    try:
        raw = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except IsADirectoryError:
        raise WrongSettings(f"{_absolute(file)} is a folder, and should be a text file: cp .env.example .env") from None
    except PermissionError:
        raise WrongSettings(f"{_absolute(file)} can't be read: give it to the user who runs the bot") from None
    except OSError as error:
        raise WrongSettings(f"{_absolute(file)} can't be read: {error.strerror}") from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise WrongSettings(".env is UTF-16 text, as Notepad calls Unicode: save it as UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongSettings(".env is not UTF-8 text: save it as UTF-8") from None


def _absolute(file: Path) -> str:
    try:
        return str(file.absolute())
    except FileNotFoundError:  # the working folder is gone
        return str(file)


def _lines_of(text: str, ours: frozenset[str]) -> tuple[list[Line], list[str]]:
    """The library's parser, without its interpolation: `$` has no meaning here. With notes on lines that it can't read.

    Raises WrongSettings where such a line is about one of our settings.
    """
    found, notes = list[Line](), list[str]()
    for binding in parse_stream(io.StringIO(text)):
        line = binding.original.string.strip()
        if not binding.error and binding.key is not None and binding.value is not None:
            found.append(Line(binding.key, binding.value, _number(binding), line))
        elif binding.error or binding.key is not None:
            if ours & set(re.split(r"[^a-z0-9_]+", line.lower())):
                raise WrongSettings(_unreadable(binding))
            notes.append(f"{_unreadable(binding)}. It is left out")
    return found, notes


def _number(binding: Binding) -> int:
    """The parser counts from the empty lines before it."""
    before = binding.original.string
    return binding.original.line + len(re.findall(r"\r\n|\n|\r", before[: len(before) - len(before.lstrip())]))


def _unreadable(binding: Binding) -> str:
    if "=" not in binding.original.string:
        return f"line {_number(binding)} of .env has no =: write NAME=value, or # before a remark"
    name = re.match(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=", binding.original.string)
    what = f" ({name[1].upper()})" if name else ""
    return (
        f"line {_number(binding)} of .env{what} can't be read: a value in quotes ends with the same quote, and nothing "
        "but a # remark follows it. A value with quotes in it: between single quotes, with \\' for a single quote"
    )


def _twice(name: str, lines: Iterable[Line]) -> str | None:
    numbers = [str(one.number) for one in lines if one.name.lower() == name]
    if len(numbers) < 2:
        return None
    return f"{name.upper()} stands in .env more than once (lines {', '.join(numbers)}): the last one counts"
