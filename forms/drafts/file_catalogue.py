"""归档文件目录: DA/T 22-2015, on A4 turned sideways; nine columns, the head repeated on each page."""

from __future__ import annotations

import itertools

from ooxml import FANGSONG, HEITI, SONGTI, XIAOBIAOSONG, Cell, Paragraph, field, run, table, table_row, twips
from package import Draft

_EDGES = (0.0, 12.0, 40.0, 87.0, 127.0, 189.0, 210.0, 222.0, 234.0, 257.0)
_TEXT = 11.0
_LINE = 320
_COLUMNS = (
    ("序号", "center", "{{文件.序号}}"),
    ("档号", "center", "{{文件.档号}}"),
    ("文号", "left", "{{文件.文号}}"),
    ("责任者", "left", "{{文件.责任者}}"),
    ("题名", "left", "{{文件.题名}}"),
    ("日期", "center", "{{文件.日期}}"),
    ("密级", "center", "{{文件.密级}}"),
    ("页数", "center", "{{文件.页数}}"),
    ("备注", "left", "{{文件.备注}}"),
)


def file_catalogue() -> Draft:
    section = (
        f'<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="{twips(20)}" '
        f'w:right="{twips(20)}" w:bottom="{twips(18)}" w:left="{twips(20)}" w:header="{twips(8)}" '
        f'w:footer="{twips(9)}" w:gutter="0"/><w:pgNumType w:start="1"/></w:sectPr>'
    )
    footer = Paragraph(line=280, align="center").around(
        run("登记号 {{登记号}}　识别码 {{识别码}}　　第 ", 9, SONGTI)
        + field("PAGE", 9, SONGTI)
        + run(" 页", 9, SONGTI)
    )
    to_the_right = f'<w:tab w:val="right" w:pos="{twips(_EDGES[-1])}"/>'
    body = (
        Paragraph(line=700, align="center").around(run("{{文书名称}}", 22, XIAOBIAOSONG))
        + Paragraph(line=400, align="left", tabs=to_the_right).around(
            run("{{交办单位}}　　登记号 {{登记号}}　{{标题}}\t共 {{件数}} 件", 12)
        )
        + table(_EDGES, _rows(), padding=0.9)
        + Paragraph(line=20).around("")
    )
    return Draft("file-catalogue.docx", "归档文件目录", body, section, _TEXT, {"default": footer})


def _rows() -> list[str]:
    heads, cells = [], []
    for (words, align, value), (left, right) in zip(_COLUMNS, itertools.pairwise(_EDGES), strict=True):
        heads.append(
            Cell(left, right, Paragraph(line=_LINE, align="center").around(run(words, _TEXT, HEITI)))
        )
        cells.append(
            Cell(left, right, Paragraph(line=_LINE, align=align).around(run(value, _TEXT, FANGSONG)))
        )
    return [table_row(_EDGES, heads, 10, header=True), table_row(_EDGES, cells, 10)]
