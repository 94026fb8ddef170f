"""`liuyan import` and `liuyan import undo`: messages in from a file, and a whole import back."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse, iso_date

if TYPE_CHECKING:
    from desktop_app.services.intake import Brought

_BATCH = re.compile("[0-9]{1,9}")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("import", help="导入留言；import undo 批号 撤销整批")
    parser.add_argument("file", metavar="FILE", help="xlsx、xls、ods、csv、tsv 或 json 文件；或 undo")
    parser.add_argument("batch", nargs="?", metavar="BATCH", help="要撤销的批号（import undo BATCH）")
    parser.add_argument("--regulation", metavar="ID", help="办法的编号，默认本单位的办法")
    parser.add_argument("--source", default="", metavar="板块", help="留言来自的板块")
    parser.add_argument("--on", type=iso_date, metavar="DATE", help="没有日期的留言记为哪一天收件")
    parser.add_argument("--map", action="append", default=[], metavar="FIELD=COLUMN", help="指定列")
    parser.add_argument("--sheet", metavar="S", help="工作表")
    parser.add_argument("--taken-over", action="store_true", help="这是以前的台账：作为已办结的旧件接收")
    parser.add_argument(
        "--retention", default="", metavar="R", help="--taken-over：没有写明的保管期限，写了即归档"
    )
    parser.add_argument("--dry-run", action="store_true", help="只看结果，不导入")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.file == "undo":
        return _undo(arguments, console)
    if arguments.batch is not None:
        raise Misuse("一次只能导入一个文件")
    chosen = _chosen(arguments.map)
    if arguments.retention and not arguments.taken_over:
        raise Misuse("--retention 只和 --taken-over 一起用")
    with open_office(arguments) as session:
        from desktop_app.documents.message_files import bring_in_file

        brought = bring_in_file(
            session,
            Path(arguments.file),
            regulation_id=arguments.regulation,
            source=arguments.source,
            on=arguments.on,
            chosen=chosen,
            sheet=arguments.sheet,
            dry_run=arguments.dry_run,
            taken_over=arguments.taken_over,
            retention=arguments.retention,
            progress=console.progress("正在比对" if arguments.dry_run else "正在导入"),
        )
    console.answer(document_of(brought), _table)
    return 0


def _chosen(words: list[str]) -> dict[str, str]:
    chosen = {}
    for word in words:
        field, mark, column = word.partition("=")
        if not mark or not field or not column:
            raise Misuse(f"--map 应写作 FIELD=COLUMN，现为“{word}”")
        chosen[field] = column
    return chosen


def document_of(brought: Brought) -> dict[str, Any]:
    """The promised shape: rows = imported + duplicates + rejected."""
    return {
        "batch": brought.batch,
        "rows": brought.rows,
        "imported": brought.imported,
        "duplicates": [{"row": one.row, "number": one.number, "of": one.of} for one in brought.duplicates],
        "rejected": [
            {"row": one.row, "reason": one.reason, "message": one.message} for one in brought.rejected
        ],
        "suspected": [
            {
                "row": one.row,
                "number": one.number,
                "of": one.of,
                "reason": one.reason or None,
                "likeness": round(one.likeness, 2) if one.likeness is not None else None,
            }
            for one in brought.suspected
        ],
        "numbers": list(brought.numbers),
    }


def _table(document: Any) -> str:
    lines = [
        f"共 {document['rows']} 行：导入 {document['imported']}，"
        f"重复 {len(document['duplicates'])}，未导入 {len(document['rejected'])}。"
    ]
    if document["batch"] is not None:
        lines[0] += f"批号 {document['batch']}（可用 import undo {document['batch']} 撤销）。"
    lines += [one["message"] for one in document["rejected"]]
    lines += [f"第 {one['row']} 行与 {one['of']} 重复，没有再登记。" for one in document["duplicates"]]
    lines += [
        f"第 {one['row']} 行（{one['number'] or '将登记'}）疑似与 {one['of']} 重复，请核对"
        f"{'：' + one['reason'] if one['reason'] else ''}。"
        for one in document["suspected"]
    ]
    return "\n".join(lines)


def _undo(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.batch is None or _BATCH.fullmatch(arguments.batch) is None:
        raise Misuse("应写作 import undo 批号")
    with open_office(arguments) as session:
        from desktop_app.services import intake

        numbers = intake.undo(session, int(arguments.batch))
    document = {"batch": int(arguments.batch), "voided": len(numbers), "numbers": list(numbers)}
    console.answer(
        document, lambda one: f"第 {one['batch']} 批已撤销：{one['voided']} 件作废，编号不再使用。"
    )
    return 0
