"""The office suite: found, asked, and its failures told."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.documents import office_suite
from desktop_app.documents.office_suite import (
    LIBREOFFICE,
    WPS,
    NoOfficeSuite,
    all_to_pdf,
    installed_suites,
    open_paper,
    to_pdf,
)
from desktop_app.documents.pdf_pages import pdf_pages
from desktop_app.documents.suite_server import SuiteHome
from desktop_app.errors import BadData, Cancelled
from desktop_app.paths import forms_folder
from tests.documents.processes import Watched

unix = pytest.mark.skipif(sys.platform == "win32", reason="stands in for the suite with a shell script")
linux = pytest.mark.skipif(sys.platform != "linux", reason="watches a process of others")


def stand_in(folder: Path, name: str, script: str) -> Path:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return program


@pytest.fixture
def only_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with no suite but what stands in this folder."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setattr(
        office_suite.shutil, "which", lambda name: str(folder / name) if (folder / name).exists() else None
    )
    monkeypatch.setattr(office_suite, "_UNIX_PLACES", dict.fromkeys(office_suite._UNIX_PLACES, ()))
    monkeypatch.setattr(office_suite, "_WINDOWS_FOLDERS", ())
    return folder


def test_without_a_suite_it_says_so(only_here: Path, tmp_path: Path) -> None:
    paper = tmp_path / "承办单.docx"
    assert installed_suites() == ()
    with pytest.raises(NoOfficeSuite, match="没有找到 LibreOffice"):
        to_pdf(paper, tmp_path)
    with pytest.raises(NoOfficeSuite, match="没有找到 WPS、Word 或 LibreOffice；文书已保存在"):
        open_paper(paper)


@unix
def test_the_suite_offices_know_comes_first(only_here: Path, tmp_path: Path) -> None:
    stand_in(only_here, "soffice", "")
    stand_in(only_here, "wps", "")
    assert [suite.name for suite in installed_suites()] == [WPS, LIBREOFFICE]
    assert open_paper(tmp_path / "承办单.docx").name == WPS


@unix
def test_a_suite_that_makes_nothing_is_told_by_paper(only_here: Path, tmp_path: Path) -> None:
    stand_in(only_here, "soffice", "exit 0")
    with pytest.raises(BadData) as caught:
        all_to_pdf([tmp_path / "甲.docx", tmp_path / "乙.docx"], tmp_path)
    assert [fault.file for fault in caught.value.faults] == ["甲.docx", "乙.docx"]


@linux
def test_a_suite_that_hangs_is_ended(
    only_here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(only_here, "soffice", f'echo $$ > "{tmp_path}/pid"; exec sleep 60')
    monkeypatch.setattr(office_suite, "_SECONDS_TO_START", 1)
    monkeypatch.setattr(office_suite, "_SECONDS_A_PAPER", 0)
    with pytest.raises(BadData, match="1 秒内没有转换完"):
        to_pdf(tmp_path / "甲.docx", tmp_path)
    assert Watched(int((tmp_path / "pid").read_text())).has_ended()


@unix
def test_each_run_has_a_profile_of_its_own(only_here: Path, tmp_path: Path) -> None:
    stand_in(only_here, "soffice", f'echo "$1" >> "{tmp_path}/seen"')
    for _ in range(2):
        with pytest.raises(BadData):
            to_pdf(tmp_path / "甲.docx", tmp_path)
    profiles = (tmp_path / "seen").read_text().split()
    assert len(set(profiles)) == 2
    assert all(one.startswith("-env:UserInstallation=file:///") for one in profiles)
    assert not any(Path(one.partition("file://")[2]).exists() for one in profiles)


_CONVERTS = """
for one; do
  case "$one" in
    *.docx) echo "$one" >> "{seen}"; [ "$(basename "$one")" = 坏.docx ] && exit 1
            printf %s %PDF-1.7 > "{out}/$(basename "$one" .docx).pdf" ;;
  esac
done
"""


@unix
def test_a_paper_that_brings_the_suite_down_harms_no_other(only_here: Path, tmp_path: Path) -> None:
    out, seen = tmp_path / "out", tmp_path / "seen"
    stand_in(only_here, "soffice", _CONVERTS.format(out=out, seen=seen))
    with pytest.raises(BadData) as caught:
        all_to_pdf([tmp_path / f"{name}.docx" for name in ("甲", "坏", "乙", "丙")], out)
    assert [fault.file for fault in caught.value.faults] == ["坏.docx"]
    assert sorted(file.name for file in out.iterdir()) == ["丙.pdf", "乙.pdf", "甲.pdf"]


@unix
def test_how_far_it_is_is_told_and_at_the_end_all_is_done(only_here: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    stand_in(only_here, "soffice", _CONVERTS.format(out=out, seen=tmp_path / "seen"))
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    all_to_pdf([tmp_path / "甲.docx", tmp_path / "乙.docx"], out, progress=progress)
    assert told[-1] == (2, 2) and all(total == 2 for _, total in told)


@linux
def test_a_cancel_ends_the_suite_at_once(only_here: Path, tmp_path: Path) -> None:
    stand_in(only_here, "soffice", f'echo $$ > "{tmp_path}/pid"; exec sleep 60')
    with pytest.raises(Cancelled):
        to_pdf_with(tmp_path, lambda done, total: not (tmp_path / "pid").exists())
    assert Watched(int((tmp_path / "pid").read_text())).has_ended()


@unix
def test_what_was_handed_over_is_waited_for_and_the_rest_is_left(only_here: Path, tmp_path: Path) -> None:
    out, seen = tmp_path / "out", tmp_path / "seen"
    stand_in(only_here, "soffice", _CONVERTS.format(out=out, seen=seen))
    home = SuiteHome(tmp_path / "home")
    home.folder.mkdir()
    home.note.touch()
    (home.folder / ".~lock.kept.rtf#").touch()
    with pytest.raises(Cancelled):
        all_to_pdf(
            [tmp_path / f"{number}.docx" for number in range(25)],
            out,
            home,
            progress=lambda done, total: False,
        )
    assert len(seen.read_text().split()) == len(list(out.iterdir())) == 10


def to_pdf_with(folder: Path, progress: Callable[[int, int], bool]) -> None:
    all_to_pdf([folder / "甲.docx"], folder / "out", progress=progress)


def test_two_papers_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one name"):
        all_to_pdf([tmp_path / "a" / "甲.docx", tmp_path / "b" / "甲.docx"], tmp_path)


@pytest.mark.skipif(
    all(suite.name != LIBREOFFICE for suite in installed_suites()),
    reason="LibreOffice is not on this machine",
)
def test_libreoffice_makes_a_pdf_of_each_paper(tmp_path: Path) -> None:
    papers = [forms_folder() / "slip.docx", forms_folder() / "supervision-letter.docx"]
    made = all_to_pdf(papers, tmp_path / "new")
    assert [file.name for file in made] == ["slip.pdf", "supervision-letter.pdf"]
    assert all(len(list(pdf_pages(file, 30))) >= 1 for file in made)


@pytest.mark.skipif(
    all(suite.name != LIBREOFFICE for suite in installed_suites()),
    reason="LibreOffice is not on this machine",
)
def test_for_the_archive_it_is_a_pdf_a(tmp_path: Path) -> None:
    paper = forms_folder() / "urge.docx"
    plain, archival = to_pdf(paper, tmp_path / "plain"), to_pdf(paper, tmp_path / "archival", archival=True)
    assert b"<pdfaid:part>2</pdfaid:part>" in archival.read_bytes()
    assert b"pdfaid" not in plain.read_bytes()
