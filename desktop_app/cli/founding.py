"""`liuyan init` and `liuyan demo`: a new office, empty or with sample cases."""

from __future__ import annotations

import argparse
from typing import Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import data_folder, read_password, today


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    init = commands.add_parser("init", help="建立一个新的空单位")
    init.add_argument("--office", required=True, metavar="NAME", help="单位名称")
    init.add_argument("--regulation", required=True, metavar="ID", help="办法的编号")
    init.add_argument("--admin", required=True, metavar="NAME", help="第一个用户")
    init.set_defaults(run=run_init)
    demo = commands.add_parser("demo", help="建立示例单位")
    demo.add_argument("--no-window", action="store_true", help="只建立，不打开窗口")
    demo.set_defaults(run=run_demo)


def run_init(arguments: argparse.Namespace, console: Console) -> int:
    password = read_password(getattr(arguments, "password_file", None), "为第一个用户设置密码：")
    from desktop_app.services import office
    from desktop_app.services.session import OfficeClock

    founded = office.found(
        data_folder(arguments),
        arguments.office,
        arguments.regulation,
        arguments.admin,
        password,
        OfficeClock(today(arguments)),
    )
    document = {
        "data": str(founded.folder),
        "office": founded.office,
        "regulation": founded.regulation,
        "admin": founded.admin,
    }
    console.answer(
        document, lambda one: f"已在 {one['data']} 建立“{one['office']}”，第一个用户是“{one['admin']}”。"
    )
    return 0


def run_demo(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import sample_office

    folder = data_folder(arguments)
    made = sample_office.make(folder, today(arguments))
    document = {
        "data": str(made.folder),
        "cases": made.cases,
        "users": [{"name": user.name, "password": user.password, "role": user.role} for user in made.users],
    }
    console.answer(document, _demo_table)
    if arguments.no_window:
        return 0
    return int(arguments.open_window(folder, today(arguments)))


def _demo_table(document: Any) -> str:
    users = [["用户", "密码", "角色"]]
    users += [[user["name"], user["password"], user["role"]] for user in document["users"]]
    return f"示例单位在 {document['data']}，共 {document['cases']} 件。\n{columns(users)}"
