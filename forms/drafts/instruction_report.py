"""批示件办理结果专报: to the leader, word for word what was instructed, what was done, and what came of it."""

from __future__ import annotations

from official_text import addressee, heading, signature, text
from package import Draft
from report_form import report


def instruction_report() -> Draft:
    body = "".join(
        (
            addressee(),
            heading("一、批示情况"),
            text("{{领导批示}}"),
            heading("二、留言反映的问题"),
            text("{{留言摘要}}"),
            heading("三、办理过程"),
            text("{{办理过程}}"),
            heading("四、办理结果"),
            text("{{办理结果}}"),
            text("下一步：{{下一步}}"),
            signature("特此报告。", copies=False),
        )
    )
    return report("instruction-report.docx", "批示件办理结果专报", body)
