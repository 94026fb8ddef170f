"""提醒单 and 催办单: one A4 page for the cases of one unit, with what the unit answered and its receipt below."""

from __future__ import annotations

from code_picture import SIDE, code_picture
from ooxml import (
    FANGSONG,
    HEITI,
    SONGTI,
    XIAOBIAOSONG,
    Cell,
    Paragraph,
    Style,
    field,
    run,
    table,
    table_row,
    twips,
)
from package import Draft

_WIDTH = 160.0
_LEFT = 26.0
_CASES = (0.0, 12.0, 34.0, 84.0, 122.0, 160.0)
_ANSWER = (0.0, 24.0, 80.0, 104.0, 160.0)
_TEXT, _SMALL = 14.0, 11.0
_LINE = 520
_INDENT = f'w:firstLine="{round(2 * _TEXT * 20)}"'

_BODY = Style("NoticeText", "正文段落", Paragraph(line=_LINE, indent=_INDENT), _TEXT, FANGSONG)
_LABEL = Style("Label", "栏目名", Paragraph(line=320, align="center"), _SMALL, HEITI)
_VALUE = Style("Value", "栏目内容", Paragraph(line=320, align="left"), _SMALL, FANGSONG)
_MIDDLE = Style("Middle", "栏目内容（居中）", Paragraph(line=320, align="center"), _SMALL, FANGSONG)
_KEPT_LABEL = Style(
    "KeptLabel", "栏目名（与下行同页）", Paragraph(line=320, align="center", keep_next=True), _SMALL, HEITI
)
_KEPT_VALUE = Style(
    "KeptValue", "栏目内容（与下行同页）", Paragraph(line=320, align="left", keep_next=True), _SMALL, FANGSONG
)


def notice(file: str, title: str) -> Draft:
    """One of the two; they differ in their words only."""
    section = (
        f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(28)}" w:right="{twips(24)}" '
        f'w:bottom="{twips(22)}" w:left="{twips(_LEFT)}" w:header="{twips(12)}" w:footer="{twips(12)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/></w:sectPr>'
    )
    footer = Paragraph(line=280, align="right").around(
        run("{{发文字号}}　识别码 {{识别码}}　第 ", 9, SONGTI)
        + field("PAGE", 9, SONGTI)
        + run(" 页", 9, SONGTI)
    )
    # The name is centred over a date that ends 4 characters from the edge.
    name = Paragraph(line=_LINE, align="center", indent=f'w:left="{twips(_WIDTH) - 4060}"', keep_next=True)
    date = Paragraph(line=_LINE, align="right", indent='w:right="1120"', keep_next=True)
    code = code_picture(_LEFT + _WIDTH - SIDE, 6)
    beside = f'w:left="{twips(SIDE)}" w:right="{twips(SIDE)}"'
    body = (
        Paragraph(line=640, align="center", indent=beside).around(
            run("{{文书名称}}", 22, XIAOBIAOSONG) + code
        )
        + Paragraph(line=_LINE, align="right", after=120).around(run("{{发文字号}}", _TEXT))
        + Paragraph(line=_LINE).around(run("{{主送}}：", _TEXT))
        + _BODY.around("根据{{依据}}的规定，现将有关事项通知如下（{{第几次}}）。")
        + _BODY.around("{{事项}}")
        + Paragraph(line=120).around("")
        + table(_CASES, _cases(), outer=4, padding=1.0)
        + Paragraph(line=_LINE, keep_next=True).around("")
        + name.around(run("{{署名}}", _TEXT))
        + date.around(run("{{成文日期}}", _TEXT))
        + Paragraph(line=_LINE, indent=_INDENT, keep_next=True).around(
            run("（联系人：{{交办单位联系人}}，电话：{{交办单位电话}}）", _TEXT)
        )
        + Paragraph(line=200, keep_next=True).around("")
        + table(_ANSWER, _answer(), padding=1.0)
        + '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    )
    return Draft(
        file,
        title,
        body,
        section,
        _TEXT,
        {"default": footer},
        styles=(_BODY, _LABEL, _VALUE, _MIDDLE, _KEPT_LABEL, _KEPT_VALUE),
    )


def _cases() -> list[str]:
    columns = (
        ("序号", _MIDDLE, ("{{件.序号}}",)),
        ("编号", _MIDDLE, ("{{件.编号}}",)),
        ("标题", _VALUE, ("{{件.标题}}",)),
        ("交办日期", _MIDDLE, ("{{件.交办日期}}",)),
        ("到期日期", _MIDDLE, ("{{件.到期日期}}", "{{件.工作日}}")),
    )
    heads, cells = [], []
    for (words, style, values), left, right in zip(columns, _CASES, _CASES[1:], strict=False):
        heads.append(Cell(left, right, _LABEL.around(words)))
        cells.append(Cell(left, right, "".join(style.around(value) for value in values)))
    return [table_row(_CASES, heads, 9, header=True), table_row(_CASES, cells, 12)]


def _answer() -> list[str]:
    """The receipt stays on one page, however many cases stand above it."""

    def pair(height: float, first: tuple[str, str], second: tuple[str, str]) -> str:
        cells = []
        for (words, value), left in zip((first, second), (0.0, 80.0), strict=True):
            cells += [
                Cell(left, left + 24, _KEPT_LABEL.around(words)),
                Cell(left + 24, left + 80, _KEPT_VALUE.around(value)),
            ]
        return table_row(_ANSWER, cells, height)

    answer = [Cell(0.0, 24.0, _LABEL.around("答复情况")), Cell(24.0, 160.0, _VALUE.around("{{对方答复}}"))]
    return [
        pair(11, ("送达方式", "{{送达方式}}"), ("送达时间", "{{送达时间}}")),
        pair(11, ("接 话 人", "{{接话人}}"), ("签　　收", "")),
        table_row(_ANSWER, answer, 22),
    ]
