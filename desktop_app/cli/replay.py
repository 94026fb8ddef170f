"""`liuyan replay`: many steps in one process, each safely on disk before it is answered."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop_app.cli.console import Console, columns
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import DAMAGED, DONE, REFUSED, Misuse, bug_reported
from desktop_app.cli.step_lines import check_names, day_of, lines_of, read_step, value_as_text
from desktop_app.errors import BadData, LiuyanError, Refusal, StorageProblem

if TYPE_CHECKING:
    from desktop_app.services.session import Session

Tell = Callable[[dict[str, Any]], None]
"""Takes the answer to one line."""

_INTERRUPTED = "已取消。前面各行已经办成；这一行请用 show 核对。"


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
    try:
        file = path.open("rb")
    except OSError as error:
        raise Misuse(f"不能读取文件 {path}") from error
    with file, open_office(arguments) as session, _answering(console, arguments.stream) as tell:
        return _replay(session, file, path.parent, tell, arguments.keep_going)


@contextmanager
def _answering(console: Console, stream: bool) -> Iterator[Tell]:
    """A line at once, one document that grows, or a table once all is done: whatever was answered is told."""
    if stream:
        yield console.line
    elif console.json:
        with console.growing("lines") as tell:
            yield tell
    else:
        rows = [["行", "结果", "登记号", "说明"]]
        try:
            yield lambda answer: rows.append(_row(answer))
        finally:
            console.answer(rows, columns)


def _replay(session: Session, file: BinaryIO, folder: Path, tell: Tell, keep_going: bool) -> int:
    """Do line after line; the exit code of the one that ended it."""
    for number, line in lines_of(file):
        try:
            answer, code = {"ok": True, **_do(session, read_step(line), folder)}, DONE
        except LiuyanError as error:
            answer = {"ok": False, "error": _error(error)}
            code = DAMAGED if isinstance(error, StorageProblem) else REFUSED
        except KeyboardInterrupt:
            # What was done stays done, so the answers to it are told like any others.
            tell({"line": number, "ok": False, "error": _said("cancelled", _INTERRUPTED)})
            return REFUSED
        except Exception as error:
            said = _said("internal_error", bug_reported(error, session.folder))
            answer, code = {"ok": False, "error": said}, DAMAGED
        tell({"line": number, **answer})
        if code == DAMAGED or (code and not keep_going):
            return code
    return DONE


def _do(session: Session, step: dict[str, Any], folder: Path) -> dict[str, Any]:
    if "import" in step:
        return _import(session, step, folder)
    from desktop_app.services import cases

    for name in ("number", "action"):
        if not isinstance(step.get(name), str):
            raise Refusal("missing_key", f"这一行缺少 {name}。")
    check_names(step, ("number", "action", "on", "keys"))
    keys = step.get("keys") or {}
    if not isinstance(keys, dict):
        raise Refusal("unknown_value", "keys 应是一个 JSON 对象。")
    done = cases.act(
        session,
        step["number"],
        step["action"],
        {name: value_as_text(name, value) for name, value in keys.items()},
        day_of(step),
    )
    return {
        "number": done.number,
        "status": done.status,
        "event": done.event,
        "due": done.due.isoformat() if done.due is not None else None,
    }


def _import(session: Session, step: dict[str, Any], folder: Path) -> dict[str, Any]:
    from desktop_app.cli.intake import document_of
    from desktop_app.documents.message_files import bring_in_file

    check_names(step, ("import", "regulation", "source", "on", "map", "sheet"))
    for name in ("import", "regulation", "source", "sheet"):
        if not isinstance(step.get(name) or "", str):
            raise Refusal(
                "unknown_value", f"{name} 应是文字，现为 {json.dumps(step[name], ensure_ascii=False)}。"
            )
    if not step["import"]:
        raise Refusal("missing_key", "import 应写明文件。")
    chosen = step.get("map") or {}
    if not isinstance(chosen, dict):
        raise Refusal("unknown_value", 'map 应是 {"title": "列名"} 这样的 JSON 对象。')
    named = Path(step["import"])
    brought = bring_in_file(
        session,
        named if named.is_absolute() or named.exists() else folder / named,
        regulation_id=step.get("regulation"),
        source=step.get("source") or "",
        on=day_of(step),
        chosen={str(field): str(column) for field, column in chosen.items()},
        sheet=step.get("sheet"),
    )
    return document_of(brought)


def _error(error: LiuyanError) -> dict[str, Any]:
    if isinstance(error, Refusal):
        return _said(error.code, error.message + (error.remedy or ""), error.clause)
    if isinstance(error, StorageProblem):
        return _said(error.code, error.message + (error.remedy or ""))
    return _said(error.code if isinstance(error, BadData) else "cancelled", error.message)


def _said(code: str, message: str, clause: str | None = None) -> dict[str, Any]:
    return {"code": code, "message": message, "clause": clause}


def _row(line: dict[str, Any]) -> list[str]:
    if line["ok"]:
        return [str(line["line"]), "已办", line.get("number") or "", line.get("status") or ""]
    clause = line["error"]["clause"]
    said = line["error"]["message"] + (f"（{clause}）" if clause else "")
    return [str(line["line"]), "不予办理", "", said]
