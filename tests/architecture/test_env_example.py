"""`.env.example` names every setting, explains it, shows its true default, and works once four values are filled."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.catalog import Service
from bot.i18n import service_aliases
from bot.services.shop.denial import Assortment, Denial, denied
from bot.settings import Settings, WrongSettings, load
from tests.architecture.conftest import TOKEN
from tests.architecture.source import ROOT

EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
LINE = re.compile(r"(?P<off>#?)(?P<name>[A-Z_]+)=(?P<value>.*)")
FILLED = {
    "BOT_TOKEN": TOKEN,
    "HIDSIM_API_URL": "https://api.hidsim.example/v1",
    "HIDSIM_IDENTIFIER": "you@company.example",
    "HIDSIM_PASSWORD": "a # password = with signs",
}


def _lines() -> Iterator[tuple[str, str, bool]]:
    """(name, value, whether it is switched on)"""
    for line in EXAMPLE.splitlines():
        if found := LINE.fullmatch(line):
            yield found["name"], found["value"], not found["off"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with no setting in the environment."""
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_setting_stands_in_it_once_and_nothing_else_does() -> None:
    assert sorted(name for name, _, _ in _lines()) == sorted(name.upper() for name in Settings.model_fields)


def test_the_readme_lists_every_setting() -> None:
    table = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    named = {name for line in table for name in re.findall(r"`([A-Z_]+)`", line.split("|")[1])}
    assert named == {name.upper() for name in Settings.model_fields}


def test_exactly_the_settings_without_a_default_are_switched_on_and_what_is_not_sold() -> None:
    needed = {name.upper() for name, field in Settings.model_fields.items() if field.is_required()}
    assert needed == set(FILLED)
    assert {name for name, _, on in _lines() if on} == needed | {"DENIED_SERVICES"}


WELL_KNOWN = {
    "PayPal", "Bank of America", "Chase", "Revolut", "Wise", "Stripe", "Cash App", "Sberbank", "Capital One 360",
    "ING", "DBS", "OCBC", "UOB", "VTB", "ЮMoney", "Walgreens", "CVS Pharmacy", "CVS",
    "Login.gov", "ID.me", "GOV.UK", "Госуслуги", "NHS", "HealthCare", "MyChart",
}  # fmt: skip


def test_a_copied_example_denies_banks_payment_government_and_health_and_little_else(folder: Path) -> None:
    """A service for each well-known name that people search by: none of them is denied that is no such thing."""
    _write(folder, EXAMPLE)
    names = [*sorted(WELL_KNOWN), *service_aliases()]
    listed = Assortment([Service(n, f"id {n}", name) for n, name in enumerate(names)], ())
    found = denied(listed, Denial(load().denied_services), service_aliases())
    assert {names[n] for n in found.services} == WELL_KNOWN | {"Alipay"}


def test_every_setting_is_explained_above_it() -> None:
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", EXAMPLE)]
    for block in blocks:
        settings = [line for line in block if LINE.fullmatch(line)]
        assert len(settings) <= 1, block
        if settings:
            assert block[-1] == settings[0], block
            assert all(line.startswith("# ") for line in block[:-1]), block
            assert len(block) > 1, block


def test_no_line_is_longer_than_a_terminal_shows() -> None:
    """But for the one list, which readers of such files want on one line."""
    assert max(len(line) for line in EXAMPLE.splitlines() if not line.startswith("DENIED_SERVICES=")) <= 120


def _write(folder: Path, text: str) -> None:
    for name, value in FILLED.items():
        text = text.replace(f"\n{name}=\n", f"\n{name}='{value}'\n")
    (folder / ".env").write_text(text, encoding="utf-8")


def test_the_shown_defaults_are_the_true_ones(folder: Path) -> None:
    _write(folder, EXAMPLE)
    plain = load()
    _write(folder, re.sub(r"^#([A-Z_]+=)", r"\1", EXAMPLE, flags=re.MULTILINE))
    assert load() == plain


def test_it_loads_as_it_stands_once_the_needed_values_are_filled(folder: Path) -> None:
    _write(folder, EXAMPLE)
    read = load()
    assert read.hidsim_identifier == FILLED["HIDSIM_IDENTIFIER"]
    assert read.hidsim_password.get_secret_value() == FILLED["HIDSIM_PASSWORD"]


def test_unfilled_it_says_what_is_missing(folder: Path) -> None:
    (folder / ".env").write_text(EXAMPLE, encoding="utf-8")
    with pytest.raises(WrongSettings) as caught:
        load()
    said = str(caught.value).splitlines()
    assert {line.split()[0] for line in said} >= {"BOT_TOKEN", "HIDSIM_API_URL", "HIDSIM_IDENTIFIER"}
