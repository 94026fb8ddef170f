"""解释说明: what the citizen was told where the case cannot be solved, and who consented."""

from __future__ import annotations

from office_form import form_table, halves, long_text, office_form, opinion, signing, the_case, the_unit
from package import Draft


def explanation() -> Draft:
    rows = [
        *the_case(),
        *the_unit(),
        halves(10, ("解释对象", "{{网民姓名}}"), ("解释日期", "{{解释日期}}")),
        long_text(80, "解释内容", "{{解释内容}}"),
        signing(40, "承办单位", ("解释人签字：",), "（公章）", "　　　　年　　月　　日"),
        long_text(20, "同　　意", "交办单位同意人：{{同意人}}", "{{上级同意人}}"),
        opinion(
            30, "{{网民称谓}}意见", "", "{{网民称谓}}签字（当面解释的）：　　　", "　　　　年　　月　　日"
        ),
    ]
    return office_form("explanation.docx", "解释说明", form_table(rows), note="依据：{{依据}}")
