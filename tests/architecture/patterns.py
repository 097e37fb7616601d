"""Every regular expression of the bot, found in its source, and the inputs that are worst for each."""

import ast
import importlib
import re
import re._constants as sre
import re._parser as parser
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.source import BOT, below, files, tree

_CALLS = frozenset({"compile", "search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"})
_EVERY = frozenset({"finditer"})


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, and by which of its methods it is used."""

    name: str
    pattern: re.Pattern[str]
    methods: frozenset[str]

    def run(self, text: str) -> None:
        """Everything that the bot does with it, on one text."""
        if self.methods & {"fullmatch"}:
            self.pattern.fullmatch(text)
        if self.methods & {"match"}:
            self.pattern.match(text)
        if self.methods & {"search"}:
            self.pattern.search(text)
        if self.methods & {"findall"}:
            self.pattern.findall(text)
        if self.methods & {"split"}:
            self.pattern.split(text)
        if self.methods & {"finditer", "compile"}:
            for _ in self.pattern.finditer(text):
                pass
        if self.methods & {"sub", "subn"}:
            self.pattern.sub("", text)


def patterns(made: dict[str, Callable[[], re.Pattern[str]] | None]) -> list[Found]:
    """All of them but the sandbox's. `made`: those put together at run time, by `module.function`.

    None there: the function itself is tried by whoever asks.

    Raises LookupError for a call whose pattern can't be read from the source and is not in `made`.
    """
    return [found for file in files() if not below(file, "sandbox") for found in _of_file(file, made)]


def _of_file(file: Path, made: dict[str, Callable[[], re.Pattern[str]] | None]) -> Iterator[Found]:
    module = ".".join(("bot", *file.relative_to(BOT).with_suffix("").parts)).removesuffix(".__init__")
    source = tree(file)
    names = {name: value for name, value in vars(_loaded(module, source)).items() if isinstance(value, re.Pattern)}
    used = {name: _methods_of(name, source) for name in names}
    for name, pattern in names.items():
        if _assigns(source, name):
            yield Found(f"{module}.{name}", pattern, used[name] or _EVERY)
    for function, call in _calls(source):
        assert isinstance(call.func, ast.Attribute)
        if function == "":
            continue  # a global, found above
        text = call.args[0]
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield Found(f"{module}.{function}:{call.lineno}", re.compile(text.value), frozenset({call.func.attr}))
        elif f"{module}.{function}" in made:
            if (make := made[f"{module}.{function}"]) is not None:
                yield Found(f"{module}.{function}", make(), _EVERY)
        elif not _is_choice_of_literals(text, source):
            raise LookupError(f"{module}.{function}: the pattern in line {call.lineno} can't be read from the source")
        else:
            for literal in _choices(text, source):
                yield Found(f"{module}.{function}:{call.lineno}", re.compile(literal), frozenset({call.func.attr}))


def _loaded(module: str, source: ast.Module) -> object:
    """The module, imported only where it uses patterns at all."""
    uses = any(alias.name == "re" for node in ast.walk(source) if isinstance(node, ast.Import) for alias in node.names)
    return importlib.import_module(module) if uses else importlib.import_module("bot")


def _assigns(source: ast.Module, name: str) -> bool:
    targets = (target for node in source.body if isinstance(node, ast.Assign) for target in node.targets)
    return any(isinstance(target, ast.Name) and target.id == name for target in targets)


def _methods_of(name: str, source: ast.Module) -> frozenset[str]:
    return (
        frozenset(
            node.attr
            for node in ast.walk(source)
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name
        )
        & _CALLS
    )


def _calls(source: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """(the function around it, or "" for the module, the call) of every `re.something(…)`."""
    functions = [node for node in ast.walk(source) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in ast.walk(source):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CALLS):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "re"):
            continue
        around = [f for f in functions if f.lineno <= node.lineno <= (f.end_lineno or 0)]
        yield (around[-1].name if around else ""), node


def _choices(text: ast.expr, source: ast.Module) -> list[str]:
    """The literals that a name or a conditional may stand for."""
    if isinstance(text, ast.Name):
        return [
            literal
            for node in ast.walk(source)
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == text.id for t in node.targets)
            for literal in _choices(node.value, source)
        ]
    if isinstance(text, ast.IfExp):
        return _choices(text.body, source) + _choices(text.orelse, source)
    return [text.value] if isinstance(text, ast.Constant) and isinstance(text.value, str) else []


def _is_choice_of_literals(text: ast.expr, source: ast.Module) -> bool:
    return bool(_choices(text, source))


PIECES = (
    *"1a.- Z:/\n\u0661\u4e00'",
    "1 ",
    "1.",
    "1-",
    "a1",
    "1a",
    "a.",
    "12 34 ",
    "code ",
    "code 1234 ",
    "x\n",
    "+1 ",
    "(1) ",
    "<a",
    "a>",
    "eyJ",
    "123456:",
    "http://",
    "@a.",
    "1,",
    "1, ",
    "ab-",
    "A1-",
    "*1",
    "x1",
    "..1",
    "k 7 ",
)


def worst(pattern: re.Pattern[str]) -> Iterator[str]:
    """Pieces to be repeated: plain ones, the pattern's own characters, one and two at a time, and near-misses of it."""
    yield from PIECES
    parsed = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    alphabet = list(dict.fromkeys(_alphabet(parsed)))[:9]
    yield from alphabet
    yield from (one + other for one in alphabet for other in alphabet if one != other)
    for times in (1, 30):
        for branch in range(5):
            example = _example(parsed, times, branch)[:400]
            yield from (example, example[:-1], example[:-1] + "\x01", example + " ", example[:-1] + "!")


