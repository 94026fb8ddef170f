"""退办单 (退件单): the unit's reason and signature above, the office's answer below."""

from __future__ import annotations

from office_form import form_table, halves, long_text, office_form, opinion, signing, the_case, wide
from package import Draft


def return_slip() -> Draft:
    rows = [
        *the_case(),
        halves(10, ("退件单位", "{{退件单位}}"), ("承办单号", "{{承办单编号}}")),
        halves(10, ("收件日期", "{{收到日期}}"), ("退件日期", "{{退件日期}}")),
        wide(10, "是否当日", "{{当日退件}}"),
        long_text(56, "退件原因", "{{退件原因}}"),
        wide(14, "职责依据", "{{职责依据}}"),
        wide(12, "建议单位", "{{建议承办单位}}"),
        signing(42, "退件单位", ("分管领导签字：{{分管领导}}",), "（公章）", "{{退件日期}}"),
        opinion(44, "交办单位\n处理意见", "{{处理意见}}", "经办人：　　　　　　", "{{处理日期}}"),
    ]
    return office_form("return.docx", "退办单", form_table(rows), note="依据：{{依据}}")
