"""What may import what, and which calls stand in one place only. The contracts themselves are in pyproject.toml."""

import ast
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import BOT, ROOT, attributes, below, files, imported, tree

KEYBOARD = {
    "aiogram.enums": {"ButtonStyle"},
    "aiogram.filters.callback_data": {"CallbackData"},
    "aiogram.types": {
        "CopyTextButton",
        "InlineKeyboardButton",
        "InlineKeyboardMarkup",
        "KeyboardButton",
        "KeyboardButtonRequestUsers",
        "ReplyKeyboardMarkup",
    },
}


def _relative(found: set[Path]) -> list[str]:
    return sorted(str(file.relative_to(ROOT)) for file in found)


def test_the_contracts_of_the_layers_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_domain_imports_the_standard_library_and_itself() -> None:
    strange = {
        (file.name, module)
        for file in files(BOT / "domain")
        for module, _ in imported(file)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("bot.domain")
    }
    assert not strange


def test_what_screens_show_is_made_of_the_domain_alone() -> None:
    strange = {
        (file.name, module)
        for file in files(BOT / "facts")
        for module, _ in imported(file)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith(("bot.domain", "bot.facts"))
    }
    assert not strange


def test_the_domain_and_the_facts_never_wait_and_never_look_at_a_clock() -> None:
    waiting = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
    clocks = ("now", "utcnow", "today", "monotonic", "time", "perf_counter")
    for file in (*files(BOT / "domain"), *files(BOT / "facts")):
        assert not [node for node in ast.walk(tree(file)) if isinstance(node, waiting)], file
        modules = [f"{module}.{name}" for module, name in imported(file)]
        assert not [module for module in modules if module.startswith(("time.", "random.", "secrets."))], file
        looked = [name for name in attributes(file) if name.startswith(("datetime", "date.", "time."))]
        assert not [name for name in looked if name.rpartition(".")[2] in clocks], file


def test_screens_take_nothing_of_aiogram_but_keyboards() -> None:
    taken = {
        (module, name)
        for file in files(BOT / "screens")
        for module, name in imported(file)
        if module.split(".")[0] == "aiogram"
    }
    assert taken
    assert not {(module, name) for module, name in taken if name not in KEYBOARD.get(module, set())}


def test_nothing_but_the_sandbox_imports_the_sandbox() -> None:
    importers = {
        file
        for file in files()
        if not below(file, "sandbox")
        for module, name in imported(file)
        if module.startswith("bot.sandbox") or (module, name) == ("bot", "sandbox")
    }
    assert _relative(importers) == []


def test_background_work_starts_in_the_nursery_alone() -> None:
    """The sandbox has task groups instead, which wait for their tasks by themselves."""
    doors = {"create_task", "ensure_future"}
    starters = {
        file
        for file in files()
        if not below(file, "sandbox")
        and (
            doors & {name.rpartition(".")[2] for name in attributes(file)}
            or doors & {name for module, name in imported(file) if module == "asyncio"}
        )
    }
    assert _relative(starters) == ["bot/tasks.py"]


def test_the_sandbox_starts_tasks_in_groups_only() -> None:
    loose = {
        (file.name, name)
        for file in files(BOT / "sandbox")
        for name in attributes(file)
        if name in ("asyncio.create_task", "asyncio.ensure_future") or name.endswith("loop().create_task")
    }
    assert not loose


def test_the_environment_is_read_in_the_settings_alone() -> None:
    """Everybody else receives values. The demo passes its own environment on to its child; the CLI only execs."""
    readers = {file for file in files() if {"os.environ", "os.getenv", "os.environb"} & set(attributes(file))}
    assert _relative({file for file in readers if not below(file, "sandbox")}) == ["bot/settings/__init__.py"]


def called(function: ast.AST) -> set[str]:
    """The last parts of the dotted names that a function calls."""
    calls = (node.func for node in ast.walk(function) if isinstance(node, ast.Call))
    return {name.attr for name in calls if isinstance(name, ast.Attribute)}


def test_whoever_changes_a_person_makes_them_forgotten() -> None:
    changes = {"greet", "set_standing", "set_unreachable", "choose_language", "appoint", "erase_person"}
    changing = [
        (file.name, function.name, ast.unparse(function))
        for file in files(BOT / "services")
        for function in ast.walk(tree(file))
        if isinstance(function, ast.AsyncFunctionDef) and changes & called(function)
    ]
    assert {name for name, *_ in changing} == {
        "people.py",
        "roles.py",
        "invitations.py",
        "outbox.py",
        "forgetting.py",
    }
    assert not [found for found in changing if "._changing(" not in found[2] and "remembered.forget(" not in found[2]]


def test_a_transactions_connection_is_the_databases_own() -> None:
    """Everybody else passes the transaction on."""
    users = {file for file in files() if any(name.endswith(".connection") for name in attributes(file))}
    assert users
    assert _relative({file for file in users if not below(file, "db")}) == []


def test_one_file_names_an_engine_of_databases() -> None:
    naming = {
        file
        for file in files()
        for module, name in imported(file)
        if f"{module}.{name or ''}.".startswith("sqlalchemy.dialects.")
    }
    assert _relative(naming) == ["bot/db/upsert.py"]
