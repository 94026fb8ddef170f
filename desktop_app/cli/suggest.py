"""`liuyan suggest`: which unit and which category past cases speak for; nothing is recorded."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import open_office

if TYPE_CHECKING:
    from desktop_app.services.suggestions import Suggestion, Suggestions


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("suggest", help="按以往办件和单位职责，提出承办单位和类别的建议")
    parser.add_argument("number", metavar="NUMBER", help="登记号")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    with open_office(arguments) as session:
        from desktop_app.services import suggestions

        suggestions.ready(session)
        found = suggestions.suggest(session, arguments.number)
    console.answer(document_of(found), _table)
    return 0


def document_of(found: Suggestions) -> dict[str, Any]:
    learned = found.learned
    return {
        "number": found.number,
        "unit": _suggestion(found.unit),
        "category": _suggestion(found.category),
        "learned": {"made": learned[0], "cases": learned[1]} if learned is not None else None,
    }


def _suggestion(one: Suggestion | None) -> dict[str, Any] | None:
    if one is None:
        return None
    return {
        "name": one.name,
        "confidence": one.confidence,
        "basis": one.basis,
        "reason": one.words,
        "similar": [{"number": number, "name": name} for number, name in one.similar],
        "others": list(one.others),
    }


def _table(document: Any) -> str:
    lines = [f"{document['number']}（只是建议，由经办人决定）"]
    for key, title in (("unit", "承办单位"), ("category", "类别")):
        one = document[key]
        if one is None:
            lines.append(f"{title}：没有建议")
            continue
        lines.append(f"{title}：{one['name']}（{one['reason']}）")
        if one["similar"]:
            alike = "，".join(f"{each['number']} {each['name']}" for each in one["similar"])
            lines.append(f"  相似：{alike}")
        if one["others"]:
            lines.append(f"  其次：{'、'.join(one['others'])}")
    return "\n".join(lines)
