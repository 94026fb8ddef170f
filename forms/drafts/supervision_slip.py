"""督办单: what 督办函 says, on an office form, with the unit's receipt and its result below."""

from __future__ import annotations

from office_form import (
    EDGES,
    LABEL_STYLE,
    MIDDLE_STYLE,
    VALUE_STYLE,
    form_table,
    halves,
    long_text,
    office_form,
    signing,
    wide,
)
from ooxml import Cell, table_row
from package import Draft

_CASES = (0.0, 24.0, 79.0, 110.0, 165.0)


def supervision_slip() -> Draft:
    rows = [
        halves(10, ("主　　送", "{{主送}}"), ("督办情形", "{{督办情形}}"), header=True),
        *_cases(),
        long_text(14, "事　　由", "{{缘由}}"),
        long_text(11, "领导批示", "{{领导批示}}"),
        long_text(16, "存在问题", "{{存在问题}}"),
        long_text(24, "办理要求", "{{办理要求}}", "反馈方式：{{反馈方式}}"),
        wide(10, "办理期限", "{{新期限}}"),
        signing(
            30, "交办单位", ("{{署名}}　　（联系人：{{联系人}}　{{联系电话}}）",), "（公章）", "{{成文日期}}"
        ),
        wide(9, "抄　　送", "{{抄送}}"),
        halves(10, ("签 收 人", "{{接收人}}"), ("签收时间", "{{送达时间}}")),
        signing(
            40, "办理结果\n（承办单位\n填写）", ("", ""), "主要负责人签字（公章）", "　　　　年　　月　　日"
        ),
    ]
    return office_form(
        "supervision-slip.docx", "督办单", form_table(rows), number="{{发文字号}}", note="依据：{{依据}}"
    )


def _cases() -> list[str]:
    columns = (
        ("登 记 号", MIDDLE_STYLE, ("{{件.编号}}",)),
        ("留言标题", VALUE_STYLE, ("{{件.标题}}",)),
        ("交办日期", MIDDLE_STYLE, ("{{件.交办日期}}",)),
        ("到期日期和此前文书", VALUE_STYLE, ("到期：{{件.到期日期}}", "{{件.工作日}}", "{{件.此前文书}}")),
    )
    heads, cells = [], []
    for (words, style, values), left, right in zip(columns, _CASES, _CASES[1:], strict=False):
        heads.append(Cell(left, right, LABEL_STYLE.around(words)))
        cells.append(Cell(left, right, "".join(style.around(value) for value in values)))
    return [table_row(EDGES, heads, 9), table_row(EDGES, cells, 12)]
