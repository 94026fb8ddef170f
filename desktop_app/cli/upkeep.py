"""`liuyan verify` and `liuyan backup`: proving the data, and keeping a second copy."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import data_folder, open_office, read_password
from desktop_app.cli.main import Misuse
from desktop_app.errors import StorageProblem

if TYPE_CHECKING:
    from desktop_app.domain.office_records import Problem
    from desktop_app.services.sealed_history import EarlierCopy
    from desktop_app.services.session import Session


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verify = commands.add_parser("verify", help="核验数据")
    verify.add_argument("--against", type=Path, metavar="BACKUP", help="再与这份备份（如优盘上的）逐条对照")
    verify.add_argument(
        "--rebuild", action="store_true", help="先由记录重建检索、相似的索引和各状态的件数，再核验"
    )
    verify.set_defaults(run=run_verify)
    backup = commands.add_parser("backup", help="备份")
    backup.add_argument("-o", dest="output", type=Path, metavar="FILE", help="备份到哪里")
    backup.set_defaults(run=run_backup)


def run_verify(arguments: argparse.Namespace, console: Console) -> int:
    try:
        with open_office(arguments, checked=False, moved_too=True) as session:
            from desktop_app.domain.access_entries import VERIFIED
            from desktop_app.services import access, searched_words, verification

            if arguments.rebuild:
                searched_words.rebuild(session, console.progress("正在重建"))
            found = verification.verify(
                session,
                against=_earlier_copy(session, arguments),
                progress=console.progress("正在核验"),
            )
            access.record(session, VERIFIED, {"problems": str(len(found.problems))})
    except StorageProblem as problem:
        # The password was right, but the file cannot even be opened: that is what was asked.
        if problem.code not in ("damaged", "wrong_key"):
            raise
        where = str(data_folder(arguments))
        document = _verified([{"kind": "storage", "where": where, "message": problem.message}], [], 0, 0)
    else:
        document = _verified(_told(found.problems), _told(found.notes), found.cases, found.events)
    console.answer(document, _verify_table)
    return 0 if document["ok"] else 3


def _earlier_copy(session: Session, arguments: argparse.Namespace) -> EarlierCopy | None:
    """The backup of `--against`, opened by today's key or, where that was renewed since, by the password."""
    if arguments.against is None:
        return None
    if not arguments.against.is_file():
        raise Misuse(f"没有这个备份文件：{arguments.against}")
    from desktop_app.services import restoration, sealed_history

    def unlock(folder: Path) -> bytes:
        password = read_password(getattr(arguments, "password_file", None))
        return restoration.with_password(session.user.name, password)(folder)

    return sealed_history.earlier_copy(session, arguments.against, unlock)


def _told(found: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [{"kind": one.kind, "where": one.where, "message": one.message} for one in found]


def _verified(
    problems: list[dict[str, str]], notes: list[dict[str, str]], cases: int, events: int
) -> dict[str, Any]:
    return {"ok": not problems, "problems": problems, "notes": notes, "cases": cases, "events": events}


def _verify_table(document: Any) -> str:
    notes = [f"{one['where']}：{one['message']}" for one in document["notes"]]
    if document["ok"]:
        return "\n".join([f"核验无误：{document['cases']} 件，{document['events']} 条记录。", *notes])
    return "\n".join([*(f"{one['where']}：{one['message']}" for one in document["problems"]), *notes])


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
