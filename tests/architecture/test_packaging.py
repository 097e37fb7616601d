"""What is shipped: the image's build steps in a shell, and the bot that comes out of them."""

import json
import re
import signal
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.architecture.conftest import TOKEN
from tests.architecture.image import StepFailed, build, copied, rest_of, run, stages
from tests.architecture.source import ROOT

OFFLINE = re.compile(r"Failed to establish a new connection|Name or service not known|name resolution|ConnectTimeout")
SETTINGS = {
    "BOT_TOKEN": TOKEN,
    "HIDSIM_API_URL": "https://api.hidsim.example",
    "HIDSIM_IDENTIFIER": "you@company.example",
    "HIDSIM_PASSWORD": "secret",
}
SPEAK = """
import json, bot
from bot.i18n import Languages, service_aliases
from bot.screens.gallery import gallery
languages = Languages.load()
said = {language: len(list(gallery(languages.translator(language)))) for language in languages.tags}
print(json.dumps({"from": bot.__file__, "said": said, "aliases": len(service_aliases())}))
"""


def _shipped(source: Path) -> set[str]:
    """All files that a wheel must hold, by their names in it."""
    files = {str(file.relative_to(source)) for file in (source / "bot").rglob("*") if file.is_file()}
    return files | {f"bot/{file.relative_to(source)}" for file in (source / "locales").rglob("*") if file.is_file()}


@pytest.mark.timeout(400)
def test_the_steps_of_the_image_make_a_bot_that_runs_from_any_folder(tmp_path: Path) -> None:
    try:
        build(tmp_path)
    except StepFailed as error:
        if OFFLINE.search(str(error)):
            pytest.skip("the package index is not reached, and the steps of the image install from it")
        raise
    bin_ = tmp_path / "opt" / "hidsim-bot" / "bin"
    empty, data = tmp_path / "empty", tmp_path / "data"
    empty.mkdir(mode=0o555)
    settings = {**SETTINGS, "DATABASE_URL": f"sqlite+aiosqlite:///{data}/bot.db"}

    _the_wheel_holds_everything(tmp_path / "src")
    said = json.loads(run([str(bin_ / "python"), "-I", "-c", SPEAK], empty))
    assert said["from"].startswith(str(tmp_path))
    assert min(said["said"].values()) > 50
    assert said["aliases"] > 10
    assert "migrate" in run([str(bin_ / "hidsim-bot"), "--help"], empty)
    assert "up to date" in run([str(bin_ / "hidsim-bot"), "migrate"], empty, settings)
    assert (data / "bot.db").stat().st_size > 0
    with pytest.raises(StepFailed, match="no bot runs on this database"):
        run([str(bin_ / "hidsim-bot"), "health"], empty, settings)
    _the_demo_opens(bin_ / "hidsim-bot", empty)
    assert list(empty.iterdir()) == []


def _the_wheel_holds_everything(source: Path) -> None:
    (wheel,) = (source / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    shipped = _shipped(source)
    assert not shipped - held
    assert {"bot/locales/aliases.toml", "bot/locales/en/LC_MESSAGES/messages.po", "bot/sandbox/page/index.html"} <= held
    assert [name for name in held if name.startswith("bot/db/migrations/versions/0001")]
    assert not [name for name in held - shipped if ".dist-info/" not in name]


def _the_demo_opens(command: Path, folder: Path) -> None:
    """Its page comes from the package, too. Stopped as soon as it says where it is."""
    with subprocess.Popen(
        [command, "demo", "--stay", "--port", "0"], cwd=folder, stdout=subprocess.PIPE, text=True, env={}
    ) as demo:
        assert demo.stdout is not None
        assert demo.stdout.readline().startswith("The chat: http://127.0.0.1:")
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(30) == 0


def test_the_image_runs_the_bot_without_rights_and_can_be_stopped_and_asked_for_its_health() -> None:
    assert json.loads(rest_of("CMD")[0]) == ["hidsim-bot", "run"]
    assert rest_of("STOPSIGNAL") == ["SIGTERM"]
    assert rest_of("USER") == ["hidsim"]
    assert rest_of("VOLUME") == ["/data"]
    assert rest_of("HEALTHCHECK")[0].endswith('CMD ["hidsim-bot", "health"]')
    assert "DATABASE_URL=sqlite+aiosqlite:////data/bot.db" in rest_of("ENV")[0]


def test_the_image_is_made_from_one_named_base_and_installs_nothing_unchecked() -> None:
    bases = {rest_of("FROM", at)[0].split()[0] for at in range(len(stages()))}
    assert bases == {"python:3.13-slim"}
    installs = [
        step for at in (0, 1) for rest in rest_of("RUN", at) for step in rest.split("&&") if " install " in step
    ]
    fetching = [step for step in installs if "pip" in step and "--no-index" not in step]
    assert fetching
    assert all("--require-hashes" in step for step in fetching)


def test_what_the_image_copies_is_let_through_to_docker() -> None:
    ignore = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert ignore[1] == "*"
    assert {line[1:] for line in ignore if line.startswith("!")} == set(copied())
