"""Labels of buttons, as phones draw them: on one line, and cut where they don't fit."""

from base64 import b64encode

import pytest
from playwright.async_api import Locator, expect

from bot.i18n import Languages
from bot.sandbox.gallery import screens
from bot.sandbox.server import SandboxServer
from tests.sandbox.page.stage import Stage, Theatre, button, key, keyboard

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NAMES = ["Tom & Jerry's <b>Bar</b>"]
"""From outside, of any length: what is cut of one that stands alone hides nothing else."""

WIDE = """() => [...document.querySelectorAll("figure")]
  .filter((one) => [one, ...one.querySelectorAll(".bubble, .keyboard")].some((part) =>
    part.scrollWidth > part.clientWidth || part.getBoundingClientRect().right > 360))
  .map((one) => one.dataset.name)"""
"""The screens of which something reaches out of a phone."""

CONTRAST = """async ([png, width]) => {
  const picture = new Image();
  picture.src = "data:image/png;base64," + png;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const { data } = canvas.getImageData(0, 0, picture.width, picture.height);
  const light = (at) => [0.2126, 0.7152, 0.0722].reduce((sum, share, i) => {
    const one = data[at + i] / 255;
    return sum + share * (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  }, 0);
  const middle = 4 * (Math.floor(picture.height / 2) * picture.width + 12);
  let best = 1;
  for (let at = 0; at < data.length; at += 4) {
    const column = (at / 4) % picture.width;
    if (Math.abs(column - picture.width / 2) > width / 2) continue;
    const [low, high] = [light(at), light(middle)].sort((a, b) => a - b);
    best = Math.max(best, (high + 0.05) / (low + 0.05));
  }
  return best;
}"""
"""The best contrast of a pixel in the picture's middle with the key's own colour."""


@pytest.mark.timeout(180)
@pytest.mark.parametrize("language", Languages.load().tags)
async def test_no_label_of_any_screen_is_cut_and_nothing_is_wider_than_a_phone(theatre: Theatre, language: str) -> None:
    shown = list(screens(language))
    async with SandboxServer(gallery=lambda: shown) as server, Stage(server, theatre) as stage:
        page = await stage.page(path="/gallery", width=360, height=740)
        assert await page.locator("figure .key").count() > 100
        cut: list[str] = await page.evaluate(
            """(names) => [...document.querySelectorAll(".key.cut")].map((key) => {
              const { name, language } = key.closest("figure").dataset;
              const label = key.querySelector(".label");
              const excess = label.scrollWidth - label.clientWidth;
              return names.includes(key.title) ? "" : `${language} · ${name}: ${key.title} (${excess} px too wide)`;
            }).filter(Boolean)""",
            NAMES,
        )
        wide: list[str] = await page.evaluate(WIDE)
    assert not wide, "\n".join([f"{len(wide)} screens are wider than a phone of 360 px:", *wide])
    assert not cut, "\n".join([f"{len(cut)} labels are cut on a phone of 360 px:", *cut])


async def test_a_label_that_does_not_fit_is_cut_on_one_line_marked_and_can_be_read_in_full(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page(width=360, height=740)
    await stage.says("Choose", reply_markup=keyboard([key("Buy"), key("Raise the maximum now"), key("Menu")]))
    long, short = button(page, "Raise the maximum now"), button(page, "Buy")
    await expect(long).to_have_class("key cut")
    await expect(long).to_have_attribute("title", "Raise the maximum now")
    await expect(short).to_have_class("key")
    assert await short.get_attribute("title") is None
    boxes = [await one.bounding_box() for one in (long, short)]
    assert all(box and box["height"] == 42 for box in boxes)


async def test_a_label_is_measured_anew_when_the_screen_is_turned(stage: Stage) -> None:
    await stage.start(stage.buyer)
    page = await stage.page(width=320, height=740)
    await stage.says("Choose", reply_markup=keyboard([key("✓ Cheapest"), key("Menu"), key("Back")]))
    await expect(button(page, "✓ Cheapest")).to_have_class("key cut")
    await page.set_viewport_size({"width": 740, "height": 360})
    await expect(button(page, "✓ Cheapest")).to_have_class("key")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("style", [None, "primary", "success", "danger"])
async def test_signs_that_fonts_draw_in_black_can_be_seen_on_every_key(
    stage: Stage, scheme: str, style: str | None
) -> None:
    await stage.start(stage.buyer)
    page = await stage.page(width=360, height=740, scheme="dark" if scheme == "dark" else "light")
    more = {"style": style} if style else {}
    await stage.says("Choose", reply_markup=keyboard([key(sign, **more) for sign in ("➖", "➕", "✖️")]))
    for sign in ("➖", "➕", "✖️"):
        assert await contrast(button(page, sign)) >= 3, sign


async def contrast(one: Locator) -> float:
    await expect(one).to_be_visible()
    await one.page.mouse.move(0, 0)
    picture = b64encode(await one.screenshot(animations="disabled")).decode()
    best: float = await one.page.evaluate(CONTRAST, [picture, 24])
    return best
