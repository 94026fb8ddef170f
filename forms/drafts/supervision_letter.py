"""督办函: the cases, what is wrong, what is wanted and by when, in the letter form."""

from __future__ import annotations

from letter_form import letter
from official_text import addressee, heading, listed, signature, text
from package import Draft

_CASES = (0.0, 11.0, 31.0, 67.0, 113.0, 156.0)


def supervision_letter() -> Draft:
    cases = listed(
        _CASES,
        (
            ("序号", "center", ("{{件.序号}}",)),
            ("编号", "center", ("{{件.编号}}",)),
            ("标题", "left", ("{{件.标题}}",)),
            ("办理时限", "left", ("交办：{{件.交办日期}}", "到期：{{件.到期日期}}", "{{件.工作日}}")),
            ("此前提醒、催办", "left", ("{{件.此前文书}}",)),
        ),
    )
    body = "".join(
        (
            addressee(),
            text("{{缘由}}"),
            heading("一、涉及留言"),
            cases,
            text("领导批示：{{领导批示}}"),
            heading("二、存在问题"),
            text("{{存在问题}}"),
            heading("三、办理要求"),
            text("{{办理要求}}"),
            text("办理期限：{{新期限}}。"),
            text("反馈方式：{{反馈方式}}。"),
            signature("特此函告。", copies=True),
        )
    )
    return letter("supervision-letter.docx", "督办函", body)
