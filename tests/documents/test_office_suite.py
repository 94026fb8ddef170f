"""The office suite: found, asked, and its failures told."""

from __future__ import annotations

import os
import sys
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
from desktop_app.errors import BadData
from desktop_app.paths import forms_folder

unix = pytest.mark.skipif(sys.platform == "win32", reason="stands in for the suite with a shell script")


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


@unix
def test_a_suite_that_hangs_is_ended(
    only_here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(only_here, "soffice", f'echo $$ > "{tmp_path}/pid"; exec sleep 60')
    monkeypatch.setattr(office_suite, "_SECONDS_TO_START", 1)
    monkeypatch.setattr(office_suite, "_SECONDS_A_PAPER", 0)
    with pytest.raises(BadData, match="1 秒内没有转换完"):
        to_pdf(tmp_path / "甲.docx", tmp_path)
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


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
