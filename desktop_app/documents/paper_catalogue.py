"""The papers this program can make: their ids, their titles in the office's words, and whether they may name the citizen.

In which states a paper may be made, and under which article, is the regulation's to say (`[[form]]` in its
file); this module only knows what lies in `forms/`. Why which paper may name the citizen: docs/adr/019.
"""

from __future__ import annotations

from dataclasses import dataclass

SLIP = "slip"
SLIP_ANONYMOUS = "slip-anonymous"
REMINDER = "reminder"
URGE = "urge"
SUPERVISION_LETTER = "supervision-letter"
SUPERVISION_SLIP = "supervision-slip"
TRANSFER_LETTER = "transfer-letter"
TRANSFER_REPORT = "transfer-report"
EXTENSION = "extension"
RETURN = "return"
REWORK = "rework"
REFUSAL = "refusal"
PRIVATE_ANSWER = "private-answer"
INVESTIGATION = "investigation"
EXPLANATION = "explanation"
APPROVAL = "approval"
REPLY = "reply"
INSTRUCTION_REPORT = "instruction-report"
FOLLOW_UP = "follow-up"
DEADLINE_NOTE = "deadline-note"
FILE_COVER = "file-cover"
FILE_CATALOGUE = "file-catalogue"
FILE_NOTE = "file-note"
BULLETIN = "bulletin"


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper; its template is `<form_id>.docx`.

    `identity`: may carry the citizen's name and contact. A template of a paper without it is refused when it
    asks for a protected field, and everything that goes into it is masked.
    """

    form_id: str
    title: str
    identity: bool = False

    @property
    def file_name(self) -> str:
        """Name of the template, in the shipped folder and in the office's own."""
        return f"{self.form_id}.docx"


PAPERS: dict[str, Paper] = {
    paper.form_id: paper
    for paper in (
        Paper(SLIP, "承办单", identity=True),
        Paper(SLIP_ANONYMOUS, "承办单（隐去网民身份）"),
        Paper(REMINDER, "提醒单"),
        Paper(URGE, "催办单"),
        Paper(SUPERVISION_LETTER, "督办函"),
        Paper(SUPERVISION_SLIP, "督办单"),
        Paper(TRANSFER_LETTER, "移交函"),
        Paper(TRANSFER_REPORT, "移交情况报告"),
        Paper(EXTENSION, "延期办理申请表"),
        Paper(RETURN, "退办单"),
        Paper(REWORK, "退回重办通知"),
        Paper(REFUSAL, "不予受理告知", identity=True),
        Paper(PRIVATE_ANSWER, "直接答复记录", identity=True),
        Paper(INVESTIGATION, "联合调研记录"),
        Paper(EXPLANATION, "解释说明", identity=True),
        Paper(APPROVAL, "回复审定单"),
        Paper(REPLY, "公开答复稿"),
        Paper(INSTRUCTION_REPORT, "批示件办理结果专报"),
        Paper(FOLLOW_UP, "回访记录"),
        Paper(DEADLINE_NOTE, "时限计算说明"),
        Paper(FILE_COVER, "案卷封面"),
        Paper(FILE_CATALOGUE, "归档文件目录"),
        Paper(FILE_NOTE, "备考表"),
    )
}
"""Papers of a case."""

OFFICE_PAPERS: dict[str, Paper] = {BULLETIN: Paper(BULLETIN, "督查通报、办理情况报告")}
"""Papers that the office makes of many cases at once, under its own name."""

TEMPLATES: dict[str, Paper] = {**PAPERS, **OFFICE_PAPERS}
"""Everything that lies in `forms/`."""
