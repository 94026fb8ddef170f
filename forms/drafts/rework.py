"""退回重办通知: what the unit sent, what is wrong with it, point by point, and by when it is wanted."""

from __future__ import annotations

from office_form import form_table, halves, long_text, office_form, signing, the_case, wide
from package import Draft


def rework() -> Draft:
    rows = [
        *the_case(),
        halves(10, ("承办单位", "{{主送}}"), ("承办单号", "{{承办单编号}}")),
        halves(10, ("原答复日期", "{{原答复日期}}"), ("退回次数", "{{第几次}}")),
        long_text(34, "原答复\n摘　要", "{{原答复摘要}}"),
        wide(11, "存在问题", "{{存在问题}}"),
        long_text(72, "逐条意见", "{{逐条意见}}"),
        wide(11, "重办期限", "{{新期限}}"),
        signing(42, "交办单位", ("{{署名}}",), "（公章）", "{{成文日期}}"),
        halves(13, ("签 收 人", ""), ("签收时间", "")),
    ]
    return office_form("rework.docx", "退回重办通知", form_table(rows), note="依据：{{依据}}")
