"""The faces that official papers name: which of them this machine has, and what is used where one is missing.

GB/T 9704-2012 and the office's habit name five faces; most are licensed and none is shipped. Where fontconfig
chooses (Linux), the suite that makes our pages is told what to use instead, and this module says what that is.
On Windows the suite chooses for itself; what is said there is the best of what is installed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from xml.sax.saxutils import escape

from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.other_programs import environment_of_others

_SYSTEM_FONTS = "/etc/fonts/fonts.conf"
_SECONDS = 20

_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC", "Source Han Serif CN", "AR PL UMing CN")
_SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
)


@dataclass(frozen=True, slots=True)
class Face:
    """A face that papers name. use: what it is for, in the office's words; same: its other names; instead: what comes
    nearest, the best first."""

    name: str
    use: str
    same: tuple[str, ...]
    instead: tuple[str, ...]


FACES = (
    Face(
        "方正小标宋简体",
        "标题",
        ("FZXiaoBiaoSong-B05S", "FZXBSJW--GB1-0"),
        ("方正小标宋_GBK", "FZXiaoBiaoSong-B05", "华文中宋", "STZhongsong", "宋体", "SimSun", *_SERIF),
    ),
    Face(
        "仿宋_GB2312",
        "正文",
        ("FangSong_GB2312",),
        (
            "仿宋",
            "FangSong",
            "华文仿宋",
            "STFangsong",
            "方正仿宋_GBK",
            "FZFangSong-Z02",
            *_SERIF,
            "宋体",
            "SimSun",
        ),
    ),
    Face(
        "楷体_GB2312",
        "小标题",
        ("KaiTi_GB2312",),
        ("楷体", "KaiTi", "华文楷体", "STKaiti", "方正楷体_GBK", "FZKai-Z03", "AR PL UKai CN", *_SERIF),
    ),
    Face(
        "黑体",
        "栏目",
        ("SimHei",),
        ("方正黑体_GBK", "FZHei-B01", "华文黑体", "STHeiti", *_SANS, "微软雅黑", "Microsoft YaHei"),
    ),
    Face(
        "宋体",
        "小字",
        ("SimSun",),
        ("新宋体", "NSimSun", "华文宋体", "STSong", "方正书宋_GBK", "FZShuSong-Z01", *_SERIF),
    ),
)


@dataclass(frozen=True, slots=True)
class FaceFound:
    """One face on this machine. instead: what is used where it is missing; empty where that cannot be told."""

    name: str
    use: str
    present: bool
    instead: str


@lru_cache
def faces_found() -> tuple[FaceFound, ...]:
    """Every face of FACES; none where this machine does not tell which typefaces it has. Asked once a run."""
    families = _families()
    if not families:
        return ()
    return tuple(_found(face, families) for face in FACES)


def faces_of(docx: bytes) -> frozenset[str]:
    """Which of FACES a document names."""
    set_in = re.compile(
        r"word/(document|styles|header\d*|footer\d*)(_\d+)?\.xml"
    )  # not the mere table of faces
    words = b"".join(unpack(part) for part in read_parts(docx) if set_in.fullmatch(part.name))
    return frozenset(face.name for face in FACES if f'"{face.name}"'.encode() in words)


def missing_words(found: Iterable[FaceFound]) -> str:
    """What is missing, in a sentence for who looks at the pages; empty where nothing is."""
    missing = [face for face in found if not face.present]
    if not missing:
        return ""
    instead: dict[str, list[str]] = {}
    for face in missing:
        instead.setdefault(face.instead or "别的字体", []).append(f"{face.name}（{face.use}）")
    parts = "；没有".join(f"{'、'.join(names)}，改用 {other}" for other, names in instead.items())
    return f"这台电脑没有{parts}；换行或有不同。"


def suite_fonts(folder: Path) -> Path | None:
    """A fontconfig file in `folder` that gives the suite our choice for each missing face, after the system's own
    rules; None where fontconfig does not choose. Raises OSError where it cannot be written."""
    missing = [face for face in faces_found() if not face.present and face.instead]
    if sys.platform == "win32" or not missing:
        return None
    file = folder / "fonts.conf"
    if not file.exists():
        before = os.environ.get("FONTCONFIG_FILE", _SYSTEM_FONTS)
        file.write_text(
            _configuration(before, {face.name: face.instead for face in missing}), encoding="utf-8"
        )
    return file


def _found(face: Face, families: Mapping[str, str]) -> FaceFound:
    if any(name.casefold() in families for name in (face.name, *face.same)):
        return FaceFound(face.name, face.use, True, "")
    # What the office has set up for itself goes before our choice.
    own = _matched(face.name) if sys.platform != "win32" else ""
    chosen = own or next((name for name in face.instead if name.casefold() in families), "")
    return FaceFound(face.name, face.use, False, chosen)


def _configuration(before: str, instead: Mapping[str, str]) -> str:
    aliases = "".join(
        f'  <alias binding="same"><family>{escape(name)}</family>'
        f"<prefer><family>{escape(other)}</family></prefer></alias>\n"
        for name, other in instead.items()
    )
    return (
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">\n<fontconfig>\n'
        f'  <include ignore_missing="yes">{escape(before)}</include>\n{aliases}</fontconfig>\n'
    )


def _families() -> dict[str, str]:
    """Names of families, folded for comparing, each with itself as it is written."""
    names = _windows_families() if sys.platform == "win32" else _fontconfig_families()
    return {name.casefold(): name for name in names}


def _fontconfig_families() -> set[str]:
    lines = _asked("fc-list", ":", "family").splitlines()
    return {name.strip().replace("\\\\", "") for line in lines for name in line.split(",") if name.strip()}


def _matched(face: str) -> str:
    """The family that fontconfig's rules name for a missing face; empty where it only falls back to anything."""
    nothing, matched = (
        _asked("fc-match", "--format=%{family[0]}", f"{name}:lang=zh-cn") for name in ("no such face", face)
    )
    return matched if matched != nothing else ""


def _asked(tool: str, *words: str) -> str:
    program = shutil.which(tool)
    if program is None:
        return ""
    try:
        run = subprocess.run(
            [program, *words],
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=environment_of_others(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return run.stdout.decode("utf-8", "replace")


def _windows_families() -> set[str]:
    """As the registry lists them: `FangSong (TrueType)`, `SimSun & NSimSun (TrueType)`, for all and for this user."""
    if sys.platform != "win32":
        return set()
    import winreg

    names: set[str] = set()
    for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
        try:
            key = winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts")
        except OSError:
            continue
        with key:
            for place in range(winreg.QueryInfoKey(key)[1]):
                listed = (
                    winreg.EnumValue(key, place)[0].rpartition(" (")[0] or winreg.EnumValue(key, place)[0]
                )
                names.update(name.strip() for name in listed.split("&"))
    return names
