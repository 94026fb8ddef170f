"""What happened to a case, told so that any reader of the future can follow it: plain HTML, plain text, JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from html import escape

from desktop_app.domain.actions import ACTIONS
from desktop_app.domain.archive_numbers import kept_until
from desktop_app.domain.corrections import WITH
from desktop_app.domain.wording import long_date
from desktop_app.services.archive import KeptCase
from desktop_app.services.case_view import EventView

_OTHER_KEYS = {
    "document": "文号",
    "regulation": "适用办法",
    "source": "板块",
    "form": "文书",
    "sha256": "校验值",
    "item": "件号",
    "retention": "保管期限",
    "year": "年度",
}
_QUIET = frozenset(("template", "values", "attachment", "paper", "batch", "raw_title", "raw_text"))
_STYLE = (
    'body{font:16px/1.7 "SimSun","Noto Serif CJK SC",serif;max-width:60em;margin:2em auto;padding:0 1em}'
    "table{border-collapse:collapse;width:100%}td,th{border:1px solid #555;padding:.3em .6em;text-align:left;"
    "vertical-align:top}th{background:#eee}.text{white-space:pre-wrap;border:1px solid #555;padding:1em}"
    ".void{text-decoration:line-through}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}"
)


def facts_of(kept: KeptCase) -> dict[str, str]:
    """Short facts of the case, named, for its index and its story; nothing of the citizen."""
    view = kept.view
    case, row = view.case, view.row
    until = kept_until(case.closed_on, case.retention) if case.closed_on is not None else None
    told = {
        "档号": str(kept.number) if kept.number is not None else "",
        "登记号": row.number,
        "留言编号": row.board_number,
        "板块": row.source,
        "收件日期": long_date(row.received),
        "类别": row.category,
        "急缓": row.urgency,
        "承办单位": row.lead,
        "协办单位": "、".join(row.supporting),
        "交办日期": _day(row.dispatched),
        "答复日期": _day(row.replied),
        "公开日期": _day(row.published),
        "办结日期": _day(case.closed_on),
        "归档日期": _day(case.archived_on),
        "保管期限": case.retention,
        "保管至": _day(until),
        "责任者": kept.office,
        "适用办法": view.regulation.title,
        "练习数据": "是" if any(event.practice for event in view.events) else "",
    }
    return {name: value for name, value in told.items() if value}


def title_of(kept: KeptCase) -> str:
    """题名, masked: catalogues are read by many."""
    return f"关于“{kept.masked.message.title}”{kept.view.regulation.words.message}的办理材料"


def story_html(kept: KeptCase) -> bytes:
    """The case as one page that any browser opens, with nothing to fetch and nothing that runs."""
    message = kept.message
    citizen = message.citizen
    who = {
        "姓名": citizen.name,
        "联系方式": citizen.contact,
        "单位": citizen.work_unit,
        "地址": citizen.address,
        "IP": citizen.ip,
        "留言时间": message.written,
    }
    parts = [
        f"<h1>{escape(message.title)}</h1>",
        _facts_table(facts_of(kept)),
        "<h2>留言</h2>",
        _facts_table({name: value for name, value in who.items() if value}),
        f'<p class="text">{escape(message.text)}</p>',
        "<h2>办理经过</h2>",
        _events_table(kept.view.events),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{escape(kept.view.row.number)}</title><style>{_STYLE}</style></head>"
        f"<body>{''.join(parts)}</body></html>\n"
    ).encode()


def proof_lines(kept: KeptCase) -> bytes:
    """The records of the case as the journal hashed them, one a line, so that each can be proven by its SM3 alone."""
    lines = []
    for one in kept.proofs:
        told: dict[str, object] = {"id": one.id, "sm3": one.hash}
        if one.withheld_for:
            told["withheld"] = one.withheld_for
        else:
            told["canonical"] = one.canonical
            told["words"] = {key: {"salt": salt, "words": words} for key, (salt, words) in one.words.items()}
        lines.append(json.dumps(told, ensure_ascii=False, sort_keys=True))
    return ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")


def _events_table(events: Iterable[EventView]) -> str:
    rows = "".join(_event_row(one) for one in events)
    return f"<table><tr><th>日期</th><th>事项</th><th>内容</th><th>录入</th></tr>{rows}</table>"


def _event_row(one: EventView) -> str:
    said = "<br>".join(f"{escape(name)}：{_lines(value)}" for name, value in _said(one))
    marks = "".join(f"〔{mark}〕" for mark in (one.late, "已更正" if one.void else "") if mark)
    shape = ' class="void"' if one.void else ""
    return (
        f"<tr><td>{one.on.isoformat()}</td><td><span{shape}>{escape(one.title)}</span>{escape(marks)}</td>"
        f"<td>{said}</td><td>{escape(one.by)}<br>{escape(one.entered[:19].replace('T', ' '))}</td></tr>"
    )


def _said(one: EventView) -> Iterator[tuple[str, str]]:
    shape = ACTIONS.get(one.action)
    for name, value in one.keys.items():
        key = shape.key(name.removeprefix(WITH)) if shape is not None else None
        if value and name not in _QUIET:
            yield (key.title if key is not None else _OTHER_KEYS.get(name, name)), value


def _facts_table(facts: Mapping[str, str]) -> str:
    rows = "".join(
        f"<tr><th>{escape(name)}</th><td>{_lines(value)}</td></tr>" for name, value in facts.items()
    )
    return f"<table>{rows}</table>"


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _day(day: date | None) -> str:
    return long_date(day) if day is not None else ""
