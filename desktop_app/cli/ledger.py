"""`liuyan ledger`: the register as an Excel workbook."""

from __future__ import annotations

import argparse
from calendar import monthrange
from datetime import date
from pathlib import Path

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse
from desktop_app.cli.register import add_filters, chosen_query

Period = tuple[date, date]


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("ledger", help="导出台账")
    parser.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.xlsx")
    parser.add_argument("--ledger", metavar="ID", help="哪一种台账，默认登记台账")
    parser.add_argument("--unmasked", action="store_true", help="不遮盖网民身份（需要权限和理由）")
    parser.add_argument("--reason", default="", metavar="R", help="不遮盖的理由")
    parser.add_argument("--columns", default="", metavar="KEY,…", help="只要这些栏")
    parser.add_argument("--month", type=_month, metavar="YYYY-MM", help="只要这个月的")
    parser.add_argument("--year", type=_year, metavar="Y", help="只要这一年的")
    add_filters(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.output.suffix.lower() != ".xlsx":
        raise Misuse("-o 的文件名应以 .xlsx 结尾")
    if arguments.sort == "number":
        # On paper a register begins with its first number; the list on the screen with its newest.
        arguments.desc = bool(arguments.desc)
    with open_office(arguments) as session:
        from desktop_app.documents.case_ledger import write_case_ledger

        rows = write_case_ledger(
            session,
            chosen_query(session, arguments),
            arguments.output,
            arguments.ledger,
            arguments.unmasked,
            arguments.reason,
            progress=console.progress("正在导出"),
            columns=[key.strip() for key in arguments.columns.split(",") if key.strip()],
            within=arguments.month or arguments.year,
        )
    document = {"file": str(arguments.output), "rows": rows}
    console.answer(document, lambda one: f"台账 {one['rows']} 行，已存为 {one['file']}。")
    return 0


def _month(text: str) -> Period:
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是月份，应如 2026-10") from None
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _year(text: str) -> Period:
    if len(text) != 4 or not text.isascii() or not text.isdigit() or text == "0000":
        raise argparse.ArgumentTypeError(f"“{text}”不是年份，应如 2026")
    return date(int(text), 1, 1), date(int(text), 12, 31)
