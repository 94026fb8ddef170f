"""回访记录: when and how the citizen was asked, whether it is solved, how content they are."""

from __future__ import annotations

from office_form import form_table, halves, long_text, office_form, signing, the_case, the_unit, wide
from package import Draft


def follow_up() -> Draft:
    rows = [
        *the_case(),
        *the_unit(),
        long_text(46, "公开答复", "{{公开答复}}"),
        halves(12, ("回访日期", "{{回访日期}}（{{第几次}}）"), ("回访方式", "{{回访方式}}")),
        wide(14, "是否解决", "{{是否解决}}"),
        wide(14, "满 意 度", "{{满意度}}"),
        long_text(62, "{{网民称谓}}说明", "{{网民说明}}"),
        signing(34, "签　　字", ("回访人签字：",), "", "　　　　年　　月　　日"),
    ]
    return office_form("follow-up.docx", "回访记录", form_table(rows), note="依据：{{依据}}")
