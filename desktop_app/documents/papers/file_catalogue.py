"""归档文件目录: one line a document, with the columns of DA/T 22-2015 (X 第五条（六）, T 第十六条)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.facts import PaperHead, head_of
from desktop_app.documents.papers.filed import FiledDocument, documents_filed
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.recorded_values import Values
from desktop_app.documents.template_pieces import Row
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource


@dataclass(frozen=True, slots=True)
class FileCatalogueFacts:
    """All that the catalogue says. file_number: 档号 of the whole 件; 密级 and 页数 are left for the pen."""

    head: PaperHead
    documents: tuple[FiledDocument, ...]
    on: date
    file_number: str = ""


def file_catalogue_facts(source: PaperSource) -> FileCatalogueFacts:
    return FileCatalogueFacts(head_of(source), documents_filed(source), source.today, source.filed.number)


def file_catalogue_values(facts: FileCatalogueFacts) -> Values:
    return {
        **head_values(facts.head),
        "件数": str(len(facts.documents)),
        "成文日期": long_date(facts.on),
        "文件": [_row(number, one, facts.file_number) for number, one in enumerate(facts.documents, start=1)],
    }


def _row(number: int, one: FiledDocument, file_number: str) -> Row:
    return {
        "序号": str(number),
        "档号": file_number,
        "文号": one.number,
        "责任者": one.author,
        "题名": one.title,
        "日期": f"{one.on:%Y%m%d}" if one.on is not None else "",
        "密级": "",
        "页数": "",
        "备注": one.note,
    }
