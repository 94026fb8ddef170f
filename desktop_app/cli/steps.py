"""`liuyan act` and `liuyan actions`: one step on one case, and which steps there are."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse, iso_date


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    act = commands.add_parser("act", help="办理一步")
    act.add_argument(
        "number",
        metavar="NUMBER",
        help="登记号，或 board:留言编号；提醒、催办、督办可以写几件：NUMBER,NUMBER…",
    )
    act.add_argument("action", metavar="ACTION", help="步骤，见 liuyan actions")
    act.add_argument("keys", metavar="KEY=VALUE", nargs="*", help="该步骤的各项；KEY=@FILE 读取文件")
    act.add_argument("--on", type=iso_date, metavar="DATE", help="事情发生的日期，默认今天")
    act.set_defaults(run=run_act)
    actions = commands.add_parser("actions", help="列出各步骤及其各项")
    actions.add_argument("--regulation", metavar="ID", help="办法的编号")
    actions.set_defaults(run=run_actions)


def run_act(arguments: argparse.Namespace, console: Console) -> int:
    keys = read_keys(arguments.keys)
    numbers = [number.strip() for number in arguments.number.split(",") if number.strip()]
    if "," in arguments.number and numbers:
        return _act_on_many(arguments, numbers, keys, console)
    with open_office(arguments) as session:
        from desktop_app.cli import shapes
        from desktop_app.services import cases

        done = cases.act(session, arguments.number, arguments.action, keys, arguments.on)
        document = shapes.done(done)
    console.answer(document, _act_table)
    return 0


def _act_on_many(
    arguments: argparse.Namespace, numbers: list[str], keys: dict[str, str], console: Console
) -> int:
    """One paper to one unit about several cases; a list, an entry a case."""
    with open_office(arguments) as session:
        from desktop_app.cli import shapes
        from desktop_app.services import pressure

        done = pressure.press_many(session, numbers, arguments.action, keys, arguments.on)
        document = [shapes.done(one) for one in done]
    console.answer(document, lambda all_done: "\n".join(map(_act_table, all_done)))
    return 0


def _act_table(document: Any) -> str:
    due = f"，期限 {document['due']}" if document["due"] else ""
    paper = f"，文书 {document['document']}" if document["document"] else ""
    return f"{document['number']} 现为“{document['status']}”{due}{paper}（第 {document['event']} 号记录）。"


def read_keys(words: Iterable[str]) -> dict[str, str]:
    """`KEY=VALUE` words as keys; a value `@FILE` is read from the file."""
    keys: dict[str, str] = {}
    for word in words:
        name, mark, value = word.partition("=")
        if not mark or not name:
            raise Misuse(f"“{word}”应写作 KEY=VALUE")
        if name in keys:
            raise Misuse(f"{name} 写了两次")
        keys[name] = _from_file(value[1:]) if value.startswith("@") else value
    return keys


def _from_file(name: str) -> str:
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Misuse(f"不能读取文件 {name}（应为 UTF-8 文字）") from error


def run_actions(arguments: argparse.Namespace, console: Console) -> int:
    from desktop_app.services import regulations

    if arguments.regulation is None:
        document = _all_actions(regulations.load_all())
    else:
        document = _actions_of(regulations.load(arguments.regulation))
    console.answer(document, _actions_table)
    return 0


def _actions_of(regulation: Any) -> list[dict[str, Any]]:
    from desktop_app.domain.actions import ACTIONS
    from desktop_app.domain.step_reading import required_keys

    return [
        {
            "action": rule.name,
            "title": rule.title,
            "keys": [
                {
                    "key": key.name,
                    "title": key.title,
                    "kind": str(key.kind),
                    "required": key.name in required_keys(rule),
                    "values": _values(regulation, key),
                }
                for key in ACTIONS[rule.name].keys
            ],
            "states": list(rule.from_states),
            "to": rule.to,
            "clause": rule.article or None,
        }
        for rule in regulation.actions.values()
    ]


def _values(regulation: Any, key: Any) -> list[str] | None:
    from desktop_app.domain.actions import NO, YES, KeyKind

    if key.kind is KeyKind.YES_NO:
        return [YES, NO]
    return list(regulation.values(key.vocabulary)) if key.kind is KeyKind.TERM else None


def _all_actions(all_regulations: Iterable[Any]) -> list[dict[str, Any]]:
    """What holds under every regulation: a key is required where all require it; values and states of all."""
    merged: dict[str, dict[str, Any]] = {}
    for regulation in all_regulations:
        for one in _actions_of(regulation):
            held = merged.setdefault(one["action"], one | {"clause": None, "to": None})
            if held is not one:
                held["states"] += [state for state in one["states"] if state not in held["states"]]
                for mine, other in zip(held["keys"], one["keys"], strict=True):
                    mine["required"] = mine["required"] and other["required"]
                    if other["values"] is not None:
                        mine["values"] += [value for value in other["values"] if value not in mine["values"]]
    return list(merged.values())


def _actions_table(document: Any) -> str:
    rows = [["步骤", "名称", "各项（* 必填）", "条款"]]
    for one in document:
        keys = " ".join(key["key"] + ("*" if key["required"] else "") for key in one["keys"])
        rows.append([one["action"], one["title"], keys, one["clause"] or ""])
    return columns(rows)
