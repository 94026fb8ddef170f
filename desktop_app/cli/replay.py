"""`liuyan replay`: many steps in one process, each safely on disk before it is answered."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import DAMAGED, DONE, REFUSED, Misuse
from desktop_app.errors import BadData, LiuyanError, Refusal, StorageProblem

if TYPE_CHECKING:
    from desktop_app.services.session import Session


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("replay", help="按文件逐行办理多步")
    parser.add_argument("file", metavar="FILE.jsonl", help="每行一步")
    parser.add_argument("--keep-going", action="store_true", help="遇到不予办理的行继续")
    parser.add_argument("--stream", action="store_true", help="每行办完即答复一行")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    path = Path(arguments.file)
    if not path.is_file():
        raise Misuse(f"找不到文件 {path}")
    answers: list[dict[str, Any]] = []
    code = DONE
    with open_office(arguments) as session:
        for answer, gone_wrong in _answers(session, path):
            if arguments.stream:
                console.line(answer)
            else:
                answers.append(answer)
            if gone_wrong == DAMAGED or (gone_wrong and not arguments.keep_going):
                code = gone_wrong
                break
    if not arguments.stream:
        console.answer({"lines": answers}, _table)
    return code


def _answers(session: Session, path: Path) -> Iterator[tuple[dict[str, Any], int]]:
    """Each line's answer, and the exit code that it calls for."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for position, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                answer = _do(session, _parsed(line), path.parent)
            except LiuyanError as error:
                code = DAMAGED if isinstance(error, StorageProblem) else REFUSED
                yield {"line": position, "ok": False, "error": _error(error)}, code
            else:
                yield {"line": position, "ok": True, **answer}, DONE


def _parsed(line: str) -> dict[str, Any]:
    try:
        step = json.loads(line)
    except ValueError as error:
        raise Refusal("unknown_value", f"这一行不是正确的 JSON：{error}") from error
    if not isinstance(step, dict):
        raise Refusal("unknown_value", "这一行应是一个 JSON 对象。")
    return step


def _do(session: Session, step: dict[str, Any], folder: Path) -> dict[str, Any]:
    if "import" in step:
        return _import(session, step, folder)
    from desktop_app.services import cases

    for name in ("number", "action"):
        if not isinstance(step.get(name), str):
            raise Refusal("missing_key", f"这一行缺少 {name}。")
    unknown = sorted(set(step) - {"number", "action", "on", "keys"})
    if unknown:
        raise Refusal("unknown_value", f"这一行有不认识的项：{'、'.join(unknown)}。")
    keys = step.get("keys") or {}
    if not isinstance(keys, dict):
        raise Refusal("unknown_value", "keys 应是一个 JSON 对象。")
    done = cases.act(
        session,
        step["number"],
        step["action"],
        {name: _text(value) for name, value in keys.items()},
        _on(step),
    )
    return {
        "number": done.number,
        "status": done.status,
        "event": done.event,
        "due": done.due.isoformat() if done.due is not None else None,
    }


def _text(value: Any) -> str:
    """Values may be written as JSON has them: true, 5, ["a", "b"]."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(_text(one) for one in value)
    return "" if value is None else str(value)


def _on(step: dict[str, Any]) -> date | None:
    if step.get("on") is None:
        return None
    try:
        return date.fromisoformat(str(step["on"]))
    except ValueError:
        raise Refusal("unknown_value", f"on 应为 2026-10-09 这样的日期，现为“{step['on']}”。") from None


def _import(session: Session, step: dict[str, Any], folder: Path) -> dict[str, Any]:
    from desktop_app.cli.intake import document_of
    from desktop_app.documents.message_files import bring_in_file

    unknown = sorted(set(step) - {"import", "regulation", "source", "on", "map", "sheet"})
    if unknown:
        raise Refusal("unknown_value", f"这一行有不认识的项：{'、'.join(unknown)}。")
    for name in ("import", "regulation", "source", "sheet"):
        if not isinstance(step.get(name) or "", str):
            raise Refusal(
                "unknown_value", f"{name} 应是文字，现为 {json.dumps(step[name], ensure_ascii=False)}。"
            )
    chosen = step.get("map") or {}
    if not isinstance(chosen, dict):
        raise Refusal("unknown_value", 'map 应是 {"title": "列名"} 这样的 JSON 对象。')
    named = Path(step["import"])
    brought = bring_in_file(
        session,
        named if named.is_absolute() or named.exists() else folder / named,
        regulation_id=step.get("regulation"),
        source=step.get("source") or "",
        on=_on(step),
        chosen={str(field): str(column) for field, column in chosen.items()},
        sheet=step.get("sheet"),
    )
    return document_of(brought)


def _error(error: LiuyanError) -> dict[str, Any]:
    if isinstance(error, Refusal):
        return {"code": error.code, "message": error.message + (error.remedy or ""), "clause": error.clause}
    if isinstance(error, StorageProblem):
        return {"code": error.code, "message": error.message + (error.remedy or ""), "clause": None}
    code = error.code if isinstance(error, BadData) else "cancelled"
    return {"code": code, "message": error.message, "clause": None}


def _table(document: Any) -> str:
    rows = [["行", "结果", "登记号", "说明"]]
    for line in document["lines"]:
        if line["ok"]:
            rows.append([str(line["line"]), "已办", line.get("number") or "", line.get("status") or ""])
        else:
            clause = line["error"]["clause"]
            said = line["error"]["message"] + (f"（{clause}）" if clause else "")
            rows.append([str(line["line"]), "不予办理", "", said])
    return columns(rows)
