"""`liuyan list`, `show` and `todo`: looking at the register."""

from __future__ import annotations

import argparse
import contextlib
import re
from typing import Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import countable_date, iso_date
from desktop_app.errors import StorageProblem

_LIMIT = re.compile("0*[1-9][0-9]{0,8}")
SORTS = ("number", "due", "received", "status", "unit")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    listing = commands.add_parser("list", help="列出留言件")
    add_filters(listing)
    listing.add_argument("--limit", type=positive, default=50, metavar="N", help="最多几件")
    listing.add_argument("--after", metavar="CURSOR", help="上一页给出的续页标记")
    listing.set_defaults(run=run_list)
    show = commands.add_parser("show", help="查看一件")
    show.add_argument("number", metavar="NUMBER", help="登记号，或 board:留言编号")
    show.add_argument("--reveal", action="store_true", help="显示受保护的信息（记入日志）")
    show.add_argument("--reason", default="", metavar="R", help="显示的理由")
    show.set_defaults(run=run_show)
    todo = commands.add_parser("todo", help="待办事项")
    todo.add_argument("--on", type=countable_date, metavar="DATE", help="哪一天")
    todo.set_defaults(run=run_todo)


def add_filters(parser: argparse.ArgumentParser) -> None:
    """Options that choose cases, alike for lists and ledgers."""
    parser.add_argument("--status", metavar="S", help="状态")
    parser.add_argument("--unit", metavar="U", help="承办单位")
    parser.add_argument("--category", metavar="C", help="类别")
    parser.add_argument("--text", metavar="Q", help="查找文字")
    parser.add_argument("--due-from", type=iso_date, metavar="D", help="到期日从")
    parser.add_argument("--due-to", type=iso_date, metavar="D", help="到期日到")
    parser.add_argument("--overdue", action="store_true", help="只列逾期")
    parser.add_argument("--sort", choices=SORTS, help="排序；不写则按登记号，新的在前")
    parser.add_argument("--desc", action="store_true", help="倒序")


def chosen_query(session: Any, arguments: argparse.Namespace) -> Any:
    from desktop_app.services import queries

    return queries.query_of(
        session,
        status=arguments.status,
        unit=arguments.unit,
        category=arguments.category,
        text=arguments.text,
        due_from=arguments.due_from,
        due_to=arguments.due_to,
        overdue=arguments.overdue,
        sort=arguments.sort or "number",
        descending=arguments.desc or arguments.sort is None,
    )


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.cli import shapes
        from desktop_app.domain.case_queries import Cursor
        from desktop_app.services import queries

        query = chosen_query(session, arguments)
        after = Cursor.decode(arguments.after, query) if arguments.after else None
        page = queries.list_cases(session, query, arguments.limit, after)
        document = {
            "total": page.total,
            "total_exact": page.total_exact,
            "next": page.next.encode() if page.next is not None else None,
            "cases": [shapes.listed(one) for one in page.cases],
        }
    console.answer(document, _list_table)
    return 0


def _list_table(document: Any) -> str:
    rows = [["登记号", "状态", "到期", "类别", "承办单位", "标题"]]
    for case in document["cases"]:
        due = case["due"] or ""
        mark = f"{due} 逾期{case['days_overdue']}日" if case["overdue"] else due
        rows.append(
            [
                case["number"],
                case["status"],
                mark,
                case["category"] or "",
                case["lead"] or "",
                case["title"][:30],
            ]
        )
    more = "，后面还有" if document["next"] else ""
    return f"{columns(rows)}\n共 {document['total']} 件{more}"


def run_show(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.cli import shapes
        from desktop_app.services import access, case_view

        if arguments.reveal:
            view = case_view.reveal_case(session, arguments.number, arguments.reason)
        else:
            view = case_view.view_case(session, arguments.number)
            access.record_view(session, view.row.number)
        document = shapes.case_file(view)
    console.answer(document, _case_table)
    return 0


def _case_table(case: Any) -> str:
    due = f"到期 {case['due']}" if case["due"] else "尚无期限"
    lines = [
        f"{case['number']}  {case['title']}",
        f"{case['status']}  {due}  {'逾期 ' + str(case['days_overdue']) + ' 个工作日' if case['overdue'] else ''}",
        f"类别 {case['category'] or '—'}  急缓 {case['urgency'] or '—'}  承办 {case['lead'] or '—'}",
        *_ties(case),
        "",
        case["text"],
        "",
        columns([[event["on"], event["title"], event["by"]] for event in case["events"]]),
    ]
    still_open = [item["kind"] for item in case["open_items"] if item["closed_by"] is None]
    if still_open:
        lines += ["", "待办：" + "、".join(still_open)]
    lines.append("可办：" + "、".join(one["action"] for one in case["allowed"]))
    return "\n".join(lines)


def _ties(case: Any) -> list[str]:
    """The cases that this one is answered with, or that are answered with it."""
    tied = [f"并入 {case['linked_to']}"] if case["linked_to"] else []
    if case["linked"]:
        tied.append(f"{'、'.join(case['linked'])} 并入本件")
    return tied


def run_todo(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.cli import shapes
        from desktop_app.services import kept_items, office_duties, queries

        day = arguments.on or session.today
        items = [shapes.todo_item(one) for one in queries.todo(session, day)]
        items += [shapes.office_todo_item(one) for one in office_duties.duties(session, day)]
        document = {"date": day.isoformat(), "items": items}
        # Only what the next one need not find again: that it can't be written is no fault of this one.
        with contextlib.suppress(StorageProblem):
            kept_items.save_found(session)
    console.answer(document, _todo_table)
    return 0


def _todo_table(document: Any) -> str:
    if not document["items"]:
        return f"{document['date']}：没有必须办理的事项。"
    rows = [["事项", "登记号", "条款", "自", "至"]]
    rows += [
        [one["kind"], one["number"] or "本单位", one["clause"] or "", one["since"], one["until"] or ""]
        for one in document["items"]
    ]
    return columns(rows)


def positive(text: str) -> int:
    """An argument that counts something."""
    if _LIMIT.fullmatch(text) is None:
        raise argparse.ArgumentTypeError(f"“{text[:20]}”应为正整数")
    return int(text)
