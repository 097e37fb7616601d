"""What an order, the money and its people hear of goes through one door each, and time is read in one place."""

import ast

from tests.architecture.source import BOT, below, files, imported, tree, uses

WRITER, CREDIT, BOOK_CHECK = (
    "bot/services/orders/writer.py",
    "bot/services/money/credit.py",
    "bot/services/safety/book_check.py",
)
INCIDENTS = "bot/services/telling/incidents.py"
WATCHING = "bot/services/shop/watching.py"
DIGEST = "bot/services/desk/digest.py"
DEBTS = "bot/services/money/debts.py"
REQUESTS = "bot/services/money/credit_requests.py"
ALERTS = "bot/services/telling/alerts.py"
DOOR = tuple(f"bot/services/people/{name}.py" for name in ("entry", "invitations", "roles"))


def test_one_module_moves_orders() -> None:
    assert uses("bot.db.orders.orders", "move") == {WRITER}


def test_the_ledger_is_written_by_the_writer_by_credit_by_old_debts_and_by_the_check_of_the_books() -> None:
    assert uses("bot.db.money.books", "post") == {WRITER, CREDIT, DEBTS, BOOK_CHECK}


def test_only_the_writer_tells_the_person_of_an_order() -> None:
    """Alerts and the digest go to admins; messages about credit and the door to whom they are about."""
    assert uses("bot.db.telling.notices", "add") == {
        WRITER,
        ALERTS,
        INCIDENTS,
        CREDIT,
        REQUESTS,
        DIGEST,
        WATCHING,
        *DOOR,
    }
    assert _adding_with("order_id") == {WRITER, ALERTS}


def _adding_with(argument: str) -> set[str]:
    """Files that write a notice with this argument."""
    return {
        str(file.relative_to(BOT.parent))
        for file in files(BOT / "services")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "notices.add"
        if argument in [given.arg for given in node.keywords]
    }


def test_one_service_holds_hidsims_client() -> None:
    holders = {
        str(file.relative_to(BOT.parent))
        for file in files()
        if not below(file, "hidsim")
        for module, name in imported(file)
        if module.startswith("bot.hidsim") and name == "HidSim"
    }
    assert holders == {"bot/app.py", "bot/services/partner.py"}


def test_no_service_is_given_a_clock_of_its_own() -> None:
    """The database's transaction and the partner say what time it is."""
    parts = [
        (node.name, given.arg, ast.unparse(given.annotation) if given.annotation else "")
        for file in files(BOT / "services")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
        for function in node.body
        if isinstance(function, ast.FunctionDef) and function.name == "__init__"
        for given in [*function.args.args, *function.args.kwonlyargs]
    ]
    assert ("Writer", "alerts", "Alerts") in parts
    assert [part for part in parts if part[1] == "now" or "datetime" in part[2]] == []


def test_a_service_asks_for_the_right_before_it_does_anything_for_an_actor() -> None:
    """Routers ask too; a call that comes another way gets no further."""
    acts = [
        (file.name, function.name, ast.unparse(_first_deed(function)))
        for file in files(BOT / "services")
        for function in ast.walk(tree(file))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and not function.name.startswith("_")
        if "actor" in [given.arg for given in function.args.args]
    ]
    assert len(acts) > 10
    assert [act for act in acts if not act[2].startswith("actor.must_have(Right.")] == []


def _first_deed(function: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
    """Its first statement after the docstring."""
    return function.body[1 if ast.get_docstring(function) else 0]
