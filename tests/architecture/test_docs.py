"""What the documents point at is there: files, headings, commands, settings."""

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.architecture.source import BOT, ROOT

ELSEWHERE = ("http://", "https://", "mailto:")
NO_SETTINGS = {"CLOCK_MONOTONIC", "F_OFD_SETLK", "HTTP_PROXY", "LC_MESSAGES"}
"""Names of the system's, written like settings."""

FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`[^`\n]+`")
LINK = re.compile(r"!?\[[^]]*]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
WORD = re.compile(r"^\| [^|]+ \| [^|]+ \| (`[^|]+`) \|$", re.MULTILINE)
"""A row of the glossary, by its column of places: `file`: `Name`, `Name` · `file`: …"""
PLACE = re.compile(r"(?<![\w/.-])(?:bot|tests|bench|docs|locales|requirements)/[\w./-]*")


def documents() -> list[Path]:
    """Every .md of the project, none of what was installed or made beside it."""
    skipped = {"mutants", "build", "dist"}
    found = (file.relative_to(ROOT) for file in ROOT.rglob("*.md"))
    return sorted(
        file for file in found if not any(part.startswith(".") or part in skipped for part in file.parts[:-1])
    )


@cache
def text(file: Path) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def code(file: Path) -> Iterator[str]:
    """The pieces of a document that stand between backticks; of the Makefile, the lines of its help."""
    if file.suffix != ".md":
        yield from (line for line in text(file).splitlines() if line.startswith("#   make"))
        return
    yield from FENCE.findall(text(file))
    yield from CODE.findall(FENCE.sub("", text(file)))


def prose(file: Path) -> str:
    return CODE.sub("", FENCE.sub("", text(file)))


def anchors(file: Path) -> set[str]:
    """The names that GitHub gives to a document's headings."""
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(FENCE.sub("", text(file))))
    return {heading.replace(" ", "-") for heading in plain}


def broken(file: Path, link: str) -> bool:
    target, _, anchor = link.partition("#")
    place = ROOT / file.parent / target if target else ROOT / file
    if not place.exists():
        return True
    return bool(anchor) and anchor not in anchors(place.resolve().relative_to(ROOT))


def named(pattern: str, *more: str) -> set[str]:
    """What stands behind a command's name anywhere in the documents' code."""
    found = (re.findall(pattern, piece) for file in [*documents(), *map(Path, more)] for piece in code(file))
    return {name for names in found for name in names}


def test_the_documents_are_found() -> None:
    assert {Path("README.md"), Path("ARCHITECTURE.md"), Path("docs/operating.md")} <= set(documents())


@pytest.mark.parametrize("file", documents(), ids=str)
def test_every_link_leads_somewhere(file: Path) -> None:
    links = [link for link in LINK.findall(prose(file)) if not link.startswith(ELSEWHERE)]
    assert [link for link in links if broken(file, link)] == []


@pytest.mark.parametrize("link", ["gone.md", "README.md#no-such-heading", "#no-such-heading", "docs/gone/"])
def test_a_broken_link_would_be_seen(link: str) -> None:
    assert broken(Path("README.md"), link)


@pytest.mark.parametrize("file", documents(), ids=str)
def test_every_path_that_is_named_is_there(file: Path) -> None:
    """Of a pattern, the part before it."""
    places = {place for piece in code(file) for place in PLACE.findall(piece)}
    assert [place for place in sorted(places) if not (ROOT / place).exists()] == []


def misplaced(places: str) -> list[str]:
    """Of one row's places, those that are not there, and names that their file does not have."""
    wrong = []
    for place in places.split(" · "):
        name, *within = re.findall(r"`([^`]+)`", place)
        file = BOT / name
        told = file.read_text(encoding="utf-8") if file.is_file() else ""
        wrong += [] if file.exists() else [name]
        wrong += [f"{name}: {word}" for word in within if not re.search(rf"\b{word}\b", told)]
    return wrong


def test_every_word_of_the_glossary_is_in_the_code_where_it_says() -> None:
    rows = WORD.findall(text(Path("ARCHITECTURE.md")))
    assert len(rows) > 50
    assert [wrong for places in rows for wrong in misplaced(places)] == []


def test_a_word_that_is_not_where_the_glossary_says_would_be_seen() -> None:
    assert misplaced("`gone.py`: `Gone` · `ticks.py`: `Tick`, `Tock`") == ["gone.py", "gone.py: Gone", "ticks.py: Tock"]


def test_every_make_target_that_is_named_is_one() -> None:
    makefile = text(Path("Makefile"))
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    targets = set(phony[1].split())
    stamps = {name.replace("$(VENV)", ".venv") for name in re.findall(r"^(\$\(VENV\)/[\w.]+):", makefile, re.MULTILINE)}
    asked = named(r"\bmake +(?!PYTHON=)([\w./-]+)", "Makefile")
    assert len(asked) > 5
    assert asked <= targets | stamps
    assert targets - {"help"} <= named(r"\bmake +([\w-]+)", "Makefile"), "a target that no help tells"


def test_every_command_of_the_bot_that_is_named_is_one_and_each_is_named() -> None:
    told = subprocess.run([sys.executable, "-m", "bot", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = re.search(r"\{([\w,]+)}", told.stdout)
    assert listed is not None
    assert named(r"(?<![\w@.-])hidsim-bot ([a-z]+)\b") - {"hidsim"} == set(listed[1].split(","))


def test_every_module_that_is_named_can_be_run() -> None:
    asked = {name for name in named(r"python -m ([\w.]+)") if name.split(".")[0] in ("bot", "bench", "tests")}
    assert len(asked) > 5
    assert [name for name in asked if importlib.util.find_spec(name) is None] == []


def test_every_setting_that_is_named_is_one() -> None:
    settings = {name.upper() for name in Settings.model_fields}
    makes = set(re.findall(r"^([A-Z_]+) *[?:]?=", text(Path("Makefile")), re.MULTILINE))
    asked = named(r"(?<![\w$])([A-Z][A-Z]*_[A-Z_]*[A-Z]|[A-Z]{2,}(?==))\b")
    assert {"BOT_TOKEN", "ACCESS"} <= asked
    assert asked - settings - makes - NO_SETTINGS == set()
