"""Nicknames of services: the file in the repository and files that are wrong."""

from pathlib import Path

import pytest

from bot.i18n import service_aliases


def test_well_known_services_have_nicknames() -> None:
    found = service_aliases()
    assert len(found) >= 100
    assert "телега" in found["Telegram"]


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert service_aliases(tmp_path) == {}


@pytest.mark.parametrize("text", ["Telegram = 'tg'", "Telegram = [1]", "Telegram = [", "[a]\nb = []"])
def test_a_senseless_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "aliases.toml").write_text(text)
    with pytest.raises(ValueError):
        service_aliases(tmp_path)
