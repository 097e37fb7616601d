"""Checks against the Bot API's own schema (`schema.json`, see `make_schema.py`): fields, types, members of unions.

It finds mistakes of the sandbox (answers, updates) and of the bot (calls). It knows nothing of limits.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

Json = dict[str, Any]
LEGACY = {"disable_web_page_preview", "reply_to_message_id", "allow_sending_without_reply"}
SIMPLE: dict[str, type | tuple[type, ...]] = {
    "String": str,
    "Integer": int,
    "Float": (int, float),
    "Boolean": bool,
    "True": bool,
}


@cache
def load() -> Json:
    """The compact schema as it stands in the file."""
    schema: Json = json.loads(Path(__file__).with_name("schema.json").read_text(encoding="utf-8"))
    return schema


@cache
def update_kinds() -> frozenset[str]:
    """The names that `allowed_updates` knows."""
    return frozenset(name.removesuffix("?") for name in load()["types"]["Update"]["fields"]) - {"update_id"}


@cache
def method_names() -> dict[str, str]:
    """Lower-case name to the name as it is written."""
    return {name.lower(): name for name in load()["methods"]}


def check_call(method: str, params: Json) -> list[str]:
    """What is wrong with the parameters, as `Params.shown()` gives them. Legacy names may pass."""
    fields = load()["methods"][method]["fields"]
    known = {name.removesuffix("?"): kinds for name, kinds in fields.items()}
    given = [*params.values(), *_media_of(params)]
    attached = {one.removeprefix("attach://") for one in given if isinstance(one, str) and one.startswith("attach://")}
    strange = set(params) - set(known) - LEGACY - attached
    problems = [f"{method}.{name}: no such parameter" for name in sorted(strange)]
    for name, kinds in known.items():
        if name in params:
            problems += _check(_typed(params[name], kinds), kinds, f"{method}.{name}")
        elif name in fields:
            problems.append(f"{method}.{name}: missing")
    return problems


def _media_of(params: Json) -> list[Any]:
    """Where the file of an `InputMedia` is to be found."""
    media = params.get("media")
    return [media.get("media")] if isinstance(media, dict) else []


def check_answer(method: str, result: Any) -> list[str]:
    """What is wrong with the result of a method."""
    return _check(result, "|".join(load()["methods"][method]["returns"]), f"{method}()")


def check_type(name: str, value: Any) -> list[str]:
    """What is wrong with a value of the type, `Update` for one."""
    return _check(value, name, name)


def _typed(value: Any, kinds: str) -> Any:
    """Parameters travel as text: numbers and truth values are read back where the schema wants them."""
    if not isinstance(value, str) or "String" in kinds:
        return value
    if value in ("true", "false"):
        return value == "true"
    return int(value) if value.lstrip("-").isdigit() else value


def _check(value: Any, kinds: str, where: str) -> list[str]:
    first: list[str] | None = None
    for kind in kinds.split("|"):
        problems = _check_one(value, kind, where)
        if not problems:
            return []
        first = problems if first is None or len(problems) < len(first) else first
    return first or []


def _check_one(value: Any, kind: str, where: str) -> list[str]:
    if kind.startswith("Array of "):
        inner = kind.removeprefix("Array of ")
        if not isinstance(value, list):
            return [f"{where}: not an array"]
        return [problem for n, item in enumerate(value) for problem in _check(item, inner, f"{where}[{n}]")]
    kind, _, constant = kind.partition("=")
    if kind in SIMPLE:
        fits = isinstance(value, SIMPLE[kind]) and (kind in ("Boolean", "True") or not isinstance(value, bool))
        fits = fits and (not constant or value == constant) and (kind != "True" or value is True)
        return [] if fits else [f"{where}: not {constant or kind}"]
    if kind == "KeyboardButton" and isinstance(value, str):
        return []
    if kind == "InputFile":
        return [] if isinstance(value, str | dict) else [f"{where}: not a file"]
    return _check_object(value, load()["types"][kind], kind, where)


def _check_object(value: Any, shape: Json, kind: str, where: str) -> list[str]:
    if "any" in shape:
        return _check(value, "|".join(shape["any"]), where)
    if not isinstance(value, dict):
        return [f"{where}: not {kind}"]
    fields: dict[str, str] = shape["fields"]
    known = {name.removesuffix("?"): kinds for name, kinds in fields.items()}
    problems = [f"{where}.{name}: {kind} has no such field" for name in value if name not in known]
    for name, kinds in known.items():
        if name in value:
            problems += _check(value[name], kinds, f"{where}.{name}")
        elif name in fields:
            problems.append(f"{where}.{name}: missing")
    return problems
