"""The source as these tests read it: files, parsed, with the modules they import."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
BOT = ROOT / "bot"


def files(folder: Path = BOT) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def imported(file: Path) -> Iterator[tuple[str, str | None]]:
    """(module, name) of every import anywhere in the file; the name is None for `import module`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def attributes(file: Path) -> Iterator[str]:
    """Every dotted name that the file uses, as written: `asyncio.create_task`, `datetime.now`."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Attribute):
            yield ast.unparse(node)


def below(file: Path, *parts: str) -> bool:
    """Whether the file is `bot/<parts>` or lies below it."""
    place = BOT.joinpath(*parts)
    return file == place or place in file.parents


def uses(module: str, name: str) -> set[str]:
    """Files of the bot, from its root, that use this name of a module from elsewhere, under whatever alias."""
    package, _, last = module.rpartition(".")
    found = set()
    for file in files():
        known = set()
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ImportFrom) and node.module == package:
                known |= {f"{alias.asname or last}.{name}" for alias in node.names if alias.name == last}
            elif isinstance(node, ast.ImportFrom) and node.module == module:
                known |= {name for alias in node.names if alias.name == name}
            elif isinstance(node, ast.Import):
                known |= {f"{alias.asname or module}.{name}" for alias in node.names if alias.name == module}
        if known and (name in known or known & set(attributes(file))):
            found.add(str(file.relative_to(ROOT)))
    return found
