"""督办单: what 督办函 says, on an office form, with the unit's receipt and its result below."""

from __future__ import annotations

import itertools

from office_form import (
    EDGES,
    LABEL_STYLE,
    form_table,
    halves,
    long_text,
    office_form,
    signing,
    wide,
)
from ooxml import Cell, Paragraph, run, table_row
from package import Draft

_CASES = (0.0, 24.0, 106.5, 165.0)


_SMALL, _LINE = 10.5, 300


def supervision_slip() -> Draft:
    rows = [
        halves(10, ("主　　送", "{{主送}}"), ("督办情形", "{{督办情形}}"), header=True),
        *_cases(),
        long_text(14, "事　　由", "{{缘由}}"),
        long_text(9, "领导批示", "{{领导批示}}"),
        long_text(14, "存在问题", "{{存在问题}}"),
        long_text(20, "办理要求", "{{办理要求}}", "反馈方式：{{反馈方式}}"),
        wide(9, "办理期限", "{{新期限}}"),
        signing(
            28, "交办单位", ("{{署名}}　　（联系人：{{联系人}}　{{联系电话}}）",), "（公章）", "{{成文日期}}"
        ),
        wide(9, "抄　　送", "{{抄送}}"),
        halves(9, ("签 收 人", "{{接收人}}"), ("签收时间", "{{送达时间}}")),
        signing(
            30, "办理结果\n（承办单位\n填写）", ("",), "主要负责人签字（公章）", "　　　　年　　月　　日"
        ),
    ]
    return office_form("supervision-slip.docx", "督办单", form_table(rows), number="{{发文字号}}")


def _cases() -> list[str]:
    """The list of cases under its head; both are repeated with the first row on further pages."""
    columns = (
        ("登 记 号", "center", ("{{件.编号}}",)),
        ("留言标题", "left", ("{{件.标题}}",)),
        (
            "时限和此前文书",
            "left",
            ("交办：{{件.交办日期}}", "到期：{{件.到期日期}}", "{{件.工作日}}", "{{件.此前文书}}"),
        ),
    )
    heads, cells = [], []
    for (words, align, values), (left, right) in zip(columns, itertools.pairwise(_CASES), strict=True):
        heads.append(Cell(left, right, LABEL_STYLE.around(words)))
        lines = Paragraph(line=_LINE, align=align)
        cells.append(Cell(left, right, "".join(lines.around(run(value, _SMALL)) for value in values)))
    return [table_row(EDGES, heads, 8, header=True), table_row(EDGES, cells, 10)]
