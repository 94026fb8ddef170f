"""`liuyan dispose`: lawful disposal of what closed cases hold of their citizens; there is no way back."""

from __future__ import annotations

import argparse
from typing import Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("dispose", help="依法销毁已归档办件的受保护文字，不能撤回")
    parser.add_argument("numbers", metavar="NUMBER", nargs="+", help="登记号")
    parser.add_argument("--reason", default="", metavar="R", help="理由和依据")
    parser.add_argument("--decided-by", default="", metavar="N", help="批准人")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import disposal

        done = disposal.dispose_many(session, arguments.numbers, arguments.reason, arguments.decided_by)
    document = [
        {
            "number": one.number,
            "event": one.event,
            "words": one.words,
            "papers": one.papers,
            "files": one.files,
        }
        for one in done
    ]
    console.answer(document, _table)
    return 0


def _table(document: Any) -> str:
    rows = [["登记号", "文字", "文书内容", "附件"]]
    rows += [[one["number"], str(one["words"]), str(one["papers"]), str(one["files"])] for one in document]
    return columns(rows)
