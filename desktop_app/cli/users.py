"""`liuyan users`: who may enter the office, and as what."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office, read_password
from desktop_app.cli.main import Misuse
from desktop_app.errors import Refusal

if TYPE_CHECKING:
    from desktop_app.domain.users import Role, User


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    users = commands.add_parser("users", help="用户与角色")
    verbs = users.add_subparsers(title="动作", metavar="动作", required=True, parser_class=type(users))
    add = verbs.add_parser("add", help="添加用户")
    add.add_argument("name", metavar="NAME")
    add.add_argument(
        "--role", action="append", required=True, metavar="ROLE", help="经办、审核、领导查看、系统管理员"
    )
    add.add_argument("--new-password-file", metavar="F", help="新用户的密码文件")
    add.set_defaults(run=run_add)
    verbs.add_parser("list", help="列出用户").set_defaults(run=run_list)
    role = verbs.add_parser("role", help="改变用户的角色")
    role.add_argument("name", metavar="NAME")
    role.add_argument("--role", action="append", required=True, metavar="ROLE")
    role.set_defaults(run=run_role)
    password = verbs.add_parser("password", help="改密码")
    password.add_argument("name", nargs="?", metavar="NAME", help="默认自己")
    password.add_argument("--new-password-file", metavar="F", help="新密码文件")
    password.set_defaults(run=run_password)
    unlock = verbs.add_parser("unlock", help="解除密码错误造成的锁定")
    unlock.add_argument("name", metavar="NAME")
    unlock.set_defaults(run=run_unlock)
    verbs.add_parser("separate", help="分设岗位：系统管理员不再办件").set_defaults(run=run_separate)


def run_add(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import office

    roles = _roles(arguments.role)
    password = _new_password(arguments, f"为“{arguments.name}”设置密码：")
    with open_office(arguments) as session:
        user = office.add_user(session, arguments.name, roles, password)
    console.answer(_shape(user), lambda one: f"已添加用户“{one['name']}”（{one['role']}）。")
    return 0


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import office

    with open_office(arguments) as session:
        users = office.list_users(session)
    console.answer([_shape(user) for user in users], _table)
    return 0


def run_role(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import office

    with open_office(arguments) as session:
        user = office.set_roles(session, arguments.name, _roles(arguments.role))
    console.answer(_shape(user), lambda one: f"“{one['name']}”现为：{one['role']}。")
    return 0


def run_password(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import office

    password = _new_password(arguments, "新密码：")
    with open_office(arguments) as session:
        name = arguments.name or session.user.name
        office.change_password(session, name, password)
    console.answer({"name": name}, lambda one: f"“{one['name']}”的密码已改。")
    return 0


def _new_password(arguments: argparse.Namespace, prompt: str) -> str:
    if arguments.new_password_file == getattr(arguments, "password_file", None) == "-":
        raise Misuse("新密码和自己的密码不能都从标准输入读取；请把其中一个写在文件里")
    return read_password(arguments.new_password_file, prompt)


def run_unlock(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import office

    with open_office(arguments) as session:
        office.unlock_user(session, arguments.name)
    console.answer({"name": arguments.name}, lambda one: f"“{one['name']}”可以重新登录。")
    return 0


def run_separate(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import office

    with open_office(arguments) as session:
        users = office.separate_roles(session)
    console.answer([_shape(user) for user in users], _table)
    return 0


def _roles(words: list[str]) -> set[Role]:
    """Roles by their Chinese or English names, several in one word separated by commas."""
    from desktop_app.domain.users import Role

    known = {role.value: role for role in Role} | {role.label: role for role in Role}
    roles = set()
    for word in ",".join(words).replace("、", ",").replace("，", ",").split(","):
        if word not in known:
            raise Refusal(
                "unknown_value", f"没有“{word}”这种角色；可用：{'、'.join(role.label for role in Role)}。"
            )
        roles.add(known[word])
    return roles


def _shape(user: User) -> dict[str, Any]:
    return {
        "name": user.name,
        "role": user.role_labels,
        "roles": sorted(user.roles),
        "active": user.active,
        "created": user.created,
    }


def _table(document: Any) -> str:
    return columns([["用户", "角色"], *([user["name"], user["role"]] for user in document)])
