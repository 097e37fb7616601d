"""The locked requirements: hash-checked, without an address, and the same versions for tests and for the bot."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.source import ROOT

FILES = ("run", "charts", "dev", "build", "bench")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*])?==(?P<version>\S+)")


def _file(name: str) -> Path:
    return ROOT / "requirements" / f"{name}.txt"


def _pins(name: str) -> dict[str, str]:
    found = (PIN.match(line) for line in _file(name).read_text(encoding="utf-8").splitlines())
    return {canonicalize_name(pin["name"]): pin["version"] for pin in found if pin}


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_hashes_and_names_no_address(name: str) -> None:
    text = _file(name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith("-")]
    entries = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(entries) == len(_pins(name))
    assert all("--hash=sha256:" in entry for entry in entries)


@pytest.mark.parametrize("name", ["run", "charts", "build"])
def test_the_tests_run_with_the_versions_that_are_shipped(name: str) -> None:
    pins, tested = _pins(name), _pins("dev")
    assert {package: tested.get(package) for package in pins} == pins


def test_the_locks_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "run": project["project"]["dependencies"],
        **{name: groups[name] for name in ("build", "charts", "dev", "bench")},
    }
    for name, asked in wanted.items():
        pins = _pins(name)
        for requirement in (Requirement(text) for text in asked if isinstance(text, str)):
            version = pins.get(canonicalize_name(requirement.name))
            assert version is not None, f"{requirement.name} is missing in {name}.txt: make lock"
            assert requirement.specifier.contains(version), f"{requirement} is not {version}: make lock"


def test_the_extra_for_charts_is_what_its_lock_was_made_of() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["optional-dependencies"]["charts"] == project["dependency-groups"]["charts"]
