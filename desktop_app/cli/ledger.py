"""`liuyan ledger`: the register as an Excel workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse
from desktop_app.cli.register import add_filters, chosen_query


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("ledger", help="导出台账")
    parser.add_argument("-o", dest="output", type=Path, required=True, metavar="FILE.xlsx")
    parser.add_argument("--ledger", metavar="ID", help="哪一种台账，默认登记台账")
    parser.add_argument("--unmasked", action="store_true", help="不遮盖网民身份（需要权限和理由）")
    parser.add_argument("--reason", default="", metavar="R", help="不遮盖的理由")
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
        )
    document = {"file": str(arguments.output), "rows": rows}
    console.answer(document, lambda one: f"台账 {one['rows']} 行，已存为 {one['file']}。")
    return 0
