"""Charts of figures as pictures, for the window, the printer and Word alike: PNG or SVG, no Qt.

They must be read on a grey printout: series differ by hatching and by how dark they are, each bar bears its number, and
colour is never all there is. Drawing takes a moment and the library half a second to import, so neither is done in
the window's thread.
"""

from __future__ import annotations

import io
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.documents.chart_faces import STANDS_FOR_MISSING, ChartFace, face_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

_MM_PER_INCH = 25.4
_INK, _LINE = "#1f2328", "#8c959f"


@dataclass(frozen=True, slots=True)
class Look:
    """How a series is told from the others: ground and hatching."""

    ground: str
    hatch: str = ""


PLAIN, HATCHED, DARK, DOTTED = (
    Look("#a9c4e0"),
    Look("#ffffff", "////"),
    Look("#7a1710"),
    Look("#ffffff", "...."),
)
LOOKS = (PLAIN, HATCHED, DARK, DOTTED)
"""Light, white and hatched, dark, white and dotted: four that no printer makes one."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers of one kind. `look` by default goes by the place among the others."""

    name: str
    values: tuple[float, ...]
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that lie, one a name, their series end to end; `notes` stand behind the bars. For units, categories, topics."""

    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    notes: tuple[str, ...] = ()
    unit: str = "件"


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns that stand, series side by side. For months, this year beside the last."""

    title: str
    names: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = "件"


Chart = Bars | Columns


def height_of(chart: Chart, width: float) -> float:
    """The height, in mm, at which a chart of that width reads well: a bar needs its line."""
    if isinstance(chart, Columns):
        return max(55.0, 0.42 * width)
    return 24.0 + 6.5 * max(1, len(chart.names)) + (0.0 if len(chart.series) < 2 else 4.0)


def png(chart: Chart, width: float = 150.0, height: float | None = None, dpi: int = 300) -> bytes:
    """The chart as a PNG of `width` × `height` mm. Refusal ``no_chinese_face``."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = _figure(chart, width, height or height_of(chart, width))
    made = io.BytesIO()
    figure.set_dpi(dpi)
    FigureCanvasAgg(figure).print_png(made, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return made.getvalue()


def svg(chart: Chart, width: float = 150.0, height: float | None = None) -> bytes:
    """The same as an SVG whose characters are drawn, so that it needs no typeface where it is looked at."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    figure = _figure(chart, width, height or height_of(chart, width))
    made = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "liuyan"}):
        FigureCanvasSVG(figure).print_svg(made, metadata={"Date": None})  # type: ignore[no-untyped-call]
    return made.getvalue()


# ------------------------------------------------------------------ drawing


def _figure(chart: Chart, width: float, height: float) -> Figure:
    _keep_cache_apart()
    from matplotlib.figure import Figure

    face, lacking = face_for(_all_text(chart))
    letters = _Letters(face, lacking)
    figure = Figure(figsize=(width / _MM_PER_INCH, height / _MM_PER_INCH), layout="constrained")
    axes = figure.add_subplot()
    if isinstance(chart, Bars):
        _draw_bars(axes, chart, letters)
    else:
        _draw_columns(axes, chart, letters)
    axes.set_title(letters.shown(chart.title), fontproperties=letters.of(11), color=_INK, loc="left", pad=8)
    if len(chart.series) > 1:
        _legend(figure, axes, chart, letters)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(_LINE)
    return figure


def _draw_bars(axes: Axes, chart: Bars, letters: _Letters) -> None:
    places = range(len(chart.names))
    starts = [0.0] * len(chart.names)
    longest = max(
        (sum(column) for column in zip(*(one.values for one in chart.series), strict=True)), default=0
    )
    for place, series in enumerate(chart.series):
        look = series.look or LOOKS[place % len(LOOKS)]
        axes.barh(
            places, series.values, left=starts, height=0.62, color=look.ground, hatch=look.hatch,
            edgecolor=_INK, linewidth=0.6,
        )  # fmt: skip
        for at, value in zip(places, series.values, strict=True):
            # A bar of one series bears its number at its end.
            if len(chart.series) > 1 and longest and value / longest >= 0.045:
                _number(axes, starts[at] + value / 2, at, value, look, letters)
        starts = [start + value for start, value in zip(starts, series.values, strict=True)]
    for at, end in enumerate(starts):
        note = chart.notes[at] if chart.notes else _written(end)
        axes.text(
            end + longest * 0.012,
            at,
            letters.shown(note),
            fontproperties=letters.of(8),
            color=_INK,
            va="center",
        )
    axes.set_yticks(
        places, [letters.shown(name) for name in chart.names], fontproperties=letters.of(8.5), color=_INK
    )
    axes.invert_yaxis()
    axes.set_xlim(0, (longest or 1) * (1.24 if chart.notes else 1.08))
    _count_axis(axes.xaxis, letters)
    axes.set_xlabel(letters.shown(chart.unit), fontproperties=letters.of(8), color=_INK, loc="right")
    axes.tick_params(axis="y", length=0)


