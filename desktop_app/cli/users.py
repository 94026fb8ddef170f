"""`liuyan users`: who may enter the office, and as what."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office, read_password, warn_of_weakness
from desktop_app.cli.main import Misuse
from desktop_app.errors import Refusal

if TYPE_CHECKING:
    from desktop_app.domain.users import Role, User


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from desktop_app.cli import user_keys

    users = commands.add_parser("users", help="用户、角色、密码和密钥")
    verbs = users.add_subparsers(title="动作", metavar="动作", required=True, parser_class=type(users))
    add = verbs.add_parser("add", help="添加用户")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", action="append", default=[], metavar="ROLE", help=_role_words())
    add.add_argument("--new-password-file", metavar="F", help="新用户的密码文件")
    add.set_defaults(run=run_add)
    verbs.add_parser("list", help="列出用户").set_defaults(run=run_list)
    role = verbs.add_parser("role", help="改变用户的角色")
    role.add_argument("name", metavar="NAME")
    role.add_argument("--role", action="append", required=True, metavar="ROLE", help=_role_words())
    role.set_defaults(run=run_role)
    remove = verbs.add_parser("remove", help="停用用户")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(run=run_remove)
    readmit = verbs.add_parser("readmit", help="恢复停用的用户")
    readmit.add_argument("name", metavar="NAME")
    readmit.add_argument("--role", action="append", default=[], metavar="ROLE")
    readmit.add_argument("--new-password-file", metavar="F", help="新密码文件")
    readmit.set_defaults(run=run_readmit)
    password = verbs.add_parser("password", help="改密码")
    password.add_argument("name", nargs="?", metavar="NAME", help="默认自己")
    password.add_argument("--new-password-file", metavar="F", help="新密码文件")
    password.set_defaults(run=run_password)
    unlock = verbs.add_parser("unlock", help="解除密码错误造成的锁定")
    unlock.add_argument("name", metavar="NAME")
    unlock.set_defaults(run=run_unlock)
    verbs.add_parser("separate", help="分设岗位：管理岗位不再办件，三员由三个人担任").set_defaults(
        run=run_separate
    )
    user_keys.add_verbs(verbs)


def run_add(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import accounts

    roles = _roles(arguments.role)
    password = new_password(arguments, f"为“{arguments.name}”设置密码：")
    with open_office(arguments) as session:
        user = accounts.add_user(session, arguments.name, roles, password, handed_over=True)
    warn_of_weakness(password)
    console.answer(_shape(user), lambda one: f"已添加用户“{one['name']}”（{one['role'] or '还没有角色'}）。")
    return 0


def run_list(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import accounts

    with open_office(arguments) as session:
        users = accounts.list_users(session)
    console.answer([_shape(user) for user in users], _table)
    return 0


def run_role(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import accounts

    with open_office(arguments) as session:
        user = accounts.set_roles(session, arguments.name, _roles(arguments.role))
    console.answer(_shape(user), lambda one: f"“{one['name']}”现为：{one['role']}。")
    return 0


def run_remove(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import accounts

    with open_office(arguments) as session:
        user = accounts.remove_user(session, arguments.name)
    console.answer(
        _shape(user),
        lambda one: f"“{one['name']}”已停用，不能再登录。仍怕旧的备份外流的，请运行 users renew-key。",
    )
    return 0


def run_readmit(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import accounts

    password = new_password(arguments, f"为“{arguments.name}”设置新密码：")
    with open_office(arguments) as session:
        user = accounts.readmit_user(session, arguments.name, password, _roles(arguments.role))
    warn_of_weakness(password)
    console.answer(_shape(user), lambda one: f"“{one['name']}”可以重新登录。")
    return 0


def run_password(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import accounts

    password = new_password(arguments, "新密码：")
    with open_office(arguments) as session:
        name = arguments.name or session.user.name
        accounts.change_password(session, name, password)
    warn_of_weakness(password)
    console.answer({"name": name}, lambda one: f"“{one['name']}”的密码已改。")
    return 0


def new_password(arguments: argparse.Namespace, prompt: str) -> str:
    """The password that is to be, from `--new-password-file` or asked for."""
    if arguments.new_password_file == getattr(arguments, "password_file", None) == "-":
        raise Misuse("新密码和自己的密码不能都从标准输入读取；请把其中一个写在文件里")
    return read_password(arguments.new_password_file, prompt, "--new-password-file")


def run_unlock(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import accounts

    with open_office(arguments) as session:
        accounts.unlock_user(session, arguments.name)
    console.answer({"name": arguments.name}, lambda one: f"“{one['name']}”可以重新登录。")
    return 0


def run_separate(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import accounts

    with open_office(arguments) as session:
        users = accounts.separate_roles(session)
    lacking = "、".join(role.label for role in accounts.lacking_of(users))
    if lacking:
        print(
            f"管理岗位与办件已经分开；三员还没有分开，因为没有单独的{lacking}。"
            "用 users role 给了人以后，再运行一次 users separate。",
            file=sys.stderr,
        )
    console.answer([_shape(user) for user in users], _table)
    return 0


def _role_words() -> str:
    from desktop_app.domain.users import Role

    return "、".join(role.label for role in Role)


def _roles(words: list[str]) -> set[Role]:
    """Roles by their Chinese or English names, several in one word separated by commas."""
    from desktop_app.domain.users import Role

    known = {role.value: role for role in Role} | {role.label: role for role in Role}
    roles = set()
    for word in filter(None, ",".join(words).replace("、", ",").replace("，", ",").split(",")):
        if word not in known:
            raise Refusal("unknown_value", f"没有“{word}”这种角色；可用：{_role_words()}。")
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
    rows = [[user["name"], user["role"] if user["active"] else "已停用"] for user in document]
    return columns([["用户", "角色"], *rows])
