"""直接答复记录: what the citizen was told and why not in public. Stays in the file."""

from __future__ import annotations

from office_form import form_table, halves, long_text, office_form, signing, the_case, the_unit, wide
from package import Draft


def private_answer() -> Draft:
    rows = [
        *the_case(),
        *the_unit(),
        halves(10, ("答复对象", "{{网民姓名}}"), ("答 复 人", "{{答复人}}")),
        halves(10, ("答复方式", "{{答复方式}}"), ("答复日期", "{{答复日期}}")),
        long_text(86, "答复内容", "{{答复内容}}"),
        wide(12, "不公开理由", "{{不宜公开理由}}"),
        long_text(20, "公开说明", "{{公开说明}}", "{{公开说明日期}}"),
        signing(
            34, "签　　字", ("答复人签字：", "{{网民称谓}}签字（当面答复的）："), "", "　　　　年　　月　　日"
        ),
    ]
    return office_form(
        "private-answer.docx", "直接答复记录", form_table(rows), note="存卷，不得公开。依据：{{依据}}"
    )
