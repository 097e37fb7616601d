"""`python -m bot.sandbox.gallery FOLDER [LANGUAGE …]`: every screen of each language as a page, light and dark.

For eyes: a page needs no server, and is as wide as a phone of 360 px when its window is.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

_HEAD = "<head>"
THEMES = ("light", "dark")


def screens(*wanted: str) -> Iterator[Mapping[str, Any]]:
    """Every screen, in these languages or in all. The import takes seconds, so it waits until they are wanted."""
    from bot.i18n import Languages
    from bot.screens.gallery import as_json

    languages = Languages.load()
    for language in wanted or languages.tags:
        yield from as_json(languages.translator(language))


def page(shown: Sequence[Mapping[str, Any]], theme: str) -> str:
    """The gallery's page with its screens in it."""
    text = resources.files("bot.sandbox").joinpath("page", "gallery.html").read_text(encoding="utf-8")
    given = json.dumps({"screens": shown, "theme": theme}, ensure_ascii=False).replace("<", "\\u003c")
    return text.replace(_HEAD, f'{_HEAD}\n<script type="application/json" id="given">{given}</script>', 1)


def write(folder: Path, languages: Sequence[str]) -> list[Path]:
    """<language>-<theme>.html for each; the files written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for language in languages:
        shown = list(screens(language))
        for theme in THEMES:
            file = folder / f"{language}-{theme}.html"
            file.write_text(page(shown, theme), encoding="utf-8")
            written.append(file)
    return written


def main(arguments: Sequence[str] | None = None) -> int:
    from bot.i18n import Languages

    tags = Languages.load().tags
    parser = argparse.ArgumentParser(prog="python -m bot.sandbox.gallery", description="Every screen as a page.")
    parser.add_argument("folder", type=Path, help="where the pages are written")
    parser.add_argument("languages", nargs="*", metavar="LANGUAGE", help=f"some of {', '.join(tags)} (default: all)")
    given = parser.parse_args(arguments)
    if unknown := set(given.languages) - set(tags):
        parser.error(f"no such language, or its catalog is not begun: {', '.join(sorted(unknown))}")
    for file in write(given.folder, given.languages or tags):
        print(file)
    return 0


if __name__ == "__main__":
    sys.exit(main())
