"""`liuyan calendar`: holiday notices in, the days of a year, and a notice taken back."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import FIRST_YEAR, LAST_YEAR, Misuse

if TYPE_CHECKING:
    from desktop_app.domain.work_calendar import Notice, WorkCalendar
    from desktop_app.errors import Fault
    from desktop_app.services.holidays import Change
    from desktop_app.services.recount import Moved

Document = dict[str, Any]

_STANDARD_INPUT = "-"


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    calendar = commands.add_parser("calendar", help="放假安排：录入通知、查看一年、撤销")
    verbs = calendar.add_subparsers(title="动作", metavar="动作", required=True, parser_class=type(calendar))
    bring = verbs.add_parser("import", help="录入放假通知（通知全文或 JSON）")
    bring.add_argument("file", metavar="FILE", help="通知全文（.txt .md）或 .json；- 为标准输入")
    bring.add_argument("--local", metavar="REGION", default="", help="地方通知：哪个地方的")
    bring.add_argument("--year", type=_year, metavar="Y", help="哪一年的安排；文中写明的不必")
    bring.add_argument("--source", default="", metavar="TEXT", help="依据的名称和文号；默认取自通知标题")
    bring.add_argument("--dry-run", action="store_true", help="只看结果，不录入")
    bring.set_defaults(run=run_import)
    show = verbs.add_parser("show", help="一年之中哪些天上班")
    show.add_argument("year", metavar="YEAR", type=_year)
    show.add_argument("--local", metavar="REGION", action="append", help="地方通知只算这个地方的；可写几次")
    show.set_defaults(run=run_show)
    undo = verbs.add_parser("undo", help="撤销最后录入的一份通知")
    undo.add_argument("year", metavar="YEAR", type=_year)
    undo.add_argument("--local", metavar="REGION", default="", help="地方通知：哪个地方的")
    undo.add_argument("--dry-run", action="store_true", help="只看结果，不撤销")
    undo.set_defaults(run=run_undo)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text) <= LAST_YEAR):
        raise argparse.ArgumentTypeError(f"“{text}”不是 {FIRST_YEAR} 到 {LAST_YEAR} 的年份")
    return int(text)


# ------------------------------------------------------------------ entering and taking back


def run_import(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.file == _STANDARD_INPUT and getattr(arguments, "password_file", None) == _STANDARD_INPUT:
        raise Misuse("通知和密码不能都从标准输入读取；请用 --password-file 文件")
    text, name = _text_of(arguments.file)
    with open_office(arguments) as session:
        from desktop_app.services import holidays

        given = holidays.Given(text, name, arguments.year, arguments.local, arguments.source)
        if arguments.dry_run:
            shown = holidays.preview(session, given)
            shown.read.sure()
        else:
            shown = holidays.enter(session, given)
    if shown.change is None:
        raise AssertionError("a notice without faults has its effect")
    console.answer(_document(shown.change, shown.read.warnings), _import_table)
    return 0


def _text_of(file: str) -> tuple[str, str]:
    from desktop_app.documents.notice_files import notice_text

    if file == _STANDARD_INPUT:
        return notice_text(Path("标准输入"), sys.stdin.buffer.read()), "标准输入"
    return notice_text(Path(file)), Path(file).name


def run_undo(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import holidays

        event = holidays.last_entered(session, arguments.year, arguments.local)
        act = holidays.preview_withdrawal if arguments.dry_run else holidays.withdraw
        change = act(session, event)
    console.answer(_document(change, ()), _undo_table)
    return 0


def _document(change: Change, warnings: Iterable[Fault]) -> Document:
    notice, moves = change.notice, change.moves
    return {
        "year": notice.year,
        "region": notice.region,
        "source": notice.source,
        "issuer": notice.issuer,
        "days": len(notice.days),
        "event": change.event,
        "replaced": list(change.replaced),
        "moved": [_moved(one) for one in moves.moved],
        "confirmed": [_moved(one) for one in moves.confirmed],
        "settled": [_moved(one) for one in moves.settled],
        "warnings": [{"file": one.file, "place": one.place, "reason": one.reason} for one in warnings],
    }


def _moved(one: Moved) -> Document:
    return {
        "number": one.number,
        "title": one.title,
        "old_due": _day(one.old_due),
        "new_due": _day(one.new_due),
        "old_reminder": _day(one.old_reminder),
        "new_reminder": _day(one.new_reminder),
        "old_provisional": one.old_provisional,
        "new_provisional": one.new_provisional,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _import_table(document: Document) -> str:
    done = "已录入" if document["event"] is not None else "可以录入（没有录入）"
    lines = [f"{done}：{document['source']}，写明 {document['days']} 天。"]
    lines += [f"代替：{source}" for source in document["replaced"]]
    lines += [
        f"请核对：{one['place']}{'：' if one['place'] else ''}{one['reason']}" for one in document["warnings"]
    ]
    return "\n".join([*lines, *_moves_lines(document)])


def _undo_table(document: Document) -> str:
    done = "已撤销" if document["event"] is not None else "可以撤销（没有撤销）"
    return "\n".join([f"{done}：{document['source']}。", *_moves_lines(document)])


def _moves_lines(document: Document) -> list[str]:
    moved = document["moved"]
    rows = [[one["number"], _change_words(one), one["title"]] for one in moved]
    lines = [f"期限改变 {len(moved)} 件。", *([columns(rows)] if rows else [])]
    if document["confirmed"]:
        lines.append(f"日期不变，只改变是否暂定 {len(document['confirmed'])} 件。")
    if document["settled"]:
        lines.append(f"已办结的件按新安排重算 {len(document['settled'])} 件。")
    return lines


def _change_words(one: Document) -> str:
    """``2026-12-31 → 2026-12-30``; where only the reminder moves, that."""
    if one["old_due"] != one["new_due"]:
        return f"到期 {_due_words(one, 'old')} → {_due_words(one, 'new')}"
    return f"到期 {_due_words(one, 'new')} 不变，提醒 {one['old_reminder']} → {one['new_reminder']}"


def _due_words(one: Document, which: str) -> str:
    return f"{one[which + '_due']}{'（暂定）' if one[which + '_provisional'] else ''}"


# ------------------------------------------------------------------ a year


def run_show(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import holidays

        calendar = holidays.calendar_of(session, arguments.local)
    console.answer(_year_document(calendar, arguments.year), _year_table)
    return 0


def _year_document(calendar: WorkCalendar, year: int) -> Document:
    notices = [one for one in calendar.notices if _speaks_of(one, year)]
    names = {day.date: day.name for one in notices for day in one.days}
    days = calendar.days(date(year, 1, 1), date(year, 12, 31))
    return {
        "year": year,
        "provisional": calendar.is_provisional(date(year, 1, 1)),
        "notices": [
            {"year": one.year, "source": one.source, "region": one.region, "issuer": one.issuer}
            for one in notices
        ],
        "days": [
            {
                "date": day.date.isoformat(),
                "working": day.working,
                "why": day.why,
                "name": day.holiday or (names.get(day.date) if day.source else None),
                "source": day.source,
            }
            for day in days
        ],
    }


def _speaks_of(notice: Notice, year: int) -> bool:
    """A notice of the next year may arrange days of this year's December."""
    return notice.year == year or any(day.date.year == year for day in notice.days)


def _year_table(document: Document) -> str:
    from desktop_app.domain.wording import full_date

    head = f"{document['year']}年：" + ("放假安排未发布，暂定" if document["provisional"] else "已有放假安排")
    named = [day for day in document["days"] if day["source"]]
    rows = [
        [full_date(date.fromisoformat(day["date"])), "班" if day["working"] else "休", day["why"]]
        for day in named
    ]
    sources = [
        f"依据：{one['source']}{'（' + one['region'] + '）' if one['region'] else ''}"
        for one in document["notices"]
    ]
    return "\n".join([head, *sources, columns(rows)])
