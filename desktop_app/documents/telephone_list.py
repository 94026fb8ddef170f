"""电话提醒清单: whom to ring up about which cases, with room for what was said; a unit a row (T 第十三条)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.table import _Row
    from docx.text.paragraph import Paragraph

_TITLE_FACE, _HEAD_FACE, _BODY_FACE = "方正小标宋简体", "黑体", "仿宋_GB2312"
_FIGURES_FACE = "Times New Roman"
"""Narrow, and on every machine: a telephone number has to stay on its line."""
_TITLE_SIZE, _BODY_SIZE = 20, 12
_ROW_MM = 12
"""Room for a line in handwriting."""


@dataclass(frozen=True, slots=True)
class Call:
    """A unit to ring up. `head` and `phone` are blank where the unit register lacks them."""

    unit: str
    head: str
    phone: str
    numbers: tuple[str, ...]
    document: str


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width_mm: float
    centred: bool = False


_COLUMNS = (
    _Column("序号", 13, centred=True),
    _Column("单位", 44),
    _Column("主要负责人", 26, centred=True),
    _Column("电话", 37, centred=True),
    _Column("件数", 13, centred=True),
    _Column("登记号、文书字号", 60),
    _Column("接话人、时间", 30),
    _Column("对方答复", 38),
)
_NUMBERS_A_LINE = 2
"""What the column holds; a number broken at its hyphen would be misread over the telephone."""


def telephone_list(title: str, note: str, calls: Sequence[Call]) -> bytes:
    """The list as a Word document on A4 across; `note` stands under the title. Its heading repeats on each page."""
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    document.core_properties.author = "留言办"
    document.core_properties.title = title
    section: Any = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(16)
    heading, below = document.add_paragraph(), document.add_paragraph()
    _write(heading, title, _TITLE_FACE, _TITLE_SIZE, centred=True)
    _write(below, note, _BODY_FACE, _BODY_SIZE)
    below.paragraph_format.space_after = Pt(6)
    table = document.add_table(rows=1, cols=len(_COLUMNS), style="Table Grid")
    table.autofit = False
    for column, drawn in zip(_COLUMNS, table.columns, strict=True):
        drawn.width = Mm(column.width_mm)
    _fill(table.rows[0], [column.title for column in _COLUMNS], _HEAD_FACE)
    _mark(table.rows[0], "w:tblHeader")
    for place, call in enumerate(calls, start=1):
        _fill(table.add_row(), _words(place, call), _BODY_FACE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _words(place: int, call: Call) -> list[str]:
    lines = [
        "、".join(call.numbers[start : start + _NUMBERS_A_LINE])
        for start in range(0, len(call.numbers), _NUMBERS_A_LINE)
    ]
    named = "、\n".join(lines) + (f"\n{call.document}" if call.document else "")
    return [str(place), call.unit, call.head, call.phone, str(len(call.numbers)), named, "", ""]


def _fill(row: _Row, words: Sequence[str], face: str) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    row.height, row.height_rule = Mm(_ROW_MM), WD_ROW_HEIGHT_RULE.AT_LEAST
    _mark(row, "w:cantSplit")
    for cell, column, text in zip(row.cells, _COLUMNS, words, strict=True):
        cell.width = Mm(column.width_mm)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        _write(cell.paragraphs[0], text, face, _BODY_SIZE, column.centred or face == _HEAD_FACE)


def _write(paragraph: Paragraph, text: str, face: str, size: float, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.name = _FIGURES_FACE
    # Word takes Chinese characters from a slot of their own, which python-docx leaves alone.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _mark(row: _Row, property_name: str) -> None:
    """Let a row keep together (`w:cantSplit`), or stand on top of each page (`w:tblHeader`)."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement(property_name))