def _number(axes: Axes, x: float, y: float, value: float, look: Look, letters: _Letters) -> None:
    """The number in the bar, on a patch of the ground where hatching would run through it."""
    dark = look is DARK
    axes.text(
        x, y, _written(value), fontproperties=letters.of(7.5), color="#ffffff" if dark else _INK, ha="center",
        va="center", bbox={"facecolor": look.ground, "edgecolor": "none", "pad": 0.8} if look.hatch else None,
    )  # fmt: skip


def _draw_columns(axes: Axes, chart: Columns, letters: _Letters) -> None:
    wide = 0.8 / max(1, len(chart.series))
    tallest = max((value for series in chart.series for value in series.values), default=0)
    for place, series in enumerate(chart.series):
        look = series.look or LOOKS[place % len(LOOKS)]
        middle = (place - (len(chart.series) - 1) / 2) * wide
        at = [one + middle for one in range(len(chart.names))]
        axes.bar(
            at, series.values, width=wide, color=look.ground, hatch=look.hatch, edgecolor=_INK, linewidth=0.6
        )
        for x, value in zip(at, series.values, strict=True):
            if value:
                axes.text(
                    x, value + tallest * 0.015, _written(value), fontproperties=letters.of(7), color=_INK,
                    ha="center", va="bottom",
                )  # fmt: skip
    axes.set_xticks(
        range(len(chart.names)), [letters.shown(name) for name in chart.names], fontproperties=letters.of(8)
    )
    axes.set_ylim(0, (tallest or 1) * 1.14)
    _count_axis(axes.yaxis, letters)
    axes.set_ylabel(
        letters.shown(chart.unit), fontproperties=letters.of(8), color=_INK, rotation=0, loc="top"
    )
    axes.tick_params(axis="x", length=0)


def _count_axis(axis: Any, letters: _Letters) -> None:
    from matplotlib.ticker import MaxNLocator

    axis.set_major_locator(MaxNLocator(nbins=6, integer=True))
    axis.grid(True, color="#d5dade", linewidth=0.5)
    axis.get_major_formatter().set_scientific(False)
    for one in axis.get_ticklabels():
        one.set_fontproperties(letters.of(7.5))
    axis.axes.set_axisbelow(True)


def _legend(figure: Figure, axes: Axes, chart: Chart, letters: _Letters) -> None:
    from matplotlib.patches import Patch

    looks = [one.look or LOOKS[place % len(LOOKS)] for place, one in enumerate(chart.series)]
    figure.legend(
        handles=[
            Patch(facecolor=look.ground, hatch=look.hatch, edgecolor=_INK, linewidth=0.6) for look in looks
        ],
        labels=[letters.shown(one.name) for one in chart.series],
        prop=letters.of(8),
        loc="outside lower center",
        ncols=len(chart.series),
        frameon=False,
        handlelength=2.4,
        handleheight=1.2,
    )


def _written(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.1f}"


def _all_text(chart: Chart) -> str:
    words: Sequence[str] = (chart.title, chart.unit, *chart.names, *(one.name for one in chart.series))
    notes = chart.notes if isinstance(chart, Bars) else ()
    return "".join((*words, *notes, "0123456789.−", STANDS_FOR_MISSING))


class _Letters:
    """The face in any size, and text with what it lacks marked."""

    def __init__(self, face: ChartFace, lacking: frozenset[str]) -> None:
        self._face = face
        self._missing = {ord(one): STANDS_FOR_MISSING for one in lacking - {STANDS_FOR_MISSING}}

    def of(self, size: float) -> FontProperties:
        from matplotlib.font_manager import FontPath, FontProperties

        return FontProperties(fname=FontPath(str(self._face.file), self._face.index), size=size)

    def shown(self, text: str) -> str:
        # A dollar sign would begin a formula.
        return text.translate(self._missing).replace("$", r"\$")


def _keep_cache_apart() -> None:
    """The library lists the system's faces once, in a folder of its own: the machine's folder for what can be made again."""
    if "MPLCONFIGDIR" in os.environ:
        return
    import platformdirs

    folder = platformdirs.user_cache_path("liuyan", appauthor=False) / "charts"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir())
    os.environ["MPLCONFIGDIR"] = str(folder)
