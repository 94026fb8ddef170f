"""督查通报, 办理情况报告: the text block of GB/T 9704-2012 under a red head with its issue number, tables and charts in it."""

from __future__ import annotations

import itertools

from chart_picture import chart
from official_text import (
    BLOCK,
    BODY,
    PITCH,
    Column,
    addressee,
    body_run,
    empty,
    heading,
    listed,
    page_numbers,
    page_section,
    signature,
    text,
    title,
)
from ooxml import HEITI, RED, XIAOBIAOSONG, Cell, Paragraph, drawn_rule, run, table, table_row, twips
from package import Draft

_HEAD_SIZE, _HEAD_LINE = 36.0, 1140
_TOP = 37.0
_RULE = 0.7
_TABLE_SIZE, _ROW_HEIGHT = 9.0, 6.4


def bulletin() -> Draft:
    """The whole template."""
    body = "".join(
        (
            _head(),
            title("{{通报标题}}"),
            addressee(),
            text("{{导语}}"),
            heading("一、总体情况"),
            text("{{总体情况}}"),
            chart("图一"),
            heading("二、分类情况"),
            text("{{分类情况}}"),
            _sorts(),
            text("{{热点问题}}"),
            chart("图二"),
            heading("三、各单位办理情况"),
            text("{{单位情况}}"),
            _units(),
            chart("图三"),
            text("{{督办情况}}"),
            heading("四、重点难点事项"),
            text("{{重点难点}}"),
            _named(),
            heading("五、存在的主要问题"),
            text("{{问题情况}}"),
            _problems(),
            heading("六、工作要求"),
            text("{{工作要求}}"),
            _signed(),
            _terms(),
        )
    )
    footers = page_numbers(first_page=True)
    section = page_section(first_page=True)
    return Draft("bulletin.docx", "督查通报、办理情况报告", body, section, BODY, footers, even_and_odd=True)


def _head() -> str:
    """Name, issue number, who issues it and when, and the red rule of the text block's width below."""
    lines = _TOP + (_HEAD_LINE + 2 * PITCH) / 1440 * 25.4
    rule = drawn_rule(1, "报头红线", lines + 1.2, _RULE, BLOCK, RED)
    name = Paragraph(line=_HEAD_LINE, align="center").around(
        run("{{报头}}", _HEAD_SIZE, XIAOBIAOSONG, colour=RED) + rule
    )
    number = Paragraph(line=PITCH, align="center").around(body_run("{{期号}}"))
    flush = Paragraph(line=PITCH, tabs=f'<w:tab w:val="right" w:pos="{twips(BLOCK)}"/>', align="left")
    return name + number + flush.around(body_run("{{印发单位}}\t{{成文日期}}")) + empty()


def _signed() -> str:
    """Closing words, name and date in one row without rules, which no suite parts; LibreOffice loses its hold on
    paragraphs kept together once tables and pictures stand on the page."""
    edges = (0.0, BLOCK)
    sides = ("top", "left", "bottom", "right")
    cell = Cell(0.0, BLOCK, signature("{{结束语}}", copies=False), vertical="top", open=sides)
    return table(edges, [table_row(edges, [cell], 1)], padding=0)


def _columns(group: str, *columns: tuple[str, str, float, str]) -> tuple[list[float], list[Column]]:
    edges = [0.0, *itertools.accumulate(width for _, _, width, _ in columns)]
    return [round(one, 2) for one in edges], [
        (head, align, (f"{{{{{group}.{name}}}}}",)) for head, name, _, align in columns
    ]


def _table(group: str, *columns: tuple[str, str, float, str]) -> str:
    edges, listed_columns = _columns(group, *columns)
    before = Paragraph(line=100, keep_next=True).around("")
    return before + listed(edges, listed_columns, _TABLE_SIZE, _ROW_HEIGHT)


def _sorts() -> str:
    return _table(
        "分类",
        ("类别", "名称", 36, "left"),
        ("收到", "收到", 24, "center"),
        ("占比", "占比", 24, "center"),
        ("已答复", "已答复", 24, "center"),
        ("按期答复率", "按期率", 24, "center"),
        ("满意率", "满意率", 24, "center"),
    )


def _units() -> str:
    return _table(
        "单位",
        ("名次", "名次", 9.5, "center"),
        ("单位", "名称", 36.5, "left"),
        ("承办", "承办", 9.5, "center"),
        ("已答复", "已答复", 12, "center"),
        ("按期", "按期", 9.5, "center"),
        ("按期率", "按期率", 12.5, "center"),
        ("逾期", "逾期", 9.5, "center"),
        ("延期", "延期", 9, "center"),
        ("退件", "退件", 9, "center"),
        ("重办", "重办", 9, "center"),
        ("催办", "催办", 9, "center"),
        ("督办", "督办", 9, "center"),
        ("满意率", "满意率", 12, "center"),
    )


def _named() -> str:
    return _table(
        "重点",
        ("登记号", "登记号", 22, "center"),
        ("标题", "标题", 60, "left"),
        ("情形", "情形", 28, "left"),
        ("承办单位", "承办单位", 30, "left"),
        ("进展", "进展", 16, "center"),
    )


def _problems() -> str:
    return _table(
        "问题",
        ("承办单位", "承办单位", 38, "left"),
        ("逾期", "逾期", 12, "center"),
        ("退回重办", "退回重办", 17, "center"),
        ("催办无果", "催办无果", 17, "center"),
        ("登记号", "登记号", 72, "left"),
    )


def _terms() -> str:
    """On a page of its own behind the signature: what every figure counts."""
    head = Paragraph(line=PITCH, keep_next=True).around(
        '<w:r><w:br w:type="page"/></w:r>' + body_run("附件", HEITI)
    )
    name = Paragraph(line=700, align="center", keep_next=True).around(run("指标说明", 22, XIAOBIAOSONG))
    table = _table("指标", ("指标", "名称", 32, "left"), ("口径", "口径", 124, "left"))
    return head + name + text("{{统计口径}}") + table
