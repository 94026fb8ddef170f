"""移交函 to the discipline inspection, and the report of it to the 督查室 the same day (T 第二十条)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop_app.documents.papers.course import CourseLine, course_of
from desktop_app.documents.papers.facts import PaperHead, head_of, shown
from desktop_app.documents.papers.head_values import head_values
from desktop_app.documents.papers.words import sentence
from desktop_app.documents.recorded_values import Values
from desktop_app.documents.template_pieces import Row
from desktop_app.domain.wording import long_date
from desktop_app.services.papers import PaperSource

_BETWEEN = re.compile(r"[\n；;]+")
_NUMBERED = re.compile(r"^\s*(?:\d+[.、．]|（\d+）|\(\d+\))\s*")
_COPIES = re.compile(r"[，,、（(\s]*(?:一式|各)?\s*(\d+|[一二三四五六七八九十两]+)\s*份[）)]?")
_PAGES = re.compile(r"[，,、（(\s]*共?\s*(\d+|[一二三四五六七八九十两]+)\s*[页頁][）)]?")


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One of the papers handed over; copies and pages blank where the list does not say."""

    name: str
    copies: str = ""
    pages: str = ""


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """All that both papers say. addressee: of this paper; to: the organ that gets the case; number: the letter's."""

    head: PaperHead
    addressee: str
    to: str
    number: str
    unit: str
    on: date
    decided_by: str
    violation: str
    consequences: str
    reported_on: date
    persons: str
    course: tuple[CourseLine, ...]
    evidence: tuple[EvidenceItem, ...]
    urgency: str = ""


def transfer_facts(source: PaperSource) -> TransferFacts:
    words = shown(source)
    made = next(one for one in source.case.transfers if one.event == source.basis.event)
    ordinary = source.regulation.values("urgency")[0]
    return TransferFacts(
        head=head_of(source),
        addressee=source.form.addressee or made.to,
        to=made.to,
        number=made.number,
        unit=source.assignment.unit if source.assignment is not None else "",
        on=made.on,
        decided_by=made.decided_by,
        violation=words(made.violation),
        consequences=words(made.consequences),
        reported_on=made.reported_on,
        persons=words(made.persons),
        course=course_of(source),
        evidence=evidence_items(words(made.evidence)),
        urgency="" if source.case.urgency in ("", ordinary) else source.case.urgency,
    )


def evidence_items(listed: str) -> tuple[EvidenceItem, ...]:
    """The list as it was typed, an item a line: 答复材料，1份，3页."""
    return tuple(_item(line) for line in _BETWEEN.split(listed) if line.strip())


def _item(line: str) -> EvidenceItem:
    name = _NUMBERED.sub("", line).strip().rstrip("。")
    copies, pages = _COPIES.search(name), _PAGES.search(name)
    for found in (copies, pages):
        name = name.replace(found[0], "") if found is not None else name
    return EvidenceItem(
        name.strip(" ，,、（(："),
        copies[1] if copies is not None else "",
        pages[1] if pages is not None else "",
    )


def transfer_letter_values(facts: TransferFacts) -> Values:
    head = facts.head
    return {
        **_values(facts),
        "发文机关标志": head.office.name,
        "发文字号": facts.number,
        "首行标注": facts.urgency,
        "次行标注": "",
        "函件标题": "关于移交有关问题线索的函",
        "缘由": f"{facts.unit}承办的人民网地方领导留言板{head.message_words}“{head.title}”"
        f"（登记号{head.register_number}），经催办、督办未果，办理中发现有关问题线索。"
        f"根据{head.basis}的规定，经{facts.decided_by}决定，现将有关情况和材料移交你单位，请依规依纪依法处理。",
    }


def transfer_report_values(facts: TransferFacts) -> Values:
    head = facts.head
    number = f"（{facts.number}）" if facts.number else ""
    return {
        **_values(facts),
        "报告标题": "关于移交有关问题线索情况的报告",
        "缘由": f"{facts.unit}承办的人民网地方领导留言板{head.message_words}“{head.title}”"
        f"（登记号{head.register_number}），经催办、督办未果，办理中发现有关问题线索。"
        f"根据{head.basis}的规定，经{facts.decided_by}决定，{long_date(facts.on)}已移交{facts.to}{number}。"
        "现将有关情况报告如下，请予专项督办。",
        "移交字号": facts.number,
        "报送日期": long_date(facts.reported_on),
    }


def _values(facts: TransferFacts) -> Values:
    head = facts.head
    return {
        **head_values(head),
        "主送": facts.addressee,
        "移交机关": facts.to,
        "决定人": facts.decided_by,
        "单位与人员": sentence(facts.persons) or sentence(facts.unit),
        "问题线索": sentence(facts.violation),
        "后果与影响": sentence(facts.consequences),
        "署名": head.office.name,
        "成文日期": long_date(facts.on),
        "联系人": head.office.contact,
        "联系电话": head.office.phone,
        "经过": [_course_row(number, line) for number, line in enumerate(facts.course, start=1)],
        "材料": [_evidence_row(number, item) for number, item in enumerate(facts.evidence, start=1)],
    }


def _course_row(number: int, line: CourseLine) -> Row:
    return {
        "序号": str(number),
        "日期": long_date(line.on),
        "事项": line.what,
        "字号": line.number or "—",
        "情况": line.words or "—",
    }


def _evidence_row(number: int, item: EvidenceItem) -> Row:
    return {"序号": str(number), "名称": item.name, "份数": item.copies, "页数": item.pages}
