"""Makes `schema.json`, the compact copy of the Bot API's schema that calls, answers and updates are checked against.

    python -m bot.sandbox.telegram.make_schema aiogram-3.31.0.tar.gz

The argument is an aiogram source distribution (MIT; it carries the schema as `.butcher/schema/schema.json`), or a
schema file itself, in aiogram's layout or in the plain one ({"methods": …, "types": …}). Descriptions are left out,
but for "always 'x'" and "must be x", which tell the members of a union apart.
"""

import json
import re
import sys
import tarfile
from pathlib import Path
from typing import Any

Json = dict[str, Any]
TARGET = Path(__file__).with_name("schema.json")
INSIDE = re.compile(r"[^/]+/\.butcher/schema/schema\.json")
CONSTANT = re.compile(r"(?:always|must be) [*'\"“‘]?([a-z][a-z_]*)[*'\"”’]?\s*$")
LISTED = re.compile(r"^ *[-*] (\w+)", re.MULTILINE)
ARRAY = re.compile(r"[Aa]rray of (?:the sent )?([A-Z]\w+)")
NAMES = re.compile(r"\b[A-Z]\w+")
SIMPLE = {"True": "Boolean", "Int": "Integer", "String": "String"}


def main(source: str, target: Path = TARGET) -> None:
    """Writes the compact schema, by default beside this module."""
    raw = _read(Path(source))
    schema = _from_aiogram(raw) if "items" in raw else _from_plain(raw)
    lines = [f"{json.dumps('version')}: {json.dumps(schema['version'])}"]
    for part in ("methods", "types"):
        body = ",\n".join(f"{json.dumps(name)}: {json.dumps(schema[part][name])}" for name in sorted(schema[part]))
        lines.append(f"{json.dumps(part)}: {{\n{body}\n}}")
    target.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _read(path: Path) -> Json:
    if path.suffix == ".json":
        return _object(path.read_text(encoding="utf-8"))
    with tarfile.open(path) as archive:
        member = next(name for name in archive.getnames() if INSIDE.fullmatch(name))
        file = archive.extractfile(member)
        if file is None:
            raise FileNotFoundError(member)
        return _object(file.read().decode())


def _object(text: str) -> Json:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise TypeError("a schema is a JSON object")
    return value


def _from_plain(raw: Json) -> Json:
    return {
        "version": raw["version"].removeprefix("Bot API "),
        "methods": {
            name: {"fields": _fields(method["fields"]), "returns": method["returns"]}
            for name, method in raw["methods"].items()
        },
        "types": {
            name: {"any": kind["subtypes"]} if kind.get("subtypes") else {"fields": _fields(kind["fields"])}
            for name, kind in raw["types"].items()
        },
    }


def _fields(fields: list[Json]) -> Json:
    """Name (with a question mark when optional) to types, joined by a bar, and a constant after an equals sign."""
    compact = {}
    for field in fields:
        constant = CONSTANT.search(field["description"]) if field["required"] else None
        kinds = "|".join(field["types"]) + (f"={constant[1]}" if constant else "")
        compact[field["name"] + ("" if field["required"] else "?")] = kinds
    return compact


def _from_aiogram(raw: Json) -> Json:
    plain: Json = {"version": raw["api"]["version"], "methods": {}, "types": {}}
    entries = [child for group in raw["items"] for child in group["children"]]
    kinds = {entry["name"] for entry in entries if entry["category"] == "types"}
    for entry in entries:
        fields = [{**field, "types": _types(field["type"])} for field in entry["annotations"]]
        if entry["category"] == "methods":
            plain["methods"][entry["name"]] = {"fields": fields, "returns": _returns(entry["description"], kinds)}
        else:
            union = [] if fields else LISTED.findall(entry["description"])
            plain["types"][entry["name"]] = {"fields": fields, "subtypes": union}
    return _from_plain(plain)


def _types(text: str) -> list[str]:
    """`Array of A, B and C` is an array of any of them; `A or B` is either."""
    if text.startswith("Array of ") and re.search(r", | and ", text):
        return [f"Array of {name}" for name in re.split(r", | and ", text.removeprefix("Array of "))]
    return text.replace("Int64", "Integer").split(" or ")


def _returns(description: str, kinds: set[str]) -> list[str]:
    """What the sentences that speak of returning promise: an array of objects, or an object, or True."""
    found: list[str] = []
    for sentence in re.split(r"(?<=\.)\s", description):
        if "eturn" not in sentence:
            continue
        arrays = [f"Array of {name}" for name in ARRAY.findall(sentence)]
        names = [SIMPLE.get(name, name) for name in NAMES.findall(sentence) if name in kinds or name in SIMPLE]
        found += arrays or names
    return list(dict.fromkeys(found)) or ["Boolean"]


if __name__ == "__main__":
    main(sys.argv[1])
