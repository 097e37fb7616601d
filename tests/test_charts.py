"""The picture: the same for the same chart, with every bar that there is, and no letters that its font has not."""

import sys
from io import BytesIO
from typing import Any, cast

import pytest
from PIL import Image, ImageFont

from bot import charts
from bot.charts import Chart, Panel, compact, draw, has_letters_for

GREEN, RED, GREY = "#2e9e4f", "#d64545", "#5b6b7b"


def picture(chart: Chart) -> Image.Image:
    return Image.open(BytesIO(draw(chart))).convert("RGB")


def pixels(chart: Chart, colour: str) -> int:
    wanted = tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
    counted = picture(chart).getcolors(2**24) or []
    return next((count for count, found in counted if found == wanted), 0)


def one(
    *stacks: list[float], colours: tuple[str, ...] = (GREEN, RED), title: str = "Orders", whole: bool = True
) -> Chart:
    return Chart([Panel(title, stacks, colours, 200, whole)], [(0, "01-15")])


def test_the_same_chart_is_the_same_picture() -> None:
    assert draw(one([3, 1], [0, 2])) == draw(one([3, 1], [0, 2]))


def test_a_picture_is_small_and_of_a_size_that_a_phone_shows_whole() -> None:
    chart = Chart([Panel("A", [[n, 1] for n in range(90)], (GREEN, RED), height) for height in (420, 200, 200)], [])
    assert len(draw(chart)) < 60_000
    width, height = picture(chart).size
    assert (width, height) == (960, 1176)


def test_bars_are_as_high_as_their_values() -> None:
    chart = one([4, 2])
    assert pixels(chart, GREEN) == pytest.approx(2 * pixels(chart, RED), rel=0.02)


def test_one_order_among_a_million_still_has_a_line() -> None:
    assert pixels(one([1_000_000, 1]), RED) > 0


@pytest.mark.parametrize("stacks", [[[0.0, 0.0]] * 30, [[0.0, 0.0]], [[1e12, 0.0]], [[0.000_001, 0.0]], [[1, 1]] * 365])
def test_whatever_there_is_can_be_drawn(stacks: list[list[float]]) -> None:
    assert picture(one(*stacks, whole=False)).size[0] == 960


def test_nothing_has_no_bars() -> None:
    assert pixels(one([0, 0], [0, 0]), GREEN) == 0


@pytest.mark.parametrize(
    ("value", "name"), [(0, "0"), (1250, "1.25k"), (2.5, "2.5"), (3e6, "3M"), (0.05, "0.05"), (2e9, "2G")]
)
def test_a_line_is_named_in_few_signs(value: float, name: str) -> None:
    assert compact(value) == name


@pytest.mark.parametrize(("highest", "tops"), [(54, 60), (1, 1), (100, 100), (101, 150), (3, 3), (7, 8)])
def test_a_scale_ends_a_little_above_what_there_is(highest: int, tops: int) -> None:
    lines = charts._lines(Panel("", [[highest]], (GREEN,), 200, whole=True))
    assert lines[-1][0] == tops
    assert all(value == int(value) for value, _ in lines)


def test_a_title_in_letters_that_the_font_has_not_is_left_out_rather_than_a_row_of_boxes() -> None:
    font = cast("Any", ImageFont.load_default(36))
    assert has_letters_for("Orders by outcome, 12 (USD)", font)
    assert not any(has_letters_for(word, font) for word in ("Заказы", "أوامر", "订单", "Código", "€"))
    assert draw(one([1, 1], title="Заказы")) == draw(one([1, 1], title=" "))


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert charts.available()
    monkeypatch.setitem(sys.modules, "PIL", cast("Any", None))
    assert not charts.available()
