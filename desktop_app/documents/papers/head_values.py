"""The upper part of every office form: the paper's name, who issues it, and which case it is about."""

from __future__ import annotations

from desktop_app.documents.papers.facts import OfficeFacts, PaperHead
from desktop_app.documents.papers.words import day_words, due_words, moment_words


def head_values(head: PaperHead) -> dict[str, str]:
    return {
        **office_values(head.office),
        "文书名称": head.paper_title,
        "识别码": head.code,
        "依据": head.basis,
        "网民称谓": head.citizen_words,
        "登记号": head.register_number,
        "留言编号": head.board_number,
        "板块": head.board,
        "标题": head.title,
        "类别": head.category,
        "领域": head.topic,
        "留言时间": moment_words(head.written),
        "收件时间": day_words(head.registered),
        "急缓": head.urgency,
        "承办单编号": head.slip_number,
        "牵头单位": head.lead,
        "协办单位": "、".join(head.supporting),
        "交办时间": day_words(head.dispatched),
        "签收时间": day_words(head.received),
        "到期日期": due_words(head.due),
    }


def office_values(office: OfficeFacts) -> dict[str, str]:
    return {"交办单位": office.name, "交办单位联系人": office.contact, "交办单位电话": office.phone}
