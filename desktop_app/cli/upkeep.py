"""`liuyan verify` and `liuyan backup`: proving the data, and keeping a second copy."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import data_folder, open_office
from desktop_app.errors import StorageProblem


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("verify", help="核验数据").set_defaults(run=run_verify)
    backup = commands.add_parser("backup", help="备份")
    backup.add_argument("-o", dest="output", type=Path, metavar="FILE", help="备份到哪里")
    backup.set_defaults(run=run_backup)


def run_verify(arguments: argparse.Namespace, console: Console) -> int:
    try:
        with open_office(arguments, checked=False) as session:
            from desktop_app.services import verification

            found = verification.verify(session)
    except StorageProblem as problem:
        # The password was right, but the file cannot even be opened: that is what was asked.
        if problem.code not in ("damaged", "wrong_key"):
            raise
        where = str(data_folder(arguments))
        document = _verified([{"kind": "storage", "where": where, "message": problem.message}], 0, 0)
    else:
        problems = [{"kind": one.kind, "where": one.where, "message": one.message} for one in found.problems]
        document = _verified(problems, found.cases, found.events)
    console.answer(document, _verify_table)
    return 0 if document["ok"] else 3


def _verified(problems: list[dict[str, str]], cases: int, events: int) -> dict[str, Any]:
    return {"ok": not problems, "problems": problems, "cases": cases, "events": events}


def _verify_table(document: Any) -> str:
    if document["ok"]:
        return f"核验无误：{document['cases']} 件，{document['events']} 条记录。"
    return "\n".join(f"{one['where']}：{one['message']}" for one in document["problems"])


def run_backup(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import backups

        saved = backups.back_up(session, arguments.output)
    document = {
        "file": str(saved.file),
        "sha256": saved.sha256,
        "size": saved.size,
        "second": str(saved.second) if saved.second is not None else None,
        "fault": saved.fault or None,
    }
    console.answer(document, _backup_table)
    return 0


def _backup_table(saved: Any) -> str:
    lines = [f"已备份到 {saved['file']}（{saved['size']} 字节），并已核验。"]
    if saved["second"]:
        lines.append(f"第二处也有了：{saved['second']}，已核验。")
    return "\n".join([*lines, *([saved["fault"]] if saved["fault"] else [])])
