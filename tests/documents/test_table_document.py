"""A table on landscape pages: what Word, WPS and LibreOffice need to show and print it as meant."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from desktop_app.documents.docx_package import read_parts, unpack
from desktop_app.documents.table_document import WIDTH, TableColumn, table_document

COLUMNS = (TableColumn("序号", 1.0, centred=True), TableColumn("文号", 3.0))
ROWS = (("1", "通民盼督〔2026〕3号"), ("2", "<&> 第一行\n第二行\x0b"))


@pytest.fixture(scope="module")
def opened() -> docx.document.Document:
    return docx.Document(io.BytesIO(table_document("发文登记簿", "共 2 号", COLUMNS, ROWS)))


def test_title_note_and_rows_stand_as_given(opened: docx.document.Document) -> None:
    assert [one.text for one in opened.paragraphs[:2]] == ["发文登记簿", "共 2 号"]
    (table,) = opened.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "文号"],
        ["1", "通民盼督〔2026〕3号"],
        ["2", "<&> 第一行\n第二行□"],
    ]


def test_the_page_is_landscape_a4_and_the_columns_fill_it(opened: docx.document.Document) -> None:
    section = opened.sections[0]
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert section.page_width is not None and section.page_height is not None
    assert abs(section.page_width - Mm(297)) < Mm(0.1) and abs(section.page_height - Mm(210)) < Mm(0.1)
    widths = [int(one) for one in opened.element.xpath("//w:gridCol/@w:w")]
    assert widths[1] == pytest.approx(3 * widths[0], abs=2)
    assert sum(widths) == pytest.approx(WIDTH / 25.4 * 1440, abs=2)


def test_the_head_is_repeated_and_no_row_breaks(opened: docx.document.Document) -> None:
    rows = [row._tr for row in opened.tables[0].rows]
    assert [bool(row.xpath("./w:trPr/w:tblHeader")) for row in rows] == [True, False, False]
    assert all(row.xpath("./w:trPr/w:cantSplit") for row in rows)


def test_the_foot_counts_the_pages(opened: docx.document.Document) -> None:
    codes = opened.sections[0].footer._element.xpath("//w:fldSimple/@w:instr")
    assert [code.strip() for code in codes] == ["PAGE", "NUMPAGES"]


def test_every_face_is_named_in_all_four_slots() -> None:
    parts = {one.name: unpack(one).decode() for one in read_parts(table_document("", "", COLUMNS, ()))}
    named = re.findall(r"<w:rFonts [^>]*>", parts["word/styles.xml"])
    assert named and all(
        f'w:{slot}="' in face for face in named for slot in ("ascii", "hAnsi", "eastAsia", "cs")
    )
    assert "Theme" not in "".join(parts.values())


def test_the_same_rows_give_the_same_bytes() -> None:
    assert table_document("a", "b", COLUMNS, ROWS) == table_document("a", "b", COLUMNS, iter(ROWS))


def test_a_row_of_another_length_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="zip"):
        table_document("a", "b", COLUMNS, [("1",)])
