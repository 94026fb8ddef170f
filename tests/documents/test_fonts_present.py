"""Which faces the machine has, and what stands in for one it has not."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop_app.documents import fonts_present
from desktop_app.documents.fonts_present import (
    FACES,
    FaceFound,
    faces_found,
    faces_of,
    missing_words,
    suite_fonts,
)
from desktop_app.documents.office_suite import can_make_pdf, to_pdf
from desktop_app.documents.suite_server import SuiteHome
from desktop_app.paths import forms_folder

linux = pytest.mark.skipif(sys.platform == "win32", reason="fontconfig does not choose here")


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    faces_found.cache_clear()
    yield
    faces_found.cache_clear()


class Machine:
    """A machine whose fontconfig knows these families, and follows these rules for a family that it lacks."""

    def __init__(self, families: str, rules: dict[str, str] | None = None) -> None:
        self._families, self._rules = families, rules or {}

    def asked(self, tool: str, *words: str) -> str:
        if tool == "fc-list":
            return self._families
        return self._rules.get(words[-1].partition(":")[0], "DejaVu Sans")


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> type[Machine]:
    class Installed(Machine):
        def __init__(self, families: str, rules: dict[str, str] | None = None) -> None:
            super().__init__(families, rules)
            monkeypatch.setattr(fonts_present, "_asked", self.asked)

    return Installed


def found() -> dict[str, FaceFound]:
    return {face.name: face for face in faces_found()}


@linux
def test_a_face_is_found_by_any_of_its_names(machine: type[Machine]) -> None:
    machine("黑体,SimHei\nSimSun\nFangSong_GB2312,仿宋_GB2312\n")
    assert {name for name, face in found().items() if face.present} == {"黑体", "宋体", "仿宋_GB2312"}
    assert found()["黑体"].instead == ""


@linux
def test_the_nearest_that_is_there_stands_in(machine: type[Machine]) -> None:
    machine("仿宋,FangSong\nNoto Serif CJK SC\nNoto Sans CJK SC\n")
    assert found()["仿宋_GB2312"].instead == "仿宋"
    assert found()["方正小标宋简体"].instead == "Noto Serif CJK SC"
    assert found()["黑体"].instead == "Noto Sans CJK SC"


@linux
def test_what_the_office_has_set_up_goes_first(machine: type[Machine]) -> None:
    machine("仿宋\nNoto Serif CJK SC", {"仿宋_GB2312": "Noto Serif CJK SC"})
    assert found()["仿宋_GB2312"].instead == "Noto Serif CJK SC"


@linux
def test_a_machine_that_does_not_tell_is_accused_of_nothing(machine: type[Machine], tmp_path: Path) -> None:
    machine("")
    assert faces_found() == () and missing_words(faces_found()) == ""
    assert suite_fonts(tmp_path) is None and list(tmp_path.iterdir()) == []


def test_what_is_missing_is_told_in_one_sentence() -> None:
    faces = [
        FaceFound("方正小标宋简体", "标题", False, "宋体"),
        FaceFound("黑体", "栏目", True, ""),
        FaceFound("仿宋_GB2312", "正文", False, "宋体"),
        FaceFound("楷体_GB2312", "小标题", False, ""),
    ]
    words = missing_words(faces)
    assert "没有方正小标宋简体（标题）、仿宋_GB2312（正文），改用 宋体" in words
    assert "没有楷体_GB2312（小标题），改用 别的字体" in words
    assert "黑体" not in words
    assert missing_words(faces[1:2]) == ""


def test_faces_are_those_a_paper_is_set_in() -> None:
    slip = faces_of((forms_folder() / "slip.docx").read_bytes())
    assert {"方正小标宋简体", "仿宋_GB2312"} <= slip <= {face.name for face in FACES}
    assert "楷体_GB2312" not in faces_of((forms_folder() / "urge.docx").read_bytes())


def test_windows_is_asked_through_its_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = {
        "machine": ["SimSun & NSimSun (TrueType)", "SimHei (TrueType)", "仿宋_GB2312 (TrueType)"],
        "user": ["FZXiaoBiaoSong-B05S (TrueType)"],
    }

    class Key:
        def __init__(self, names: list[str]) -> None:
            self.names = names

        def __enter__(self) -> Key:
            return self

        def __exit__(self, *_: object) -> None:
            return None

    registry = SimpleNamespace(
        HKEY_LOCAL_MACHINE="machine",
        HKEY_CURRENT_USER="user",
        OpenKey=lambda root, path: Key(listed[root]),
        QueryInfoKey=lambda key: (0, len(key.names), 0),
        EnumValue=lambda key, place: (key.names[place], "file.ttf", 1),
    )
    monkeypatch.setitem(sys.modules, "winreg", registry)
    monkeypatch.setattr(fonts_present.sys, "platform", "win32")
    present = {name for name, face in found().items() if face.present}
    assert present == {"方正小标宋简体", "仿宋_GB2312", "黑体", "宋体"}
    assert found()["楷体_GB2312"].instead == ""


@linux
@pytest.mark.skipif(
    not can_make_pdf() or shutil.which("pdffonts") is None, reason="LibreOffice or pdffonts is not here"
)
def test_the_suite_uses_what_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    monkeypatch.delenv("FONTCONFIG_FILE")
    home = SuiteHome(tmp_path / "home")
    home.folder.mkdir()
    made = to_pdf(forms_folder() / "urge.docx", tmp_path, home)
    home.clear()
    used = subprocess.run(["pdffonts", str(made)], capture_output=True, text=True, check=True).stdout
    told = {
        face.instead for face in faces_found() if face.name in ("仿宋_GB2312", "黑体") and not face.present
    }
    for family in told:
        assert family.removesuffix(" SC").replace(" ", "") in used
    assert "DejaVu" not in used
