"""备考表: how things stand with the file, who put it together, who checked it."""

from __future__ import annotations

from office_form import EDGES, LABEL, SIGN_STYLE, TEXT_STYLE, WIDTH, form_table, label, office_form, wide
from ooxml import Cell, table_row
from package import Draft


def file_note() -> Draft:
    state = Cell(0.0, WIDTH, TEXT_STYLE.around("本卷情况说明：") + TEXT_STYLE.around("{{情况说明}}"), "top")
    signed = "".join(
        SIGN_STYLE.around(words)
        for words in ("立卷人：{{立卷人}}", "检查人：{{检查人}}", "立卷时间：{{立卷日期}}")
    )
    rows = [
        wide(11, "登 记 号", "{{登记号}}", header=True),
        wide(11, "标　　题", "{{标题}}"),
        table_row(EDGES, [state], 165, may_break=True),
        table_row(EDGES, [label("签　　字"), Cell(LABEL, WIDTH, signed)], 44),
    ]
    return office_form("file-note.docx", "备考表", form_table(rows))
