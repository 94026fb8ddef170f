"""Templates that an office opened in LibreOffice and saved again: they still fill, and say the same."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import docx
import pytest

from desktop_app.documents.codes import code_picture
from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.forms import check_forms, load_form, read_template
from desktop_app.documents.office_suite import libreoffice
from desktop_app.documents.office_templates import sample_values
from desktop_app.documents.paper_catalogue import PAPERS, TEMPLATES
from desktop_app.documents.papers.registry import values_for
from desktop_app.paths import forms_folder
from tests.documents.drawn_papers import WITH_LIBREOFFICE
from tests.documents.paper_cases import ORDINARY, T, joint_source, paper_source

pytestmark = WITH_LIBREOFFICE

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def saved_again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every shipped template, opened and saved by LibreOffice, in one run."""
    folder = tmp_path_factory.mktemp("saved")
    profile = tmp_path_factory.mktemp("profile")
    templates = [str(file) for file in sorted(forms_folder().glob("*.docx"))]
    subprocess.run(
        [
            str(libreoffice()),
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            str(folder),
            *templates,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder


def words_of(data: bytes) -> str:
    """All that is written in the body, spaces left out: suites break lines as they please."""
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join("".join(one.text or "" for one in body.iter(f"{_W}t")).split())


def test_all_of_them_can_be_used(saved_again: Path) -> None:
    assert {file.stem for file in saved_again.glob("*.docx")} == set(TEMPLATES)
    assert check_forms(saved_again) == []


@pytest.mark.parametrize("form", TEMPLATES)
def test_each_says_what_the_shipped_one_says(saved_again: Path, form: str) -> None:
    values = values_for(paper_source(form, T, ORDINARY)) if form in PAPERS else sample_values(form)
    edited = read_template(form, saved_again / f"{form}.docx")
    assert set(edited.fields) == set(load_form(form).fields)
    assert words_of(edited.fill(values).bytes) == words_of(load_form(form).fill(values).bytes)


@pytest.mark.parametrize("form", ["slip", "reminder", "extension", "transfer-letter", "file-cover"])
def test_the_code_is_still_drawn_anew(saved_again: Path, form: str) -> None:
    source = paper_source(form, T)
    paper = read_template(form, saved_again / f"{form}.docx").fill(values_for(source)).bytes
    pictures = [unpack(part) for part in read_parts(paper) if part.name.startswith("word/media/")]
    assert pictures == [code_picture(source.code)]


@pytest.mark.parametrize("form", ["reminder", "supervision-letter", "supervision-slip"])
def test_lists_still_repeat_their_rows(saved_again: Path, form: str) -> None:
    values = values_for(joint_source(form, T, 5))
    text = words_of(read_template(form, saved_again / f"{form}.docx").fill(values).bytes)
    assert [text.count(f"2026-{number:04d}") > 0 for number in range(312, 317)] == [True] * 5
