"""Functions and files of the bot are short enough to be read at one look.

What is longer stands in a list with its reason. The list only shrinks: an entry that is no exception any more fails.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import BOT, ROOT, below, files, tree

LINES, ARGUMENTS, FILE = 30, 6, 300

LONG_FUNCTIONS = {
    "app.open_app": "all that is opened, in order",
    "shop.build": "the wiring of the shop: one statement a service",
    "progress.advance": "one case for each thing that an answer of HidSim's can mean",
    "orders.order_of": "one row into one order, field by field",
    "Browsing.countries": "all that a page of countries needs",
    "Pricing._priced": "all that a price screen needs",
    "Pusher._push": "one notice from its claim to its end",
    "backend.build": "the sandbox's own wiring",
}
MANY_ARGUMENTS = {
    "notices.add": "a notice as it stands in the table",
    "Browsing.countries": "all that a button of the countries' screen holds",
    "Listings.add": "a listing as it is remembered",
    "steppers._stepper": "a row of the price screen: three prices, a label, and what all rows get",
    "typed.typed": "aiogram hands each service in by its name",
    "limits.typed": "aiogram hands each service in by its name",
    "Refusal.__init__": "the facts of every reason, each with a default",
    "session.open_bot": "what the outside says of a bot, most of it with a default",
    "BotProcess.__init__": "times that tests shorten, each with a default",
    "backend.build": "the sandbox's options, each given once",
    "HidSimSandbox.__init__": "the sandbox's options, by name, each with a default",
    "TelegramSandbox.__init__": "the sandbox's options, by name, each with a default",
    "Checkout.__init__": "a service's parts",
    "Pricing.__init__": "a service's parts",
    "Closing.__init__": "a service's parts",
    "Sequels.__init__": "a service's parts",
    "LostPurchases.__init__": "a service's parts",
    "Deliver.__init__": "a middleware's parts",
    "Admission.__init__": "a middleware's parts",
    "Polling.__init__": "what an update is handled with",
}
LONG_FILES = {
    "bot/shop.py": "two lines for each service: its field, and how it is made",
}


def functions(node: ast.AST, within: str = "") -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """(name with its class's before it, function) of all functions, inner ones too."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{within}{child.name}", child
        inner = f"{child.name}." if isinstance(child, ast.ClassDef) else within
        yield from functions(child, inner)


def arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many a caller gives: no self, and what a star takes is one's own choice."""
    given = function.args
    first = next((one.arg for one in given.posonlyargs + given.args), "")
    return len(given.posonlyargs + given.args + given.kwonlyargs) - (first in ("self", "cls"))


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end, the docstring included; decorators are none of them."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def all_functions() -> list[tuple[Path, str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Methods by their class, others by their module. Without migrations, which are never changed once released."""
    kept = [file for file in files() if not below(file, "db", "migrations")]
    return [
        (file, name if "." in name else f"{file.stem}.{name}", function)
        for file in kept
        for name, function in functions(tree(file))
    ]


def compared(found: list[tuple[Path, str]], listed: dict[str, str]) -> tuple[list[str], list[str]]:
    """(those that are not listed, entries of the list that are none of them)"""
    names = [name for _, name in found]
    unlisted = [f"{file.relative_to(ROOT)}: {name}" for file, name in found if name not in listed]
    return unlisted, [name for name in listed if names.count(name) != 1]


def test_a_function_is_read_at_one_look() -> None:
    found = [(file, name) for file, name, function in all_functions() if length(function) > LINES]
    assert compared(found, LONG_FUNCTIONS) == ([], [])


def test_a_function_takes_no_more_than_can_be_kept_in_mind() -> None:
    found = [(file, name) for file, name, function in all_functions() if arguments(function) > ARGUMENTS]
    assert compared(found, MANY_ARGUMENTS) == ([], [])


def test_a_file_holds_no_more_than_one_idea_can_fill() -> None:
    """Blank lines count."""
    found = [(file, str(file.relative_to(ROOT))) for file in files() if len(file.read_text().splitlines()) > FILE]
    assert compared(found, LONG_FILES) == ([], [])


def test_every_exception_has_its_reason() -> None:
    assert all(
        len(reason) > 10 for listed in (LONG_FUNCTIONS, MANY_ARGUMENTS, LONG_FILES) for reason in listed.values()
    )


def test_what_is_too_long_would_be_seen() -> None:
    long = ast.parse("class A:\n    def b(self, c, d, /, e, *f, g, **h):\n" + "        c()\n" * LINES)
    ((name, function),) = functions(long)
    assert (name, arguments(function), length(function)) == ("A.b", 4, LINES + 1)
    assert compared([(BOT / "a.py", "A.b")], {"gone": "a reason of its own"}) == (["bot/a.py: A.b"], ["gone"])
