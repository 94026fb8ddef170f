"""`liuyan journal`: looking through what was done and who looked, for the auditor."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse, iso_date
from desktop_app.cli.register import positive


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("journal", help="查阅、导出审计日志")
    parser.add_argument("--from", dest="low", type=iso_date, metavar="D", help="录入日期从")
    parser.add_argument("--to", dest="high", type=iso_date, metavar="D", help="录入日期到")
    parser.add_argument("--user-name", default="", metavar="N", help="谁")
    parser.add_argument("--action", default="", metavar="A", help="哪种记录：英文名或中文名")
    parser.add_argument("--number", default="", metavar="NUMBER", help="登记号")
    parser.add_argument("--text", default="", metavar="Q", help="查找文字")
    parser.add_argument("--limit", type=positive, default=50, metavar="N", help="最多几条")
    parser.add_argument("--after", metavar="CURSOR", help="上一页给出的续页标记")
    parser.add_argument("-o", dest="output", type=Path, metavar="FILE.xlsx", help="全部导出到文件")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services.trail import TrailQuery

    query = TrailQuery(
        arguments.low,
        arguments.high,
        arguments.user_name,
        arguments.action,
        arguments.number,
        arguments.text,
    )
    if arguments.output is not None:
        return _export(arguments, query, console)
    with open_office(arguments) as session:
        from desktop_app.services import trail

        after = trail.Place.decode(arguments.after) if arguments.after else None
        page = trail.read_page(session, query, arguments.limit, after)
        trail.record_reading(session, "command-line")
        document = {
            "lines": [_line(one) for one in page.lines],
            "next": page.next.encode() if page.next is not None else None,
        }
    console.answer(document, _table)
    return 0


def _export(arguments: argparse.Namespace, query: Any, console: Console) -> int:
    if arguments.output.suffix.lower() != ".xlsx":
        raise Misuse("-o 的文件名应以 .xlsx 结尾")
    with open_office(arguments) as session:
        from desktop_app.documents.trail_sheet import write_trail

        rows = write_trail(session, query, arguments.output)
    document = {"file": str(arguments.output), "rows": rows}
    console.answer(document, lambda one: f"审计日志 {one['rows']} 条，已存为 {one['file']}。")
    return 0


def _line(one: Any) -> dict[str, Any]:
    return {
        "chain": one.chain,
        "id": one.id,
        "entered": one.entered,
        "by": one.by,
        "action": one.action,
        "title": one.title,
        "number": one.number or None,
        "facts": dict(one.facts),
        "words": one.words,
        "practice": one.practice,
    }


def _table(document: Any) -> str:
    if not document["lines"]:
        return "没有符合条件的记录。"
    rows = [["时间", "用户", "事项", "登记号", "内容"]]
    rows += [
        [one["entered"][:19].replace("T", " "), one["by"], one["title"], one["number"] or "", one["words"]]
        for one in document["lines"]
    ]
    more = f"\n后面还有，续页：--after {document['next']}" if document["next"] else ""
    return columns(rows) + more
