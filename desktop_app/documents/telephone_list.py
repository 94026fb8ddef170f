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
    _Column("序号", 12, centred=True),
    _Column("单位", 46),
    _Column("主要负责人", 26, centred=True),
    _Column("电话", 34, centred=True),
    _Column("件数", 14, centred=True),
    _Column("登记号、文书字号", 54),
    _Column("接话人、时间", 32),
    _Column("对方答复", 43),
)


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
    _fill(table.rows[0], [column.title for column in _COLUMNS], _HEAD_FACE)
    _repeat(table.rows[0])
    for place, call in enumerate(calls, start=1):
        _fill(table.add_row(), _words(place, call), _BODY_FACE)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _words(place: int, call: Call) -> list[str]:
    numbers = "、".join(call.numbers)
    named = f"{numbers}\n{call.document}" if call.document else numbers
    return [str(place), call.unit, call.head, call.phone, str(len(call.numbers)), named, "", ""]


def _fill(row: _Row, words: Sequence[str], face: str) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
    from docx.shared import Mm

    row.height, row.height_rule = Mm(_ROW_MM), WD_ROW_HEIGHT_RULE.AT_LEAST
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
    run.font.name = face
    # Word takes Chinese characters from a slot of their own, which python-docx leaves alone.
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _repeat(row: _Row) -> None:
    from docx.oxml import OxmlElement

    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    properties.append(OxmlElement("w:cantSplit"))
