"""Bars over time as a PNG: the only door to Pillow, which is an extra (`charts`) and read when something is drawn.

The picture has a background of its own, so it reads the same in a dark chat, and letters that are still to be read on a
screen 360 points wide. It knows no words but those it is given, and leaves out what its font has no letters for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from math import floor, log10
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Colour = str
"""As in HTML, "#2e9e4f"."""

_WIDTH, _LETTERS = 960, 36
_EDGE, _GAP = 28, 26
_PAPER, _INK, _GRID = "#ffffff", "#37404a", "#d5dae0"
_STEPS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_NO_GLYPH = "\uffff"
_THOUSANDS = ((1e9, "G"), (1e6, "M"), (1e3, "k"))


@dataclass(frozen=True, slots=True)
class Panel:
    """One row of bars. `stacks`: for each part of time its values from below, one for each colour; none is negative.

    `whole`: values are counts, so that no line of the scale stands between two of them. `height`: of bars, in pixels.
    """

    title: str
    stacks: Sequence[Sequence[float]]
    colours: Sequence[Colour]
    height: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Panels above each other over the same parts of time. `marks`: which part is named below, and how."""

    panels: Sequence[Panel]
    marks: Sequence[tuple[int, str]]


def available() -> bool:
    """Whether the extra is installed."""
    return find_spec("PIL") is not None


def draw(chart: Chart) -> bytes:
    """A PNG of some 20 kilobytes, the same for the same chart. Takes some 40 ms: not for the event loop.

    Raises ImportError without the extra.
    """
    from PIL import Image, ImageDraw, ImageFont

    font = cast("FreeTypeFont", ImageFont.load_default(_LETTERS))  # of a given size it is one, or there is none
    height = sum(_height(panel) for panel in chart.panels) + _LETTERS + 2 * _EDGE
    image = Image.new("RGB", (_WIDTH, height), _PAPER)
    canvas = ImageDraw.Draw(image)
    sheet = _Sheet(canvas, font, _margin(chart, canvas, font))
    top = _EDGE
    for panel in chart.panels:
        sheet.panel(panel, top)
        top += _height(panel)
    sheet.marks(chart, top)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _height(panel: Panel) -> int:
    return panel.height + _LETTERS + 2 * _GAP


def _margin(chart: Chart, canvas: "ImageDraw", font: "FreeTypeFont") -> int:
    """As wide as the longest name of a line."""
    names = [name for panel in chart.panels for _, name in _lines(panel)]
    return round(max(canvas.textlength(name, font) for name in names)) + _EDGE + 12


@dataclass(frozen=True, slots=True)
class _Sheet:
    canvas: "ImageDraw"
    font: "FreeTypeFont"
    left: int

    @property
    def _right(self) -> int:
        return _WIDTH - _EDGE

    def panel(self, panel: Panel, top: int) -> None:
        if has_letters_for(panel.title, self.font):
            self.canvas.text((_EDGE, top), panel.title, _INK, self.font, stroke_width=1)
        floor_at = top + _LETTERS + _GAP + panel.height
        lines = _lines(panel)
        scale = panel.height / lines[-1][0]
        for value, name in lines:
            at = floor_at - round(value * scale)
            self.canvas.line((self.left, at, self._right, at), _GRID, 2)
            self.canvas.text((self.left - 12, at), name, _INK, self.font, anchor="rm")
        for number, stack in enumerate(panel.stacks):
            self._stack(panel, number, stack, floor_at, scale)

    def _stack(self, panel: Panel, number: int, stack: Sequence[float], floor_at: int, scale: float) -> None:
        left, right = self._sides(number, len(panel.stacks))
        below = 0.0
        for value, colour in zip(stack, panel.colours, strict=True):
            low, high = floor_at - round(below * scale), floor_at - round((below + value) * scale)
            below += value
            if value > 0:  # so little that it has no pixel is still there
                self.canvas.rectangle((left, min(high, low - 2), right, low - 1), colour)

    def _sides(self, number: int, of: int) -> tuple[int, int]:
        wide = (self._right - self.left) / of
        gap = 1 if wide < 12 else wide * 0.15
        left = round(self.left + wide * number + gap)
        return left, max(left, round(self.left + wide * (number + 1) - gap) - 1)

    def marks(self, chart: Chart, top: int) -> None:
        for number, name in chart.marks:
            left, right = self._sides(number, len(chart.panels[0].stacks))
            half = self.canvas.textlength(name, self.font) / 2
            middle = min(max((left + right) / 2, _EDGE + half), self._right - half)
            self.canvas.text((middle, top), name, _INK, self.font, anchor="ma")


def has_letters_for(text: str, font: "FreeTypeFont") -> bool:
    """Whether the font draws all of it; what it lacks would be a row of boxes."""
    missing = bytes(font.getmask(_NO_GLYPH))
    return all(letter.isspace() or bytes(font.getmask(letter)) != missing for letter in set(text))


def _lines(panel: Panel) -> list[tuple[float, str]]:
    """The lines of the scale from its floor to its top, each with its name: three, or two for less than two."""
    highest = max((sum(stack) for stack in panel.stacks), default=0.0)
    if highest <= 0:
        return [(0.0, "0"), (1.0, "")]
    top = _rounded_up(highest, whole=panel.whole)
    halves = (0.0, top) if panel.whole and top % 2 else (0.0, top / 2, top)
    return [(value, compact(value)) for value in halves]


def _rounded_up(value: float, *, whole: bool) -> float:
    unit: float = 10.0 ** floor(log10(value))
    steps = (unit * step for step in _STEPS)
    return next(step for step in steps if step >= value and (not whole or step == int(step)))


def compact(value: float) -> str:
    """In few signs, and no letters of any language: 1250 is 1.25k."""
    for size, sign in _THOUSANDS:
        if value >= size:
            return f"{value / size:g}{sign}"
    return f"{value:g}"
