"""`liuyan attach`: a scan or file to a case."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_app.cli.console import Console
from desktop_app.cli.entrance import open_office
from desktop_app.cli.main import Misuse


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = commands.add_parser("attach", help="存入扫描件或文件")
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--as", dest="kind", required=True, choices=("signed-reply", "scan", "other"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, console: Console) -> int:
    if not arguments.file.is_file():
        raise Misuse(f"找不到文件 {arguments.file}")
    with open_office(arguments) as session:
        from desktop_app.services import attachments

        kept = attachments.attach(session, arguments.number, arguments.file, arguments.kind)
    document = {
        "number": kept.case,
        "file": kept.name,
        "as": kept.kind,
        "size": kept.size,
        "sha256": kept.sha256,
    }
    console.answer(document, lambda one: f"{one['file']} 已存入 {one['number']}（{one['size']} 字节）。")
    return 0
