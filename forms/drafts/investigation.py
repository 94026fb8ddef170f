"""联合调研记录: who looked into it together, what they saw, and what follows."""

from __future__ import annotations

from office_form import form_table, halves, long_text, office_form, signing, the_case, wide
from package import Draft


def investigation() -> Draft:
    rows = [
        *the_case(),
        halves(10, ("承办单位", "{{牵头单位}}"), ("调研日期", "{{调研日期}}")),
        wide(10, "负 责 人", "{{调研负责人}}"),
        wide(12, "参加单位", "{{参加单位}}"),
        long_text(18, "调研缘由", "{{调研缘由}}"),
        long_text(86, "调研情况", "{{调研情况}}"),
        long_text(30, "结　　论", "{{调研结论}}"),
        signing(42, "参加人员\n签　　字", ("", ""), "", "　　　　年　　月　　日"),
    ]
    return office_form("investigation.docx", "联合调研记录", form_table(rows), note="依据：{{依据}}")
