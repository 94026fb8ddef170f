"""案卷封面: whose file, of what, from when to when, how long it is kept."""

from __future__ import annotations

import itertools

from code_picture import SIDE, code_picture
from office_form import (
    EDGES,
    LABEL_STYLE,
    LEFT,
    MIDDLE_STYLE,
    STYLES,
    TEXT,
    WIDTH,
    halves,
    page_section,
    wide,
)
from ooxml import SONGTI, XIAOBIAOSONG, Cell, Paragraph, run, table, table_row, twips
from package import Draft

_NUMBERS = (0.0, 55.0, 110.0, WIDTH)


def file_cover() -> Draft:
    beside = f'w:left="{twips(SIDE)}" w:right="{twips(SIDE)}"'
    numbers = table(_NUMBERS, _numbers(), padding=1.0)
    code = Paragraph(line=300, align="right").around(run("{{识别码}}", 8, SONGTI))
    body = (
        Paragraph(line=640, align="left", indent=beside).around(
            run("", TEXT) + code_picture(LEFT + WIDTH - SIDE, 6)
        )
        + code
        + Paragraph(line=800, align="center", before=500).around(run("{{交办单位}}", 26, XIAOBIAOSONG))
        + Paragraph(line=1000, align="center", before=400, after=500).around(
            run("{{文书名称}}", 36, XIAOBIAOSONG)
        )
        + Paragraph(line=620, align="center", after=600).around(run("{{案卷题名}}", 20))
        + table(EDGES, _facts(), padding=1.0)
        + Paragraph(line=500).around("")
        + numbers
        + Paragraph(line=20).around("")
    )
    return Draft("file-cover.docx", "案卷封面", body, page_section(), TEXT, {}, styles=STYLES)


def _facts() -> list[str]:
    return [
        halves(13, ("登 记 号", "{{登记号}}"), ("留言编号", "{{留言编号}}")),
        halves(13, ("承办单位", "{{牵头单位}}"), ("承办单号", "{{承办单编号}}")),
        wide(13, "起止日期", "{{起止日期}}"),
        halves(13, ("办结日期", "{{办结日期}}"), ("归档日期", "{{归档日期}}")),
        halves(13, ("保管期限", "{{保管期限}}"), ("件　　数", "{{件数}}件")),
        halves(13, ("页　　数", "{{页数}}"), ("密　　级", "")),
    ]


def _numbers() -> list[str]:
    """For the archive to fill in."""
    spans = list(itertools.pairwise(_NUMBERS))
    heads = ("全 宗 号", "目 录 号", "档　　号")
    contents = ("", "", "{{档号}}")
    return [
        table_row(
            _NUMBERS,
            [Cell(a, b, LABEL_STYLE.around(one)) for one, (a, b) in zip(heads, spans, strict=True)],
            10,
        ),
        table_row(
            _NUMBERS,
            [Cell(a, b, MIDDLE_STYLE.around(one)) for one, (a, b) in zip(contents, spans, strict=True)],
            14,
        ),
    ]