def _alphabet(parsed: object) -> Iterator[str]:
    for kind, value in parsed:  # type: ignore[attr-defined]
        if kind is sre.LITERAL:
            yield chr(value)
        elif kind in (sre.IN, sre.CATEGORY):
            yield _character([(kind, value)] if kind is sre.CATEGORY else value)
        else:
            for part in _parts(kind, value):
                yield from _alphabet(part)


def _parts(kind: object, value: object) -> Iterator[object]:
    match kind:
        case sre.BRANCH:
            yield from value[1]  # type: ignore[index]
        case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
            yield value[2]  # type: ignore[index]
        case sre.SUBPATTERN:
            yield value[3]  # type: ignore[index]
        case sre.ASSERT | sre.ASSERT_NOT:
            yield value[1]  # type: ignore[index]
        case sre.ATOMIC_GROUP:
            yield value


def _example(parsed: object, times: int, branch: int) -> str:
    """A text that the pattern, or nearly, matches: `times` turns at most of each repeat."""
    told = ""
    for kind, value in parsed:  # type: ignore[attr-defined]
        match kind:
            case sre.LITERAL:
                told += chr(value)
            case sre.NOT_LITERAL | sre.ANY:
                told += "y"
            case sre.IN:
                told += _character(value)
            case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
                least, most, inner = value
                told += _example(inner, times, branch) * max(least, min(int(most), times))
            case sre.BRANCH:
                told += _example(value[1][branch % len(value[1])], times, branch)
            case sre.SUBPATTERN:
                told += _example(value[3], times, branch)
            case sre.ATOMIC_GROUP:
                told += _example(value, times, branch)
    return told


def _character(choices: list[tuple[object, object]]) -> str:
    negated = choices[0][0] is sre.NEGATE
    for kind, value in choices:
        match kind:
            case sre.LITERAL if not negated:
                return chr(value)  # type: ignore[arg-type]
            case sre.RANGE if not negated:
                return chr(value[0])  # type: ignore[index]
            case sre.CATEGORY if not negated:
                return {sre.CATEGORY_DIGIT: "1", sre.CATEGORY_SPACE: " ", sre.CATEGORY_WORD: "w"}.get(value, "%")
    return "y"
