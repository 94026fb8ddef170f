"""A Chinese typeface for charts: found where the system keeps them, with every character of a chart looked up in it.

Charts are drawn without the window and without an office suite, so the file itself is wanted, and which face of a
collection: of Noto Sans CJK the first draws characters as Japan does.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from desktop_app.documents.other_programs import environment_of_others
from desktop_app.errors import Refusal

STANDS_FOR_MISSING = "〓"
"""Printers' sign for a character that the case of type lacks."""

NO_FACE = "no_chinese_face"
"""Code of the Refusal."""

_SECONDS = 20
_BEST_FIRST = (
    *(
        "Noto Sans CJK SC",
        "Source Han Sans SC",
        "Source Han Sans CN",
        "Microsoft YaHei",
        "DengXian",
        "SimHei",
    ),
    *("WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun"),
    *("AR PL UMing CN", "AR PL UKai CN"),
)
_FILES_ON_WINDOWS = (
    ("Microsoft YaHei", "msyh.ttc"),
    ("DengXian", "Deng.ttf"),
    ("SimHei", "simhei.ttf"),
    ("SimSun", "simsun.ttc"),
)


@dataclass(frozen=True, slots=True)
class ChartFace:
    """A face in a file; `index` is its place in a collection."""

    family: str
    file: Path
    index: int = 0


def face_for(text: str) -> tuple[ChartFace, frozenset[str]]:
    """The best face that has every character of `text`, else the one that lacks fewest; and what it lacks.

    Refusal ``no_chinese_face`` where this machine has none at all.
    """
    wanted = frozenset(text) - frozenset("\n ")
    best: tuple[ChartFace, frozenset[str]] | None = None
    for face in faces():
        lacking = _lacking(face, wanted)
        if not lacking:
            return face, lacking
        if best is None or len(lacking) < len(best[1]):
            best = face, lacking
    if best is None:
        raise Refusal(
            "no_chinese_face",
            "这台电脑没有可用的中文字体，画不了图。",
            None,
            "请安装一种中文字体（如思源黑体）后再试；表格不受影响。",
        )
    return best


@lru_cache
def faces() -> tuple[ChartFace, ...]:
    """Chinese faces of this machine, the best first; asked once a run."""
    found = dict.fromkeys(_on_windows() if sys.platform == "win32" else _by_fontconfig())
    places = {name: place for place, name in enumerate(_BEST_FIRST)}
    return tuple(sorted(found, key=lambda one: (places.get(one.family, len(places)), one.family, one.file)))


def _lacking(face: ChartFace, wanted: frozenset[str]) -> frozenset[str]:
    """Characters that the face has no glyph for; all of them where its file cannot be read."""
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(str(face.file), face_index=face.index)
    except (OSError, RuntimeError, ValueError):
        return wanted | {STANDS_FOR_MISSING}
    return frozenset(one for one in wanted if font.get_char_index(ord(one)) == 0)


def _by_fontconfig() -> Iterator[ChartFace]:
    program = shutil.which("fc-list")
    if program is None:
        return
    asked = [program, "-f", "%{family[0]}\t%{file}\t%{index}\t%{style[0]}\n", ":lang=zh-cn"]
    try:
        run = subprocess.run(
            asked, capture_output=True, timeout=_SECONDS, check=False, env=environment_of_others()
        )
    except (OSError, subprocess.TimeoutExpired):
        return
    yield from _listed(run.stdout.decode("utf-8", "replace").splitlines())


def _listed(lines: Iterable[str]) -> Iterator[ChartFace]:
    for line in lines:
        family, file, index, style = [*line.split("\t"), "", "", "", ""][:4]
        # Above the place in the collection stands that of a variable face's named instance; those are left.
        if file and index.isascii() and index.isdigit() and int(index) < 1 << 16 and _is_plain(style):
            yield ChartFace(family, Path(file), int(index))


def _is_plain(style: str) -> bool:
    return style in ("", "Regular", "Book", "Normal", "Medium", "常规")


def _on_windows() -> Iterator[ChartFace]:
    folders = [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    if local := os.environ.get("LOCALAPPDATA"):
        folders.append(Path(local) / "Microsoft" / "Windows" / "Fonts")
    for folder in folders:
        for family, name in _FILES_ON_WINDOWS:
            if (folder / name).is_file():
                yield ChartFace(family, folder / name)
