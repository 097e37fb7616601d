"""The canary finds what is planted, in any of the ways in which it could get out, and nothing else."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from bot.sandbox.hidsim import HidSimSandbox
from tests.canary import Canary, Output, Secrets, sung
from tests.db.fresh import migrated_file
from tests.services.floor import open_floor

__all__ = ["migrated_file"]

NUMBER, CODE, TEXT = "+5511912345678", "736251", "Telegram code: 736251. Do not share it with anyone."
KNOWN = Secrets()
KNOWN.add(NUMBER, CODE, [TEXT])
SHORT = Secrets()
SHORT.add(None, "4921", [])


@pytest.mark.parametrize(
    "leak",
    [
        f"asked number={NUMBER}",
        f"asked {NUMBER[1:]} again",
        "asked +55 11 91234-5678 again",
        "asked (11) 91234.5678 again",
        f"GET /numbers?n={quote(NUMBER)}",
        repr({"number": NUMBER}),
        json.dumps({"country": "55", "rest": "11912345678"}),
        json.dumps(["+55", "11", "91234", "5678"]),
        repr(RuntimeError(f"no operation for {NUMBER}")),
    ],
)
def test_a_number_is_found(leak: str) -> None:
    assert "a number" in list(sung(f"one line\n{leak}\nanother", KNOWN))


@pytest.mark.parametrize(
    "leak",
    [
        f"said {CODE}",
        f"code={CODE} order=4",
        "code 736-251, order 4",
        f"{{'code': '{CODE}'}}",
        json.dumps({"code": CODE}),
        repr(RuntimeError(f"can't store {CODE}")),
        f"GET /x?code={CODE}&y=1",
    ],
)
def test_a_code_is_found(leak: str) -> None:
    assert "a code" in list(sung(f"one line\n{leak}\nanother", KNOWN))


@pytest.mark.parametrize("leak", ["code=4921", "the code is: 4921", "text='4921'", '"code": "4921"'])
def test_a_short_code_is_found_where_a_code_would_stand(leak: str) -> None:
    assert list(sung(leak, SHORT)) == ["a code"]


@pytest.mark.parametrize("leak", [TEXT, repr(TEXT), json.dumps(TEXT), quote(TEXT), f"\x1b[1m{TEXT}\x1b[0m"])
def test_an_sms_is_found(leak: str) -> None:
    assert "an SMS" in list(sung(leak, KNOWN))


@pytest.mark.parametrize(
    "harmless",
    [
        "2026-11-28 21:31:16 [debug] hidsim.answer ms=4921 path=/auth/login status=200",
        "listen=127.0.0.1:4921",
        "operation=0a7362511f0a7362511f0a73 order=7362",
        "held=7362510 price=0.736251",
        "at 11:36:25.736251",
        "order #736251",
        "",
    ],
)
def test_what_only_looks_like_one_is_not(harmless: str) -> None:
    assert [*sung(harmless, KNOWN), *sung(harmless, SHORT)] == []


async def test_what_hidsim_gave_out_in_a_test_is_searched_in_what_the_test_wrote(
    tmp_path: Path, migrated_file: Path
) -> None:
    canary = Canary()
    HidSimSandbox.watchers.append(canary.knows)
    async with open_floor(tmp_path, migrated_file) as floor:
        HidSimSandbox.watchers.remove(canary.knows)
        order = await (await floor.opened()).pending()
        said = [Output("stdout of call", f"asked about {order.number}")]
        assert canary.findings(said, None) == ["a number in stdout of call"]
        assert canary.findings(said, None) == []


PLANTED = """
import sqlite3

def test_planted(tmp_path):
    with sqlite3.connect(tmp_path / "bot.db") as made:
        made.execute("CREATE TABLE orders (number)")
        made.execute("CREATE TABLE sms (text, code)")
        for table in ("audit", "notices", "incidents"):
            made.execute(f"CREATE TABLE {table} (detail)")
        made.execute("CREATE TABLE switches (value)")
        made.execute("INSERT INTO orders VALUES ('+5511912345678')")
    print("asked about 5511912345678")
"""


def test_a_test_that_tells_a_secret_fails_and_does_not_tell_it_again(tmp_path: Path) -> None:
    (tmp_path / "test_planted.py").write_text(PLANTED)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.conftest", "-c", "/dev/null", "--tb=short"]
    place = {"cwd": Path(__file__).parents[1], "capture_output": True, "text": True, "timeout": 50}
    done = subprocess.run([*command, tmp_path / "test_planted.py"], **place, check=False)
    assert done.returncode == pytest.ExitCode.TESTS_FAILED
    assert "a number in stdout of call" in done.stdout
    assert "912345678" not in done.stdout + done.stderr


def test_what_a_database_keeps_is_searched_by_what_it_holds_itself(tmp_path: Path, migrated_file: Path) -> None:
    shutil.copy(migrated_file, tmp_path / "bot.db")
    with closing(sqlite3.connect(tmp_path / "bot.db")) as made:
        made.execute("PRAGMA foreign_keys=OFF")
        made.execute(
            "INSERT INTO sms (order_id, fingerprint, text, code, guessed) VALUES (1, 'f', ?, ?, 0)", (TEXT, CODE)
        )
        made.execute("INSERT INTO audit (at, act, detail) VALUES (0, 'a', ?)", (json.dumps({"said": CODE}),))
        made.commit()
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    canary = Canary()
    assert canary.findings([Output("stdout of call", "all is well")], tmp_path) == ["a code in the audit of bot.db"]
    assert canary.findings([Output("stderr of call", TEXT)], tmp_path)[:2] == [
        "a code in stderr of call",
        "an SMS in stderr of call",
    ]
