"""备考表: how things stand with the file, who put it together and who checked it (X 第五条（六）, T 第十六条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of
from desktop_app.documents.papers.filed import documents_filed
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import day_or_by_hand
from desktop_app.documents.recorded_values import Values
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class FileNoteFacts:
    """All that the note says of itself; the rest is for the pen."""

    head: PaperHead
    documents: int
    files: int
    reopened: int
    archived: date | None = None


def file_note_facts(source: PaperSource) -> FileNoteFacts:
    case = source.case
    return FileNoteFacts(
        head=head_of(source),
        documents=len(documents_filed(source)),
        files=len(source.filed.attachments),
        reopened=len(case.reopenings),
        archived=case.archived_on,
    )


def file_note_values(facts: FileNoteFacts) -> Values:
    files = f"，其中随卷保存的电子件{facts.files}件" if facts.files else ""
    lines = [f"本卷共有文件{facts.documents}件{files}，目录附后。"]
    if facts.reopened:
        lines.append(f"本件归档或者不予受理之后，曾重新办理{facts.reopened}次。")
    return {
        **head_values(facts.head),
        "情况说明": "\n".join(lines),
        "立卷人": "",
        "检查人": "",
        "立卷日期": day_or_by_hand(facts.archived),
    }
