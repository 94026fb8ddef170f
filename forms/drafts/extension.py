"""延期办理申请表: the unit's request and its seal above, the answer of each level below."""

from __future__ import annotations

from office_form import (
    EDGES,
    LABEL,
    TEXT,
    TEXT_STYLE,
    WIDTH,
    form_table,
    halves,
    label,
    long_text,
    office_form,
    signing,
    the_case,
    the_unit,
    wide,
)
from ooxml import Cell, Paragraph, run, table_row, twips
from package import Draft


def extension() -> Draft:
    rows = [
        *the_case(),
        *the_unit(),
        halves(10, ("原 期 限", "{{原期限}}"), ("申请日期", "{{申请日期}}（{{第几次}}）")),
        halves(10, ("申请延期", "{{申请延期}}"), ("申请延至", "{{申请延至}}")),
        wide(9, "上　　限", "{{延期上限}}"),
        long_text(28, "延期原因", "{{延期原因}}"),
        long_text(26, "已做工作", "{{已做工作}}", "{{逾期申请}}"),
        _asked(),
        _levels(),
        wide(11, "批准期限", "{{批准期限}}"),
    ]
    return office_form("extension.docx", "延期办理申请表", form_table(rows), note="依据：{{依据}}")


def _asked() -> str:
    lines = ("向{{网民称谓}}解释情况：{{向网民解释}}", "单位主要负责人（申请人）审签：{{申请人}}")
    return signing(40, "申请单位", lines, "（公章）", "{{申请日期}}")


def _levels() -> str:
    """One row a level, each with room for a pen."""
    signed = Paragraph(line=440, align="right", indent=f'w:right="{twips(8)}"').around(
        run("审批人：{{审批.审批人}}　　　　　　{{审批.日期}}", TEXT)
    )
    cell = Cell(LABEL, WIDTH, TEXT_STYLE.around("{{审批.意见}}") + signed)
    return table_row(EDGES, [label("{{审批.层级}}"), cell], 21)
