"""The shipped templates are what the drafts make, and hold to the standard's numbers."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import docx
import pytest
from docx.document import Document

from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.form_families import LETTERS, OFFICE_FORMS, REPORTS
from desktop_app.paths import forms_folder

SHIPPED = sorted(forms_folder().glob("*.docx"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    script = forms_folder() / "drafts" / "make_forms.py"
    subprocess.run([sys.executable, str(script), str(folder)], check=True, capture_output=True)
    return folder


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_template_can_be_made_again(shipped: Path, made: Path) -> None:
    again = made / shipped.name
    contents = [
        {part.name: unpack(part) for part in read_parts(file.read_bytes())} for file in (shipped, again)
    ]
    assert contents[0] == contents[1]


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda file: file.stem)
def test_every_face_is_named_in_all_four_slots_and_none_is_a_themes(shipped: Path) -> None:
    for part in read_parts(shipped.read_bytes()):
        assert part.name.endswith((".xml", ".rels", ".png"))
        text = unpack(part)
        assert b"Theme=" not in text and b"theme/" not in text
    document = docx.Document(str(shipped))
    faces = document.element.xpath("//w:rFonts") + document.styles.element.xpath("//w:rFonts")
    namespace = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    for face in faces:
        slots = {face.get(f"{namespace}{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert len(slots) == 1
    in_text = document.element.xpath("//w:r[w:t]/w:rPr/w:rFonts/@w:hint")
    assert len(in_text) == len(document.element.xpath("//w:r[w:t]")) and set(in_text) == {"eastAsia"}


def letter() -> Document:
    return docx.Document(str(forms_folder() / "supervision-letter.docx"))


def test_the_letters_page_is_the_standards() -> None:
    section = letter().element.body.sectPr
    (size,), (margins,) = section.xpath("./w:pgSz"), section.xpath("./w:pgMar")
    assert (size.xpath("string(@w:w)"), size.xpath("string(@w:h)")) == ("11906", "16838")
    assert [margins.xpath(f"string(@w:{side})") for side in ("top", "left", "right", "bottom")] == [
        "2098",
        "1588",
        "1474",
        "1984",
    ]
    assert section.xpath("./w:docGrid/@*") == ["linesAndChars", "579", "-848"]
    assert section.xpath("./w:titlePg")
    assert letter().settings.odd_and_even_pages_header_footer


def test_the_rules_are_shapes_anchored_to_the_page_and_not_borders() -> None:
    body = letter().element.body
    assert not body.xpath("//w:pBdr")
    assert body.xpath("//wp:anchor/wp:positionV/@relativeFrom") == ["page"] * 4
    assert set(body.xpath("//wp:anchor/wp:extent/@cx")) == {str(170 * 36000)}


def test_the_signature_block_of_a_slip_is_one_row_that_cannot_split() -> None:
    for name in ("slip", "slip-anonymous"):
        table = docx.Document(str(forms_folder() / f"{name}.docx")).tables[0]
        last = table.rows[-1]._tr
        assert last.xpath("./w:trPr/w:cantSplit")
        assert table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
        kept = last.xpath("./w:tc//w:p[not(w:pPr/w:pStyle) and not(w:pPr/w:keepNext)]")
        assert len(kept) <= 1


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda file: file.stem)
def test_a_row_to_sign_or_stamp_cannot_split(shipped: Path) -> None:
    for table in docx.Document(str(shipped)).tables:
        for row in table.rows:
            words = row._tr.xpath("string(.)")
            if any(mark in words for mark in ("（公章）", "签字：", "审批人：", "审核人：", "经办人：")):
                assert row._tr.xpath("./w:trPr/w:cantSplit"), words


WITHOUT_A_HEAD = ("reply", "instruction-report", "refusal", "file-cover")
"""No table, or one that is never longer than a page."""


@pytest.mark.parametrize(
    "form", [one for one in dict.fromkeys((*OFFICE_FORMS, *LETTERS, *REPORTS)) if one not in WITHOUT_A_HEAD]
)
def test_lists_and_forms_repeat_their_head(form: str) -> None:
    document = docx.Document(str(forms_folder() / f"{form}.docx"))
    assert document.element.xpath("//w:tr[w:trPr/w:tblHeader]")


@pytest.mark.parametrize("form", [*LETTERS, *REPORTS])
def test_the_page_of_an_official_paper_is_the_standards(form: str) -> None:
    document = docx.Document(str(forms_folder() / f"{form}.docx"))
    section = document.sections[0]._sectPr
    (margins,) = section.xpath("./w:pgMar")
    assert [margins.xpath(f"string(@w:{side})") for side in ("top", "left", "right", "bottom")] == [
        "2098",
        "1588",
        "1474",
        "1984",
    ]
    assert section.xpath("./w:docGrid/@*") == ["linesAndChars", "579", "-848"]
    assert bool(section.xpath("./w:titlePg")) is (form in LETTERS)
    assert document.settings.odd_and_even_pages_header_footer


def test_the_closing_of_an_official_paper_is_kept_with_its_signature() -> None:
    for form in (*LETTERS, *REPORTS):
        paragraphs = docx.Document(str(forms_folder() / f"{form}.docx")).paragraphs
        texts = [one.text for one in paragraphs]
        first = next(place for place, text in enumerate(texts) if text.startswith("特此"))
        last = next(place for place, text in enumerate(texts) if text.startswith("（联系人"))
        for one in paragraphs[first:last]:
            framed = one._p.xpath("./w:pPr/w:framePr")
            assert one._p.xpath("./w:pPr/w:keepNext") or framed, one.text
