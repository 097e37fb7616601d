"""The way in: what make says on a machine that can't run the bot, and what it passes on to the demo."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

MAKE = shutil.which("make")
pytestmark = pytest.mark.skipif(MAKE is None, reason="there is no make here")
OLD = """#!/bin/sh
[ "$1" = --version ] && echo Python 3.9.2 && exit 0
exit 1
"""
BARE = """#!/bin/sh
case "$2" in *ensurepip*) exit 1 ;; *%d.%d*) echo 3.12 ;; esac
"""


def _make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """With nothing of a make that these tests may be running under."""
    return subprocess.run(
        [str(MAKE), *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def _venv_with(interpreter: str, folder: Path) -> str:
    """What making an environment says on stderr with this interpreter; it must fail and leave nothing."""
    python = folder / "python"
    python.write_text(interpreter, encoding="utf-8")
    python.chmod(0o755)
    done = _make(f"{folder}/venv/pyvenv.cfg", f"VENV={folder}/venv", f"PYTHON={python}")
    assert done.returncode
    assert not (folder / "venv").exists()
    return done.stderr


def test_an_older_python_is_named_with_what_to_do(tmp_path: Path) -> None:
    said = _venv_with(OLD, tmp_path).splitlines()
    assert said[0].startswith("Python 3.11 to 3.14 is needed, and Python 3.9.2 was found: install one")
    assert "apt-get install python3 python3-venv" in said[0]
    assert len(said) == 2, "one line of ours, one of make's"


def test_a_python_without_venv_is_told_the_package_that_brings_it(tmp_path: Path) -> None:
    said = _venv_with(BARE, tmp_path).splitlines()
    assert "can't make a virtual environment" in said[0]
    assert "apt-get install python3.12-venv" in said[0]


def test_the_demo_gets_its_dialect_and_port() -> None:
    done = _make("--dry-run", "demo", "DIALECT=variant", "PORT=1234")
    assert "hidsim-bot demo --dialect variant --port 1234" in done.stdout


def test_the_demo_gets_the_shops_settings_from_makes_command_line_alone() -> None:
    done = _make("--dry-run", "demo", "ACCESS=closed", "BILLING=prepaid", "SHOP_NAME=Kim's shop", "CONTACT=")
    assert "--access='closed' --billing='prepaid'" in done.stdout
    assert "--shop-name='Kim'\\''s shop' --contact=''" in done.stdout
    assert "--markup" not in done.stdout


def test_make_alone_tells_what_there_is() -> None:
    said = _make().stdout
    for word in ("make demo", "make run", "make test", "make check", "make bench", "make lock", "make clean"):
        assert word in said
