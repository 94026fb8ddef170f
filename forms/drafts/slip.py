"""承办单: an office form on one A4 page for a message of ordinary length, in two editions.

Text block 165 × 267 mm, the code at its upper right corner. Only the first row (the numbers) is repeated on
further pages; the message, the account and the reply may run over a page, every other row stays whole, and the
block to sign and stamp is one row.
"""

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

_EDGES = (0.0, 18.5, 62.0, 80.5, 99.0, 113.5, 132.0, 165.0)
_LABEL = 18.5
_LEFT, _TOP = 25, 15
"""Margins, mm."""
_CODE_TOP = 6
"""Of the page's height, mm: the code ends where the line with its number begins."""
_TEXT = 10.5
_LINE = 300  # twips: 15 pt
_LABEL_STYLE = Style("Label", "栏目名", Paragraph(line=_LINE, align="center"), _TEXT, HEITI)
_VALUE_STYLE = Style("Value", "栏目内容", Paragraph(line=_LINE, align="left"), _TEXT, FANGSONG)
_TEXT_STYLE = Style("LongText", "留言和答复正文", Paragraph(line=_LINE, align="both"), _TEXT, FANGSONG)
_SIGN_STYLE = Style("Sign", "签章栏", Paragraph(line=480, align="left", keep_next=True), _TEXT, FANGSONG)
_STYLES = (_LABEL_STYLE, _VALUE_STYLE, _TEXT_STYLE, _SIGN_STYLE)


def slip(file: str, title: str, *, identity: bool) -> Draft:
    """One edition; identity: with the citizen's name and contact."""
    footer = Paragraph(line=_LINE, align="left").around(
        run("登记号 {{登记号}}　{{承办单编号}}　识别码 {{识别码}}", 9, SONGTI)
        + run("　　第 ", 9, SONGTI)
        + field("PAGE", 9, SONGTI)
        + run(" 页", 9, SONGTI)
    )
    section = (
        f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(_TOP)}" w:right="{twips(20)}" '
        f'w:bottom="{twips(15)}" w:left="{twips(_LEFT)}" w:header="{twips(8)}" w:footer="{twips(9)}" w:gutter="0"/>'
        '<w:pgNumType w:start="1"/></w:sectPr>'
    )
    code = code_picture(_LEFT + _EDGES[-1] - SIDE, _CODE_TOP)
    beside = f'w:right="{twips(SIDE)}"'
    heading = Paragraph(line=560, align="center", indent=beside).around(
        run("{{文书名称}}", 18, XIAOBIAOSONG) + code
    )
    issuer = Paragraph(line=360, align="left", indent=beside).around(run("交办单位：{{交办单位}}", _TEXT))
    to_the_right = f'<w:tab w:val="right" w:pos="{twips(_EDGES[-1])}"/>'
    contact = Paragraph(line=_LINE, align="left", tabs=to_the_right).around(
        run("联系人：{{交办单位联系人}}　{{交办单位电话}}\t", _TEXT) + run("{{识别码}}", 8, SONGTI)
    )
    end = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr></w:p>'
    body = heading + issuer + contact + table(_EDGES, _rows(identity), padding=0.9) + end
    return Draft(file, title, body, section, _TEXT, {"default": footer}, styles=_STYLES)


def _rows(identity: bool) -> list[str]:
    rows = [
        _thirds(
            9,
            ("编　　号", "{{承办单编号}}"),
            ("留言编号", "{{留言编号}}"),
            ("登 记 号", "{{登记号}}"),
            header=True,
        ),
        _wide(9, "标　　题", "{{标题}}"),
        _thirds(8, ("板　　块", "{{板块}}"), ("领　　域", "{{领域}}"), ("类　　别", "{{类别}}")),
    ]
    if identity:
        rows.append(
            _thirds(
                8,
                ("留言时间", "{{留言时间}}"),
                ("{{网民称谓}}姓名", "{{网民姓名}}"),
                ("联系方式", "{{网民联系方式}}"),
            )
        )
    else:
        notice = "依保密规定隐去；需联系{{网民称谓}}的，由交办单位转达"
        rows.append(_halves(8, ("留言时间", "{{留言时间}}"), ("{{网民称谓}}身份", notice)))
    return [
        *rows,
        _wide(50, "留言内容", "{{留言内容}}", may_break=True),
        _thirds(11, ("牵头单位", "{{牵头单位}}"), ("协办单位", "{{协办单位}}"), ("交办时间", "{{交办时间}}")),
        _thirds(11, ("到期日期", "{{到期日期}}"), ("办理时限", "{{办理时限}}"), ("急　　缓", "{{急缓}}")),
        _halves(17, ("拟办意见", "{{拟办意见}}"), ("领导批示", "{{领导批示}}")),
        _halves(9, ("签 收 人", "{{签收人}}"), ("签收时间", "{{签收时间}}")),
        _halves(10, ("办前联系", "{{办前联系}}"), ("办后回访", "{{办后回访}}")),
        _wide(17, "办理情况", "{{办理情况}}", may_break=True),
        _wide(25, "回复意见", "{{回复意见}}", may_break=True),
        _signatures(),
    ]


def _label(words: str, left: float, right: float) -> Cell:
    return Cell(left, right, _LABEL_STYLE.around(words))


def _value(words: str, left: float, right: float) -> Cell:
    return Cell(left, right, _VALUE_STYLE.around(words))


def _thirds(height: float, *pairs: tuple[str, str], header: bool = False) -> str:
    cells = []
    for (words, value), left, right in zip(pairs, (0.0, 62.0, 113.5), (62.0, 113.5, 165.0), strict=True):
        cells += [_label(words, left, left + _LABEL), _value(value, left + _LABEL, right)]
    return table_row(_EDGES, cells, height, header=header)


def _halves(height: float, *pairs: tuple[str, str]) -> str:
    cells = []
    for (words, value), left, right in zip(pairs, (0.0, 80.5), (80.5, 165.0), strict=True):
        cells += [_label(words, left, left + _LABEL), _value(value, left + _LABEL, right)]
    return table_row(_EDGES, cells, height)


def _wide(height: float, words: str, value: str, *, may_break: bool = False) -> str:
    vertical = "top" if may_break else "center"
    content = Cell(_LABEL, 165.0, _TEXT_STYLE.around(value), vertical)
    return table_row(_EDGES, [_label(words, 0.0, _LABEL), content], height, may_break=may_break)


def _signatures() -> str:
    """One row 44 mm high: what the handler answers at the left, a seal's room at the right."""
    left = "".join(
        _SIGN_STYLE.around(words)
        for words in (
            "是否宜公开：{{是否宜公开}}",
            "不宜公开的理由：{{不宜公开理由}}",
            "经办人：{{经办人}}",
            "联系电话：{{经办人电话}}",
        )
    )
    seal = Paragraph(line=480, align="right", indent=f'w:right="{twips(16)}"', keep_next=True)
    day = Paragraph(line=480, align="right", indent=f'w:right="{twips(6)}"')
    right = (
        _SIGN_STYLE.around("主要负责人审签：{{主要负责人}}")
        + _SIGN_STYLE.around("")
        + seal.around(run("（公章）", _TEXT))
        + day.around(run("{{审签日期}}", _TEXT))
    )
    cells = [
        _label("承办单位", 0.0, _LABEL),
        Cell(_LABEL, 80.5, left),
        Cell(80.5, 165.0, right),
    ]
    return table_row(_EDGES, cells, 44)
