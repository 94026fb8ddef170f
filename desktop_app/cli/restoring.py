"""`liuyan restore` and `recover`: a proved backup in the place of what is there; what a damaged office still holds."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import data_folder, read_password, today, user_name

if TYPE_CHECKING:
    from desktop_app.domain.office_records import Problem


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    restore = commands.add_parser("restore", help="恢复备份")
    restore.add_argument("file", type=Path, metavar="FILE", help="备份文件")
    restore.add_argument("--dry-run", action="store_true", help="只核对和预览，不恢复")
    restore.set_defaults(run=run_restore)
    recover = commands.add_parser("recover", help="从损坏的数据里救出能读的")
    recover.add_argument("-o", dest="output", type=Path, required=True, metavar="DIR", help="新的空文件夹")
    recover.set_defaults(run=run_recover)


def run_restore(arguments: argparse.Namespace, console: Console) -> int:
    folder, name = data_folder(arguments), user_name(arguments)
    password = read_password(getattr(arguments, "password_file", None))
    from desktop_app.services import restoration

    open_key = restoration.with_password(name, password)
    if arguments.dry_run:
        shown = restoration.preview(folder, arguments.file, name, open_key, today(arguments))
        there = shown.replaces
        document = {
            "file": str(shown.file),
            "made": shown.made,
            "cases": shown.cases,
            "events": shown.events,
            "last_event": shown.last_event,
            "problems": _problems(shown.problems),
            "replaces": None
            if there is None
            else {"cases": there.cases, "events": there.events, "last_event": there.last_event},
        }
        console.answer(document, _preview_table)
        return 3 if shown.hindering else 0
    done = restoration.restore(folder, arguments.file, name, open_key, today(arguments))
    document = {
        "restored": str(done.file),
        "kept": str(done.kept) if done.kept is not None else None,
        "cases": done.cases,
        "events": done.events,
        "problems": _problems(done.problems),
    }
    console.answer(document, _restored_table)
    return 0


def run_recover(arguments: argparse.Namespace, console: Console) -> int:
    folder, name = data_folder(arguments), user_name(arguments)
    password = read_password(getattr(arguments, "password_file", None))
    from desktop_app.services import recovery

    done = recovery.recover(folder, arguments.output, name, password, today(arguments))
    document = {
        "recovered": {"cases": done.cases, "events": done.events, "attachments": done.attachments},
        "lost": _problems(done.lost),
        "data": str(done.folder),
    }
    console.answer(document, _recovered_table)
    return 0


def _recovered_table(done: Any) -> str:
    got = done["recovered"]
    lines = [
        f"已救出到 {done['data']}：{got['cases']} 件，{got['events']} 条记录，{got['attachments']} 个附件。",
        "原来的文件夹没有改动。",
    ]
    lines += [f"没有救出：{one['message']}" for one in done["lost"]] or ["没有丢失。"]
    return "\n".join(lines)


def _problems(problems: tuple[Problem, ...]) -> list[dict[str, str]]:
    return [{"kind": one.kind, "where": one.where, "message": one.message} for one in problems]


def _preview_table(shown: Any) -> str:
    lines = [f"备份 {shown['file']}，{shown['made']} 制作：{_amount(shown)}。"]
    if shown["replaces"] is None:
        lines.append("此处还没有数据。")
    elif shown["replaces"]["cases"] is None:
        lines.append("现有的数据打不开；恢复时原样另存，不会删除。")
    else:
        lines.append(f"现有的数据：{_amount(shown['replaces'])}；恢复时原样另存，不会删除。")
    lines += [f"问题：{one['message']}" for one in shown["problems"]] or ["备份核对无误。"]
    return "\n".join(lines)


def _amount(one: Any) -> str:
    last = f"，最后一条记于 {one['last_event']}" if one["last_event"] else ""
    return f"{one['cases']} 件，{one['events']} 条记录{last}"


def _restored_table(done: Any) -> str:
    lines = [f"已从 {done['restored']} 恢复：{done['cases']} 件，{done['events']} 条记录。"]
    if done["kept"]:
        lines.append(f"原来的数据原样放在 {done['kept']}。")
    lines += [f"备份时就有的问题：{one['message']}" for one in done["problems"]]
    return "\n".join(lines)
