"""`liuyan move`: the office to a server, or back into a folder; and back to work where it moved away from."""

from __future__ import annotations

import argparse
from typing import Any

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    move = commands.add_parser("move", help="把单位搬到服务器，或搬回文件夹")
    where = move.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", metavar="PLACE", help="空文件夹，或空数据库的地址 postgresql+psycopg://…")
    where.add_argument("--reopen", action="store_true", help="重新启用搬走以前的数据")
    move.add_argument("--reason", metavar="R", help="重新启用的理由")
    move.set_defaults(run=run_move)


def run_move(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.reopen:
        return _reopen(arguments, console)
    if arguments.reason is not None:
        raise Misuse("--reason 只和 --reopen 一起用")
    from desktop_app.services import moving

    with open_office(arguments, moved_too=True) as session:
        go = moving.ready(session, arguments.to)
    done = go(console.progress("正在搬迁"))
    document = {
        "from": done.origin,
        "to": done.place,
        "cases": done.cases,
        "events": done.events,
        "attachments": done.attachments,
        "templates": done.templates,
        "tables": done.tables,
        "problems": [{"kind": one.kind, "where": one.where, "message": one.message} for one in done.problems],
        "finished": done.finished,
        "seat_address": done.seat_address or None,
    }
    console.answer(document, _moved_table)
    return 0


def _reopen(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import moving

    with open_office(arguments, moved_too=True) as session:
        gone = moving.reopen(session, arguments.reason or "")
    console.answer({"reopened": True, "moved_to": gone.place, "moved_at": gone.when}, _reopened_table)
    return 0


def _moved_table(done: Any) -> str:
    if done["finished"]:
        lines = [f"上次没有搬完的已经搬完：{done['to']}，{done['cases']} 件，{done['events']} 条记录。"]
    else:
        rows = sum(done["tables"].values())
        lines = [
            f"已搬到 {done['to']}：{done['cases']} 件，{done['events']} 条记录，{done['attachments']} 个附件，"
            f"{done['templates']} 个模板；{len(done['tables'])} 张表 {rows:,} 行逐行比对相同，并已核验。"
        ]
    lines.append(f"从现在起请打开那里的数据；{done['from']} 留着没有动，但不能再办件。")
    if done["seat_address"] is not None:
        lines.append(f"其他席位用这个地址连接（它只能到登录为止，看不到任何数据）：{done['seat_address']}")
    lines += [f"搬迁前就有的问题：{one['message']}" for one in done["problems"]]
    return "\n".join(lines)


def _reopened_table(done: Any) -> str:
    return f"已重新启用。{done['moved_at'][:16]} 以后在 {done['moved_to']} 办的，这里没有。"
