"""The gallery as files: a page of each language and theme that needs no server."""

import json
import re
from pathlib import Path

import pytest

from bot.sandbox.gallery import main, screens, write
from tests.sandbox.page.stage import Theatre


def test_a_page_holds_every_screen_and_its_theme(tmp_path: Path) -> None:
    light, dark = write(tmp_path, ["en"])
    assert (light.name, dark.name) == ("en-light.html", "en-dark.html")
    found = re.search(r'<script type="application/json" id="given">(.*?)</script>', dark.read_text(encoding="utf-8"))
    assert found is not None
    assert json.loads(found[1]) == {"screens": list(screens("en")), "theme": "dark"}


def test_a_language_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path), "tlh"])
    assert "no such language, or its catalog is not begun: tlh" in capsys.readouterr().err


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_page_is_drawn_from_its_file(theatre: Theatre, tmp_path: Path, theme: str) -> None:
    files = {file.stem: file for file in write(tmp_path, ["en"])}
    page = await theatre.fresh()
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(files[f"en-{theme}"].as_uri())
    await page.wait_for_selector("html[data-ready]")
    assert await page.locator("figure").count() == len(list(screens("en")))
    assert await page.locator("html").get_attribute("data-theme") == theme
    assert await page.evaluate("document.documentElement.scrollWidth") <= 360
    await page.context.close()
