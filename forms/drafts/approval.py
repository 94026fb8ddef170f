"""回复审定单 (in T 回复审核单): the reply, the text for the public, and three opinions to sign."""

from __future__ import annotations

from office_form import form_table, halves, long_text, office_form, opinion, the_case
from package import Draft


def approval() -> Draft:
    rows = [
        *the_case(),
        halves(10, ("承办单位", "{{牵头单位}}"), ("答复日期", "{{答复日期}}")),
        halves(10, ("审签领导", "{{主要负责人}}"), ("经 办 人", "{{经办人}}　{{经办人电话}}")),
        long_text(18, "留言摘要", "{{留言摘要}}"),
        long_text(22, "承办单位\n答　　复", "{{回复意见}}"),
        long_text(30, "拟公开稿", "{{拟公开稿}}"),
        halves(10, ("是否公开", "{{是否公开}}"), ("不公开理由", "{{不宜公开理由}}")),
        long_text(18, "审核要点", "{{审核要点}}", "{{逐点核对}}"),
        opinion(20, "审核意见", "{{审核意见}}", "审核人：{{审核人}}", "{{审核日期}}"),
        opinion(
            30,
            "{{审定栏名}}",
            ("{{此前未予审定}}", "{{审定意见}}"),
            "签字：{{审定人}}",
            "　　　　{{审定日期}}",
        ),
    ]
    return office_form("approval.docx", "回复审定单", form_table(rows), note="依据：{{依据}}")
