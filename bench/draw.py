"""Pictures of what the benches measured.

matplotlib is needed only when one is drawn: `make bench` installs it, nothing else does.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

_MARKS = "osv^D*"


def lines(
    file: Path, title: str, x: Sequence[float], lines: Mapping[str, Sequence[float]], xlabel: str, ylabel: str
) -> None:
    """Writes a PNG: a line a name, with as many values as `x`. The folder is made where it is missing."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context({"font.size": 9}):
        figure = Figure(figsize=(7, 4), layout="constrained")
        axes = figure.add_subplot()
        for number, (name, values) in enumerate(lines.items()):
            axes.plot(x, values, marker=_MARKS[number % len(_MARKS)], label=name)
        axes.set(title=title, xlabel=xlabel, ylabel=ylabel)
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3)
        axes.legend()
        file.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(file, format="png", dpi=110, metadata={"Software": None})
