"""`liuyan users rules`, `recovery-codes`, `recover` and `renew-key`: what holds for all passwords, and the key behind."""

from __future__ import annotations

import argparse
from typing import Any

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import data_folder, open_office, read_password, today
from desktop_app.cli.main import Misuse


def add_verbs(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    rules = verbs.add_parser("rules", help="自动锁定的时间、密码的长度和期限")
    rules.add_argument("--idle-minutes", type=int, metavar="N", help="窗口没人用几分钟后锁定")
    rules.add_argument("--shortest", type=int, metavar="N", help="密码至少几个字符")
    rules.add_argument(
        "--password-days", type=int, metavar="N", help="密码用几天后在窗口里要求更换；0 为不要求"
    )
    rules.set_defaults(run=run_rules)
    codes = verbs.add_parser("recovery-codes", help="制作两人恢复码，原来的作废")
    codes.set_defaults(run=run_recovery_codes)
    recover = verbs.add_parser("recover", help="两人各持一份恢复码，为管密码的人设新密码")
    recover.add_argument("name", metavar="NAME", help="安全保密员（未分设三员的，系统管理员）的用户名")
    recover.add_argument(
        "--code-file", action="append", default=[], metavar="F", help="恢复码文件，写两次；不写则在终端上询问"
    )
    recover.add_argument("--new-password-file", metavar="F", help="新密码文件")
    recover.set_defaults(run=run_recover)
    verbs.add_parser("renew-key", help="更换数据密钥，全部数据重新加密").set_defaults(run=run_renew_key)


def run_rules(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.domain.passwords import AccessRules
    from desktop_app.services import access_rules

    given = (arguments.idle_minutes, arguments.shortest, arguments.password_days)
    with open_office(arguments) as session:
        rules = access_rules.rules(session)
        if given != (None, None, None):
            kept = (rules.idle_minutes, rules.shortest, rules.password_days)
            wanted = (old if new is None else new for old, new in zip(kept, given, strict=True))
            rules = access_rules.set_rules(session, AccessRules(*wanted))
    document = {
        "idle_minutes": rules.idle_minutes,
        "shortest": rules.shortest,
        "password_days": rules.password_days,
    }
    console.answer(document, _rules_table)
    return 0


def _rules_table(rules: Any) -> str:
    days = rules["password_days"]
    used = f"用满 {days} 天更换" if days else "不限使用期限"
    return f"{rules['idle_minutes']} 分钟没人用就锁定；密码至少 {rules['shortest']} 个字符，{used}。"


def run_recovery_codes(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import two_persons

    with open_office(arguments) as session:
        codes = two_persons.make_codes(session)
    console.answer({"codes": list(codes)}, _codes_table)
    return 0


def _codes_table(document: Any) -> str:
    first, second = document["codes"]
    return "\n".join(
        (
            "两份恢复码，只显示这一次，原来的作废。分别抄写或打印，由两个人各自保管，不要放在一起：",
            f"第一份  {first}",
            f"第二份  {second}",
        )
    )


def run_recover(arguments: argparse.Namespace, console: Console) -> int:
    files = arguments.code_file
    if len(files) not in (0, 2):
        raise Misuse("恢复码要两份：--code-file 写两次")
    first, second = (
        read_password(file, f"{title}恢复码：", "--code-file").strip()
        for file, title in zip(files or (None, None), ("第一份", "第二份"), strict=True)
    )
    prompt = f"为“{arguments.name}”设置新密码："
    password = read_password(arguments.new_password_file, prompt, "--new-password-file")
    from desktop_app.services import two_persons

    user = two_persons.recover_access(
        data_folder(arguments), (first, second), arguments.name, password, today(arguments)
    )
    console.answer(
        {"name": user.name},
        lambda one: (
            f"“{one['name']}”的密码已改。两份恢复码已经作废，请登录后重新制作；其他人的密码由他重设。"
        ),
    )
    return 0


def run_renew_key(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import data_key

    with open_office(arguments) as session:
        renew = data_key.ready(session)
    done = renew()
    document = {
        "attachments": done.attachments,
        "lost": list(done.lost),
        "still_old": list(done.still_old),
        "backup": str(done.backup) if done.backup is not None else None,
        "fault": done.fault or None,
    }
    console.answer(document, _renewed_table)
    return 0


def _renewed_table(done: Any) -> str:
    lines = [f"数据密钥已更换，{done['attachments']} 个附件已重新加密。各人的密码、恢复码不变。"]
    lines += [f"打不开的附件（更换前就是这样）：{name}" for name in done["lost"]]
    if done["backup"]:
        lines.append(f"新密钥下的备份：{done['backup']}")
    if done["still_old"]:
        lines.append("以下仍是旧密钥，那时的密码打得开；不再需要的请删除或收好：")
        lines += [f"  {name}" for name in done["still_old"]]
    return "\n".join([*lines, *([done["fault"]] if done["fault"] else [])])
