"""移交情况报告: to the 督查室 on the day of the transfer, so that it supervises specially."""

from __future__ import annotations

from official_text import addressee, heading, signature, text
from package import Draft
from report_form import report
from transfer_letter import course


def transfer_report() -> Draft:
    body = "".join(
        (
            addressee(),
            text("{{缘由}}"),
            heading("一、涉及单位和人员"),
            text("{{单位与人员}}"),
            heading("二、办理经过"),
            course(),
            heading("三、涉嫌问题线索"),
            text("{{问题线索}}"),
            heading("四、后果和影响"),
            text("{{后果与影响}}"),
            signature("特此报告。", copies=False),
        )
    )
    return report("transfer-report.docx", "移交情况报告", body)
