"""Charts as pictures: in Chinese with no character missing, told apart without colour, of the size asked for."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from desktop_app.documents import chart_faces, charts
from desktop_app.documents.chart_faces import STANDS_FOR_MISSING, ChartFace, face_for
from desktop_app.documents.charts import LOOKS, Bars, Columns, Series
from desktop_app.errors import Refusal

UNITS = Bars(
    "各单位答复情况（2026年第三季度）",
    ("镕堃县人民政府", "市住房和城乡建设局"),
    (Series("按期答复", (36, 12)), Series("逾期答复", (3, 0)), Series("逾期未答复", (0, 1.5))),
    ("92.3%（36/39）", "100.0%（12/12）"),
)
MONTHS = Columns("各月收到的留言", ("9月", "10月"), (Series("2026年", (40, 31)), Series("2025年", (0, 12))))
EMPTY = Columns("各月收到的留言", (), (Series("2026年", ()),))
ALONE = Bars("各话题收到的留言", ("供水 $5",), (Series("收到", (0,)),))


def grey(picture: bytes) -> Image.Image:
    return Image.open(io.BytesIO(picture)).convert("L")


@pytest.mark.parametrize("chart", [UNITS, MONTHS, EMPTY, ALONE], ids=lambda one: one.title)
def test_a_picture_of_the_size_asked_for(chart: charts.Chart) -> None:
    """A character that the face lacks would be a warning, and so a failure."""
    picture = grey(charts.png(chart, 150, 80, dpi=100))
    assert abs(picture.width - 590) <= 1 and abs(picture.height - 315) <= 1
    assert picture.getextrema() != (255, 255)


def test_the_same_chart_is_the_same_to_the_byte() -> None:
    assert charts.png(UNITS, 120, dpi=80) == charts.png(UNITS, 120, dpi=80)
    drawn = charts.svg(UNITS, 120)
    assert drawn == charts.svg(UNITS, 120)
    assert b"<svg" in drawn and b"<path" in drawn and b"<text" not in drawn


def test_more_bars_take_more_room() -> None:
    more = Bars("单位", tuple(f"第{place}局" for place in range(30)), (Series("收到", (1,) * 30),))
    assert charts.height_of(more, 150) > 2 * charts.height_of(UNITS, 150)


def test_series_are_told_apart_in_grey() -> None:
    """By how dark the bar is, or by being hatched: no two alike."""
    told = set()
    for look in LOOKS:
        bar = Bars("图", ("甲",), (Series("数", (100,), look),))
        picture = grey(charts.png(bar, 100, 40, dpi=100))
        inside = picture.crop(
            (
                int(picture.width * 0.6),
                int(picture.height * 0.4),
                int(picture.width * 0.8),
                int(picture.height * 0.55),
            )
        )
        low, high = inside.getextrema()
        told.add((round(low / 64), round(high / 64), look.hatch))  # type: ignore[operator]
    assert len({(low, high) for low, high, _ in told}) >= 3 and len(told) == len(LOOKS)


def test_what_the_face_lacks_is_marked_and_not_left_out() -> None:
    face, lacking = face_for("供水\U000f0000")
    assert lacking == {"\U000f0000"} and face.file.is_file()
    letters = charts._Letters(face, lacking)
    assert letters.shown("供水\U000f0000$") == f"供水{STANDS_FOR_MISSING}\\$"


def test_chinese_shapes_are_chosen_from_a_collection() -> None:
    from matplotlib.ft2font import FT2Font

    face, lacking = face_for("直骨〓")
    assert lacking == frozenset()
    assert FT2Font(str(face.file), face_index=face.index).family_name.endswith(("SC", "CN"))


def test_without_any_face_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chart_faces, "faces", tuple)
    with pytest.raises(Refusal) as refused:
        charts.png(MONTHS)
    assert refused.value.code == "no_chinese_face"


def test_a_file_that_is_no_face_is_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no face")
    good = face_for("供")[0]
    monkeypatch.setattr(chart_faces, "faces", lambda: (ChartFace("坏", broken), good))
    assert face_for("供水") == (good, frozenset())


def test_what_fontconfig_lists_is_read() -> None:
    lines = ["某黑体\t/a.ttc\t2\tRegular", "某黑体\t/a.ttc\t2\tBold", "可变\t/b.ttf\t65538\tRegular", "残缺"]
    assert list(chart_faces._listed(lines)) == [ChartFace("某黑体", Path("/a.ttc"), 2)]


def test_nothing_is_imported_before_a_chart_is_drawn() -> None:
    code = "import sys, desktop_app.documents.charts; sys.exit('matplotlib' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
