"""The picture of a template that becomes each paper's code, in the shipped slip and in an office's own copy."""

from __future__ import annotations

import dataclasses
import io
from pathlib import Path

import docx
import pytest
from docx.document import Document
from PIL import Image

from desktop_app.documents.codes import code_picture
from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.forms import load_form
from desktop_app.documents.paper_catalogue import SLIP, SLIP_ANONYMOUS, SUPERVISION_LETTER
from desktop_app.documents.papers.slip import slip_values
from desktop_app.documents.papers.supervision import letter_values
from tests.documents.paper_samples import LETTER
from tests.documents.paper_samples import SLIP as SLIP_FACTS
from tests.documents.test_forms import changed, faults_of
from tests.domain.test_paper_codes import TEXT

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def pictures(paper: bytes) -> list[bytes]:
    return [unpack(part) for part in read_parts(paper) if part.name.startswith("word/media/")]


def coded(code: str) -> dict[str, object]:
    return dict(slip_values(dataclasses.replace(SLIP_FACTS, code=code)))


def add_picture(document: Document, words: str, kind: str = "PNG") -> None:
    """A placeholder put in by an office: any picture, its alternative text typed in Word."""
    placeholder = io.BytesIO()
    Image.new("L", (40, 40), 128).save(placeholder, kind)
    placeholder.seek(0)
    document.add_picture(placeholder)
    document.paragraphs[-1]._p.find(f".//{_WP}docPr").set("descr", words)


@pytest.mark.parametrize("form", [SLIP, SLIP_ANONYMOUS])
def test_both_slips_carry_their_code_drawn_and_written(form: str) -> None:
    paper = load_form(form).fill(coded(TEXT)).bytes
    assert pictures(paper) == [code_picture(TEXT)]
    document = docx.Document(io.BytesIO(paper))
    assert TEXT in document.paragraphs[2].text
    assert TEXT in document.sections[0].footer.paragraphs[0].text


def test_no_paper_says_that_it_waits_for_a_code() -> None:
    paper = load_form(SLIP).fill(coded(TEXT)).bytes
    assert not any(b"{{" in unpack(part) for part in read_parts(paper))


def test_the_same_values_give_the_same_bytes() -> None:
    template = load_form(SLIP)
    assert template.fill(coded(TEXT)) == template.fill(coded(TEXT))
    assert template.fill(coded(TEXT)).sha256 != template.fill(coded("")).sha256


def test_a_paper_without_a_code_shows_white() -> None:
    assert pictures(load_form(SLIP).fill(coded("")).bytes) == [code_picture("")]


def test_an_office_puts_the_code_into_any_paper_of_its_own(tmp_path: Path) -> None:
    changed(tmp_path, lambda one: add_picture(one, " {{ 识别码 }} "), SUPERVISION_LETTER)
    template = load_form(SUPERVISION_LETTER, tmp_path)
    paper = template.fill({**letter_values(LETTER), "识别码": TEXT}).bytes
    assert pictures(paper) == [code_picture(TEXT)]
    assert docx.Document(io.BytesIO(paper)).inline_shapes[0]._inline.docPr.get("descr") == "识别码"


def test_a_code_in_the_header_is_drawn_too(tmp_path: Path) -> None:
    def put(document: Document) -> None:
        run = document.sections[0].header.paragraphs[0].add_run()
        run.add_picture(io.BytesIO(code_picture("")))
        run._r.find(f".//{_WP}docPr").set("descr", "{{识别码}}")

    changed(tmp_path, put, SUPERVISION_LETTER)
    paper = load_form(SUPERVISION_LETTER, tmp_path).fill({**letter_values(LETTER), "识别码": TEXT}).bytes
    assert pictures(paper) == [code_picture(TEXT)]


def test_other_pictures_stay_as_they_are(tmp_path: Path) -> None:
    changed(tmp_path, lambda one: add_picture(one, "本单位徽标"))
    paper = load_form(SLIP, tmp_path).fill(coded(TEXT)).bytes
    found = pictures(paper)
    assert len(found) == 2 and code_picture(TEXT) in found


def test_another_field_in_a_picture_is_refused_and_its_place_named(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, lambda one: add_picture(one, "{{标题}}"))
    assert fault == "slip.docx，正文第 5 段的图片：可选文字里只能写 {{识别码}}，现为“{{标题}}”"


def test_a_placeholder_must_be_a_png(tmp_path: Path) -> None:
    (fault,) = faults_of(tmp_path, lambda one: add_picture(one, "{{识别码}}", "JPEG"))
    assert "须是插在文档里的 PNG 图片" in fault
