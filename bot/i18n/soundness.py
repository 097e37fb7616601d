"""Whether a translation says its message with the same placeholders and tags. A broken one never reaches a screen."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from string import Formatter

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def placeholders(text: str) -> set[str]:
    """Names in braces. Raises ValueError: braces unbalanced, or a field that is no plain name ({0}, {a.b}, {a!r})."""
    names = set()
    for _, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not _NAME.fullmatch(name):
            raise ValueError(f"{{{name}}} is not a plain name")
        names.add(name)
    return names


def tags(text: str) -> Counter[str]:
    return Counter(_TAG.findall(text))


def is_balanced(text: str) -> bool:
    """Every tag is closed in order, and no bare < or > stands outside of one."""
    if set("<>") & set(_TAG.sub("", text)):
        return False
    opened: list[str] = []
    for tag in _TAG.findall(text):
        name = tag.strip("</>").split()[0].lower()
        if not tag.startswith("</"):
            opened.append(name)
        elif not opened or opened.pop() != name:
            return False
    return not opened


def faults(
    sources: Iterable[str], translations: Iterable[str], lone: Collection[int] = frozenset({0})
) -> Iterator[str]:
    """What is wrong with the translations (all plural forms) of a message (one text, or singular and plural).

    `lone`: the forms that stand for one number, and may leave out {n} ("one offer"). Every other placeholder and every
    tag of the plural must be there.
    """
    *_, source = sources = tuple(sources)
    wanted, allowed = placeholders(source), set[str]().union(*map(placeholders, sources))
    for form, text in enumerate(translations):
        if not text:
            yield "a plural form is missing"
            continue
        try:
            found = placeholders(text)
        except ValueError as error:
            yield str(error)
            continue
        if len(sources) == 2 and wanted - found == {"n"}:
            if form not in lone:
                yield "{n} is left out of a form that stands for several numbers"
        elif not wanted <= found <= allowed:
            yield "the placeholders differ"
        if tags(text) != tags(source):
            yield "the tags differ"
        elif is_balanced(source) and not is_balanced(text):
            yield "the tags are not closed in order"
